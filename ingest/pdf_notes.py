"""Notes that were put on a PDF page: those that stand on it are read; comments that pop up are not its words, and are counted."""

import re
from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject

from hub.plain import clean
from ingest.pdf_errors import READ_ERRORS
from ingest.pdf_fields import drawing_of, notes_of
from ingest.pdf_segments import Segment

_COMMENTS = ("/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Square", "/Circle", "/Line", "/Ink")
"""What pops up when a reader points at its mark."""
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_USUAL_SIZE = 11.0


def typed_notes(page: PageObject) -> list[Segment]:
    """The lines of notes that stand on the page, where the file leaves it to the program that shows it to draw them."""
    try:
        return [
            line for note in notes_of(page) if note.get("/Subtype") == "/FreeText" and drawing_of(note) is None for line in _lines(note)
        ]
    except READ_ERRORS:
        return []


def count_comments(page: PageObject) -> int:
    """How many comments with words pop up on the page."""
    try:
        return sum(note.get("/Subtype") in _COMMENTS and bool(clean(str(note.get("/Contents") or ""))) for note in notes_of(page))
    except READ_ERRORS:
        return 0


def _lines(note: DictionaryObject) -> list[Segment]:
    rect: Any = note.get("/Rect")
    left, foot, right, head = (float(n) for n in rect.get_object())
    said = _SIZE.search(str(note.get("/DA") or ""))
    size = min(max(float(said[1]), 4.0), 40.0) if said else _USUAL_SIZE
    lines = [line for text in re.split(r"[\r\n]+", str(note.get("/Contents") or "")) if (line := clean(text))]
    return [
        Segment(line, min(left, right), max(foot, head) - 1.2 * size * n, max(left, right), size, False) for n, line in enumerate(lines, 1)
    ]
