"""From the segments of a PDF's pages to blocks in reading order: paragraphs, headings, items, table rows, footnotes.

Page furniture is left out; columns are read one after the other; the cells of a table row stay together.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from hub.domain import BlockKind
from hub.plain import CELL, LINE, clean
from ingest.pdf_furniture import leave_out_furniture
from ingest.pdf_glyphs import BULLETS, Segment
from ingest.pdf_tables import Row, Rule, find_grids, is_header, rows_by_room, trim

GUTTER_POINTS = 9.0
"""White space at least this wide parts two columns."""
FOOTNOTE_SIZE = 0.88
"""Footnotes are set smaller than this share of body text."""
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|[a-z]\))\s+")
_NOTE = re.compile(r"^\d{1,3}[.)]?\s")


@dataclass(slots=True)
class PageBlock:
    """A block on one page. A row's text holds its cells, parted by CELL."""

    kind: BlockKind
    text: str
    size: float = 0.0
    bold: bool = False
    header: str = ""
    closed: bool = True
    """Whether it ends with a sentence's end; an open one may go on over the page end."""
    full: bool = True
    """Whether its last line fills the column."""


@dataclass(slots=True)
class Layout:
    """The pages' blocks, and the type size that most of the text is set in."""

    pages: list[list[PageBlock]]
    body_size: float
    known_words: set[str] = field(default_factory=set)


def lay_out(pages: list[list[Segment]], rules: list[list[Rule]]) -> Layout:
    """Blocks of each page, in reading order. `rules`: the lines drawn on each."""
    weights: Counter[float] = Counter()
    for page in pages:
        for s in page:
            weights[round(s.size * 2) / 2] += len(s.text)
    body = weights.most_common(1)[0][0] if weights else 10.0
    words = {w for page in pages for s in page for w in re.findall(r"[a-z][a-z-]+", s.text.lower()) if not w.endswith("-")}
    kept = leave_out_furniture(pages, body)
    return Layout([_lay_out_page(page, drawn, body, words) for page, drawn in zip(kept, rules, strict=True)], body, words)


@dataclass(slots=True)
class _TableLine(Segment):
    """Stands, as wide as its table, for a line of a ruled one, so that the table keeps its place among the columns."""

    rows: list[PageBlock]

    def take(self) -> list[PageBlock]:
        """The table's rows, to the first of its lines that asks."""
        taken = self.rows[:]
        self.rows.clear()
        return taken


def _lay_out_page(page: list[Segment], rules: list[Rule], body: float, words: set[str]) -> list[PageBlock]:
    rest, tables = page, list[Segment]()
    for grid in find_grids(rules, page):
        held = [s for s in page if grid.holds(s)]
        rows = _table_blocks(grid.rows(held), words)
        left, right = min(s.x for s in held), max(s.x_end for s in held)
        tables += [_TableLine("", left, s.y, right, s.size, False, rows) for s in held]
        rest = [s for s in rest if not grid.holds(s)]
    notes = _footnotes(rest, body)
    main = [*tables, *(s for s in rest if s not in notes)]
    blocks = [block for zone in _zones(main) for block in _zone_blocks(zone, body, words)]
    return blocks + _note_blocks(notes, words)


def _footnotes(page: list[Segment], body: float) -> list[Segment]:
    """The small-set lines at the foot of the page, from the first that begins with a number."""
    notes: list[Segment] = []
    for segment in sorted(page, key=lambda s: s.y):
        if segment.size > FOOTNOTE_SIZE * body:
            break
        notes.append(segment)
    notes.reverse()
    first = next((i for i, s in enumerate(notes) if _NOTE.match(s.text)), None)
    return notes[first:] if first is not None else []


def _note_blocks(notes: list[Segment], words: set[str]) -> list[PageBlock]:
    blocks: list[list[Segment]] = []
    for segment in notes:
        if _NOTE.match(segment.text) or not blocks:
            blocks.append([segment])
        else:
            blocks[-1].append(segment)
    return [PageBlock("footnote", join_lines([s.text for s in lines], words)) for lines in blocks]


# Zones: stretches of a page that share their columns.


@dataclass(slots=True)
class _Zone:
    """Segments that share their columns; one column where the text runs over the whole width."""

    columns: list[tuple[float, float]]
    held: list[Segment]
    several: bool

    def split(self) -> list[list[Segment]]:
        return [[s for s in self.held if left - 1 <= s.x <= right + 1] for left, right in self.columns]


def _zones(page: list[Segment]) -> list[list[list[Segment]]]:
    """The page as a list of zones, top to bottom; each zone is its columns, left to right."""
    zones: list[_Zone] = []
    ordered = sorted(page, key=lambda s: (-s.y, s.x))
    for segment in ordered:
        zone = zones[-1] if zones else None
        beside = _has_neighbour(segment, ordered)
        if zone and not zone.several and not beside:
            zone.columns, zone.held = _add_interval(zone.columns, segment), [*zone.held, segment]
            zone.columns = [(min(c[0] for c in zone.columns), max(c[1] for c in zone.columns))]
            continue
        if zone and zone.several:
            merged = _add_interval(zone.columns, segment)
            if len(merged) == len(zone.columns) or (len(merged) > len(zone.columns) and beside):
                zone.columns, zone.held = merged, [*zone.held, segment]
                continue
        zones.append(_Zone([(segment.x, segment.x_end)], [segment], beside))
    return [zone.split() for zone in zones]


def _has_neighbour(segment: Segment, page: list[Segment]) -> bool:
    """Whether something stands beside it, a gutter away."""
    return any(
        abs(other.y - segment.y) < 1.8 * max(other.size, segment.size)
        and (other.x - segment.x_end > GUTTER_POINTS or segment.x - other.x_end > GUTTER_POINTS)
        for other in page
    )


def _add_interval(columns: list[tuple[float, float]], segment: Segment) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*columns, (segment.x, segment.x_end)]):
        if merged and left < merged[-1][1] + GUTTER_POINTS:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _zone_blocks(columns: list[list[Segment]], body: float, words: set[str]) -> list[PageBlock]:
    if len(columns) == 1:
        return _column_blocks(columns[0], body, words)
    if _is_prose(columns) or any(isinstance(s, _TableLine) for column in columns for s in column):
        blocks: list[PageBlock] = []
        for column in columns:
            added = _column_blocks(column, body, words)
            if blocks and added and goes_on(blocks[-1], added[0]):
                blocks[-1].text = join_lines([blocks[-1].text, added[0].text], words)
                blocks[-1].closed = added.pop(0).closed
            blocks += added
        return blocks
    above, columns, below = trim(columns)
    table = _table_blocks(rows_by_room(columns), words)
    return [*_column_blocks(above, body, words), *table, *_column_blocks(below, body, words)]


def _is_prose(columns: list[list[Segment]]) -> bool:
    """Columns of running text: every column's lines are many and mostly full; a table's first column is not."""
    for column in columns:
        width = max(s.x_end for s in column) - min(s.x for s in column)
        full = sum(s.x_end - s.x > 0.7 * width for s in column)
        if len(columns) > 3 or len(column) < 4 or width < 110 or full < 0.5 * len(column):
            return False
    return True


def goes_on(before: PageBlock, after: PageBlock) -> bool:
    """Whether the text after a page or column end continues the sentence before it."""
    if before.kind not in ("paragraph", "item") or after.kind != "paragraph" or before.closed:
        return False
    return before.full or after.text[:1].islower()


# Tables.


def _table_blocks(rows: list[Row], words: set[str]) -> list[PageBlock]:
    header = ""
    if len(rows) > 1 and is_header(rows[0], rows[1:]):
        header = " | ".join(clean(" ".join(s.text for s in cell)) for cell in rows[0])
        rows = rows[1:]
        first = [PageBlock("row", header.replace(" | ", CELL))]
    else:
        first = []
    return first + [PageBlock("row", CELL.join(_cell_text(cell, words) for cell in row), header=header) for row in rows]


def _cell_text(cell: list[Segment], words: set[str]) -> str:
    items: list[list[str]] = []
    for segment in sorted(cell, key=lambda s: -s.y):
        text, marked = _strip_bullet(segment.text)
        if marked or not items:
            items.append([text])
        else:
            items[-1].append(text)
    return LINE.join(join_lines(item, words) for item in items)


# Running text.


def _strip_bullet(text: str) -> tuple[str, bool]:
    head, _, rest = text.partition(" ")
    return (rest, True) if head and rest and all(c in BULLETS for c in head) else (text, False)


def _column_blocks(lines: list[Segment], body: float, words: set[str]) -> list[PageBlock]:
    blocks: list[PageBlock] = []
    left, right = min((s.x for s in lines), default=0.0), max((s.x_end for s in lines), default=0.0)
    ordered = sorted(lines, key=lambda s: (-s.y, s.x))
    for is_table, run in groupby(ordered, key=lambda s: isinstance(s, _TableLine)):
        if is_table:
            blocks += [row for line in run if isinstance(line, _TableLine) for row in line.take()]
            continue
        groups: list[list[Segment]] = []
        for line in run:
            if groups and not _breaks(groups[-1], line, body):
                groups[-1].append(line)
            else:
                groups.append([line])
        for group in groups:
            blocks.append(_block(group, body, words))
            blocks[-1].full = group[-1].x_end - left > 0.8 * (right - left)
    return blocks


def _breaks(group: list[Segment], line: Segment, body: float) -> bool:
    last = group[-1]
    if abs(last.size - line.size) > 0.12 * body or (last.bold != line.bold and (last.words < 12 or line.words < 12)):
        return True
    if _strip_bullet(line.text)[1] or (_NUMBERED.match(line.text) and line.x <= group[0].x + 2):
        return True
    gap = last.y - line.y
    leading = (group[0].y - last.y) / (len(group) - 1) if len(group) > 1 else 1.45 * last.size
    return gap > max(1.25 * leading, 1.55 * line.size if len(group) == 1 else 0.0)


def _block(group: list[Segment], body: float, words: set[str]) -> PageBlock:
    size, bold = group[0].size, all(s.bold for s in group)
    text, marked = _strip_bullet(group[0].text)
    numbered = bool(_NUMBERED.match(text))
    joined = join_lines([text, *(s.text for s in group[1:])], words)
    short = len(joined.split()) <= 20 and not joined.endswith((".", ";", ","))
    if not marked and short and (size >= 1.12 * body or (bold and not joined.endswith(":"))):
        return PageBlock("heading", joined, size, bold)
    kind: BlockKind = "item" if marked or (numbered and len(group) < 6) else "paragraph"
    return PageBlock(kind, joined, size, bold, closed=bool(re.search(r"[.!?:;][\"'”’)\]]*$", joined)))


def join_lines(lines: list[str], words: set[str]) -> str:
    """Lines as one, hyphenation mended: the hyphen goes where the document has the word without it."""
    text = ""
    for line in lines:
        line = clean(line)
        if text.endswith("-") and line[:1].islower():
            head = re.search(r"[A-Za-z]+-$", text)
            tail = re.match(r"[a-z]+", line)
            if head and tail and (head.group() + tail.group()).lower() not in words and (head.group()[:-1] + tail.group()).lower() in words:
                text = text[:-1]
            text += line
        elif text.endswith("/"):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text
