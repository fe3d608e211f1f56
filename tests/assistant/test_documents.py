"""Whether the document that a question asks about is held."""

import pytest

from assistant.documents import titles_asked
from assistant.engine import Assistant
from assistant.journey import Ask


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("What does Steady Gains say about attendance?", ["Steady Gains"]),
        ("Summarise what Steady gains for every pupil argues", ["Steady gains for every pupil", "Steady gains"]),
        ("According to the Steady Gains report, who leads?", ["Steady Gains report", "Steady Gains"]),
        ("What are the main findings of ‘Steady Gains’?", ["Steady Gains"]),
        ("What does Marsh's 2019 'Steady gains' booklet say about heads?", ["Steady gains"]),
        ("I mean the 2019 paper Steady gains: heads who stay.", ["Steady gains: heads who stay"]),
        ("Is there a report on marking?", []),
        ("Is there a paper Greenfield Academies wrote about marking?", []),
        ("Do you have anything from alternative provision?", []),
        ("What does it say?", []),
        ("How do schools share what works?", []),
    ],
)
def test_what_may_be_a_title(question: str, titles: list[str]) -> None:
    assert titles_asked(question) == titles


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What does Building strong trusts say about finance?", "*Building strong trusts*"),
        ("What does the implementation guide say about trustees?", "CST's guide to the model"),
        ("What is on page 977?", "page 977"),
        ("What does slide 31 ask leaders to talk about?", "slide 31"),
        ("What does appendix C of the paper list?", "appendix c"),
    ],
)
def test_a_document_that_is_only_named_is_not_held(real: Assistant, question: str, missing: str) -> None:
    answer = real.answer(Ask(question))
    assert (answer.status, answer.reason) == ("no_evidence", "document")
    assert f"It does not hold {missing}." in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What does align strategy cover?",
        "What does the model paper say about leadership?",
        "What does Steve Rollett say about improvement?",
        "Which paragraph a teacher writes is best?",
        "Where do schools let pupils slide 3 grades?",
    ],
)
def test_what_is_held_and_whoever_speaks_is_no_missing_document(real: Assistant, question: str) -> None:
    assert real.answer(Ask(question)).reason != "document"
