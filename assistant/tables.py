"""A table inside an answer's text: how its lines are written, known again, and read where there is no room for columns."""

import re
from collections.abc import Iterator, Sequence

_BAR = re.compile(r"(?<!\\)\|")
_NAME = re.compile(r"\*\*.+?\*\*")
"""A column's name, before its context."""
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")


def table_line(cells: Sequence[str]) -> str:
    """One row as a line of Markdown; a bar inside a cell is escaped."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def table_lines(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A whole table: the header, the rule under it, and the rows."""
    return [table_line(header), table_line(["---"] * len(header)), *map(table_line, rows)]


def cells_of(line: str) -> list[str] | None:
    """The cells of a table's line, bars unescaped; None where it is none. Of the rule under a header: an empty list."""
    line = line.strip()
    if len(line) < 3 or not (line.startswith("|") and line.endswith("|")):
        return None
    if _RULE.fullmatch(line):
        return []
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(line[1:-1])]


def column_name(cell: str) -> str:
    """A header's cell without what stands after its name."""
    return name[0] if (name := _NAME.match(cell)) else cell


def stacked(text: str) -> str:
    """The text with each table set row by row, a line a cell, for a terminal or anything else as narrow."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_stack(text.split("\n"))))


def _stack(lines: Sequence[str]) -> Iterator[str]:
    header: list[str] = []
    for line in lines:
        cells = cells_of(line)
        if cells is None:
            header = []
            yield line
        elif cells and not header:
            header = [column_name(cell) for cell in cells]
        elif cells:
            yield f"{cells[0]}"
            yield from (f"- {head}: {cell}" for head, cell in zip(header[1:], cells[1:], strict=False))
            yield ""
