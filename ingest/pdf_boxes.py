"""Boxes beside a PDF's running text: what stands in one is read by itself, not line by line with the text next to it."""

from ingest.pdf_matrix import Box, inside
from ingest.pdf_segments import Segment

LEAST_LINES = 3
LEAST_WORDS = 8
_MOST = 0.7
"""A box that holds more of a page's lines than this is the page's own frame."""


def find_asides(boxes: list[Box], page: list[Segment]) -> list[list[Segment]]:
    """The lines of each box with other text beside it. A table's cells are no such boxes: their rows line up with what is beside them."""
    found: list[list[Segment]] = []
    for box in sorted(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))[:200]:
        taken = {id(s) for lines in found for s in lines}
        lines = [s for s in page if id(s) not in taken and inside(box, s.x, s.y, 1.0) and inside(box, s.x_end, s.y, 1.0)]
        if len({round(s.y) for s in lines}) < LEAST_LINES or sum(s.words for s in lines) < LEAST_WORDS or len(lines) > _MOST * len(page):
            continue
        outside = [s for s in page if not inside(box, s.x, s.y, 1.0)]
        beside = [s for s in outside if box[1] < s.y < box[3] and (s.x > box[2] - 2 or s.x_end < box[0] + 2)]
        level = sum(any(abs(s.y - other.y) < 1.0 for other in beside) for s in lines)
        twins = any(other != box and abs(other[3] - box[3]) < 3 and (other[0] > box[2] - 3 or other[2] < box[0] + 3) for other in boxes)
        if beside and level <= 0.5 * len(lines) and not twins:
            found.append(lines)
    return found
