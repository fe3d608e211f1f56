"""Word's tables as rows of cells, with the header that names the columns."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from hub.plain import CELL, LINE

_LONGEST_NAME = 8
"""Words: a longer cell is no column's name."""
_VALUE = re.compile(r"[.;]$|^[£$€]?[\d.,%/ –-]+$")
"""A sentence or a figure: no column's name either."""


@dataclass(slots=True)
class Row:
    """A row as it is kept."""

    text: str
    header: str = ""


def is_box(table: Any) -> bool:
    """Whether it has one cell: a box around running text."""
    rows = own(table, "w:tr", "w:tbl")
    return len(rows) == 1 and len(own(rows[0], "w:tc", "w:tr")) == 1


def read_table(table: Any, text_of: Callable[[Any], str], is_bold: Callable[[Any], bool]) -> Iterator[Row]:
    """The rows that hold something. The first is the header where it names columns."""
    elements = own(table, "w:tr", "w:tbl")
    rows = [(element, cells) for element, cells in zip(elements, _cells(elements, text_of), strict=True) if any(cells)]
    header = ""
    for number, (element, cells) in enumerate(rows):
        yield Row(CELL.join(cells), header)
        if not header and number == 0 and len(cells) > 1 and len(rows) > 1 and _names_columns(element, cells, is_bold):
            header = " | ".join(cell.replace(LINE, " ") for cell in cells)


def _names_columns(row: Any, cells: list[str], is_bold: Callable[[Any], bool]) -> bool:
    """A table of labels and values has no header: its first row is one of them."""
    if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
        return True
    filled = [cell for cell in own(row, "w:tc", "w:tr") if any(run.text.strip() for run in cell.iter(qn("w:r")))]
    if filled and all(is_bold(cell) for cell in filled):
        return True
    return not cells[0].endswith(":") and all(len(c.split()) <= _LONGEST_NAME and not _VALUE.search(c) for c in cells)


def _cells(rows: list[Any], text_of: Callable[[Any], str]) -> Iterator[list[str]]:
    """The cells of each row. One that goes on from the row above says again what it said there."""
    above: dict[int, str] = {}
    for row in rows:
        cells = []
        column = row.grid_before
        for cell in own(row, "w:tc", "w:tr"):
            if cell.vMerge != "continue":
                above[column] = LINE.join(line for p in cell.iter(qn("w:p")) if (line := text_of(p)))
            cells.append(above.get(column, ""))
            column += cell.grid_span
        yield cells


def own(parent: Any, name: str, parent_name: str) -> list[Any]:
    """The rows of a table or the cells of a row, in content controls too, but not those of a table inside it."""
    return [part for part in parent.iter(qn(name)) if next(part.iterancestors(qn(parent_name))) is parent]
