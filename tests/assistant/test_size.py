"""Small, large, and so many pupils or schools: which case studies are meant."""

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.size import size_in, size_words
from hub.domain import Context


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Find me a small rural primary", ("small ", "")),
        ("How have smaller trusts shared staff?", ("small ", "")),
        ("Is there a large secondary that cut marking?", ("large ", "")),
        ("Find a trust with more than 5,000 pupils", ("", " with more than 5,000 pupils")),
        ("Any school of under 100 pupils?", ("", " with under 100 pupils")),
        ("Which trusts of at least 20 schools use coaching?", ("", " with at least 20 schools")),
        ("How have trusts made small changes?", ("", "")),
        ("Which schools work in small groups?", ("", "")),
        ("How big is the secondary in Bolton?", ("", "")),
    ],
)
def test_the_size_that_a_question_asks_for(question: str, words: tuple[str, str]) -> None:
    assert size_words(size_in(question)) == words


@pytest.mark.parametrize(
    ("question", "context", "fits"),
    [
        ("a small school", {"pupils": "Less than 100"}, True),
        ("a small school", {"pupils": "251"}, False),
        ("a small school", {}, False),
        ("a small trust", {"schools": "3", "pupils": "1,900"}, True),
        ("a small trust", {"schools": "12", "pupils": "240"}, False),
        ("a large school", {"pupils": "1,000"}, True),
        ("a large trust", {"schools": "31"}, True),
        ("a trust with over 5,000 pupils", {"schools": "9", "pupils": "9,700"}, True),
        ("a school with fewer than 100 pupils", {"pupils": "Less than 100"}, True),
        ("a trust with more than 20 schools", {"schools": "24", "pupils": "100"}, True),
        ("a trust with more than 20 schools", {"pupils": "24,000"}, False),
    ],
)
def test_which_case_studies_are_of_it(question: str, context: dict[str, str], fits: bool) -> None:
    size = size_in(question)
    assert size is not None
    assert size.fits(Context(**context)) is fits


def test_what_small_is_taken_to_mean_is_said_and_only_such_are_counted(real: Assistant) -> None:
    answer = real.answer(Ask("How have small schools handled workload?"))
    small = [s for s in real.shelf.case_studies() if size_in("a small school").fits(s.context)]  # type: ignore[union-attr]
    assert f"of the {len(small)} small case studies" in answer.text
    assert "Taken as small: up to 250 pupils" in answer.text
    assert {c.source for c in answer.citations if c.kind == "case-study"} <= {s.id for s in small}


def test_where_none_is_of_that_size_it_is_said(real: Assistant) -> None:
    answer = real.answer(Ask("Is there a primary with more than 3,000 pupils?"))
    assert answer.status == "no_evidence"
    assert "no primary case study with more than 3,000 pupils" in answer.text
