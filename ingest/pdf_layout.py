"""From the segments of a PDF's pages to blocks in reading order: paragraphs, headings, items, table rows, footnotes.

Page furniture is left out; columns are read one after the other; the cells of a table row stay together.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from hub.plain import CELL, LINE, clean
from ingest.line_ends import join_lines, join_parts
from ingest.pdf_blocks import Held, PageBlock, Setting, column_blocks, goes_on, strip_bullet
from ingest.pdf_boxes import find_asides
from ingest.pdf_columns import edges, is_prose, is_text_beside_a_note
from ingest.pdf_drawing import Rule
from ingest.pdf_furniture import leave_out_furniture
from ingest.pdf_initials import join_initials
from ingest.pdf_matrix import Box
from ingest.pdf_outline import Outline
from ingest.pdf_pages import Page
from ingest.pdf_segments import Segment
from ingest.pdf_tables import Row, find_grids, is_header, rows_by_room, trim
from ingest.pdf_zones import find_zones

FOOTNOTE_SIZE = 0.88
"""Footnotes are set smaller than this share of body text."""
_NOTE = re.compile(r"^\d{1,3}[.)]?\s")


@dataclass(slots=True)
class Layout:
    """The pages' blocks, and the type size that most of the text is set in."""

    pages: list[list[PageBlock]]
    body_size: float
    known_words: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Parted:
    """A page with its notes, its tables and boxes taken out of its running text."""

    zones: list[list[list[Segment]]]
    notes: list[Segment]


def lay_out(pages: list[Page], outline: Outline) -> Layout:
    """Blocks of each page, in reading order."""
    weights: Counter[float] = Counter()
    for page in pages:
        for s in page.segments:
            weights[round(s.size * 2) / 2] += len(s.text)
    body = weights.most_common(1)[0][0] if weights else 10.0
    words = {w for p in pages for s in p.segments for w in re.findall(r"[a-z][a-z-]+", s.text.lower()) if not w.endswith("-")}
    setting = Setting(body, words)
    parted = []
    for number, (page, kept) in enumerate(zip(pages, leave_out_furniture([p.segments for p in pages], body), strict=True), 1):
        setting.titles = outline.get(number, {})
        parted.append(_part_page(join_initials(kept, words), page.rules, page.boxes, setting))
    setting.prose = {edges(zone) for page in parted for zone in page.zones if len(zone) > 1 and is_prose(zone)}
    laid = []
    for number, (page, part) in enumerate(zip(pages, parted, strict=True), 1):
        setting.titles = outline.get(number, {})
        blocks = _join_zones([_zone_blocks(zone, setting) for zone in part.zones], words)
        others = [_part_page(aside, [], [], setting) for aside in page.asides]
        blocks += [block for other in others for zone in other.zones for block in _zone_blocks(zone, setting)]
        laid.append(blocks + _note_blocks(part.notes, words))
    return Layout(laid, body, words)


def _part_page(page: list[Segment], rules: list[Rule], boxes: list[Box], setting: Setting) -> _Parted:
    rest, held = page, list[Segment]()
    for grid in find_grids(rules, page):
        lines = [s for s in rest if grid.holds(s)]
        if lines:
            held += _stand_ins(lines, _table_blocks(grid.rows(lines), setting.words))
            rest = [s for s in rest if not grid.holds(s)]
    for lines in find_asides(boxes, rest):
        zones = find_zones(lines)
        blocks = [block for zone in zones for block in _zone_blocks(zone, setting)]
        held += _stand_ins(lines, [_as_aside(block) for block in blocks])
        rest = [s for s in rest if s not in lines]
    notes = _footnotes(rest, setting.body)
    return _Parted(find_zones([*held, *(s for s in rest if s not in notes)]), notes)


def _stand_ins(lines: list[Segment], blocks: list[PageBlock]) -> list[Segment]:
    left, right = min(s.x for s in lines), max(s.x_end for s in lines)
    return [Held("", left, s.y, right, s.size, False, blocks=blocks) for s in lines]


def _as_aside(block: PageBlock) -> PageBlock:
    """A box's heading is over the box alone, not over the text that goes on after it."""
    block.aside = True
    if block.kind == "heading":
        block.kind = "paragraph"
    return block


def _join_zones(zones: list[list[PageBlock]], words: set[str]) -> list[PageBlock]:
    """A paragraph that grows narrower beside a box, or wider under it, is one."""
    blocks: list[PageBlock] = []
    for zone in zones:
        before = next((b for b in reversed(blocks) if not b.aside), None)
        first = next((b for b in zone if not b.aside), None)
        if before and first and first.text[:1].islower() and goes_on(before, first):
            before.text = join_parts(before.text, first.text, words)
            before.closed, before.full = first.closed, first.full
            zone.remove(first)
        blocks += zone
    return blocks


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


def _zone_blocks(columns: list[list[Segment]], setting: Setting) -> list[PageBlock]:
    if len(columns) == 1:
        return column_blocks(columns[0], setting)
    held = any(isinstance(s, Held) for column in columns for s in column)
    if held or is_prose(columns) or edges(columns) in setting.prose or is_text_beside_a_note(columns):
        blocks: list[PageBlock] = []
        for column in columns:
            added = column_blocks(column, setting)
            before = next((b for b in reversed(blocks) if not b.aside), None)
            if before and added and not added[0].aside and goes_on(before, added[0]):
                before.text = join_parts(before.text, added[0].text, setting.words)
                before.closed = added.pop(0).closed
            blocks += added
        return blocks
    above, columns, below = trim(columns)
    table = _table_blocks(rows_by_room(columns), setting.words)
    return [*column_blocks(above, setting), *table, *column_blocks(below, setting)]


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
        text, marked = strip_bullet(segment.text)
        if marked or not items:
            items.append([text])
        else:
            items[-1].append(text)
    return LINE.join(join_lines(item, words) for item in items)
