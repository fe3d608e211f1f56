"""A term, a day, a subject or a measure that a question keeps to, and that the texts never speak of."""

import pytest

from assistant.particulars import SPOKEN_AS, never_spoken_of

TEXT = ["We meet each Tuesday.", "In October the heads of mathematics and of biology plan together.", "Outcomes at Key Stage 2 rose."]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Which jobs fall in the autumn term?", ""),
        ("Which jobs fall in the summer term?", "summer"),
        ("What happens in the Spring terms?", "Spring"),
        ("Who meets on Tuesdays?", ""),
        ("Who meets on Fridays?", "Friday"),
        ("What do they do in October?", ""),
        ("What do they do by March?", "March"),
        ("How do maths teachers plan?", ""),
        ("How do science teachers plan?", ""),
        ("How do drama teachers plan?", "drama"),
        ("Did SATs rise?", ""),
        ("Did GCSE results rise?", "GCSE"),
        ("What was its Progress 8?", "Progress 8"),
        ("What effect size was found?", "effect size"),
        ("May a teacher march out in summer?", ""),  # words, not dates
        ("What may staff do?", ""),
        ("Who plans?", ""),
    ],
)
def test_what_is_never_spoken_of_is_named(question: str, missing: str) -> None:
    assert never_spoken_of(question, TEXT) == missing


@pytest.mark.parametrize("particular", sorted(SPOKEN_AS))
def test_each_speaks_of_itself(particular: str) -> None:
    assert never_spoken_of(f"What is done on {particular}?", [f"It is done on {particular.title()}."]) == ""


def test_a_month_is_not_a_verb() -> None:
    assert never_spoken_of("What is done in the summer term?", ["Staff may leave early."]) == "summer"
