"""A file of questions in, a line of JSON out for each, in order. One bad row does not stop the rest."""

import json
import sys
from pathlib import Path
from typing import Any

from assistant.engine import Assistant
from assistant.journey import Ask
from hub.domain import Answer


def answer_batch(assistant: Assistant, path: Path) -> int:
    """Print one Answer a line, with the row's id as "case". Returns 1 where the file or a row could not be used."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON allows the other line ends inside a string
    except (OSError, UnicodeDecodeError) as error:
        print(f"assistant: {path}: {error}; give a file of JSON lines", file=sys.stderr)
        return 1
    failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        case: Any = number
        try:
            row = json.loads(line)
            case = row.get("id", number)
            answer = assistant.answer(Ask(_text(row, "question"), tuple(_texts(row, "history"))))
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            failed += 1
            print(f"assistant: {path}, line {number}: {error}", file=sys.stderr)
            unanswered = Answer(
                id="", question="", standalone_question="", route="none", status="error", reason=f"line {number}: {error}", text=""
            )
            print(json.dumps({"case": case, **unanswered.as_json()}), flush=True)
            continue
        print(json.dumps({"case": case, **answer.as_json()}, ensure_ascii=False), flush=True)
    return 1 if failed else 0


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise ValueError(f'no "{key}" in the row; add it as text')
    return value


def _texts(row: dict[str, Any], key: str) -> list[str]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f'"{key}" is not a list of questions')
    return value
