"""Where each glyph of a PDF page stands.

pypdf's public visitor reports a table's cells merged where they share a line, so this reads the text operators through pypdf's
layout mode instead, which knows the position and width of every one. Those modules are private to pypdf: this is the only file
that touches them, and the version is pinned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pypdf import PageObject
from pypdf._text_extraction._layout_mode._fixed_width_page import recurse_to_target_op
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf.generic import ArrayObject, ContentStream


@dataclass(frozen=True, slots=True)
class Glyph:
    """One text-showing operation: often a single character. Points; y grows upwards."""

    text: str
    x: float
    y: float
    x_end: float
    size: float
    space: float
    """The width of a space in its font and size."""
    bold: bool


@dataclass(slots=True)
class Segment:
    """Glyphs on one baseline with no gap wider than a word space: a line, or a cell's part of one. Points."""

    text: str
    x: float
    y: float
    x_end: float
    size: float
    bold: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def read_operations(page: PageObject) -> list[tuple[Any, bytes]]:
    """What the page draws, as operands and operator; empty where it draws nothing. Raises what pypdf raises."""
    if "/Contents" not in page:
        return []
    # "bytes": decoded operands would no longer match the fonts' own encodings.
    return ContentStream(page["/Contents"].get_object(), page.pdf, "bytes").operations


def read_glyphs(page: PageObject, operations: list[tuple[Any, bytes]]) -> list[Glyph]:
    """The page's glyphs in the order of its operations. Raises what pypdf raises."""
    if not operations:
        return []
    fonts = page._layout_mode_fonts()
    moved: Iterator[Any] = _advancing(operations)
    _, shown = recurse_to_target_op(chain(moved, [([], b"Q")]), TextStateManager(), b"Q", fonts, False)
    glyphs = []
    for op in shown:
        if not op.text or op.rotated:
            continue
        weight = op.font.name.lower()
        glyphs.append(
            Glyph(
                op.text.translate(_BULLET_CODES),
                op.tx,
                op.ty,
                op.displaced_tx,
                op.font_height,
                max(op.space_tx * abs(op.transform[0]), 0.1),
                "bold" in weight or "black" in weight,
            )
        )
    return glyphs


def _advancing(operations: list[tuple[Any, bytes]]) -> Iterator[tuple[Any, bytes]]:
    """pypdf's layout mode does not move on after Tj, nor after the last string of a TJ, and lets a text rise outlive its Q.

    So a Tj is given as a TJ, each string of a TJ is followed by a move, and each Q restores the rise.
    """
    rise = 0.0
    saved: list[float] = []
    for operands, op in operations:
        if op == b"Tj" and operands and isinstance(operands[0], bytes):
            yield [ArrayObject([operands[0], 0])], b"TJ"
        elif op == b"TJ" and operands and isinstance(operands[0], ArrayObject):
            items = ArrayObject()
            for item in operands[0]:
                if items and isinstance(items[-1], bytes) and isinstance(item, bytes):
                    items.append(0)
                items.append(item)
            if items and isinstance(items[-1], bytes):
                items.append(0)
            yield [items], op
        elif op == b"q":
            saved.append(rise)
            yield operands, op
        elif op == b"Q":
            rise = saved.pop() if saved else 0.0
            yield operands, op
            yield [rise], b"Ts"
        else:
            if op == b"Ts" and operands:
                rise = float(operands[0])
            yield operands, op


_BULLET_CODES = {0x7F: "•", 0xF0B7: "•"}
"""Bullets that keep a font's own code: reportlab's in PDF's own fonts, and Symbol's."""
BULLETS = "•◦▪‣●○■–-*·"
_MARK_SIZE = 0.82
"""A footnote mark is set smaller than this share of its line."""


def _is_mark(glyph: Glyph, line: list[Glyph]) -> bool:
    body = max((g.size for g in line), default=0.0)
    return glyph.size < _MARK_SIZE * body and glyph.text.strip().isdigit()


def group_segments(glyphs: list[Glyph]) -> list[Segment]:
    """Glyphs → segments, top to bottom and left to right, footnote marks left out."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        run = runs[-1] if runs else None
        if run and _continues(run, glyph):
            run.append(glyph)
        else:
            runs.append([glyph])
    pieces = [piece for run in runs if (piece := _segment(run))]
    return _join_on_baseline(pieces)


def _continues(run: list[Glyph], glyph: Glyph) -> bool:
    last = run[-1]
    body = max(g.size for g in run[-3:])
    if abs(glyph.y - last.y) > (0.6 if glyph.size < _MARK_SIZE * body or last.size < _MARK_SIZE * glyph.size else 0.2) * body:
        return False
    return -0.5 * body < glyph.x - last.x_end < max(2.2 * last.space, 0.8 * body)


def _segment(run: list[Glyph]) -> Segment | None:
    kept = [g for g in run if not _is_mark(g, run)]
    text, last = "", None
    for glyph in kept:
        if last is not None and glyph.x - last.x_end > 0.4 * max(last.space, glyph.space) and not text.endswith(" ") and glyph.text != " ":
            text += " "
        text += glyph.text
        last = glyph
    inked = [g for g in kept if g.text.strip()]
    if not inked:
        return None
    size = max(inked, key=lambda g: len(g.text)).size if len(inked) < 3 else sorted(g.size for g in inked)[len(inked) // 2]
    bold = sum(len(g.text) for g in inked if g.bold) > 0.6 * sum(len(g.text) for g in inked)
    return Segment(" ".join(text.split()), inked[0].x, inked[0].y, max(g.x_end for g in inked), size, bold)


def _join_on_baseline(pieces: list[Segment]) -> list[Segment]:
    """Joins what the stream drew apart but the eye reads as one line: bullets, changes of font."""
    for bullet in [p for p in pieces if p.text in BULLETS]:  # set larger than its line, it may stand lower
        beside = [p for p in pieces if 0 < p.x - bullet.x_end < 3 * p.size and abs(p.y - bullet.y) < 0.25 * max(p.size, bullet.size)]
        bullet.y = min(beside, key=lambda p: p.x).y if beside else bullet.y
    pieces.sort(key=lambda s: (-round(s.y, 1), s.x))
    joined: list[Segment] = []
    for piece in pieces:
        left = next((s for s in reversed(joined[-8:]) if abs(s.y - piece.y) < 0.25 * max(s.size, piece.size) and s.x <= piece.x), None)
        gap = piece.x - left.x_end if left else 0.0
        reach = 3.0 if left and left.text in BULLETS else 0.75
        if left and -2 < gap < reach * piece.size:
            if left.text not in BULLETS:
                left.bold = left.bold and piece.bold
            else:
                left.bold, left.size = piece.bold, piece.size
            space = "" if gap < 0.12 * piece.size and not left.text.endswith(" ") else " "
            left.text, left.x_end = f"{left.text}{space}{piece.text}", max(left.x_end, piece.x_end)
        else:
            joined.append(piece)
    return joined
