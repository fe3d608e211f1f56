"""Case studies asked for by their context alone are listed, each with its own words on who it is."""

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.names import of_phase, of_regions
from hub.domain import ANSWERED


@pytest.mark.parametrize(
    ("question", "phase", "region"),
    [
        ("Who do you have in the South West?", "", "South West"),
        ("List the case studies from special schools.", "special", ""),
        ("Which trusts do you hold from London?", "", "London"),
        ("Are there any secondary schools in Kent?", "secondary", "South East"),
    ],
)
def test_all_of_the_context_are_named_and_nobody_else(own: Assistant, question: str, phase: str, region: str) -> None:
    answer = own.answer(Ask(question))
    studies = own.shelf.case_studies()
    wanted = {s.id for s in studies}
    wanted &= of_phase(studies, phase) if phase else wanted
    wanted &= of_regions(studies, (region,)) if region else wanted
    if not wanted:
        assert answer.status == "no_evidence"
        return
    assert answer.status == "answered"
    assert f"We hold **{len(wanted)} " in answer.text
    assert {c.source for c in answer.citations} == wanted
    assert len(answer.citations) == len(wanted)


@pytest.mark.parametrize(
    "question",
    ["How do special schools plan therapy?", "Which secondary schools lend teachers?", "Find a small primary that shares staff."],
)
def test_a_topic_is_searched_for(own: Assistant, question: str) -> None:
    answer = own.answer(Ask(question))
    assert answer.status in ANSWERED
    assert not answer.text.startswith("We hold")


def test_more_than_can_be_quoted_are_named(real: Assistant) -> None:
    answer = real.answer(Ask("Which secondary schools do you hold?"))
    held = of_phase(real.shelf.case_studies(), "secondary")
    assert f"We hold **{len(held)} secondary case studies**" in answer.text
    assert "\nAnd " in answer.text
    for id in held:
        assert real.shelf.sources[id].context.school in answer.text or real.shelf.sources[id].organisation in answer.text
