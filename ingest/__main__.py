"""`python -m ingest`: documents in, library and index out."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from hub.components import ModelError
from hub.embedder import EmbedderError
from hub.library import LibraryError
from hub.settings import Settings, SettingsError, load_settings
from ingest.check import check
from ingest.errors import IngestError
from ingest.pace import Pace
from ingest.report import Report
from ingest.rows import default_folders
from ingest.run import forget, ingest, is_empty, loaded_text, rebuild
from ingest.suggest import suggest

EVERY_SECONDS = 30.0
"""So often a log is told how far it is; a terminal is told at once."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Add or update the documents that the folders' manifests name.",
        epilog="Exit: 0 good, 1 something failed and is reported, 2 wrong usage.",
    )
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="folders with a manifest.toml (none: HUB_SOURCES, else sources/, and what was added in the app)",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON; progress goes to stderr")
    parser.add_argument("--if-empty", action="store_true", help="do nothing where the store holds something already")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--forget", type=Path, metavar="FOLDER", help="drop what came from a folder")
    only.add_argument("--check", action="store_true", help="report what is held and what would be read; write nothing")
    only.add_argument("--suggest", type=Path, metavar="FOLDER", help="print manifest rows for files that have none")
    only.add_argument("--rebuild", action="store_true", help="make a new index from the library, without reading or embedding")
    only.add_argument("--text", metavar="ID", help="print the text of a source as loaded: the text that offsets count in")
    return parser


def _show_progress() -> Callable[[str, int, int], None]:
    live = sys.stderr.isatty()
    pace = Pace()
    told = time.monotonic()

    def show(step: str, done: int, total: int) -> None:
        nonlocal told
        pace.note(step, done, total)
        if live:
            print(f"\r{pace.line()}\033[K", end="\n" if pace.over else "", file=sys.stderr, flush=True)
        elif pace.over or time.monotonic() - told > EVERY_SECONDS:
            told = time.monotonic()
            print(pace.line(), file=sys.stderr, flush=True)

    return show


def _print_report(report: Report) -> None:
    print(f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed, {len(report.failed)} failed; "
          f"{report.chunks} chunks held, {report.embedded} texts embedded, {report.seconds:.1f} s")  # fmt: skip
    for warning in report.warnings:
        print(f"note: {warning}")
    for failure in report.failed:
        print(f"failed: {failure.source} ({failure.path}): {failure.reason}")


def _look(options: argparse.Namespace, settings: Settings) -> int:
    """What writes nothing: --text, --suggest and --check."""
    if options.text:
        print(loaded_text(settings, options.text).text)
        return 0
    if options.suggest:
        print(suggest(options.suggest))
        return 0
    found = check(settings, options.folders or default_folders(settings))
    print(json.dumps(found.as_json(), ensure_ascii=False) if options.json else "\n".join(found.lines()))
    return 0 if found.good else 1


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        if options.if_empty and not is_empty(settings):
            return 0
        if options.text or options.suggest or options.check:
            return _look(options, settings)
        if options.forget:
            report = forget(settings, options.forget, _show_progress())
        elif options.rebuild:
            report = rebuild(settings, _show_progress())
        else:
            report = ingest(settings, options.folders or default_folders(settings), _show_progress())
    except (IngestError, LibraryError, EmbedderError, ModelError, SettingsError) as error:
        print(f"ingest: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ningest: stopped. The store answers as it did before; run it again to go on from here", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _print_report(report)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
