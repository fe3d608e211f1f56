"""Filters that a person has set: they narrow what is searched, quoted and counted, and the answer says so."""

import pytest

from assistant.engine import Assistant
from assistant.filters import NOTHING_INSIDE, choices, narrow
from assistant.journey import Ask, Filters
from hub.domain import Answer

QUESTION = "How have other trusts freed staff time?"


def ask(own: Assistant, question: str = QUESTION, **filters: str) -> Answer:
    return own.answer(Ask(question, filters=Filters(**filters)))


def cited(own: Assistant, answer: Answer) -> list[str]:
    return [c.source for c in answer.citations]


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({"kind": "guide"}, lambda s: s.kind == "guide"),
        ({"kind": "case-study"}, lambda s: s.kind == "case-study"),
        ({"phase": "primary"}, lambda s: s.kind != "case-study" or s.context.phase.startswith("Primary")),
        ({"region": "South West"}, lambda s: s.kind != "case-study" or s.context.region == "South West"),
        ({"trust": "Umberfield Learning Trust"}, lambda s: s.organisation.startswith("Umberfield")),
        (
            {"kind": "case-study", "phase": "secondary", "region": "London"},
            lambda s: (s.context.phase, s.context.region) == ("Secondary", "London"),
        ),
    ],
)
def test_only_what_is_inside_is_retrieved_and_cited(own: Assistant, filters: dict[str, str], holds) -> None:  # type: ignore[no-untyped-def]
    free, narrowed = ask(own), ask(own, **filters)
    outside = [id for id, s in own.shelf.sources.items() if not holds(s)]
    assert set(outside) & {p.source for p in free.passages}
    assert narrowed.passages
    assert not set(outside) & {p.source for p in narrowed.passages}
    assert not set(outside) & set(cited(own, narrowed))
    inside = len(own.shelf.sources) - len(outside)
    assert f"{inside} of the {len(own.shelf.sources)} sources held" in narrowed.notices[-1]


def test_a_component_narrows_to_the_passages_about_it(own: Assistant) -> None:
    own.shelf.refresh()
    tagged = {c.id for c, _ in own.shelf.about("connect")}
    assert not {p.chunk for p in ask(own).passages} <= tagged
    found = {p.chunk for p in ask(own, component="connect").passages}
    assert found
    assert found <= tagged


def test_the_denominator_counts_inside_the_filter(own: Assistant) -> None:
    own.shelf.refresh()
    studies = [s for s in own.shelf.case_studies() if s.context.phase.startswith("Primary")]
    answer = ask(own, "How have others handled De-implement?", phase="primary")
    assert f"of the {len(studies)} primary case studies" in answer.text


def test_the_models_own_words_stay_within_a_phase(own: Assistant) -> None:
    answer = ask(own, "What does Connect mean?", phase="primary")
    assert answer.status == "answered"
    assert answer.citations[0].kind == "model-paper"


def test_filters_that_nothing_fits_end_the_journey_and_say_what_to_do(own: Assistant) -> None:
    answer = ask(own, kind="guide", trust="Umberfield Learning Trust")
    assert (answer.status, answer.reason, answer.text) == ("no_evidence", "filters", NOTHING_INSIDE)
    assert not answer.citations


def test_a_disclosure_comes_before_any_filter(own: Assistant) -> None:
    answer = ask(own, "A Year 8 boy called Tom told me he is being hurt at home.", kind="guide", trust="Umberfield Learning Trust")
    assert answer.reason == "safeguarding"
    assert not answer.notices
    assert "Tom" not in answer.question


def test_without_filters_nothing_is_said_of_them_and_the_shelf_is_whole_again(own: Assistant) -> None:
    before = ask(own)
    ask(own, phase="primary")
    after = ask(own)
    assert after.notices == before.notices == ()
    assert after.text == before.text


def test_every_choice_has_something_behind_it(own: Assistant) -> None:
    own.shelf.refresh()
    held = choices(own.shelf)
    assert "primary" in held.phases
    assert "South West" in held.regions
    assert not any("illustrative" in t for t in held.trusts)
    for name, values in (("kind", held.kinds), ("trust", held.trusts), ("phase", held.phases), ("region", held.regions)):
        for value in values:
            assert narrow(own.shelf, Filters(**{name: value})).chunks
