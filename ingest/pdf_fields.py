"""What is filled in on a PDF page: the fields of a form, and notes that stand on the page itself."""

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject

_READ = ("/Widget", "/FreeText")
_HIDDEN = 1 << 1 | 1 << 5
"""Flags of what is not shown."""


def filled_in(page: PageObject) -> Iterator[tuple[DictionaryObject, list[float]]]:
    """How each field or note is drawn, and the matrix that sets it on the page. Pop-up comments are no part of the page."""
    for note in notes_of(page):
        drawn = drawing_of(note) if note.get("/Subtype") in _READ else None
        box, rect = (drawn.get("/BBox"), note.get("/Rect")) if drawn is not None else (None, None)
        # A box to tick has one drawing a state: there are no words in it.
        if drawn is not None and isinstance(box, ArrayObject) and isinstance(rect, ArrayObject) and len(box) == len(rect) == 4:
            yield drawn, _set_on(box, rect)


def notes_of(page: PageObject) -> Iterator[DictionaryObject]:
    """All that was put on the page afterwards and is shown."""
    held = page.get("/Annots")
    for reference in (held.get_object() if held is not None else None) or ():
        note: Any = reference.get_object()
        if isinstance(note, DictionaryObject) and not int(note.get("/F", 0)) & _HIDDEN:
            yield note


def drawing_of(note: DictionaryObject) -> DictionaryObject | None:
    """What the file says is drawn for it; None where that is left to the program that shows the page."""
    drawn: Any = note.get("/AP")
    drawn = drawn.get_object().get("/N") if drawn is not None else None
    drawn = drawn.get_object() if drawn is not None else None
    return drawn if isinstance(drawn, DictionaryObject) else None


def _set_on(box: ArrayObject, rect: ArrayObject) -> list[float]:
    left, foot, right, head = (float(n) for n in box)
    x, y, x_end, y_end = (float(n) for n in rect)
    wide, high = (x_end - x) / ((right - left) or 1.0), (y_end - y) / ((head - foot) or 1.0)
    return [wide, 0.0, 0.0, high, x - wide * left, y - high * foot]
