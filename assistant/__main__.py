"""`python -m assistant`: ask, and read the map through the evidence, from the command line."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.batch import answer_batch
from assistant.build import build_assistant
from assistant.conversations import ConversationsError
from assistant.explore import commands as explore
from assistant.explore.usage import ExploreError
from assistant.journey import Ask
from assistant.shelf import ShelfError
from assistant.tables import stacked
from hub.components import ModelError
from hub.domain import Answer, Verdict
from hub.embedder import EmbedderError
from hub.library import LibraryError
from hub.settings import SettingsError, load_settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Answers from the library, with checked quotes.",
        epilog="Exit: 0 good, a refusal included; 1 something failed and is reported; 2 wrong usage.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="answer a question")
    ask.add_argument("question", nargs="?", help="in plain English")
    ask.add_argument("--history", type=Path, metavar="FILE", help="a JSON list of the conversation's earlier questions")
    ask.add_argument("--component", default="", metavar="ID", help="answer about this component of the model")
    ask.add_argument("--organisation", default="", metavar="NAME", help="answer from this trust or school")
    ask.add_argument("--json", action="store_true", help="print the Answer as JSON")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help='rows {"id", "question", "history"} in, one Answer as JSON a line out'
    )
    explore.add_commands(commands)
    return parser


def _read_history(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"--history {path}: {error}; give a JSON list of questions") from error
    if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
        raise UsageError(f"--history {path}: give a JSON list of questions")
    return tuple(rows)


class UsageError(ValueError):
    """The command was called in a way that cannot be carried out."""


_VERDICTS: dict[Verdict, str] = {"quoted": "quoted", "supported": "judged to be supported", "not_verified": "not verified"}


def print_answer(answer: Answer) -> None:
    """An answer for the terminal: its text, then each citation with its place."""
    print(stacked(answer.text))
    for notice in answer.notices:
        print(f"\nNote: {notice}")
    if answer.llm:
        counts = Counter(c.verdict for c in answer.claims)
        said = ", ".join(f"{counts[v]} {words}" for v, words in _VERDICTS.items() if counts[v])
        print(f"\nWritten by {answer.llm}. Sentences: {said}.")
    if answer.citations:
        print()
    for c in answer.citations:
        place = f"page {c.page_label or c.page}" if c.page else c.heading
        invented = " INVENTED EXAMPLE: DO NOT CITE." if c.illustrative else ""
        print(f"[{c.marker}] {c.title}. {c.organisation}{f', {c.published}' if c.published else ''}. {place}.{invented} {c.url}".rstrip())
    if answer.follow_ups:
        print("\nYou could ask: " + " · ".join(answer.follow_ups))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "ask" and not options.batch and options.question is None:
        parser.error("give a question, or --batch FILE.jsonl")
    try:
        settings = load_settings()
        assistant = build_assistant(settings)
        if options.command in explore.COMMANDS:
            return explore.run(options, assistant)
        if options.component and options.component not in {c.id for c in assistant.model.components}:
            raise UsageError(
                f'no component has the id "{options.component}"; use one of {", ".join(c.id for c in assistant.model.components)}'
            )
        if options.batch:
            return answer_batch(assistant, options.batch)
        answer = assistant.answer(Ask(options.question, _read_history(options.history), options.component, options.organisation))
    except (UsageError, ExploreError) as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 2
    except (SettingsError, ShelfError, EmbedderError, LibraryError, ModelError, ConversationsError) as error:
        print(f"assistant: {error}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        print_answer(answer)
    return 1 if answer.status == "error" else 0


if __name__ == "__main__":
    sys.exit(main())
