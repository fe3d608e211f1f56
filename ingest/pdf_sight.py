"""What a reader of a PDF page sees of its glyphs, and which way up."""

from dataclasses import dataclass

from ingest.pdf_glyphs import Glyph
from ingest.pdf_matrix import Box, inside

SMALLEST_POINTS = 1.5
"""Nobody reads smaller type: it is hidden."""


def seen(glyphs: list[Glyph], page: Box | None, painted: list[Box], images: list[Box]) -> list[Glyph]:
    """The glyphs that a reader of the page sees, each once.

    Left out: what stands beside the page, is white on white, or too small to be read. What is drawn with no ink is the text of the
    picture over it, if there is one. `painted`: the boxes that are filled with a colour.
    """
    kept: list[Glyph] = []
    drawn: dict[tuple[str, int], dict[int, Glyph]] = {}  # by text and height, then by place across
    behind_white = [*painted, *images]
    for glyph in glyphs:
        x, y = (glyph.x + glyph.x_end) / 2, (glyph.y + glyph.y_end) / 2
        if glyph.size < SMALLEST_POINTS or (page and not inside(page, x, y, 2.0)):
            continue
        middle = y + 0.3 * glyph.size
        if glyph.invisible and not any(inside(box, x, middle, 2.0) for box in images):
            continue
        if glyph.white and not any(inside(box, x, middle, 1.0) for box in behind_white):
            continue
        if glyph.text.strip():
            # Drawn twice, a little apart, to look bold.
            across, up = round(glyph.x / 2), round(glyph.y / 2)
            rows = [row for height in (up - 1, up, up + 1) if (row := drawn.get((glyph.text, height)))]
            twin = _twin(glyph, rows, across) if rows else None
            if twin:
                twin.bold = twin.bold or (twin.x, twin.y) != (glyph.x, glyph.y)
                continue
            drawn.setdefault((glyph.text, up), {})[across] = glyph
        kept.append(glyph)
    return kept


def _twin(glyph: Glyph, rows: list[dict[int, Glyph]], across: int) -> Glyph | None:
    """The glyph that it was drawn over, a little apart."""
    for place in (across - 1, across, across + 1):
        for row in rows:
            near = row.get(place)
            if near and max(abs(near.x - glyph.x), abs(near.y - glyph.y)) < 0.12 * glyph.size:
                return near
    return None


@dataclass(slots=True)
class Turned:
    """The glyphs of one page that read one way, turned upright."""

    glyphs: list[Glyph]
    degrees: int

    @property
    def letters(self) -> int:
        """How many letters and digits."""
        return sum(c.isalnum() for g in self.glyphs for c in g.text)


def turn_upright(glyphs: list[Glyph]) -> list[Turned]:
    """The page by the four ways that its text may run, that of most letters first. What runs aslant, as a stamp does, is left out."""
    ways: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        across, up = glyph.x_end - glyph.x, glyph.y_end - glyph.y
        if abs(up) <= 0.2 * abs(across):
            way = 0 if across >= 0 else 180
        elif abs(across) <= 0.2 * abs(up):
            way = 90 if up > 0 else 270
        else:
            continue
        ways.setdefault(way, []).append(glyph)
    turned = [Turned([_turn(g, way) for g in held] if way else held, way) for way, held in ways.items()]
    return sorted(turned, key=lambda t: (-t.letters, t.degrees)) if len(turned) > 1 else turned


def _turn(glyph: Glyph, way: int) -> Glyph:
    def point(x: float, y: float) -> tuple[float, float]:
        return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}[way]

    glyph.x, glyph.y = point(glyph.x, glyph.y)
    glyph.x_end, glyph.y_end = point(glyph.x_end, glyph.y_end)
    return glyph
