"""A PDF's outline: the headings that its maker named, by page. Type size finds the rest."""

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination

from hub.plain import clean
from hub.quotes import canonical
from ingest.pdf_errors import READ_ERRORS

LONGEST_WORDS = 30
"""Some programs put whole paragraphs into an outline."""

Outline = dict[int, dict[str, int]]
"""By page, from 1: depth, from 1, by the heading's bare letters."""


def read_outline(reader: PdfReader) -> Outline:
    """The outline's headings; empty where there is none, or it is damaged."""
    try:
        items = list(_items(reader.outline, 1))
        pages = {id: n for n, page in enumerate(reader.pages, 1) if (id := getattr(page.indirect_reference, "idnum", None))}
    except (*READ_ERRORS, RecursionError):
        return {}
    outline: Outline = {}
    for item, depth in items:
        page = pages.get(getattr(item.page, "idnum", None))
        title = clean(str(item.title or ""))
        if page and title and len(title.split()) <= LONGEST_WORDS:
            outline.setdefault(page, {}).setdefault(canonical(title), depth)
    return outline


def _items(outline: Any, depth: int) -> Iterator[tuple[Destination, int]]:
    for part in outline:
        if isinstance(part, list):
            yield from _items(part, depth + 1)
        else:
            yield part, depth
