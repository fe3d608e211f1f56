"""What a PDF page draws over its own words: boxes and pictures that nothing shows through.

A name that was blacked out is still in the file. What stands under such a box or picture is not what a reader sees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pdf_drawing import draw_path
from ingest.pdf_glyphs import Glyph
from ingest.pdf_matrix import UNIT, Box, Matrix, box_of, inside, matrix_of, multiply, unit_box
from ingest.pdf_operations import IMAGE, Ink, Operation

_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_ENDS = {*_FILLS, b"S", b"s", b"n"}
_ALL: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
MAX_COVERS = 2000
_STRIP = 40.0
"""Points: covers are looked up by the strips of the page that they lie in."""


@dataclass(slots=True, frozen=True)
class Cover:
    """A box, points, and the number of the operation that drew it."""

    box: Box
    at: int


@dataclass(slots=True)
class _State:
    """How things are drawn now. `clip` is None where it is no box."""

    matrix: Matrix = UNIT
    solid: bool = True
    plain: bool = True
    pattern: bool = False
    clip: Box | None = _ALL


def read_covers(operations: Iterable[Operation]) -> list[Cover]:
    """The boxes that are filled, and the pictures, in the order in which they are drawn."""
    now, saved = _State(), list[_State]()
    paths: list[list[tuple[float, float]]] = []
    clips = False
    covers: list[Cover] = []
    for at, (operands, op) in enumerate(operations):
        if op == b"q":
            saved.append(_State(now.matrix, now.solid, now.plain, now.pattern, now.clip))
        elif op == b"Q":
            now = saved.pop() if saved else now
        elif op == b"cm":
            now.matrix = multiply(matrix_of(operands), now.matrix)
        elif op == b"gs" and operands and isinstance(operands[0], Ink):
            now.solid = operands[0].strength > 0.97 if operands[0].strength is not None else now.solid
            now.plain = operands[0].plain if operands[0].plain is not None else now.plain
        elif op in (b"g", b"rg", b"k", b"cs"):
            now.pattern = op == b"cs" and bool(operands) and operands[0] == "/Pattern"
        elif op in (b"W", b"W*"):
            clips = True
        elif op == IMAGE:
            if operands and operands[0] and not (now.matrix[1] or now.matrix[2]):
                covers += _cover(unit_box(now.matrix), now, at)
        elif op in _ENDS:
            box = _as_box(paths)
            if op in _FILLS and box and not now.pattern:
                covers += _cover(box, now, at)
            if clips:
                now.clip = _cut(box, now.clip) if box and now.clip else None
            paths, clips = [], False
        elif op in (b"m", b"l", b"c", b"v", b"y", b"re", b"h"):
            draw_path(paths, operands, op, now.matrix)
        if len(covers) > MAX_COVERS:
            return []
    return covers


def _cover(box: Box, now: _State, at: int) -> list[Cover]:
    cut = _cut(box, now.clip) if now.clip else None
    return [Cover(cut, at)] if cut and now.solid and now.plain else []


def _cut(box: Box, other: Box) -> Box | None:
    """What two boxes share."""
    left, foot, right, head = max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])
    return (left, foot, right, head) if right > left and head > foot else None


def _as_box(paths: Sequence[Sequence[tuple[float, float]]]) -> Box | None:
    """The one path as a box, where it is an upright one."""
    if len(paths) != 1 or not 4 <= len({(round(x, 2), round(y, 2)) for x, y in paths[0]}) <= 4:
        return None
    box = box_of(paths[0])
    return box if all(min(abs(x - box[0]), abs(x - box[2])) < 0.1 > min(abs(y - box[1]), abs(y - box[3])) for x, y in paths[0]) else None


def covered(glyphs: Sequence[Glyph], covers: Sequence[Cover]) -> set[int]:
    """The places in the list of the glyphs that something was drawn over."""
    strips: dict[int, list[Cover]] = {}
    for cover in covers:
        low, high = max(cover.box[1], -1e4), min(cover.box[3], 1e4)
        for strip in range(int(low // _STRIP), int(high // _STRIP) + 1):
            strips.setdefault(strip, []).append(cover)
    found = set()
    for n, glyph in enumerate(glyphs):
        y = (glyph.y + glyph.y_end) / 2 + 0.3 * glyph.size
        ends = ((glyph.x, y), (glyph.x_end, y))
        if any(cover.at > glyph.at and all(inside(cover.box, *end) for end in ends) for cover in strips.get(int(y // _STRIP), ())):
            found.add(n)
    return found
