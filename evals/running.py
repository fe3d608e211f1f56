"""Asks every case of a set, scores what comes, and keeps it as it comes: a run that is killed or stopped goes on where it was."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.llm import Llm
from assistant.shelf import ShelfError
from evals.domain import EvalCase, EvalSet, Outcome, Run, Score
from evals.estimate import Estimate
from evals.grounds import Grounds
from evals.judge import nuggets, responsive, support
from evals.judge.ask import AnyJudge, LlmJudge
from evals.pace import Pace
from evals.provenance import commit, fingerprint, prompt_hashes, settings_in_force, store_state
from evals.runs import RunError, RunFolder, list_runs, runs_folder
from evals.scoring import score_case
from hub.domain import Answer
from hub.settings import Settings

Progress = Callable[[int, int, float], None]
"""Called with how many cases are done, of how many, and about how many seconds are left."""
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
    judge: AnyJudge | None = field(default=None)
    """In place of the one that the settings name."""


def resume(plan: Plan, folder: RunFolder) -> RunFolder:
    """The same folder. RunError where what the run was made by has changed since: its answers would be of two kinds."""
    if _of(folder.run()) != _made_by(plan):
        raise RunError(f"{folder.path.name} was made with other settings, code or documents; begin a new run in its place")
    return folder


def start_or_resume(plan: Plan, fresh: bool = False) -> tuple[RunFolder, bool]:
    """The folder of an unfinished run of the same set, made by the same things, and True; else of a new one, and False."""
    made_by = _made_by(plan)
    if not fresh:
        for run, folder in list_runs(plan.settings):
            if run.state != "done" and _of(run) == made_by and not folder.is_alive():
                return folder, True
    run = _describe(plan)
    folder = RunFolder(runs_folder(plan.settings) / run.id)
    if (folder.path / "run.json").exists():
        raise RunError(f"there is a run {run.id} already; leave its id out")
    folder.begin(run, plan.cases)
    return folder, False


def carry_out(plan: Plan, folder: RunFolder, progress: Progress) -> Run:
    """Ask what has no outcome yet. Returns the run as it then is: done, or stopped. RunError where another process makes it."""
    with folder.writing():
        folder.forget_stop()
        folder.mend()
        run = folder.run()
        asked = folder.outcomes()
        left = [c for c in folder.cases().cases if c.id not in asked or asked[c.id].error]
        began, before = time.monotonic(), run.seconds
        folder.save(run.model_copy(update={"state": "running", "finished": ""}))
        done = run.cases - len(left)
        progress(done, run.cases, 0.0)
        if left:
            with _asker(plan) as ask:
                for outcome in _each(ask, left, plan.workers, folder):
                    folder.append(outcome)
                    done += 1
                    spent = time.monotonic() - began
                    progress(done, run.cases, spent / (done - (run.cases - len(left))) * (run.cases - done))
        state = "done" if done == run.cases else "stopped"
        run = run.model_copy(
            update={"state": state, "finished": _now(), "seconds": round(before + time.monotonic() - began, 2)},
        )
        folder.save(run)
        return run


def _each(ask: Callable[[EvalCase], Outcome], cases: Sequence[EvalCase], workers: int, folder: RunFolder) -> Iterator[Outcome]:
    """Outcomes as they come; no new case is begun once the run was asked to stop."""
    if workers < 2:
        for case in cases:
            if folder.is_stopping():
                return
            yield ask(case)
        return
    waiting = iter(cases)
    with ThreadPoolExecutor(workers) as pool:
        going: set[Future[Outcome]] = set()
        while True:
            while len(going) < workers and not folder.is_stopping() and (following := next(waiting, None)):
                going.add(pool.submit(ask, following))
            if not going:
                return
            finished, going = wait(going, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()


@contextmanager
def _asker(plan: Plan) -> Iterator[Callable[[EvalCase], Outcome]]:
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
        import threading

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


def _describe(plan: Plan) -> Run:
    head, dirty, code = commit()
    return Run(
        id=plan.run_id or f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}",
        set_name=plan.cases.name,
        set_version=plan.cases.version,
        cases=len(plan.cases.cases),
        started=_now(),
        settings=settings_in_force(plan.settings),
        prompts=prompt_hashes(),
        commit=head,
        dirty=dirty,
        code=code,
        store=store_state(plan.settings),
        judge=(plan.judge.name if plan.judge else plan.settings.judge) if plan.judging else "",
        repeats=plan.repeats,
        calls=plan.estimate.calls,
        tokens=plan.estimate.tokens,
        dollars=plan.estimate.dollars,
    )


def _made_by(plan: Plan) -> str:
    return _of(_describe(replace(plan, run_id="")))


def _of(run: Run) -> str:
    """Names what a run is made by: only what was made by the same may be carried on."""
    return fingerprint(
        run.model_dump(
            mode="json", include={"set_name", "set_version", "settings", "prompts", "commit", "code", "store", "judge", "repeats"}
        )
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _since(began: float) -> float:
    return round(time.perf_counter() - began, 3)
