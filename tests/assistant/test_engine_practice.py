"""What trusts and schools did: only their own case studies, counted honestly, and never under another's name."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.names import of_phase
from hub.components import Component, load_model
from hub.domain import CASE_STUDY, Answer

COMPONENTS = pytest.mark.parametrize("component", load_model().components, ids=lambda c: c.id)
COUNT = re.compile(r"in \*\*(\d+) of the (\d+) (?:[\w ]+ )?case stud(?:y|ies)\*\* held")
BOTH = pytest.mark.parametrize("library", ["real", "own"])


def tagged(assistant: Assistant, component: Component) -> set[str]:
    """The case studies with a passage tagged with the component, found without the shelf's help."""
    chunks = assistant.shelf.library.all_chunks()
    studies = {id for id, s in assistant.shelf.library.sources().items() if s.kind == CASE_STUDY}
    return {c.source for c in chunks if c.source in studies and any(t.component == component.id for t in c.tags)}


def others(assistant: Assistant, component: Component) -> Answer:
    answer = assistant.answer(Ask(f"How have others handled {component.name}?"))
    assert (answer.status, answer.route) == ("answered", "how_others")
    return answer


@COMPONENTS
@BOTH
def test_only_case_studies_are_cited_and_the_models_own_words(request: pytest.FixtureRequest, library: str, component: Component) -> None:
    assistant = request.getfixturevalue(library)
    answer = others(assistant, component)
    practice = [c for c in answer.citations if c.kind == CASE_STUDY]
    rest = [c for c in answer.citations if c.kind != CASE_STUDY]
    assert bool(practice) == bool(assistant.shelf.described(component.id))
    assert {c.kind for c in rest} <= {"model-paper"}
    if practice:
        assert len(rest) <= 1
        assert all((c.tag_method, c.components[0]) == ("row", component.id) for c in rest)
    assert [c.voice for c in answer.claims] == ["practice"] * len(practice) + ["model"] * len(rest)


@COMPONENTS
@BOTH
def test_the_denominator_is_what_is_held_and_the_count_what_is_tagged(
    request: pytest.FixtureRequest, library: str, component: Component
) -> None:
    assistant = request.getfixturevalue(library)
    answer = others(assistant, component)
    described = assistant.shelf.described(component.id)
    held = sum(s.kind == CASE_STUDY for s in assistant.shelf.library.sources().values())
    assert COUNT.findall(answer.text) == ([(str(len(described)), str(held))] if described else [])
    assert described <= tagged(assistant, component)
    assert {c.source for c in answer.citations if c.kind == CASE_STUDY} <= described


@COMPONENTS
@BOTH
def test_the_definition_gives_the_same_count_as_the_answer_about_others(
    request: pytest.FixtureRequest, library: str, component: Component
) -> None:
    assistant = request.getfixturevalue(library)
    text = assistant.answer(Ask(f"What does {component.name} mean?")).text
    studies = len(assistant.shelf.case_studies())
    for found, held in COUNT.findall(others(assistant, component).text) or [("none", studies)]:
        assert re.search(rf"in {found} of (?:the )?{held} case studies", text)


def test_what_is_found_in_several_organisations_is_shown_of_several(real: Assistant) -> None:
    for component in real.model.components:
        cited = {c.organisation for c in others(real, component).citations if c.kind == CASE_STUDY}
        held = {real.shelf.sources[id].organisation for id in real.shelf.described(component.id)}
        assert len(cited) >= min(3, len(held)), component.id


def test_where_few_speak_of_it_a_second_word_of_each_is_quoted(real: Assistant) -> None:
    answer = real.answer(Ask("How have special schools looked after staff in the menopause?"))
    told = Counter(c.source for c in answer.citations if c.kind == CASE_STUDY)
    assert len(told) > 1
    assert max(told.values()) == 2
    places = sorted((c.source, c.start, c.end) for c in answer.citations)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(places))


@pytest.mark.parametrize(
    "question", ["What goes wrong in practice, according to the paper?", "What does the conceptual model paper say of schools in practice?"]
)
def test_what_the_paper_says_is_quoted_from_the_paper(real: Assistant, question: str) -> None:
    answer = real.answer(Ask(question))
    assert answer.citations
    assert {c.kind for c in answer.citations} == {"model-paper"}


def test_that_nobody_tells_of_a_component_is_said(real: Assistant) -> None:
    without = [c for c in real.model.components if not real.shelf.described(c.id)]
    assert without
    for component in without:
        assert re.search(r"\b(?:none|no case stud)", others(real, component).text), component.id


def test_only_what_somebody_tells_of_is_offered_as_a_follow_up(real: Assistant) -> None:
    for component in real.model.components:
        offered = real.answer(Ask(f"What does {component.name} mean?")).follow_ups
        assert (f"How have others handled {component.name}?" in offered) == bool(real.shelf.described(component.id)), component.id


@COMPONENTS
def test_a_quote_about_practice_comes_from_a_passage_about_the_component(real: Assistant, component: Component) -> None:
    """Counted as loosely as it may be: at least half of them."""
    practice = [c for c in others(real, component).citations if c.kind == CASE_STUDY]
    assert 2 * sum(component.id in c.components for c in practice) >= len(practice)


@COMPONENTS
def test_illustrative_practice_carries_its_label(own: Assistant, component: Component) -> None:
    answer = others(own, component)
    assert all(c.illustrative and c.organisation.endswith("(illustrative)") for c in answer.citations)
    heads = [line for line in answer.text.split("\n") if line.startswith("- **")]
    assert len(heads) == len({c.source for c in answer.citations if c.kind == CASE_STUDY}) > 0
    assert all("(illustrative)" in line for line in heads)


@pytest.mark.parametrize("phase", ["primary", "secondary", "special"])
def test_a_phase_asked_for_is_the_phase_cited(real: Assistant, phase: str) -> None:
    answer = real.answer(Ask(f"How have {phase} schools cut workload?"))
    assert answer.citations
    assert {c.source for c in answer.citations if c.kind == CASE_STUDY} <= of_phase(real.shelf.case_studies(), phase)


@pytest.mark.parametrize("phase", ["primary", "secondary", "special"])
def test_the_count_under_a_phase_is_of_that_phase(real: Assistant, phase: str) -> None:
    inside = of_phase(real.shelf.case_studies(), phase)
    told = [c for c in real.model.components if real.shelf.described(c.id) & inside]
    assert told
    for component in told:
        answer = real.answer(Ask(f"And {phase} schools?", (f"How have others handled {component.name}?",)))
        assert answer.text.startswith(f"*{component.name}, {phase} schools:*")
        assert COUNT.findall(answer.text) == [(str(len(real.shelf.described(component.id) & inside)), str(len(inside)))]


@pytest.mark.parametrize(
    ("question", "organisation"),
    [
        ("How did Barr Beacon cut marking?", "Barr Beacon School"),
        ("What does Notre Dame's committee do?", "Notre Dame High School"),
        ("How has Kensington handled De-implement?", "Kensington Primary School"),
        ("What did St Edward's change about email?", "St Edward’s School"),
        ("What is West Meon's way with staff meetings?", "West Meon CofE Primary School"),
    ],
)
def test_a_question_about_one_organisation_cites_no_other(real: Assistant, question: str, organisation: str) -> None:
    answer = real.answer(Ask(question))
    assert {c.organisation for c in answer.citations} == {organisation}


def test_a_comparison_cites_each_that_is_named_and_no_other(real: Assistant) -> None:
    answer = real.answer(Ask("Compare Barr Beacon and Kensington on marking and feedback"))
    assert answer.route == "compare"
    assert {c.organisation for c in answer.citations} == {"Barr Beacon School", "Kensington Primary School"}


@pytest.mark.parametrize(
    "question",
    [
        "What did the Greenshaw Learning Trust do about marking?",
        "What did Bedford Modern School do about staff turnover?",
        "How did Kensington Aldridge Academy cut marking?",
        "Compare Greenshaw Learning Trust and Barr Beacon on marking",
    ],
)
def test_a_trust_that_is_not_held_is_not_answered_for_by_others(real: Assistant, question: str) -> None:
    assert real.answer(Ask(question)).status == "no_evidence"


@pytest.mark.parametrize(
    "question",
    ["How did Outwood Grange cut workload?", "How has Harris handled De-implement?", "How did Dixons Academies Trust cut workload?"],
)
def test_a_trust_by_its_short_name_that_is_not_held_is_not_answered_for_by_others(real: Assistant, question: str) -> None:
    assert real.answer(Ask(question)).status == "no_evidence"


def test_a_trust_that_is_named_in_passing_is_said_to_be(real: Assistant) -> None:
    answer = real.answer(Ask("How did Dixons Academies Trust cut workload?"))
    assert answer.reason == "holder"
    assert re.search(r"\* names it, but no case study of it is held\.", answer.text)


@pytest.mark.parametrize(
    "question",
    [
        "What does Lean leave out?",
        "Why did Headteachers stop marking?",
        "How did Schools cut email?",
        "What does Harris say about capacity?",
    ],
)
def test_what_is_no_trust_is_not_taken_for_one(real: Assistant, question: str) -> None:
    assert real.answer(Ask(question)).reason != "holder"


def test_a_limit_to_an_organisation_that_is_not_held_is_answered_by_no_other(real: Assistant) -> None:
    answer = real.answer(Ask("How was marking cut?", organisation="Greenshaw Learning Trust"))
    assert answer.status not in ("answered", "partial")


def test_a_limit_to_an_organisation_is_kept(real: Assistant) -> None:
    answer = real.answer(Ask("How was workload cut?", organisation="Notre Dame High School"))
    assert {c.organisation for c in answer.citations} == {"Notre Dame High School"}


def test_a_limit_to_a_component_is_kept(real: Assistant) -> None:
    answer = real.answer(Ask("How have others done this?", component="connect"))
    assert answer.components[0] == "connect"
    assert "*Connect*" in answer.text
