"""Answers and scores one case: the assistant, the judge and the grounds, open for as long as a run takes."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.llm import Llm
from assistant.shelf import ShelfError
from evals.domain import EvalCase, EvalSet, Outcome, Score
from evals.estimate import Estimate
from evals.grounds import Grounds
from evals.judge import nuggets, responsive, support
from evals.judge.ask import AnyJudge, LlmJudge
from evals.pace import Pace
from evals.scoring import score_case
from hub.domain import Answer
from hub.settings import Settings

Make = Callable[[Settings], Assistant]


@dataclass(frozen=True)
class Plan:
    """What is to be run, and how."""

    settings: Settings
    cases: EvalSet
    estimate: Estimate
    judging: bool = False
    repeats: int = 1
    workers: int = 1
    """Cases asked at once; more than one only where an llm is waited for."""
    calls_a_minute: int = 0
    """0: no limit of ours."""
    make: Make = build_assistant
    run_id: str = ""
    """The id that a new run gets; "": one is made."""
    judge: AnyJudge | None = None
    """In place of the one that the settings name."""


@contextmanager
def asker(plan: Plan) -> Iterator[Callable[[EvalCase], Outcome]]:
    """A function that answers and scores one case. The assistant and the library are open inside the block."""
    pace = Pace(plan.calls_a_minute)
    assistant = plan.make(plan.settings)
    try:
        assistant.shelf.refresh()  # a store that cannot be used ends the run at once, not each case
        grounds = _Locked(plan.settings)
        judge = _judge(plan, pace) if plan.judging else None
        try:
            yield lambda case: _outcome(case, assistant, grounds.open(), judge, plan, pace)
        finally:
            grounds.close()
    finally:
        assistant.shelf.close()


class _Locked:
    """Grounds for each thread: a library's connection is not for several at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own = threading.local()
        self._all: list[Grounds] = []

    def open(self) -> Grounds:
        """This thread's."""
        if not hasattr(self._own, "grounds"):
            self._own.grounds = Grounds(self._settings.store)
            self._all.append(self._own.grounds)
        grounds: Grounds = self._own.grounds
        return grounds

    def close(self) -> None:
        """Close them all."""
        for grounds in self._all:
            grounds.close()


def _judge(plan: Plan, pace: Pace) -> AnyJudge:
    if plan.judge:
        return plan.judge
    seconds = plan.settings.llm_timeout_seconds
    return LlmJudge(Llm(plan.settings.judge, seconds), 3 * seconds, pace.wait)


def _outcome(case: EvalCase, assistant: Assistant, grounds: Grounds, judge: AnyJudge | None, plan: Plan, pace: Pace) -> Outcome:
    began = time.perf_counter()
    if assistant.llm:
        pace.wait()
    try:
        answer = assistant.answer(Ask(case.question, case.history))
    except ShelfError:
        raise
    except Exception as error:  # one case's bug must not end the run: it is kept, and counted as an error
        return Outcome(case=case.id, answer=None, error=f"{type(error).__name__}: {error}", seconds=_since(began))
    if why := _not_the_llms(answer, plan):
        return Outcome(case=case.id, answer=answer, error=why, seconds=_since(began))
    if answer.status == "error":
        return Outcome(case=case.id, answer=answer, error=answer.reason or "the answer's status is error", seconds=_since(began))
    scores = [*score_case(case, answer, grounds), *(_judged(case, answer, judge, plan.repeats) if judge else ())]
    return Outcome(case=case.id, answer=answer, scores=tuple(scores), seconds=_since(began))


def _not_the_llms(answer: Answer, plan: Plan) -> str:
    """Why an answer is not the one to score: an llm is set, was called, and gave nothing. Its stand-in would be scored in its name."""
    failed = [c.error for c in answer.usage if c.purpose == "answer" and c.error]
    return f"the language model gave no answer: {failed[-1]}" if plan.settings.llm and failed and not answer.llm else ""


def _judged(case: EvalCase, answer: Answer, judge: AnyJudge, repeats: int) -> list[Score]:
    return [
        *support.score(answer, judge, repeats),
        *nuggets.score(case, answer, judge, repeats),
        *([responsive.score(answer, judge, repeats)] if case.answerable else []),
    ]


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 3)
