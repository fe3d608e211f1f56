"""An HTML table as rows: cells over several rows or columns, headers of several rows, and tables that only lay a page out."""

import re
from dataclasses import dataclass

from bs4 import Tag

MAX_COLUMNS = 60
"""A cell may say that it goes over thousands."""
_LAYOUT_WORDS = 80
"""A cell of more words, with paragraphs or headings, holds a part of the page, not of a table."""


@dataclass(slots=True)
class Row:
    """A row's cells as elements; one that goes on from the row above stands in both. `header`: whether it names the columns."""

    cells: list[Tag]
    header: bool


def own(parent: Tag, names: list[str], parent_name: str) -> list[Tag]:
    """The rows of a table, the cells of a row and so on, without those of a table inside it."""
    return [part for part in parent.find_all(names) if part.find_parent(parent_name) is parent]


def is_layout(table: Tag) -> bool:
    """Whether it only places the parts of a page."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find("th") or table.find("caption"):
        return False
    for cell in own(table, ["td"], "table"):
        if cell.find(re.compile(r"^h[1-6]$|^table$")) and len(cell.get_text(" ").split()) > _LAYOUT_WORDS:
            return True
        if len(cell.find_all("p", limit=3)) > 2 and len(cell.get_text(" ").split()) > 2 * _LAYOUT_WORDS:
            return True
    return False


def read_rows(table: Tag) -> list[Row]:
    """The rows from the top."""
    rows: list[Row] = []
    going_on: dict[int, tuple[Tag, int]] = {}
    """By column: the cell from above, and for how many rows more."""
    body_begun = False
    for row in own(table, ["tr"], "table"):
        cells: list[Tag] = []
        fresh = own(row, ["th", "td"], "tr")
        column = 0
        pending = list(fresh)
        while pending or column in going_on:
            if len(cells) >= MAX_COLUMNS:
                break
            if column in going_on:
                cell, left = going_on.pop(column)
                if left > 1:
                    going_on[column] = cell, left - 1
                cells.append(cell)
                column += 1
                continue
            cell = pending.pop(0)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if high > 1:
                going_on[column] = cell, high - 1
            cells.append(cell)
            column += wide
        named = bool(fresh) and (all(c.name == "th" for c in fresh) or row.find_parent("thead") is not None)
        header = named and not body_begun
        body_begun = body_begun or (bool(fresh) and not header)
        rows.append(Row(cells, header))
    if len(rows) > 1 and not table.find(["th", "thead"]):
        rows[0].header = len(rows[0].cells) > 1 and _is_bold(rows[0]) and not any(_is_bold(row) for row in rows[1:])
    return rows


def _is_bold(row: Row) -> bool:
    """Whether every word of it is bold: so a row names its columns where a page has no elements for that."""
    words = [text for cell in row.cells for text in cell.find_all(string=True) if text.strip()]
    return bool(words) and all(text.find_parent(["b", "strong"]) for text in words)


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name) or "1")
    return max(1, min(int(said), MAX_COLUMNS)) if said.isdigit() and len(said) < 8 else 1
