"""What each verb of `python -m evals` does, and prints."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from evals.asking import Plan
from evals.choices import choose, read_choices
from evals.compare import compare, say
from evals.domain import Metric, Run
from evals.estimate import estimate
from evals.gate import Passed, load_gates, run_gate
from evals.metrics import Pair, all_metrics, cells, failures
from evals.report import say_lost, write_report
from evals.running import carry_out, resume, start_or_resume
from evals.runs import RunError, RunFolder, find_run, list_runs
from evals.scoring import ABOUTS
from evals.sets import FOLDER, find_set, load_set
from hub.settings import Settings

AT_ONCE = 4


class UsageError(ValueError):
    """The command was called in a way that cannot be carried out."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Run a set."""
    settings = choose(settings, read_choices(options.chosen))
    going_on = find_run(settings, options.resume) if options.resume else None
    cases = going_on.cases() if going_on else load_set(find_set(options.set, (FOLDER, settings.store / "sets")))
    judging = bool(settings.judge) and not options.no_judge
    expected = estimate(cases.cases, settings, options.repeats, judging)
    tell(f"{cases.name} {cases.version}: {len(cases.cases)} cases. {expected}")
    if expected.is_large and not options.yes and not _agreed():
        raise UsageError("not started: nobody agreed to so many calls; give --yes to agree beforehand")
    calls = bool(settings.llm) or judging
    plan = Plan(
        settings, cases, expected, judging, options.repeats, workers=options.workers or (AT_ONCE if calls else 1),
        calls_a_minute=options.per_minute, run_id=options.id,
    )  # fmt: skip
    folder, resumed = (resume(plan, going_on), True) if going_on else start_or_resume(plan, options.fresh)
    if resumed:
        tell(f"going on with the run {folder.path.name}, which has {len(folder.outcomes())} of its cases; --fresh begins anew")
    if said := say_lost(folder.run()):
        tell(said)
    made = carry_out(plan, folder, show_progress)
    pairs = folder.pairs()
    if options.json:
        print(json.dumps(summary(made, folder, pairs), ensure_ascii=False))
    else:
        print(say_run(made, folder, pairs))
    errors = [o for _, o in pairs if o.error]
    return 1 if errors or made.state != "done" else 0


def compare_runs(options: argparse.Namespace, settings: Settings) -> int:
    """Compare two runs."""
    first, second = find_run(settings, options.first), find_run(settings, options.second)
    try:
        found = compare(first, second, options.anyway)
    except RunError as error:
        raise UsageError(str(error)) from error
    print(found.model_dump_json() if options.json else say(found))
    return 0


def gate(options: argparse.Namespace, settings: Settings) -> int:
    """Keep the gates."""
    outcomes = []
    for row in load_gates(options.file):
        tell(f"{row.set} over {', '.join(row.sources)}")
        keep = (lambda folder, fallen: write_report(folder, options.report, fallen)) if options.report else None
        outcomes.append(run_gate(row, settings, show_progress, keep=keep))
    if options.json:
        print(json.dumps([_gate_json(o) for o in outcomes], ensure_ascii=False))
    else:
        print("\n\n".join(_say_gate(o) for o in outcomes))
    return 0 if all(o.is_open for o in outcomes) else 1


def report(options: argparse.Namespace, settings: Settings) -> int:
    """Write a run's page."""
    folder = find_run(settings, options.run)
    out = write_report(folder, options.out or folder.path / "report.html")
    print(json.dumps({"run": folder.run().id, "report": str(out)}) if options.json else f"{out}")
    return 0


def show_list(options: argparse.Namespace, settings: Settings) -> int:
    """List the runs."""
    rows = list_runs(settings)
    if options.json:
        print(json.dumps([r.model_dump(mode="json") for r, _ in rows]))
        return 0
    for r, folder in rows:
        print(
            f"{r.id}  {r.set_name} {r.set_version}  {len(folder.outcomes())} of {r.cases}  {state_of(r, folder)}  llm: {r.settings.get('llm') or 'none'}"
        )
    if not rows:
        print("No runs are held; `python -m evals run SET` makes one.")
    return 0


def meta(options: argparse.Namespace, settings: Settings) -> int:
    """Print how far the scorers agree with labels."""
    from evals.meta.agreement import report_agreement, say_agreement
    from evals.meta.known import keep_known

    rows = report_agreement(settings, tell)
    if options.keep:
        tell(f"kept in {keep_known(rows)}: the pages and reports say it")
    print(json.dumps([r.model_dump(mode="json") for r in rows]) if options.json else say_agreement(rows))
    return 0


def state_of(run: Run, folder: RunFolder) -> str:
    """Running, stopped, done, or broken off: said to run, with nobody at it."""
    if run.state == "running":
        return "running" if folder.is_alive() else "broken off"
    return run.state


def summary(run: Run, folder: RunFolder, pairs: Sequence[Pair]) -> dict[str, Any]:
    """A run as JSON: what it is, its metrics, and the cases that failed, with why."""
    return {
        "run": run.model_dump(mode="json"),
        "folder": str(folder.path),
        "cells": cells(o for _, o in pairs),
        "metrics": [m.model_dump(mode="json") for m in all_metrics(pairs)],
        "failed": {c.id: why for c, o in pairs if (why := failures(o))},
    }


def say_run(run: Run, folder: RunFolder, pairs: Sequence[Pair]) -> str:
    """A run for a terminal."""
    lines = [f"{run.id}: {run.state}, {len(pairs)} of {run.cases} cases in {run.seconds:.0f} s; {folder.path}", ""]
    lines.append(", ".join(f"{n} {name}" for name, n in cells(o for _, o in pairs).items()))
    found = all_metrics(pairs)
    lines += ["", *(say_metric(m) for m in found if not m.group)]
    kinds = [m for m in found if m.group.startswith("kind") and m.scorer in ("status", "gold_quote")]
    lines += ["", "By kind of question:", *(f"  {m.group.removeprefix('kind: ')}: {say_metric(m)}" for m in kinds)]
    failed = [(c, o, why) for c, o in pairs if (why := failures(o))]
    lines += [
        "",
        f"{len(failed)} cases fell short:",
        *(f"  {c.id} ({c.kind}): {', '.join(why)}{': ' + o.error if o.error else ''}" for c, o, why in failed),
    ]
    return "\n".join(lines)


def say_metric(metric: Metric) -> str:
    """One metric in a line, with its interval."""
    about = ABOUTS[metric.scorer]
    if metric.mean is None or metric.low is None or metric.high is None:
        return f"{about.title}: not scored"
    times, unit, digits = {"share": (100, "%", 0), "milliseconds": (1, " ms", 0), "dollars": (1, " dollars", 4)}[about.unit]
    numbers = [f"{times * v:.{digits}f}" for v in (metric.mean, metric.low, metric.high)]
    return f"{about.title}: {numbers[0]}{unit} ({numbers[1]} to {numbers[2]}), n = {metric.n}"


def _gate_json(passed: Passed) -> dict[str, Any]:
    return {
        "set": passed.set, "open": passed.is_open, "fallen": [f.model_dump(mode="json") for f in passed.fallen],
        "metrics": [m.model_dump(mode="json") for m in passed.metrics],
    }  # fmt: skip


def _say_gate(passed: Passed) -> str:
    head = f"{passed.set}: {'every threshold is reached' if passed.is_open else f'{len(passed.fallen)} thresholds are not reached'}"
    return "\n".join([head, *(f"  {f}" for f in passed.fallen), *(f"  {say_metric(m)}" for m in passed.metrics)])


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    tell("Go on? [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def tell(line: str, end: str = "\n") -> None:
    """Progress goes to stderr: stdout may carry JSON."""
    print(line, end=end, file=sys.stderr, flush=True)


def show_progress(done: int, total: int, seconds_left: float) -> None:
    """One line that is written over; now and then a line where nobody looks."""
    if sys.stderr.isatty():
        tell(f"\r{done} of {total}, about {seconds_left:.0f} s left ", end="\n" if done == total else "")
    elif done == total or not done % 25:
        tell(f"{done} of {total}, about {seconds_left:.0f} s left")
