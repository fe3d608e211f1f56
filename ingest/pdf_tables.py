"""The rows and cells of a PDF's tables: by their ruling lines where these make a grid, else by the room between the rows."""

from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf_drawing import TOUCH, Rule
from ingest.pdf_segments import Segment

Row = list[list[Segment]]
"""Cells, each with its lines."""
MAX_RULES = 1500
"""A page with more lines than these is a drawing."""


@dataclass(slots=True)
class Grid:
    """A ruled table: where its rows part, from the top down, and its columns, from the left. Points."""

    levels: list[float]
    edges: list[float]

    def holds(self, segment: Segment) -> bool:
        """Whether a line stands in it."""
        return self.levels[-1] < segment.y < self.levels[0] and self.edges[0] - TOUCH < segment.x < self.edges[-1]

    def inside(self, other: "Grid") -> bool:
        """Whether it stands in a cell of another."""
        return other.levels[-1] < self.levels[-1] < self.levels[0] < other.levels[0] and other.edges[0] < self.edges[0] < other.edges[-1]

    def rows(self, held: list[Segment]) -> list[Row]:
        """The rows of the lines that it holds, without what is empty."""
        lines = sorted(held, key=lambda s: (-s.y, s.x))
        columns = [c for left, right in pairwise(self.edges) if (c := [s for s in lines if left <= s.x + TOUCH < right])]
        bands = [[[s for s in c if low < s.y <= high] for c in columns] for high, low in pairwise(self.levels)]
        bands = [band for band in bands if any(band)]
        # A box with a line under its header says nothing of the rows below it.
        return bands if len(bands) > 2 else [row for band in bands for row in rows_by_room(band, dense=len({len(c) for c in band}) == 1)]


def find_grids(rules: list[Rule], page: list[Segment]) -> list[Grid]:
    """The page's ruled tables: grids with words in two cells of a row, twice or more."""
    level, upright = (_merge([r for r in rules if r.upright is side]) for side in (False, True))
    if len(level) + len(upright) > MAX_RULES:
        return []
    grids = []
    while level:
        met, flat, up = [level.pop()], list[Rule](), list[Rule]()
        while met:  # whatever crosses it, and whatever crosses that
            flat += met
            crossing, upright = _part(upright, met)
            up += crossing
            met, level = _part(level, crossing)
        grid = _grid(flat, up) if up else None
        if grid:
            filled = [sum(bool(cell) for cell in row) for row in grid.rows([s for s in page if grid.holds(s)])]
            if sum(cells > 1 for cells in filled) > 1:
                grids.append(grid)
    return [g for g in grids if not any(g.inside(other) for other in grids)]


def _merge(rules: list[Rule]) -> list[Rule]:
    """Each border of each cell may be drawn by itself: those that lie in one line are one."""
    merged: list[Rule] = []
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.level):
        if levels and rule.level - levels[-1][0].level < 1:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    for line in levels:
        line.sort(key=lambda r: r.start)
        merged.append(Rule(line[0].upright, line[0].level, line[0].start, line[0].end))
        for rule in line[1:]:
            if rule.start <= merged[-1].end + TOUCH:
                merged[-1].end = max(merged[-1].end, rule.end)
            else:
                merged.append(Rule(rule.upright, line[0].level, rule.start, rule.end))
    return merged


def _part(rules: list[Rule], others: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules that meet one of the others, and those that do not."""
    meets = [any(_meet(rule, other) for other in others) for rule in rules]
    return [r for r, m in zip(rules, meets, strict=True) if m], [r for r, m in zip(rules, meets, strict=True) if not m]


def _meet(rule: Rule, other: Rule) -> bool:
    """Whether two lines, one level and one upright, cross or touch."""
    return rule.start - TOUCH < other.level < rule.end + TOUCH and other.start - TOUCH < rule.level < other.end + TOUCH


def _grid(flat: list[Rule], up: list[Rule]) -> Grid | None:
    left, right = min(r.start for r in flat), max(r.end for r in flat)
    levels = sorted((r.level for r in flat if r.end - r.start > 0.9 * (right - left)), reverse=True)
    top, foot = max(r.end for r in up), min(r.start for r in up)
    inner = sorted(r.level for r in up if r.end - r.start > 0.5 * (top - foot) and left + TOUCH < r.level < right - TOUCH)
    # Where a table is broken over columns or pages, nothing may be drawn at the break.
    levels = [y for y in levels if foot + TOUCH < y < top - TOUCH]
    return Grid([top, *levels, foot], [left, *inner, right]) if levels and inner else None


def rows_by_room(columns: list[list[Segment]], *, dense: bool = True) -> list[Row]:
    """Rows of a table without a grid: one for each stretch, between white strips over its whole width, that has a first cell.

    `dense`: whether, where there are no such strips, each line of the first column is a row.
    """
    lines = sorted((s for column in columns for s in column), key=lambda s: -s.y)
    first = sorted(columns[0], key=lambda s: -s.y)
    top = lines[0].y
    starts = [top, *(b.y for a, b in pairwise(lines) if a.y - b.y > 1.55 * max(a.size, b.size))]
    # The row under a header of two lines may stand no further off than its lines do: it is plain where they are bold.
    starts += [b.y for a, b in pairwise(first) if a.bold and not b.bold and not any(b.y <= y < a.y for y in starts)]
    starts.sort(reverse=True)
    ends = [*(y + 2 for y in starts[1:]), float("-inf")]
    # What stands under a strip without a first cell belongs to the row above it. The first row begins where the table does.
    clear = [y for y, end in zip(starts, ends, strict=True) if y == top or any(end < s.y <= y + 2 for s in first)]
    if dense and len(clear) < max(2, len(first) // 3):
        clear = [top, *(s.y for s in first if top - s.y > 1.2 * s.size)]
    bounds = [float("inf"), *(y + 2 for y in clear[1:]), float("-inf")]
    rows = [[[s for s in column if low < s.y <= high] for column in columns] for high, low in pairwise(bounds)]
    return [row for row in rows if any(row)]


def trim(columns: list[list[Segment]]) -> tuple[list[Segment], list[list[Segment]], list[Segment]]:
    """A short line over or under a table without a grid looks like a part of its first column: (above, columns, below)."""
    levels: list[list[Segment]] = []
    for line in sorted((s for column in columns for s in column), key=lambda s: -s.y):
        if levels and levels[-1][0].y - line.y < 0.5 * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    wide = [n for n, level in enumerate(levels) if len(level) > 1]
    if len(wide) < 2:
        return [], columns, []
    head, tail = wide[0], wide[-1] + 1
    before = [s for level in levels[:head] for s in level]
    names = all(s.bold or s.text.isupper() for s in levels[head])
    apart = all(s in columns[0] and (s.size > 1.12 * levels[head][0].size or (names and not s.bold)) for s in before)
    gaps = [a[0].y - b[0].y for a, b in pairwise(levels[head:])]
    after = [s for level in levels[tail:] for s in level]
    room = tail - head > 2 and bool(after) and gaps[tail - head - 1] > 1.5 * max(gaps[: tail - head - 1])
    above = before if apart else []
    below = after if room and all(s in columns[0] for s in after) else []
    return above, [[s for s in column if s not in above and s not in below] for column in columns], below


def is_header(row: Row, others: list[Row]) -> bool:
    """Whether a table's first row names its columns: it is bold or in capitals, and the rest is not."""
    cells = [s for cell in row for s in cell]
    rest = [s for other in others for cell in other[1:] for s in cell]
    if not cells or not rest or sum(bool(cell) for cell in row) < 2:
        return False
    plain = sum(not s.bold and not s.text.isupper() for s in rest) > len(rest) / 2
    return plain and all(s.bold or s.text.isupper() for s in cells)
