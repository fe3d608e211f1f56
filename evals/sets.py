"""Eval sets: files of JSON lines by the contract, named by their content."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from evals.domain import EvalCase, EvalSet
from hub.domain import Answer
from hub.settings import ROOT

Row = TypeVar("Row")
FOLDER = ROOT / "evals" / "sets"
"""The sets that ship."""


class SetError(ValueError):
    """A set cannot be used; the message names the file and the line."""


def version_of(cases: Iterable[EvalCase]) -> str:
    """Names the content: the same cases in the same order give the same version."""
    lines = (json.dumps(case.model_dump(mode="json"), sort_keys=True, ensure_ascii=False) for case in cases)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def make_set(name: str, cases: Iterable[EvalCase]) -> EvalSet:
    """A set of these cases."""
    kept = tuple(cases)
    return EvalSet(name=name, version=version_of(kept), cases=kept)


def find_set(name: str, folders: Iterable[Path] = (FOLDER,)) -> Path:
    """The file of a set: a path, or a name in one of the folders. SetError where there is none."""
    path = Path(name)
    for candidate in (path, *(folder / f"{name.removesuffix('.jsonl')}.jsonl" for folder in folders)):
        if candidate.is_file():
            return candidate
    held = sorted(p.stem for folder in folders for p in folder.glob("*.jsonl"))
    raise SetError(f'no set "{name}"; give the path of a .jsonl file, or one of: {", ".join(held) or "none held"}')


def load_set(path: Path) -> EvalSet:
    """The set in a file. SetError names each line that is wrong, and says why."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path}: {error}; give a file of JSON lines in UTF-8") from error
    lines = ((n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip())  # JSON allows the other line ends inside a string
    try:
        cases = gather_cases(lines, _from_line, "line")
    except SetError as error:
        raise SetError("\n".join(f"{path}, {one}" for one in str(error).split("\n"))) from error
    if not cases:
        raise SetError(f"{path}: no cases; put one JSON object on each line")
    return make_set(path.stem, cases)


def _from_line(line: str) -> EvalCase:
    try:
        return EvalCase.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise SetError(f"not JSON ({error.msg} at character {error.pos + 1})") from error


def gather_cases(rows: Iterable[tuple[int, Row]], read: Callable[[Row], EvalCase], called: str) -> tuple[EvalCase, ...]:
    """The cases of numbered rows, each read by `read`, no id twice. SetError names all that are wrong: a line each, "row 3: ...", with `called` for "row"."""
    cases: list[EvalCase] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        try:
            case = read(row)
        except (SetError, ValidationError) as error:
            wrong.append(f"{called} {number}: {say_invalid(error) if isinstance(error, ValidationError) else error}")
            continue
        if case.id in seen:
            wrong.append(f'{called} {number}: the id "{case.id}" is already that of {called} {seen[case.id]}; change one')
        seen.setdefault(case.id, number)
        cases.append(case)
    if wrong:
        raise SetError("\n".join(wrong))
    return tuple(cases)


def say_invalid(error: ValidationError) -> str:
    """What is wrong with a case, by its keys."""
    parts = []
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(str(p) for p in one["loc"])
        message = {"extra_forbidden": "is not a key of a case", "missing": "is missing"}.get(one["type"], one["msg"])
        parts.append(f'"{where}" {message}' if where else message)
    return "; ".join(parts)


def write_set(path: Path, cases: Iterable[EvalCase]) -> EvalSet:
    """Keep cases as a set's file, moved into place whole. Returns the set."""
    kept = make_set(path.stem, cases)
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_suffix(".making")
    lines = (json.dumps(c.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for c in kept.cases)
    making.write_text("\n".join(lines) + "\n", encoding="utf-8")
    making.replace(path)
    return kept


def case_from_answer(answer: Answer, history: tuple[str, ...], answerable: bool, note: str = "") -> EvalCase:
    """A case of a turn that somebody had. Its gold is not what was cited: a person says what is right."""
    id = f"turn-{hashlib.sha256(json.dumps([answer.question, history]).encode()).hexdigest()[:8]}"
    return EvalCase(id=id, question=answer.question, history=history, answerable=answerable, kind="conversation", note=note)
