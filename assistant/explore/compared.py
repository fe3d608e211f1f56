"""A comparison as it is shown, sent on and taken away."""

from typing import Literal

from hub.domain import Citation, Noun

NOT_DESCRIBED = "not described in what we hold"
State = Literal["described", "mentioned", "nearest", "nothing"]


class Compared(Noun):
    """One cell: what one organisation says in one row."""

    column: str
    state: State
    """"nearest": there is a passage near to what was asked, which may not answer it."""
    note: str = ""
    quotes: tuple[Citation, ...] = ()


class ComparedRow(Noun):
    """One component or question, across the columns."""

    label: str
    component: str = ""
    question: str = ""
    cells: tuple[Compared, ...]


class Column(Noun):
    """An organisation with its context, or a component."""

    name: str
    context: str = ""
    sources: tuple[str, ...] = ()


class Comparison(Noun):
    """A table, and what can be said of it without going beyond its cells."""

    columns: tuple[Column, ...]
    rows: tuple[ComparedRow, ...]
    held: tuple[str, ...] = ()
    """Of whom something was found in a row, and of whom not: sentences."""
    alike: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    """What quotes of two columns settle in one way, or in two: sentences with the markers of those quotes."""
    notes: tuple[str, ...] = ()
    illustrative: bool = False
    generation: str = ""

    @property
    def told(self) -> tuple[ComparedRow, ...]:
        """The rows to show: a component that nobody's passages speak of is only said so, under the table."""
        return tuple(row for row in self.rows if row.question or any(cell.state != "nothing" for cell in row.cells))

    @property
    def said(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Under the table: (title, lines), those with lines alone."""
        parts = (("What is alike", self.alike), ("What differs", self.differs), ("What we hold of each", self.held))
        return tuple((title, lines) for title, lines in parts if lines)
