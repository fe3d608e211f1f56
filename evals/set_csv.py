"""Eval sets as CSV: a template to fill in with any spreadsheet, and a file read back, every row that is wrong named at once."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from evals.domain import EvalCase
from evals.sets import SetError, gather_cases
from hub.components import load_model
from hub.domain import Status

COLUMNS = ("id", "question", "history", "answerable", "expected_status", "kind", "gold_source", "gold_quote", "components", "note")
"""One row a case; several values in a cell stand apart by " | "."""
_SEPARATOR = "|"
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
_SAVE_AS = "save the sheet as “CSV UTF-8” and choose it again"


def csv_template() -> str:
    """A CSV with the columns and two rows to write over: a question that the library answers, and one that it should refuse."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerow(
        ("", "What does Connect mean?", "", "yes", "", "define", "a source's title or id", "words of that source", "Connect", "")
    )
    writer.writerow(("", "How do I bake a sponge cake?", "", "no", "out_of_scope | no_evidence", "out of scope", "", "", "", ""))
    return out.getvalue()


def cases_from_file(data: bytes) -> tuple[EvalCase, ...]:
    """The cases of a CSV file as a spreadsheet writes it: UTF-8 or Windows letters; commas, semicolons or tabs. SetError says what to do."""
    if data[:2] == b"PK":
        raise SetError(f"this is a workbook, not a CSV; {_SAVE_AS}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return cases_from_csv(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise SetError(f"the file's letters cannot be read; {_SAVE_AS}")


def cases_from_csv(text: str) -> tuple[EvalCase, ...]:
    """The cases of a CSV with the template's columns. SetError names every row that is wrong, counted as a spreadsheet does."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    names = [(c or "").strip() for c in reader.fieldnames or ()]
    unknown = [c for c in names if c and c not in COLUMNS]
    if unknown or not {"question", "answerable"} <= {*names}:
        wrong = f"the columns “{', '.join(unknown)}” are not known" if unknown else "the columns “question” and “answerable” are missing"
        raise SetError(f"row 1: {wrong}; use those of the template: {', '.join(COLUMNS)}")
    rows = ({(k or "").strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str)} for row in reader)
    cases = gather_cases(((n, cells) for n, cells in enumerate(rows, 2) if any(cells.values())), _from_row, "row")
    if not cases:
        raise SetError("there is no question in it; write one row for each")
    return cases


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


def _from_row(cells: dict[str, str]) -> EvalCase:
    """SetError says what is wrong, without the row."""
    if not cells.get("question"):
        raise SetError('"question" is empty; write what is to be asked')
    said = cells.get("answerable", "").lower()
    if said not in (*_YES, *_NO):
        raise SetError(f'"answerable" is "{said}"; write yes or no')
    statuses = _several(cells.get("expected_status", ""))
    if unknown := [s for s in statuses if s not in get_args(Status)]:
        raise SetError(f'"expected_status" is "{unknown[0]}"; leave it empty, or write one of: {", ".join(get_args(Status))}')
    sources, quotes = _several(cells.get("gold_source", "")), _several(cells.get("gold_quote", ""))
    if quotes and len(sources) not in (1, len(quotes)):
        raise SetError(f"{len(sources)} gold sources and {len(quotes)} gold quotes; give one source, or one for each quote")
    golds = [{"source": s, "quote": q} for s, q in zip(sources * (len(quotes) if len(sources) == 1 else 1), quotes, strict=False)]
    return EvalCase.model_validate(
        {
            "id": cells.get("id") or f"case-{hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:8]}",
            "question": cells["question"],
            "history": _several(cells.get("history", "")),
            "answerable": said in _YES,
            "expected_status": statuses,
            "kind": cells.get("kind", ""),
            "gold": golds or [{"source": s} for s in sources],
            "components": [_component(name) for name in _several(cells.get("components", ""))],
            "note": cells.get("note", ""),
        }
    )


def _component(name: str) -> str:
    """A component's id, of its id or its name."""
    held = _components()
    for id, title in held.items():
        if name.casefold() in (id, title.casefold()):
            return id
    raise SetError(f'"components" has "{name}"; write one of: {", ".join(held.values())}')


@cache
def _components() -> dict[str, str]:
    return {c.id: c.name for c in load_model().components}


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_SEPARATOR) if part.strip()]
