"""Which organisations, schools and phases a question names."""

import pytest
from assistant_making import make_source

from assistant.engine import Assistant
from assistant.names import Names, of_phase, phase_in
from hub.domain import Source


@pytest.fixture
def names(real: Assistant) -> Names:
    real.shelf.refresh()
    return Names(real.shelf.sources)


def found(names: Names, text: str) -> list[str]:
    return [named.name.replace("’", "'") for named in names.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How did Barr Beacon cut marking?", ["Barr Beacon School"]),
        ("What was Barr Beacon's saving?", ["Barr Beacon School"]),
        ("What was Barr Beacon’s saving?", ["Barr Beacon School"]),
        ("BARR BEACON on marking", ["Barr Beacon School"]),
        ("Barr-Beacon on marking", ["Barr Beacon School"]),
        ("Notre Dame's committee", ["Notre Dame High School"]),
        ("Notre Dame High School’s committee", ["Notre Dame High School"]),
        ("How does Hilltop share what it learns?", ["Hilltop Infant School"]),
        ("Kensington's ethos", ["Kensington Primary School"]),
        ("St Edward's on email", ["St Edward's School"]),
        ("St Edward’s on email", ["St Edward's School"]),
        ("St. Edward's on email", ["St Edward's School"]),
        ("Saint Edward's on email", ["St Edward's School"]),
        ("St Edwards on email", ["St Edward's School"]),
        ("St Peters or St Joseph's?", ["St Peter's School", "St Joseph's RC High School"]),
        ("HEARTS Academy Trust on email", ["HEARTS Academy Trust"]),
        ("Does St Barnabas share a lead?", ["St Barnabas CE First and Middle School"]),
        ("Compare Kensington and Barr Beacon", ["Kensington Primary School", "Barr Beacon School"]),
    ],
)
def test_a_name_is_recognised_in_the_ways_people_write_it(names: Names, text: str, expected: list[str]) -> None:
    assert found(names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "How did Edward cut emails?",
        "What did Peter say?",
        "Prince Edward's visit",
        "Which primary schools share staff?",
        "How does a community academy share staff?",
        "Do the hearts and minds of staff matter?",
        "a beacon of good practice",
        "St Edmund's on email",
        "Barr on marking",
        "Beacon schools",
        "Kensingtonian habits",
        "stedwards",
    ],
)
def test_part_of_a_name_is_not_the_name(names: Names, text: str) -> None:
    assert found(names, text) == []


def test_two_saints_are_two_schools(names: Names) -> None:
    sources = {n.name.replace("’", "'"): n.sources for n in names.find("St Peter's and St Edward's")}
    assert set(sources) == {"St Peter's School", "St Edward's School"}
    assert not sources["St Peter's School"] & sources["St Edward's School"]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("What did Bedford Modern School do?", "Bedford Modern School"),
        ("How does Kensington Aldridge Academy mark?", "Kensington Aldridge Academy"),
        ("What did the Greenshaw Learning Trust do?", "Greenshaw Learning Trust"),
        ("Compare Barr Beacon School and St Mary's Primary School", "St Mary's Primary School"),
        ("What did Barr Beacon School do?", ""),
        ("Compare Kensington and St Peter's School", ""),
        ("Compare Kensington and Elmwood School", "Elmwood School"),
        ("What did St Peter’s School do?", ""),
        ("How has King Charles I School planned?", ""),
        ("What does the Confederation of School Trusts say?", ""),
        ("How do Primary Schools mark?", ""),
        ("What did schools do?", ""),
    ],
)
def test_a_school_or_trust_that_is_not_held_is_told_from_one_that_is(names: Names, text: str, missing: str) -> None:
    assert names.not_held(text).removeprefix("the ") == missing


@pytest.mark.parametrize(
    "text", ["how did barr beacon cut marking", "what did notre dame do", "st edward's on email", "ST EDWARD'S ON EMAIL"]
)
def test_a_name_of_two_words_is_recognised_whatever_its_case(names: Names, text: str) -> None:
    assert len(found(names, text)) == 1


def test_a_name_brings_every_source_that_is_about_it(names: Names) -> None:
    [named] = names.find("What has Kensington done?")
    assert named.sources == {
        "create-a-school-culture-which-improves-wellbeing",
        "develop-a-culture-of-support-and-staff-development",
        "improve-how-you-give-feedback-to-primary-pupils",
    }


def test_publishers_of_guides_are_not_names_of_practice(names: Names) -> None:
    assert found(names, "What does the Department for Education say? And the Confederation of School Trusts?") == []


def test_an_illustrative_organisation_is_found_without_its_label(own: Assistant) -> None:
    own.shelf.refresh()
    studies = own.shelf.case_studies()
    names = Names(own.shelf.sources)
    assert studies
    for study in studies:
        bare = study.organisation.removesuffix("(illustrative)").strip()
        assert study.id in {id for named in names.find(f"What did {bare} do?") for id in named.sources}


def _of(*rows: tuple[str, str, str]) -> dict[str, Source]:
    return {org: make_source(org, context={"phase": phase, "school": school}) for org, phase, school in rows}


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("And secondary schools?", "secondary"),
        ("small primaries in the North", "primary"),
        ("infant schools", "primary"),
        ("first schools", "primary"),
        ("a sixth-form college", "secondary"),
        ("special schools", "special"),
        ("pupil referral units", "special"),
        ("schools of every kind", ""),
        ("How do schools plan?", ""),
    ],
)
def test_the_phase_that_a_question_speaks_of(text: str, phase: str) -> None:
    assert phase_in(text) == phase


@pytest.mark.parametrize(
    "text", ["What is special about the model?", "How do schools fund special projects?", "secondary effects of change"]
)
def test_an_everyday_use_of_a_phases_word_is_not_a_phase(text: str) -> None:
    assert phase_in(text) == ""


def test_sources_of_a_phase_are_those_whose_context_says_so() -> None:
    held = _of(
        ("A Trust", "Secondary", ""),
        ("B Trust", "Primary", ""),
        ("C Trust", "Primary and Secondary", ""),
        ("D Trust", "", "Elm High School"),
    )
    assert of_phase(held.values(), "secondary") == {held[org].id for org in ("A Trust", "C Trust", "D Trust")}
