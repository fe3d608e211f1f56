"""A figure asked for that stands only in sentences which are not about the matter. All text here is our own."""

from dataclasses import replace

import pytest
from assistant_making import make_candidates, make_chunk, make_source

from assistant.far_down import AMONG_THE_FIRST, CLOSE, FARTHER, figure_far_down
from assistant.journey import Candidate, Evidence, Understood

ABOUT = ["The briefing is short.", "Everybody stands at the briefing.", "Nobody takes notes at it."]
GIVING = {
    "What time is the briefing?": ("No emails after 6pm.", "the time"),
    "How many minutes does the briefing take?": ("Reports take 20 minutes.", "how many minutes"),
    "How long does the briefing last?": ("A lesson lasts an hour.", "how long"),
    "How often is the briefing held?": ("Governors meet every term.", "how often"),
    "How many staff are at the briefing?": ("The school has 40 rooms.", "how many staff"),
    "How much time does the briefing save?": ("Marking took a 40-page booklet.", "how much"),
    "By what percentage did talk fall?": ("Some 40% of parents replied.", "by what percentage"),
}


def found(texts: list[str], cosines: list[float]) -> Evidence:
    source = make_source()
    made: list[Candidate] = []
    for n, text in enumerate(texts):
        made += make_candidates(make_chunk(text, source, start=100 * n), source, [0.8**n])
    made = [replace(c, features={"sentence": cosine}) for c, cosine in zip(made, cosines, strict=True)]
    return Evidence((), (), tuple(made), {})


@pytest.mark.parametrize("question", GIVING)
def test_a_figure_that_comes_after_what_is_about_the_matter_is_not_the_one(question: str) -> None:
    figure, missing = GIVING[question]
    asked = Understood(question, "lookup")
    last = found([*ABOUT[:AMONG_THE_FIRST], figure], [0.5] * (AMONG_THE_FIRST + 1))
    assert figure_far_down(asked, last) == missing
    among = found([*ABOUT[: AMONG_THE_FIRST - 1], figure, ABOUT[-1]], [0.5] * (AMONG_THE_FIRST + 1))
    assert figure_far_down(asked, among) == ""


def test_a_figure_much_farther_from_the_question_than_the_nearest_is_not_the_one() -> None:
    asked = Understood("What time is the briefing?", "lookup")
    texts = ["No emails after 6pm.", *ABOUT]
    assert figure_far_down(asked, found(texts, [0.7 - FARTHER - 0.01, 0.7, 0.5, 0.5])) == "the time"
    assert figure_far_down(asked, found(texts, [0.7 - FARTHER + 0.01, 0.7, 0.5, 0.5])) == ""


def test_a_figure_that_is_as_near_as_the_first_may_be_the_one() -> None:
    asked = Understood("What time is the briefing?", "lookup")
    made = found([*ABOUT[:AMONG_THE_FIRST], "No emails after 6pm."], [0.5] * (AMONG_THE_FIRST + 1)).candidates
    for score, missing in ((CLOSE + 0.01, ""), (CLOSE - 0.01, "the time")):
        near = Evidence((), (), (*made[:-1], replace(made[-1], score=score)), {})
        assert figure_far_down(asked, near) == missing


@pytest.mark.parametrize(
    "question",
    [
        "How much does the briefing help?",
        "How much say do staff have in the briefing?",
        "How is the briefing run?",
        "Who is at the briefing?",
        "Why is there a briefing?",
    ],
)
def test_a_question_that_asks_for_no_figure_is_left_alone(question: str) -> None:
    assert figure_far_down(Understood(question, "lookup"), found([*ABOUT, "No emails after 6pm."], [0.5] * 4)) == ""


def test_where_none_gives_a_figure_other_rules_decide() -> None:
    assert figure_far_down(Understood("What time is the briefing?", "lookup"), found(ABOUT, [0.5] * 3)) == ""
