"""What a PDF page draws besides its text: lines, which part the rows of its tables, and boxes filled with a colour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ingest.pdf_glyphs import is_white
from ingest.pdf_matrix import UNIT, Box, Matrix, box_of, matrix_of, move, multiply, number, unit_box
from ingest.pdf_operations import IMAGE, Operation

TOUCH = 3.0
"""Points: lines that come so near to each other meet, and a box so thin is a line."""
MAX_PATHS = 20_000
"""What a page draws beyond these is a picture made of lines."""
_STROKES = {b"S", b"s", b"B", b"B*", b"b", b"b*"}
_CLOSING = {b"s", b"b", b"b*"}
_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_Point = tuple[float, float]


@dataclass(slots=True)
class Rule:
    """A straight line, or a box too thin to be one. Points; `level` is y where it lies flat and x where it is upright."""

    upright: bool
    level: float
    start: float
    end: float


@dataclass(slots=True)
class Drawing:
    """The lines of a page, and what it fills with a colour that white letters can stand on."""

    rules: list[Rule] = field(default_factory=list)
    painted: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    """Those, drawn or filled, in which several lines of text may stand."""
    dots: list[Box] = field(default_factory=list)
    """Marks as small as a bullet: a browser draws its bullets so."""


@dataclass(slots=True)
class _Path:
    """What is drawn until it is painted, and the colour that it would be filled with."""

    matrix: Matrix = UNIT
    white: bool = False


def read_drawing(operations: Iterable[Operation]) -> Drawing:
    """The lines that a page draws, level or upright, and the boxes around what it fills."""
    now = _Path()
    saved: list[_Path] = []
    paths: list[list[_Point]] = []
    drawing = Drawing()
    left = MAX_PATHS
    for operands, op in operations:
        if op == b"q":
            saved.append(_Path(now.matrix, now.white))
        elif op == b"Q":
            now = saved.pop() if saved else now
        elif op == b"cm":
            now.matrix = multiply(matrix_of(operands), now.matrix)
        elif op == b"sh" or op == IMAGE:
            if op == IMAGE:
                drawing.painted.append(unit_box(now.matrix))
            elif paths:
                drawing.painted.append(box_of([point for path in paths for point in path]))
        elif op in _STROKES or op in _FILLS:
            if left > 0:
                _paint(drawing, paths, op, now.white)
            left -= len(paths)
            paths = []
        elif op == b"n":
            paths = []
        elif op in (b"m", b"l", b"c", b"v", b"y", b"re", b"h"):
            draw_path(paths, operands, op, now.matrix)
        else:
            now.white = is_white(operands, op, now.white)
    return drawing


def draw_path(paths: list[list[_Point]], operands: Sequence[Any], op: bytes, matrix: Matrix) -> None:
    """Go on with what is drawn until it is painted: a list of points for each stroke of the pen."""
    numbers = [number(v) for v in operands]
    if op == b"m" and len(numbers) > 1:
        paths.append([move(matrix, *numbers[:2])])
    elif op == b"h" and paths:
        paths[-1].append(paths[-1][0])
    elif op == b"re" and len(numbers) > 3:
        x, y, width, height = numbers[:4]
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        paths.append([move(matrix, *corner) for corner in corners])
    elif op in (b"l", b"c", b"v", b"y") and paths and len(numbers) > 1:
        paths[-1].append(move(matrix, *numbers[-2:]))


def _paint(drawing: Drawing, paths: list[list[_Point]], op: bytes, white: bool) -> None:
    for box in map(box_of, paths):
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide > 60 and high > 30:
            drawing.boxes.append(box)
        elif 1 < wide < 7 and 0.7 < wide / max(high, 0.1) < 1.4 and not white:
            drawing.dots.append(box)
    if op in _STROKES:
        closed = [[*p, p[0]] if op in _CLOSING else p for p in paths]
        drawing.rules += [rule for path in closed for pair in pairwise(path) if (rule := _rule(pair))]
    if op in _FILLS:
        if op not in _STROKES:
            drawing.rules += [rule for path in paths if (rule := _rule(path))]
        if not white:
            drawing.painted += [box for path in paths if (box := box_of(path))[2] - box[0] > TOUCH < box[3] - box[1]]


def _rule(path: Iterable[_Point]) -> Rule | None:
    left, foot, right, head = box_of(list(path))
    wide, high = right - left, head - foot
    if high <= TOUCH < wide:
        return Rule(False, (head + foot) / 2, left, right)
    if wide <= TOUCH < high:
        return Rule(True, (right + left) / 2, foot, head)
    return None


def turn_rules(rules: list[Rule], degrees: int) -> list[Rule]:
    """The lines of a page whose text runs 90, 180 or 270 degrees round, turned with it."""
    if not degrees:
        return rules
    turned = []
    for rule in rules:
        ends = [(rule.level, rule.start), (rule.level, rule.end)] if rule.upright else [(rule.start, rule.level), (rule.end, rule.level)]
        points = [{90: (y, -x), 180: (-x, -y), 270: (-y, x)}[degrees] for x, y in ends]
        made = _rule(points)
        turned += [made] if made else []
    return turned
