"""How many llm calls a run will take, of how many tokens, for about how much: said before it starts."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.llm import price_of
from evals.domain import EvalCase
from hub.settings import Settings

ANSWER_TOKENS = (2600, 350)
"""Read and written for an answer in prose: some nine passages of 130 words with the prompt; some 250 words."""
REWRITE_TOKENS = (500, 40)
JUDGE_TOKENS = (500, 60)
CLAIMS = 5
"""Sentences of an answer in prose that a judge is asked about, citations of several counted in."""
ASK_ABOVE_CALLS = 200
ASK_ABOVE_DOLLARS = 1.0


@dataclass(frozen=True)
class Estimate:
    """What a run will take, about."""

    answer_calls: int
    judge_calls: int
    tokens: int
    dollars: float | None
    """None: a price is not known here. 0 where nothing is called."""

    @property
    def calls(self) -> int:
        """Of both."""
        return self.answer_calls + self.judge_calls

    @property
    def is_large(self) -> bool:
        """Whether somebody should be asked first."""
        return self.calls > ASK_ABOVE_CALLS or (self.dollars or 0.0) > ASK_ABOVE_DOLLARS

    def __str__(self) -> str:
        if not self.calls:
            return "No language model is called."
        cost = f"about ${self.dollars:.2f}" if self.dollars is not None else "at a price that is not known here"
        parts = [f"{self.answer_calls} to answer" if self.answer_calls else "", f"{self.judge_calls} to judge" if self.judge_calls else ""]
        return f"About {self.calls} calls of a language model ({', '.join(p for p in parts if p)}), {self.tokens:,} tokens, {cost}."


def estimate(cases: Sequence[EvalCase], settings: Settings, repeats: int, judging: bool) -> Estimate:
    """For these cases."""
    answers = len(cases) if settings.llm else 0
    rewrites = sum(bool(c.history) for c in cases) if settings.llm else 0
    sentences = CLAIMS * sum(c.answerable for c in cases) if settings.llm else 0
    judged = repeats * (sentences + sum(c.answerable for c in cases) + sum(len(c.nuggets) for c in cases)) if judging else 0
    engine_judged = answers * CLAIMS if settings.llm and settings.judge else 0
    read = answers * ANSWER_TOKENS[0] + rewrites * REWRITE_TOKENS[0], answers * ANSWER_TOKENS[1] + rewrites * REWRITE_TOKENS[1]
    judge_read = (judged + engine_judged) * JUDGE_TOKENS[0], (judged + engine_judged) * JUDGE_TOKENS[1]
    dollars = _dollars(settings.llm, *read), _dollars(settings.judge, *judge_read)
    known = None if None in dollars else sum(d for d in dollars if d is not None)
    return Estimate(answers + rewrites, judged + engine_judged, sum(read) + sum(judge_read), known)


def _dollars(llm: str, tokens_in: int, tokens_out: int) -> float | None:
    return price_of(llm, tokens_in, tokens_out) if tokens_in else 0.0
