"""Asks every case of a set, scores what comes, and keeps it as it comes: a run that is killed or stopped goes on where it was."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime

from evals.asking import Plan, asker
from evals.domain import EvalCase, Outcome, Run
from evals.grounds import Grounds
from evals.making import out_of_reach
from evals.provenance import commit, fingerprint, prompt_hashes, settings_in_force, store_state
from evals.runs import RunError, RunFolder, list_runs, runs_folder

Progress = Callable[[int, int, float], None]
"""Called with how many cases are done, of how many, and about how many seconds are left."""


def resume(plan: Plan, folder: RunFolder) -> RunFolder:
    """The same folder. RunError where what the run was made by has changed since: its answers would be of two kinds."""
    if _of(folder.run()) != _made_by(plan):
        raise RunError(f"{folder.path.name} was made with other settings, code or documents; begin a new run in its place")
    folder.forget_stop()
    return folder


def start_or_resume(plan: Plan, fresh: bool = False) -> tuple[RunFolder, bool]:
    """The folder of an unfinished run of the same set, made by the same things, and True; else of a new one, and False."""
    made_by = _made_by(plan)
    if not fresh:
        for run, folder in list_runs(plan.settings):
            if run.state != "done" and _of(run) == made_by and not folder.is_alive():
                folder.forget_stop()  # not later: whoever says stop while it begins is heard
                return folder, True
    run = _describe(plan)
    folder = RunFolder(runs_folder(plan.settings) / run.id)
    if (folder.path / "run.json").exists():
        raise RunError(f"there is a run {run.id} already; leave its id out")
    folder.begin(run.model_copy(update={"lost": _lost(plan)}), plan.cases)
    return folder, False


def carry_out(plan: Plan, folder: RunFolder, progress: Progress) -> Run:
    """Ask what has no outcome yet. Returns the run as it then is: done, or stopped. RunError where another process makes it."""
    with folder.writing():
        folder.mend()
        run = folder.run()
        asked = folder.outcomes()
        left = [c for c in folder.cases().cases if c.id not in asked or asked[c.id].error]
        began, before = time.monotonic(), run.seconds
        folder.save(run.model_copy(update={"state": "running", "finished": ""}))
        done = run.cases - len(left)
        progress(done, run.cases, 0.0)
        if left:
            with asker(plan) as ask:
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


def _lost(plan: Plan) -> int:
    grounds = Grounds(plan.settings.store)
    try:
        return len(out_of_reach(plan.cases.cases, grounds))
    finally:
        grounds.close()


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
    return datetime.now(UTC).isoformat(timespec="microseconds")
