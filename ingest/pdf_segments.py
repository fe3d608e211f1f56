"""From glyphs to the segments of lines: what the eye takes in as one run of words."""

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf_glyphs import Glyph
from ingest.pdf_matrix import Box

BULLETS = "•◦▪‣●○■–-*·"
_BOLD_SHARE = 0.88
"""A bold label before a plain value is less of its line."""
_MARKS = re.compile(r"^\d{1,3}(?:\s*,\s*\d{1,3})*$")
_LARGE = 1.8
"""An initial that stands over several lines is so many times as large as they."""
_LEADER = re.compile(r"(?:[.·…_]\s?){4,}")
"""Dots drawn apart from what they lead from and to."""
_TRAIL = re.compile(r"(?<=\w)\s*(?:[.·…_]\s?){5,}$|^(?:[.·…_]\s?){5,}(?=\w)")
_RAISED_SIZE = 0.9
"""A mark that stands apart is raised as well, so it need not be as small."""
_MARK_SIZE = 0.82
"""A footnote mark is set smaller than this share of its line."""


@dataclass(slots=True)
class Segment:
    """Glyphs on one baseline with no gap wider than a word space: a line, or a cell's part of one. Points."""

    text: str
    x: float
    y: float
    x_end: float
    size: float
    bold: bool
    ocr: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    def is_initial_of(self, line: "Segment") -> bool:
        """Whether it is a large first letter that stands over several lines, `line` among them."""
        return len(self.text) == 1 and self.text.isupper() and self.size >= _LARGE * line.size


def _is_mark(glyph: Glyph, body: float) -> bool:
    """Whether it is the mark of a footnote in a line of this type size."""
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
    pieces = [piece for run in runs if (piece := _segment(run)) and not _LEADER.fullmatch(piece.text)]
    joined = _join_on_baseline(pieces)
    for segment in joined:
        segment.text = _TRAIL.sub("", segment.text)
    return joined


def _continues(run: list[Glyph], glyph: Glyph) -> bool:
    last = run[-1]
    body = max([g.size for g in run[-3:]])
    if abs(glyph.y - last.y) > (0.6 if glyph.size < _MARK_SIZE * body or last.size < _MARK_SIZE * glyph.size else 0.2) * body:
        return False
    return -0.5 * body < glyph.x - last.x_end < max(2.2 * last.space, 0.8 * body)


def _segment(run: list[Glyph]) -> Segment | None:
    body = max(g.size for g in run)
    kept = [g for g in run if not _is_mark(g, body)]
    text, last = "", None
    tracking = _tracking(kept)
    for glyph in kept:
        gap = glyph.x - last.x_end - tracking if last is not None else 0.0
        if last is not None and gap > 0.4 * max(last.space, glyph.space) and not text.endswith(" ") and glyph.text != " ":
            text += " "
        text += glyph.text
        last = glyph
    inked = [g for g in kept if g.text.strip()]
    if not inked:
        return None
    size = max(inked, key=lambda g: len(g.text)).size if len(inked) < 3 else sorted(g.size for g in inked)[len(inked) // 2]
    bold = sum(len(g.text) for g in inked if g.bold) > _BOLD_SHARE * sum(len(g.text) for g in inked)
    return Segment(" ".join(text.split()), inked[0].x, inked[0].y, max(g.x_end for g in inked), size, bold)


def _tracking(run: list[Glyph]) -> float:
    """The room between all letters of a line that is set wide, as some headings are: it parts no words."""
    pairs = [(a, b) for a, b in pairwise(run) if a.text.strip() and b.text.strip() and len(a.text) == len(b.text) == 1]
    gaps = sorted(b.x - a.x_end for a, b in pairs)
    return gaps[len(gaps) // 2] if len(gaps) > 3 and gaps[len(gaps) // 5] > 0.3 * run[0].space else 0.0


def bullets_of(dots: list[Box], glyphs: list[Glyph]) -> list[Glyph]:
    """The marks that stand before the first letter of a line, as bullets."""
    found = []
    for left, foot, right, head in dots[:500]:
        middle = (foot + head) / 2
        line = [g for g in glyphs if g.text.strip() and g.y - 0.1 * g.size < middle < g.y + 0.8 * g.size]
        after = min((g for g in line if -1 < g.x - right < 2.5 * g.size), key=lambda g: g.x, default=None)
        if after and not any(left - 3 * g.size < g.x < left for g in line):
            found.append(Glyph("•", left, after.y, right, after.y, after.size, after.space, False))
    return found


def _is_raised(piece: Segment, pieces: list[Segment]) -> bool:
    """Whether it is the mark of a footnote that was drawn apart from its line: a small number, raised, right after or inside it."""
    if not _MARKS.match(piece.text):
        return False
    return any(
        piece.size < _RAISED_SIZE * line.size
        and 0.15 * line.size < piece.y - line.y < 0.75 * line.size
        and line.x < piece.x < line.x_end + 0.5 * line.size
        for line in pieces
        if line is not piece and line.words > 0 and not _MARKS.match(line.text)
    )


def _join_on_baseline(pieces: list[Segment]) -> list[Segment]:
    """Joins what the stream drew apart but the eye reads as one line: bullets, changes of font."""
    for bullet in [p for p in pieces if p.text in BULLETS]:  # set larger than its line, it may stand lower
        beside = [p for p in pieces if 0 < p.x - bullet.x_end < 3 * p.size and abs(p.y - bullet.y) < 0.25 * max(p.size, bullet.size)]
        bullet.y = min(beside, key=lambda p: p.x).y if beside else bullet.y
    pieces = [p for p in pieces if not _is_raised(p, pieces)]
    pieces.sort(key=lambda s: (-round(s.y, 1), s.x))
    joined: list[Segment] = []
    for piece in pieces:
        left = next((s for s in reversed(joined[-8:]) if abs(s.y - piece.y) < 0.25 * max(s.size, piece.size) and s.x <= piece.x), None)
        gap = piece.x - left.x_end if left else 0.0
        reach = 3.0 if left and left.text in BULLETS else 0.75
        if left and -2 < gap < reach * piece.size and not left.is_initial_of(piece):
            if left.text not in BULLETS:
                left.bold = left.bold and piece.bold
            else:
                left.bold, left.size = piece.bold, piece.size
            space = "" if gap < 0.12 * piece.size and not left.text.endswith(" ") else " "
            left.text, left.x_end = f"{left.text}{space}{piece.text}", max(left.x_end, piece.x_end)
        else:
            joined.append(piece)
    return joined
