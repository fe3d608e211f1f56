"""A PDF's matrices (a, b, c, d, e, f): how what is drawn is moved, turned and scaled."""

from collections.abc import Sequence
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, foot, right, head; points."""
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def number(value: Any, default: float = 0.0) -> float:
    """An operand as a number; a damaged one is `default`."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def matrix_of(operands: Sequence[Any]) -> Matrix:
    """The matrix of six operands; what is damaged or missing moves nothing."""
    a, b, c, d, e, f = (number(v, u) for v, u in zip([*operands, *UNIT[len(operands) :]][:6], UNIT, strict=True))
    return a, b, c, d, e, f


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def move(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to stand."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(points: Sequence[tuple[float, float]]) -> Box:
    """The box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def unit_box(matrix: Matrix) -> Box:
    """The box around the unit square: where a picture stands."""
    return box_of([move(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))])


def inside(box: Box, x: float, y: float, room: float = 0.0) -> bool:
    """Whether a point stands in a box."""
    return box[0] - room <= x <= box[2] + room and box[1] - room <= y <= box[3] + room
