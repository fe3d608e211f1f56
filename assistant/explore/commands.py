"""`python -m assistant coverage | compare | pathway | gaps`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from assistant.conversations import Conversations
from assistant.disclosure import Disclosures
from assistant.engine import Assistant
from assistant.explore.admit import admit
from assistant.explore.compare import compare_components, compare_organisations
from assistant.explore.coverage import Map
from assistant.explore.gaps import find_gaps
from assistant.explore.groups import BYS
from assistant.explore.pathway import trace
from assistant.explore.pathway_text import as_markdown
from assistant.explore.printing import comparison_lines, coverage_lines, gaps_lines
from assistant.explore.rows import as_csv, comparison_rows, coverage_rows, gaps_rows
from assistant.explore.unanswered import Disliked
from assistant.explore.usage import ExploreError
from assistant.guard import guard
from assistant.journey import JourneyEnds
from assistant.names import PHASES
from hub.domain import Noun
from hub.places import REGIONS
from hub.settings import Settings


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The map's own subcommands."""
    coverage = commands.add_parser("coverage", help="which components are described, by whom, with quotes")
    coverage.add_argument("--by", choices=BYS, default="organisation", help="what the rows are")
    _add_component(coverage, "only this component; may be given again")
    _add_formats(coverage, table=True)
    compare = commands.add_parser("compare", help="two to four organisations side by side, or two components")
    compare.add_argument("names", nargs="*", metavar="NAME", help="an organisation or school; none: two --component, or a --question")
    _add_component(compare, "a row of the table; without names, one of the two to compare")
    compare.add_argument("--question", action="append", default=[], metavar="TEXT", help="a row of your own; may be given again")
    _add_formats(compare, table=True)
    pathway = commands.add_parser("pathway", help="walk a strategy's text through the model; it is read for you alone and not kept")
    pathway.add_argument("file", nargs="?", default="-", metavar="FILE", help="plain text or Markdown; - or none: standard input")
    pathway.add_argument("--phase", choices=tuple(PHASES), default="", help="of your trust; else from the text")
    pathway.add_argument("--region", choices=REGIONS, default="", help="of your trust; else from the text")
    pathway.add_argument("--schools", type=int, default=0, metavar="N", help="how many schools; else from the text")
    _add_formats(pathway, table=False)
    gaps = commands.add_parser("gaps", help="where evidence is thin, what was asked in vain, and a draft call for evidence")
    _add_formats(gaps, table=True)


def _add_component(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--component", action="append", default=[], metavar="ID", help=words)


def _add_formats(parser: argparse.ArgumentParser, table: bool) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print JSON alone")
    if table:
        formats.add_argument("--csv", action="store_true", help="print CSV alone, a row a quote")


def run(options: argparse.Namespace, assistant: Assistant) -> int:
    """Carry out one of the commands; its exit code. ExploreError where it was called in a way that cannot be carried out."""
    strange = [id for id in getattr(options, "component", []) if id not in {c.id for c in assistant.model.components}]
    if strange:
        raise ExploreError(f'no component has the id "{strange[0]}"; use one of {", ".join(c.id for c in assistant.model.components)}')
    assistant.shelf.refresh()
    try:
        COMMANDS[options.command](options, assistant, Map(assistant.shelf, assistant.model))
    except JourneyEnds as end:  # the guard turned a question away: a plain reply, not a failure
        print(json.dumps({"status": end.status, "reason": end.reason, "text": end.text}, ensure_ascii=False) if options.json else end.text)
    for notice in assistant.shelf.notices():
        print(f"Note: {notice}", file=sys.stderr)
    return 0


def _print(
    options: argparse.Namespace, result: Noun, lines: Callable[[], Iterable[str]], rows: Callable[[], list[dict[str, str]]] | None = None
) -> None:
    if options.json:
        print(json.dumps(result.model_dump(mode="json"), ensure_ascii=False))
    elif rows and options.csv:
        sys.stdout.write(as_csv(rows()))
    else:
        print("\n".join(lines()))


def _coverage(options: argparse.Namespace, assistant: Assistant, atlas: Map) -> None:
    drawn = atlas.draw(options.by, options.component)
    found = atlas.open_all(drawn) if options.json or options.csv else drawn
    _print(options, found, lambda: coverage_lines(found, assistant.model), lambda: coverage_rows(found))


def _compare(options: argparse.Namespace, assistant: Assistant, atlas: Map) -> None:
    disclosures = Disclosures(assistant.shelf.reader)
    questions = [guard(q, assistant.settings.question_max_characters, disclosures) for q in options.question]
    if not options.names and not questions:
        if len(options.component) != 2:
            raise ExploreError("name two to four organisations, or two components by --component, or give a --question")
        found = compare_components(atlas, *options.component)
    else:
        found = compare_organisations(atlas, options.names, options.component, questions)
    _print(options, found, lambda: comparison_lines(found), lambda: comparison_rows(found))


def _pathway(options: argparse.Namespace, assistant: Assistant, atlas: Map) -> None:
    if options.schools < 0:
        raise ExploreError(f"--schools {options.schools}: give the number of schools in your trust")
    text = admit(_read(options.file), Disclosures(assistant.shelf.reader))
    found = trace(atlas, text, options.phase, options.region, options.schools)
    _print(options, found, lambda: [as_markdown(found)])


def _read(name: str) -> str:
    """The strategy's text. Its words are never repeated in an error."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise ExploreError(
            f"{name}: {error.strerror or 'cannot be read'}; give a text file, or paste the text on standard input"
        ) from error
    try:
        if data.startswith((b"%PDF", b"PK\x03\x04")):
            raise UnicodeDecodeError("utf-8", b"", 0, 1, "a PDF or Word file")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ExploreError(f"{name}: not a plain text file in UTF-8; save it as plain text, or paste the text on standard input") from error


def _gaps(options: argparse.Namespace, assistant: Assistant, atlas: Map) -> None:
    found = find_gaps(atlas, *_badly_answered(assistant.settings))
    _print(options, found, lambda: gaps_lines(found), lambda: gaps_rows(found))


def _badly_answered(settings: Settings) -> tuple[list[str], list[Disliked], int]:
    """Questions kept by the chat. Where it has kept none yet, no database is made to find that out."""
    url = make_url(settings.conversations_url())
    if url.drivername.startswith("sqlite") and not (url.database and Path(url.database).is_file()):
        return [], [], 0
    conversations = Conversations(settings.conversations_url())
    try:
        disliked = [Disliked(*given) for given in conversations.disliked()]
        return list(conversations.unanswered()), disliked, conversations.unanswered_within_filters()
    finally:
        conversations.close()


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Assistant, Map], Any]] = {
    "coverage": _coverage,
    "compare": _compare,
    "pathway": _pathway,
    "gaps": _gaps,
}
