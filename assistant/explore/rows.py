"""What was found as rows of a table: for CSV, and for whoever sets it in a document. One row a quote; a cell without quotes is a row too."""

import csv
import io
from collections.abc import Iterable, Sequence

from assistant.explore.cited import INVENTED, place, quoted
from assistant.explore.compared import Comparison
from assistant.explore.coverage import Coverage
from assistant.explore.gaps import Gaps
from assistant.explore.levels import LEVEL_WORDS
from hub.domain import Citation

Row = dict[str, str]
STATE_WORDS = {
    "described": "described",
    "mentioned": "mentioned",
    "nearest": "nearest that we hold",
    "nothing": "not described in what we hold",
}


def coverage_rows(coverage: Coverage) -> list[Row]:
    """Columns: row, component, level, confirmed, why, described by, figures by, and the quote with its place."""
    rows = []
    for cell in coverage.cells:
        head = {
            coverage.by: cell.row,
            "component": cell.component,
            "level": LEVEL_WORDS[cell.level],
            "confirmed by staff": "yes" if cell.basis == "confirmed" else "no" if cell.basis else "",
            "rests on": cell.why,
            "described by": "; ".join(cell.described),
            "held": str(cell.held),
            "gives figures": "; ".join(cell.figures),
        }
        rows += [{**head, **quote} for quote in _quotes(cell.quotes)]
    return rows


def comparison_rows(comparison: Comparison) -> list[Row]:
    """Columns: what was looked for, organisation (or component), state, note, and the quote with its place."""
    return [
        {"row": row.label, "column": cell.column, "state": STATE_WORDS[cell.state], "note": cell.note, **quote}
        for row in comparison.rows
        for cell in row.cells
        for quote in _quotes(cell.quotes)
    ]


def comparison_table(comparison: Comparison) -> list[list[str]]:
    """The table as it is read: a header, then a line a row, each cell its quotes or "not described in what we hold"."""
    header = ["", *(f"{c.name}{f' ({c.context})' if c.context else ''}" for c in comparison.columns)]
    return [header, *([row.label, *("\n".join(_in_cell(c.quotes)) or c.note for c in row.cells)] for row in comparison.rows)]


def gaps_rows(gaps: Gaps) -> list[Row]:
    """Columns: side, name, what, count, held, line, examples: the gaps, then the questions that found nothing or whose answer got a thumbs-down."""
    found = [
        {"side": g.side, "name": g.name, "gap": g.what, "count": str(g.count), "held": str(g.held), "line": g.line, "examples": ""}
        for g in gaps.gaps
    ]
    asked = [
        {"side": "questions", "name": a.name, "gap": gap, "count": str(count), "held": "", "line": a.line, "examples": " | ".join(examples)}
        for a in gaps.asked
        for gap, count, examples in (("asked in vain", a.times, a.examples), ("thumbs down", a.down, a.down_examples))
        if count
    ]
    return found + asked


def as_csv(rows: Sequence[Row]) -> str:
    """The rows as CSV with a header; a cell that a spreadsheet would take for a formula is kept as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _as_text(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def _as_text(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _quotes(quotes: Sequence[Citation]) -> Iterable[Row]:
    empty = {
        "quote": "",
        "title": "",
        "said by": "",
        "published": "",
        "place": "",
        "start": "",
        "end": "",
        "source": "",
        "url": "",
        "remark": "",
    }
    if not quotes:
        yield empty
    for c in quotes:
        yield {
            "quote": quoted(c), "title": c.title, "said by": c.organisation, "published": c.published, "place": place(c), "start": str(c.start),
            "end": str(c.end), "source": c.source, "url": c.url, "remark": INVENTED if c.illustrative else "",
        }  # fmt: skip


def _in_cell(quotes: Sequence[Citation]) -> list[str]:
    return [f"{quoted(c)} [{c.marker}]" for c in quotes]
