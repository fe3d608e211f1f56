"""Approaches and differences, only where the words bear them. All sentences here are our own."""

from collections.abc import Sequence

import pytest
from assistant_making import make_candidates, make_chunk, make_source

from assistant.approaches import STOPPING, advises, approach_of, by_approach
from assistant.aspects import missing_aspects
from assistant.differences import find_agreement, find_difference
from assistant.journey import Candidate

COACHING, TRAINING = "Coaching", "Training"


def told(organisation: str, text: str, score: float = 1.0, vector: Sequence[float] = (1, 0, 0, 0)) -> Candidate:
    source = make_source(organisation)
    [candidate] = make_candidates(make_chunk(text, source), source, [score], [vector])
    return candidate


@pytest.mark.parametrize(
    ("component", "text", "approach"),
    [
        ("develop-expertise", "Every new teacher met a coach once a fortnight.", COACHING),
        ("develop-expertise", "All office staff were trained in first aid during June.", TRAINING),
        ("develop-expertise", "The coaches were trained for two days before they began.", ""),  # of two, so of neither
        ("develop-expertise", "Each school bought a set of encyclopaedias that year.", ""),
        ("de-implement", "We stopped the weekly paper newsletter in March.", STOPPING),
        ("de-implement", "The Friday data sheet was scrapped in every school.", STOPPING),
        ("de-implement", "We would not have stopped the newsletter a second time.", ""),
        ("de-implement", "Before adding any new club, heads name one that closes.", "A rule before anything new"),
        ("de-implement", "Nothing new is bought until something older has gone.", "A rule before anything new"),
        ("develop-expertise", "In May every new teacher met a coach.", COACHING),  # the month
        ("connect", "We hold joint staff meetings with a school across the river.", "Working with other schools"),
        ("connect", "Create a working group with members from each department.", ""),  # advice
        ("connect", "There could be a committee in each of the schools.", ""),
        ("connect", "We stopped the joint meetings with other schools in May.", ""),  # given up
        ("align-strategy", "Every new teacher met a coach once a fortnight.", ""),  # another component's
    ],
)
def test_a_sentence_has_an_approach_where_the_words_of_one_alone_stand_in_it(component: str, text: str, approach: str) -> None:
    assert approach_of(text, component) == approach


@pytest.mark.parametrize(
    ("text", "yes"), [("Share what you learn.", True), ("Ask staff first.", True), ("Shared leads met.", False), ("We ask staff.", False)]
)
def test_advice_is_told_from_deeds(text: str, yes: bool) -> None:
    assert advises(text) == yes


COACHED = [told(name, f"At {name} every teacher met a coach each term.", 1 - n / 10) for n, name in enumerate(["Ash", "Birch"])]
TRAINED = told("Cedar", "Cedar trained its lunchtime staff in October.", 0.7)


def test_sentences_are_set_by_approach_with_each_organisation_once() -> None:
    again = told("Ash", "Ash also sent a coach to its nursery class.", 0.75)
    groups = by_approach([*COACHED, again, TRAINED], "develop-expertise", 5)
    assert [(name, [c.source.organisation for c in own]) for name, own in groups] == [(COACHING, ["Ash", "Birch"]), (TRAINING, ["Cedar"])]


def test_an_organisation_with_two_approaches_stands_under_the_rarer() -> None:
    both = [told("Ash", "Ash trained its office staff in October.", 0.8), told("Dale", "Dale teachers met a coach each week.", 0.8)]
    groups = dict(by_approach([*COACHED, *both], "develop-expertise", 5))
    assert {name: [c.source.organisation for c in own] for name, own in groups.items()} == {COACHING: ["Birch", "Dale"], TRAINING: ["Ash"]}


@pytest.mark.parametrize("some", [[], COACHED, [COACHED[0], TRAINED], [TRAINED]], ids=["nothing", "one approach", "none shared", "one"])
def test_what_makes_no_two_groups_is_not_set_by_approach(some: list[Candidate]) -> None:
    assert by_approach(some, "develop-expertise", 5) == []


def test_what_is_far_from_the_best_is_set_under_no_approach() -> None:
    assert by_approach([*COACHED, told("Cedar", "Cedar trained its lunchtime staff in October.", 0.2)], "develop-expertise", 5) == []


def test_there_are_no_more_quotes_than_there_is_room_for_and_each_group_keeps_one() -> None:
    many = [told(f"Elm{n}", f"At Elm{n} teachers met a coach each week.", 0.9) for n in range(6)]
    groups = by_approach([*many, TRAINED], "develop-expertise", 4)
    assert [len(own) for _, own in groups] == [3, 1]


CENTRAL = told("Ash", "The trust decides which reading scheme is taught.")
LOCAL = told("Birch", "Teachers choose their own reading scheme from a list.")


def test_two_ways_of_settling_one_thing_are_a_difference_each_with_its_words() -> None:
    found = find_difference([CENTRAL, LOCAL], [CENTRAL, LOCAL])
    assert found is not None
    assert (found.about, found.first, found.second) == ("who decides", CENTRAL, LOCAL)
    assert (found.first_said, found.second_said) == ("has the trust decide", "leaves it to those who do it")


@pytest.mark.parametrize(
    "other",
    [
        told("Birch", "Teachers choose their own football songs on the bus.", vector=(0, 1, 0, 0)),  # of another thing
        told("Ash", "Teachers choose their own reading scheme from a list."),  # the same organisation
        told("Birch", "The trust decides which reading scheme is bought."),  # the same way
        told("Birch", "Teachers should choose their own reading scheme."),  # no deed
        told("Birch", "Teachers choose their own books for the rest of the week."),  # a part of it
    ],
    ids=["another thing", "one organisation", "one way", "advice", "in part"],
)
def test_what_is_no_difference_is_not_called_one(other: Candidate) -> None:
    assert find_difference([CENTRAL, other], [CENTRAL, other]) is None


def test_who_tells_of_both_ways_is_not_shown_as_half_of_it() -> None:
    elsewhere = told("Birch", "The trust fixed the timetable for all of us.", 0.1)
    assert find_difference([CENTRAL, LOCAL], [CENTRAL, LOCAL, elsewhere]) is None


WEEKLY = told("Ash", "The reading panel meets for an hour every week.")


@pytest.mark.parametrize(
    ("other", "about", "said"),
    [
        ("Our panel of six heads meets once a term.", "how often the panel meets", "says every term"),
        ("A panel of parents meets in the hall every other Tuesday.", "how often the panel meets", "says every fortnight"),
    ],
)
def test_how_often_a_body_meets_is_a_difference_where_both_say_it(other: str, about: str, said: str) -> None:
    two = [WEEKLY, told("Birch", other)]
    found = find_difference(two, two)
    assert found is not None
    assert (found.about, found.first_said, found.second_said) == (about, "says weekly", said)
    assert find_agreement(two, two) is None


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        ("We send a weekly bulletin to all families.", "Staff write a termly bulletin for the governors.", "how often there is a bulletin"),
        ("Our leaders run an annual staff survey.", "We send out the survey every half-term.", "how often there is a survey"),
        ("Coaching was compulsory for all new teachers.", "Coaching is voluntary for anyone who has taught a year.", "whether coaching must be done"),
    ],
)  # fmt: skip
def test_the_same_thing_done_in_two_ways_is_a_difference(first: str, second: str, about: str) -> None:
    two = [told("Ash", first), told("Birch", second)]
    found = find_difference(two, two)
    assert found is not None
    assert found.about == about


@pytest.mark.parametrize(
    "other",
    [
        told("Birch", "The reading panel meets each term.", vector=(0, 1, 0, 0)),  # of another matter
        told("Birch", "The reading council meets every term in the hall."),  # of another body
        told("Birch", "The panel reads three hours a week of pupils’ work."),  # a rate, not a rhythm
        told("Birch", "The reading panel could meet every term."),  # a wish
        told("Ash", "The reading panel meets every term in the hall."),  # the same organisation
        told("Birch", "A six-weekly survey goes to the reading panel."),
    ],
    ids=["matter", "body", "rate", "wish", "organisation", "survey"],
)
def test_other_rhythms_are_no_difference(other: Candidate) -> None:
    assert find_difference([WEEKLY, other], [WEEKLY, other]) is None


def test_the_same_rhythm_is_alike_unless_one_tells_of_another_too() -> None:
    same = told("Birch", "A panel of four parents meets each week after school.")
    found = find_agreement([WEEKLY, same], [WEEKLY, same])
    assert found is not None
    assert (found.about, found.first, found.second, found.first_said) == ("how often the panel meets", WEEKLY, same, "says weekly")
    assert find_agreement([WEEKLY, same], [WEEKLY, same, told("Birch", "The panel meets every term in the hall.")]) is None


@pytest.mark.parametrize(
    ("question", "texts", "missing"),
    [
        ("How have others handled Connect, and what did it cost?", ["Heads met on Fridays."], ["what it cost"]),
        ("How have others handled Connect, and what did it cost?", ["Heads met.", "Cover was paid for by the trust."], []),
        ("How have others handled Connect?", ["Heads met on Fridays."], []),
        ("How have others cut email, and what did parents think?", ["Staff were glad of it."], ["what parents said of it"]),
        ("How have others cut email, and what did parents think?", ["Most parents said that it was clearer."], []),
        ("How long did it take others to cut email?", ["Email was cut."], ["how long it took"]),
        ("How long did it take others to cut email?", ["Email was cut within two terms."], []),
        ("How did others do it, at what cost, and what did pupils say?", ["A."], ["what it cost", "what pupils said of it"]),
    ],
)
def test_only_what_is_asked_for_and_stands_in_no_text_is_called_missing(question: str, texts: list[str], missing: list[str]) -> None:
    assert missing_aspects(question, texts) == missing
