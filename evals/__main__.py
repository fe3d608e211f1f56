"""`python -m evals`: run a set, compare two runs, keep the gate, make a report."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.shelf import ShelfError
from evals import commands
from evals.choices import CHOICES, ChoiceError
from evals.gate import GATES, GateError
from evals.runs import RunError
from evals.sets import SetError
from hub.components import ModelError
from hub.embedder import EmbedderError
from hub.library import LibraryError
from hub.settings import SettingsError, load_settings
from ingest.errors import IngestError


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="python -m evals",
        description="Checks, compares and reports the quality of answers.",
        epilog="Exit: 0 good; 1 something failed and is reported; 2 wrong usage. With --json, stdout carries the JSON alone.",
    )
    verbs = top.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="ask every case of a set, and score the answers")
    run.add_argument("set", help="a .jsonl file, or the name of a set that is held")
    run.add_argument("--fresh", action="store_true", help="begin anew even where an unfinished run could be carried on")
    run.add_argument("--resume", default="", metavar="RUN", help="go on with this unfinished run, with the cases that it keeps")
    run.add_argument(
        "--with",
        dest="chosen",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"for this run alone: {', '.join(CHOICES)}; may be repeated",
    )
    run.add_argument("--yes", action="store_true", help="do not ask before a run of many llm calls")
    run.add_argument("--no-judge", action="store_true", help="leave out the judge that HUB_JUDGE names")
    run.add_argument("--repeats", type=_positive, default=1, metavar="N", help="ask the judge each thing N times (default 1)")
    run.add_argument("--workers", type=_positive, default=0, metavar="N", help="cases at once (default: 4 where an llm is called, else 1)")
    run.add_argument("--per-minute", type=_positive, default=0, metavar="N", help="at most N llm calls a minute")
    run.add_argument("--id", default="", metavar="ID", help="the new run's id")
    compare = verbs.add_parser("compare", help="two runs, case by case")
    compare.add_argument("first")
    compare.add_argument("second", help='a run\'s id or folder, or "latest"')
    compare.add_argument("--anyway", action="store_true", help="compare runs of different sets by the cases that are alike in both")
    gate = verbs.add_parser("gate", help="run the gates' sets over stores of their own; exit 1 where a threshold is not reached")
    gate.add_argument("file", nargs="?", type=Path, default=GATES, help="default: evals/gates.toml")
    gate.add_argument("--report", type=Path, metavar="FILE.html", help="write the run's report there")
    report = verbs.add_parser("report", help="one HTML page on a run, that can be mailed")
    report.add_argument("run", help='a run\'s id or folder, or "latest"')
    report.add_argument("--out", type=Path, metavar="FILE.html", help="default: report.html in the run's folder")
    verbs.add_parser("list", help="the runs held")
    meta = verbs.add_parser("meta", help="how far the scorers agree with labels that exist")
    meta.add_argument("--keep", action="store_true", help="keep it, so that the pages and reports say it")
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="print JSON")
    return top


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number from 1")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    options = parser().parse_args(arguments)
    verbs: dict[str, Callable[..., int]] = {
        "run": commands.run, "compare": commands.compare_runs, "gate": commands.gate, "report": commands.report, "list": commands.show_list, "meta": commands.meta,
    }  # fmt: skip
    try:
        return verbs[options.verb](options, load_settings())
    except (SetError, ChoiceError, commands.UsageError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 2
    except (RunError, GateError, SettingsError, ShelfError, EmbedderError, LibraryError, ModelError, IngestError) as error:
        print(f"evals: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
