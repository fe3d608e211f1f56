"""Page furniture, left out of what is read: running headers and footers, and page numbers.

A line is furniture where the same words stand at the same height on several pages, or where one of its numbers counts the pages
and it is set apart from the text. Figures that happen to stand at a page's edge are neither, nor are the rows of a table.
"""

import re
from collections import Counter, defaultdict

from ingest.pdf_segments import Segment

EDGE_LINES = 2
"""Running headers and footers are within so many lines of the page's edge."""
_PAGE_NUMBER = re.compile(r"^(page\s+)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_COUNTS_AT_AN_END = re.compile(r"^\d+\b|\bpage\s+\d+|\b\d+$", re.IGNORECASE)
_SMALL, _LARGE = 0.92, 1.12
"""Shares of body size: furniture is often set smaller than the text, and headings larger."""
_ROW_APART = 3.0
"""The rows of a table stand no further apart than so many times their size."""
_APART = 1.8
"""A line is set apart where the next one is further off than so many times its size."""


def leave_out_furniture(pages: list[list[Segment]], body: float) -> list[list[Segment]]:
    """The pages without their furniture; as they are, where nothing else stands on any of them. `body`: its type size, points."""
    # A header often starts on the second page, so one page fewer is enough in a short document.
    least = max(2, min(3, len(pages) - 1), len(pages) // 5)
    repeated = _find_repeated(pages, least)
    kept = [[s for s in page if _place(s) not in repeated or _is_in_row(s, page, repeated)] for page in pages]
    misread = _find_misread(kept)
    kept = [[s for s in page if not (s.ocr and _letters(s) in misread and s in _at_edge(page))] for page in kept]
    steps = _find_steps(kept, least)
    kept = [[s for s in page if not _counts_pages(s, n, page, steps, body) or _is_in_row(s, page, repeated)] for n, page in enumerate(kept)]
    kept = [[s for s in page if not _is_page_number(s, n, page)] for n, page in enumerate(kept)]
    return kept if any(kept) else pages


def _at_edge(page: list[Segment]) -> list[Segment]:
    heights = sorted({round(s.y) for s in page})
    edge = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
    return [s for s in page if round(s.y) in edge]


def _place(segment: Segment) -> tuple[str, int]:
    return segment.text.lower(), round(segment.y / 6)


def _find_repeated(pages: list[list[Segment]], least: int) -> set[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_place(s) for s in _at_edge(page)})
    return {place for place, count in seen.items() if count >= least}


def _is_in_row(segment: Segment, page: list[Segment], repeated: set[tuple[str, int]]) -> bool:
    """Whether it is a cell of a table that reaches the page's edge: the line next to its own has cells under the same ones, and is not repeated."""
    own = [s for s in page if _on_one_line(s, segment)]
    if len(own) < 2:
        return False
    for side in (1, -1):
        beyond = [s for s in page if side * (segment.y - s.y) > 0.5 * segment.size]
        nearest = min(beyond, key=lambda s: side * (segment.y - s.y), default=None)
        if nearest is None or abs(nearest.y - segment.y) > _ROW_APART * segment.size:
            continue
        line = [s for s in page if _on_one_line(s, nearest)]
        under = sum(any(abs(s.x - other.x) < 3 for other in line) for s in own)
        if under > 1 and any(_place(s) not in repeated and not _PAGE_NUMBER.match(s.text) for s in line):
            return True
    return False


def _on_one_line(segment: Segment, other: Segment) -> bool:
    return abs(segment.y - other.y) < 0.5 * other.size


def _letters(segment: Segment) -> str:
    return re.sub(r"[\W\d_]+", "", segment.text.lower())


def _find_misread(pages: list[list[Segment]]) -> set[str]:
    """The letters of lines that OCR read at the edge of two pages or more: it reads their numbers and places a little otherwise on each."""
    seen = Counter(letters for page in pages for letters in {_letters(s) for s in _at_edge(page) if s.ocr})
    return {letters for letters, count in seen.items() if count > 1 and len(letters) > 8}


Pattern = tuple[str, int]
"""A line's words without its numbers, and its height: roughly, for a number alone, which may sit a little higher on one page."""


def _pattern(segment: Segment) -> Pattern:
    if _PAGE_NUMBER.match(segment.text):
        return "#", round(segment.y / 400)
    return re.sub(r"\d+", "#", segment.text.lower()), round(segment.y / 6)


def _offsets(segment: Segment, index: int) -> set[int]:
    """How far each number in the line is from the count of the pages."""
    return {int(n) - index for n in re.findall(r"\d{1,4}", segment.text)}


def _find_steps(pages: list[list[Segment]], least: int) -> set[tuple[Pattern, int]]:
    """(pattern, offset) of lines whose number goes up by one from page to page; the count may begin anew once or more."""
    seen: defaultdict[Pattern, Counter[int]] = defaultdict(Counter)
    for index, page in enumerate(pages):
        for pattern, offset in {(_pattern(s), offset) for s in _at_edge(page) for offset in _offsets(s, index)}:
            seen[pattern][offset] += 1
    steps = set()
    for pattern, counts in seen.items():
        several = {offset: count for offset, count in counts.items() if count > 1}
        if sum(several.values()) >= least:
            steps |= {(pattern, offset) for offset in several}
    return steps


def _counts_pages(segment: Segment, index: int, page: list[Segment], steps: set[tuple[Pattern, int]], body: float) -> bool:
    if not any((_pattern(segment), offset) in steps for offset in _offsets(segment, index)):
        return False
    if _PAGE_NUMBER.match(segment.text):
        return _stands_apart(segment, page) or segment.size < _SMALL * body
    if segment.size >= _LARGE * body:  # "Case study 3", over the third of them
        return False
    return segment.size < _SMALL * body or (bool(_COUNTS_AT_AN_END.search(segment.text)) and _stands_apart(segment, page))


def _is_page_number(segment: Segment, index: int, page: list[Segment]) -> bool:
    """A number alone at the edge that says "page", or is the page's own."""
    number = _PAGE_NUMBER.match(segment.text)
    if not number or not (number[1] or int(number[2]) == index + 1) or segment not in _at_edge(page):
        return False
    alone = all(s is segment or abs(s.y - segment.y) > 0.5 * segment.size for s in page)
    return alone and _stands_apart(segment, page)


def _stands_apart(segment: Segment, page: list[Segment]) -> bool:
    gaps = [(abs(s.y - segment.y), max(s.size, segment.size)) for s in page if not _PAGE_NUMBER.match(s.text)]
    return all(gap < 0.5 * size or gap > _APART * size for gap, size in gaps)
