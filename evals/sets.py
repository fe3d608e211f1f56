"""Eval sets: files of JSON lines by the contract, made from CSV, and named by their content."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from evals.domain import EvalCase, EvalSet
from hub.domain import Answer
from hub.settings import ROOT

FOLDER = ROOT / "evals" / "sets"
"""The sets that ship."""
COLUMNS = ("id", "question", "history", "answerable", "expected_status", "kind", "gold_source", "gold_quote", "components", "note")
"""Of the CSV: one row a case; several values in a cell stand apart by " | "."""
_SEPARATOR = "|"


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
    cases: list[EvalCase] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):  # JSON allows the other line ends inside a string
        if not line.strip():
            continue
        try:
            case = EvalCase.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            wrong.append(f"line {number}: not JSON ({error.msg} at character {error.pos + 1})")
            continue
        except ValidationError as error:
            wrong.append(f"line {number}: {_say(error)}")
            continue
        if case.id in seen:
            wrong.append(f'line {number}: the id "{case.id}" is already that of line {seen[case.id]}')
        seen.setdefault(case.id, number)
        cases.append(case)
    if wrong:
        raise SetError("\n".join(f"{path}, {one}" for one in wrong))
    if not cases:
        raise SetError(f"{path}: no cases; put one JSON object on each line")
    return make_set(path.stem, cases)


def _say(error: ValidationError) -> str:
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


def csv_template() -> str:
    """A CSV with the columns and one row to write over."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    example = ("my-case-1", "What does Connect mean?", "", "yes", "", "define", "a source's id", "words of that source", "connect", "")
    writer.writerow(example)
    return out.getvalue()


def case_row(case: EvalCase) -> dict[str, str]:
    """A case as the cells of a row. What a cell cannot hold (places, facts) is left out: see `cases_from_rows`."""
    joined = f" {_SEPARATOR} ".join
    return {
        "id": case.id, "question": case.question, "history": joined(case.history), "answerable": "yes" if case.answerable else "no",
        "expected_status": joined(case.expected_status), "kind": case.kind, "gold_source": joined(g.source for g in case.gold),
        "gold_quote": joined(g.quote for g in case.gold) if all(g.quote for g in case.gold) else "", "components": joined(case.components), "note": case.note,
    }  # fmt: skip


def cases_from_rows(rows: Iterable[Mapping[str, object]], before: Iterable[EvalCase] = ()) -> tuple[EvalCase, ...]:
    """The cases of a table that was edited. A row that was left as it was keeps what its cells do not show. SetError names the row."""
    held = {c.id: c for c in before}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({c: str(row.get(c) or "") for c in COLUMNS})
    edited = cases_from_csv(out.getvalue())
    return tuple(held[c.id] if c.id in held and case_row(held[c.id]) == case_row(c) else c for c in edited)


def case_from_answer(answer: Answer, history: tuple[str, ...], answerable: bool, note: str = "") -> EvalCase:
    """A case of a turn that somebody had. Its gold is not what was cited: a person says what is right."""
    id = f"turn-{hashlib.sha256(json.dumps([answer.question, history]).encode()).hexdigest()[:8]}"
    return EvalCase(id=id, question=answer.question, history=history, answerable=answerable, kind="conversation", note=note)


def cases_from_csv(text: str) -> tuple[EvalCase, ...]:
    """The cases of a CSV with the template's columns. SetError names the row."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    unknown = [c for c in reader.fieldnames or () if c and c.strip() not in COLUMNS]
    if unknown or not {"question", "answerable"} <= {(c or "").strip() for c in reader.fieldnames or ()}:
        raise SetError(f"the CSV's columns are {reader.fieldnames}; use those of the template: {', '.join(COLUMNS)}")
    cases: list[EvalCase] = []
    for number, row in enumerate(reader, 2):
        cells = {(k or "").strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
        if not any(cells.values()):
            continue
        try:
            cases.append(_from_row(cells, number))
        except ValidationError as error:
            raise SetError(f"row {number}: {_say(error)}") from error
    ids = [c.id for c in cases]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise SetError(f"these ids stand more than once: {', '.join(twice)}")
    if not cases:
        raise SetError("the CSV has no cases; write one row for each")
    return tuple(cases)


def _from_row(cells: dict[str, str], number: int) -> EvalCase:
    said = cells.get("answerable", "").lower()
    if said not in ("yes", "y", "true", "1", "no", "n", "false", "0"):
        raise SetError(f'row {number}: "answerable" is "{said}"; write yes or no')
    sources, quotes = _several(cells.get("gold_source", "")), _several(cells.get("gold_quote", ""))
    if quotes and len(sources) not in (1, len(quotes)):
        raise SetError(f"row {number}: {len(sources)} gold sources and {len(quotes)} gold quotes; give one source, or one for each quote")
    golds = [{"source": s, "quote": q} for s, q in zip(sources * (len(quotes) if len(sources) == 1 else 1), quotes, strict=False)]
    return EvalCase.model_validate(
        {
            "id": cells.get("id") or f"case-{hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:8]}",
            "question": cells.get("question", ""),
            "history": _several(cells.get("history", "")),
            "answerable": said in ("yes", "y", "true", "1"),
            "expected_status": _several(cells.get("expected_status", "")),
            "kind": cells.get("kind", ""),
            "gold": golds or [{"source": s} for s in sources],
            "components": _several(cells.get("components", "")),
            "note": cells.get("note", ""),
        }
    )


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_SEPARATOR) if part.strip()]
