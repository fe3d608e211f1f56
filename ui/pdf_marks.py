"""Where a quote stands on the pages of a PDF: boxes around its words, as shares of the page's picture.

The quote is known by its words, not by a place on the page: the reading of a PDF and the drawing of it order its characters differently.
So its words are looked for among those that are drawn, whole first, then piece by piece: what stands between the halves of a
sentence that runs over a page end, and the other cells of its row, are no part of it.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from hub.plain import CELL, LINE

_NOT_DRAWN = frozenset("\u00ad\u0002\ufffe\uffff")
"""Hyphens that only part a word at a line's end, as pdfium gives them."""
_DEVICE = 1_000_000
_FEWEST_LETTERS = 8
"""A shorter piece by itself may stand anywhere on a page."""
_GAP_WORDS = 3
_ENOUGH = 0.6
"""The share of a quote's letters that must be found before any of it is marked."""


class Box(NamedTuple):
    """A rectangle in shares of the picture's width and height, from its top left."""

    left: float
    top: float
    right: float
    bottom: float


class Drawn(NamedTuple):
    """A word as it is drawn: its letters, its page, and its first and last character on it."""

    letters: str
    page: int
    first: int
    last: int
    foot: float = 0.0
    """Of its first character, in the page's own points: words of a row stand at one height."""


def find_marks(document: pypdfium2.PdfDocument, pages: Sequence[int], quote: str, earlier: int = 0) -> dict[int, tuple[Box, ...]]:
    """The boxes of a quote by page, for `pages` (from 1) on which it stands; empty where most of it is not found.

    `earlier`: how often the same words stand before it on the first of the pages.
    """
    drawn: list[Drawn] = []
    for number in pages:
        text_page = document[number - 1].get_textpage()
        drawn += [w._replace(foot=text_page.get_charbox(w.first, loose=True)[1]) for w in words_of(_characters(text_page), number)]
    wanted = [part for part in (list(letters_of(p)) for p in re.split(f"[{CELL}{LINE}]", quote)) if part]
    found = _whole(drawn, [w for part in wanted for w in part], earlier) or _pieces(drawn, wanted)
    return {
        number: boxes for number in pages if (boxes := _boxes(document[number - 1], [drawn[n] for n in found if drawn[n].page == number]))
    }


def _characters(text_page: pypdfium2.PdfTextPage) -> str:
    """The page's characters, one for each that pdfium counts: as a text, one may be none or two."""
    count = text_page.count_chars()
    text: str = text_page.get_text_range()
    return text if len(text) == count else "".join(chr(pdfium.FPDFText_GetUnicode(text_page, n) or 32) for n in range(count))


def letters_of(text: str) -> Iterator[str]:
    """The words of a text, each as its letters and digits alone."""
    return (word.letters for word in words_of(text, 0))


def words_of(text: str, page: int) -> list[Drawn]:
    """The words of a page's characters, with where each begins and ends."""
    words: list[Drawn] = []
    letters, first, last = "", 0, 0
    for at, character in enumerate(text):
        if character in _NOT_DRAWN:
            continue
        plain = "".join(c for c in unicodedata.normalize("NFKC", character).lower() if c.isalnum())
        if plain:
            letters, first, last = letters + plain, first if letters else at, at
        elif letters:
            words.append(Drawn(letters, page, first, last))
            letters = ""
    if letters:
        words.append(Drawn(letters, page, first, last))
    return words


def _whole(drawn: list[Drawn], wanted: list[str], earlier: int) -> list[int]:
    """The words of the quote where they stand in one run; the run that as many go before as in the text."""
    joined, starts = "", {}
    for n, word in enumerate(drawn):
        starts[len(joined)] = n
        joined += word.letters
    ends = {start - 1: n - 1 for start, n in starts.items() if n} | {len(joined) - 1: len(drawn) - 1}
    letters = "".join(wanted)  # joined, so that a word parted in two is still itself
    runs = [m.start() for m in re.finditer(f"(?={re.escape(letters)})", joined)] if letters else []
    runs = [r for r in runs if r in starts and r + len(letters) - 1 in ends]
    if not runs:
        return []
    run = runs[min(earlier, len(runs) - 1)]
    return list(range(starts[run], ends[run + len(letters) - 1] + 1))


def _pieces(drawn: list[Drawn], wanted: list[list[str]]) -> list[int]:
    """The quote's words in the longest pieces that stand in order: cells apart, the longest first and the others nearest to it."""
    found: list[int] = []
    for part in sorted(wanted, key=lambda p: -len("".join(p))):
        found += _nearest_run(drawn, part, found) or _aligned(drawn, part)
    total = sum(len(w) for part in wanted for w in part)
    found = sorted(set(found))
    return found if total and sum(len(drawn[n].letters) for n in found) >= _ENOUGH * total else []


def _nearest_run(drawn: list[Drawn], part: list[str], near: list[int]) -> list[int]:
    runs = [n for n in range(len(drawn) - len(part) + 1) if [w.letters for w in drawn[n : n + len(part)]] == part]
    if not runs or (not near and len("".join(part)) < _FEWEST_LETTERS):
        return []
    row = drawn[near[0]] if near else drawn[runs[0]]
    best = min(runs, key=lambda n: (drawn[n].page != row.page, round(abs(drawn[n].foot - row.foot)), abs(n - near[0]) if near else n))
    return list(range(best, best + len(part)))


def _aligned(drawn: list[Drawn], part: list[str]) -> list[int]:
    """The longest piece that the page has, then the longest of what is left: a turned page may give its lines in any order."""
    page: list[str | None] = [w.letters for w in drawn]
    left: list[str | int] = list(part)
    found: list[int] = []
    while True:
        at, of, size = SequenceMatcher(None, page, left, autojunk=False).find_longest_match()
        if size < 2 or len("".join(part[of : of + size])) < _FEWEST_LETTERS:
            break
        found += range(at, at + size)
        page[at : at + size] = [None] * size
        left[of : of + size] = range(size)  # numbers are no words: they match nothing more
    found.sort()
    for before, after in pairwise(list(found)):  # a footnote's mark, or a word drawn another way
        if 1 < after - before <= _GAP_WORDS + 1 and drawn[before].page == drawn[after].page:
            found += range(before + 1, after)
    return found


def _boxes(page: pypdfium2.PdfPage, words: list[Drawn]) -> tuple[Box, ...]:
    """Boxes around the words, those that touch on a line made one."""
    text_page = page.get_textpage()
    boxes: list[Box] = []
    for first, last in _runs(words):
        for n in range(text_page.count_rects(first, last - first + 1)):
            boxes.append(_in_picture(page, text_page.get_rect(n)))
    return tuple(_joined(boxes))


def _runs(words: list[Drawn]) -> Iterator[tuple[int, int]]:
    """The characters from word to word without a break: what is between two words of the quote is marked with them."""
    held: tuple[int, int] | None = None
    for word in sorted(words, key=lambda w: w.first):
        if held and word.first - held[1] <= 4:
            held = held[0], word.last
        else:
            if held:
                yield held
            held = word.first, word.last
    if held:
        yield held


def _in_picture(page: pypdfium2.PdfPage, rect: tuple[float, float, float, float]) -> Box:
    """A rectangle of the page's own space in the picture's: pdfium knows how the page is turned and cropped."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in (rect[:2], rect[2:]):
        pdfium.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, across, up, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value / _DEVICE, y.value / _DEVICE))
    (x0, y0), (x1, y1) = corners
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _joined(boxes: list[Box]) -> Iterator[Box]:
    held: Box | None = None
    for box in boxes:
        if held and _on_one_line(held, box):
            held = Box(min(held[0], box[0]), min(held[1], box[1]), max(held[2], box[2]), max(held[3], box[3]))
            continue
        if held:
            yield held
        held = box
    if held:
        yield held


def _on_one_line(one: Box, other: Box) -> bool:
    """Whether two boxes overlap by half in height and stand no further apart than a word's space."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top) and gap < 0.02
