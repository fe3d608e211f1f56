"""Described, mentioned, nothing found: the rule, and what counts as a statement and as a figure."""

import pytest
from assistant_making import make_chunk, make_source

from assistant.engine import Assistant
from assistant.explore.coverage import Map, total_sentence
from assistant.explore.evidence import says_of_itself
from assistant.explore.groups import phase_of, regions_of
from assistant.explore.levels import rate
from assistant.explore.quotable import gives_figure, is_quotable, measures
from hub.domain import Tag


def tags(*pairs: tuple[str, float]) -> list[Tag]:
    return [Tag(component="connect", method=method, score=score) for method, score in pairs]


@pytest.mark.parametrize(
    ("found", "confirmed", "level", "basis"),
    [
        ((), False, "nothing", ""),
        ((), True, "nothing", "confirmed"),
        ((("cue", 0.55),), False, "mentioned", "machine"),
        ((("meaning", 0.61),), False, "mentioned", "machine"),
        ((("meaning", 0.62),), False, "described", "machine"),
        ((("cue", 0.51), ("meaning", 0.52)), False, "described", "machine"),
        ((("named", 0.8),), False, "described", "machine"),
        ((("heading", 0.9),), False, "described", "machine"),
        ((("row", 1.0),), False, "described", "machine"),
        ((("confirmed", 1.0),), False, "described", "confirmed"),
        ((("confirmed", 0.5),), True, "described", "confirmed"),
        ((("meaning", 0.5),), True, "described", "confirmed"),
    ],
)
def test_the_rule(found: tuple[tuple[str, float], ...], confirmed: bool, level: str, basis: str) -> None:
    rated = rate(tags(*found), confirmed)
    assert (rated.level, rated.basis) == (level, basis)
    assert ("not confirmed by staff" in rated.why) == (basis == "machine")


@pytest.mark.parametrize(
    ("text", "measured", "came_of_it"),
    [
        ("Marking time fell by 40 minutes a week.", True, True),
        ("Turnover went from 19% to 8%.", True, True),
        ("Meetings were halved.", True, True),
        ("Twelve of 40 teachers said that they now leave by five.", True, True),
        ("We opened two libraries.", True, False),
        ("Attendance improved in Year 7.", False, False),
        ("Results rose in Key Stage 2 in 2023.", False, False),
        ("Workload has fallen in the last three years.", False, False),
        ("The new timetable begins at 8.30am and reduced queues.", False, False),
        ("Behaviour has improved.", False, False),
    ],
)
def test_a_figure_measures_what_came_of_something(text: str, measured: bool, came_of_it: bool) -> None:
    assert (measures(text), gives_figure(text)) == (measured, came_of_it)


def test_under_a_heading_of_results_a_count_of_pupils_is_a_figure() -> None:
    assert gives_figure("Of 60 pupils, 41 read fluently.", "Our story › What changed")
    assert not gives_figure("The 60 pupils come from four villages.", "Our story › Background")


@pytest.mark.parametrize(
    ("text", "heading", "label"),
    [
        ("Inspectors found that routines were calm.", "", "external"),
        ("The programme was evaluated by a university.", "", "external"),
        ("The school was awarded a quality mark.", "", "external"),
        ("An adviser from another trust reviewed ten records.", "", "external"),
        ("We worried what Ofsted would have said.", "", "none"),
        ("No outside reviewer has checked this.", "", "none"),
        ("Absence fell from 9% to 6%.", "", "figures"),
        ("Teachers say that planning is easier.", "", "judgement"),
        ("This has reduced workload.", "", "judgement"),
        ("Staff felt listened to.", "What changed", "judgement"),
        ("Staff found the hall.", "", "none"),
        ("The hall is painted blue.", "What changed", "none"),
    ],
)
def test_evidence_is_labelled_by_what_the_text_says(text: str, heading: str, label: str) -> None:
    assert says_of_itself(text, heading) == label


@pytest.mark.parametrize(
    ("text", "lead", "quotable"),
    [
        ("Heads visit each other every half term.", "", True),
        ("Heads visit often.", "", False),
        ("and what the heads then did about it", "", False),
        ("visits by heads in every half term", "We now plan:", True),
        ("Number of pupils in school: 300", "", False),
        ("How often do heads visit each other?", "", False),
        ("Our heads visit each other to:", "", False),
    ],
)
def test_only_a_statement_opens_a_cell(text: str, lead: str, quotable: bool) -> None:
    chunk = make_chunk(text, make_source(), lead=lead)
    assert is_quotable(chunk, chunk.sentences[0], ()) is quotable


def test_furniture_opens_no_cell() -> None:
    chunk = make_chunk("Heads visit each other every half term.", make_source())
    assert not is_quotable(chunk, chunk.sentences[0], {"headsvisiteachothereveryhalfterm"})


@pytest.mark.parametrize(
    ("context", "phase", "regions"),
    [
        ({"phase": "Primary", "region": "South West"}, "Primary", ("South West",)),
        ({"phase": "Secondary special school", "location": "Leeds"}, "Special or alternative provision", ("Yorkshire and the Humber",)),
        ({"phase": "Mixed: 3 primary, 2 secondary"}, "Mixed phases", ("Not stated",)),
        ({"phase": "Primary and secondary"}, "Mixed phases", ("Not stated",)),
        ({"phase": "Multi-academy trust", "region": "London", "location": "South-east London"}, "Not stated", ("London",)),
    ],
)
def test_where_a_case_study_stands(context: dict[str, str], phase: str, regions: tuple[str, ...]) -> None:
    source = make_source(context=context)
    assert (phase_of(source), regions_of(source)) == (phase, regions)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((5, 3, 0, 2, 18), "We found *X* described in 5 of the 18 organisations held; 2 give figures. Staff confirmed 3 of these."),
        ((2, 2, 1, 1, 18), "We found *X* described in 2 of the 18 organisations held; 1 gives figures. Staff confirmed all of these. 1 other may mention it."),
        ((1, 0, 0, 0, 18), "We found *X* described in 1 of the 18 organisations held; none gives figures. Staff have not confirmed it."),
        ((0, 0, 2, 0, 18), "We did not find *X* described in any of the 18 organisations held; 2 organisations may mention it."),
        ((0, 0, 0, 0, 1), "We did not find *X* described in the one organisation held."),
        ((0, 0, 0, 0, 0), "No case study is held, so nothing can be said of *X*."),
    ],
)  # fmt: skip
def test_a_total_is_a_sentence(counts: tuple[int, int, int, int, int], sentence: str) -> None:
    assert total_sentence("X", *counts) == sentence


def test_the_map_counts_no_case_study_that_the_chat_does_not(own: Assistant, real: Assistant) -> None:
    for assistant in (own, real):
        assistant.shelf.refresh()
        atlas = Map(assistant.shelf, assistant.model)
        for component in assistant.model.components:
            described = {f.source.id for f in atlas.practice(component.id) if f.rated.level == "described"}
            assert described <= assistant.shelf.described(component.id)
