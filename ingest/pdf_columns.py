"""What stands in columns: running text, a note beside it, or the cells of a table."""

from itertools import pairwise

from ingest.pdf_segments import Segment

_LINES = 6
"""A column of so many lines may be running text beside which a note stands."""


def is_prose(columns: list[list[Segment]]) -> bool:
    """Columns of running text: every column's lines are many and mostly full; a table's first column is not."""
    return len(columns) <= 3 and all(len(column) >= 4 and _width(column) >= 110 and _full(column) >= 0.5 for column in columns)


def is_text_beside_a_note(columns: list[list[Segment]]) -> bool:
    """One column of running text and another that stands beside it: where lines of the other begin, the text is amid a sentence.

    The cells of a table begin together.
    """
    if len(columns) != 2:
        return False
    text, note = sorted(columns, key=_width, reverse=True)
    text = sorted(text, key=lambda s: -s.y)
    if len(text) < _LINES or len(text) <= len(note) or _width(text) < 110 or _full(text) < 0.7:
        return False
    leading = min(above.y - line.y for above, line in pairwise(text))
    if any(above.y - line.y > 1.4 * leading for above, line in pairwise(text)):
        return False  # room between its lines may part rows
    beside = [min(text, key=lambda s: abs(s.y - line.y)) for line in note]
    return sum(line.text[:1].islower() for line in beside) > 0.5 * len(note)


def edges(columns: list[list[Segment]]) -> tuple[int, ...]:
    """Where the columns begin, roughly: a page's last lines are in the same columns as the rest."""
    return tuple(round(min(s.x for s in column) / 4) for column in columns)


def _width(column: list[Segment]) -> float:
    return max(s.x_end for s in column) - min(s.x for s in column)


def _full(column: list[Segment]) -> float:
    """The share of its lines that reach over most of its width."""
    width = _width(column)
    return sum(s.x_end - s.x > 0.7 * width for s in column) / len(column)
