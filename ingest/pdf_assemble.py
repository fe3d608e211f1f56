"""Puts a PDF's pages together into one text: what runs over a page end is one, and headings have their levels."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from hub.domain import Loaded
from hub.plain import CELL
from ingest.pdf_blocks import PageBlock, goes_on, join_lines
from ingest.pdf_layout import Layout
from ingest.text import TextBuilder

Style = tuple[float, bool]
"""Type size and weight."""


def assemble(layout: Layout, labels: list[str], warnings: Sequence[str], ocr_pages: Sequence[int]) -> Loaded:
    """The document. `labels`: what is printed as each page's number."""
    levels = _heading_levels(layout)
    _join_tables(layout.pages)
    builder = TextBuilder()
    builder.warnings += warnings
    held: list[tuple[PageBlock, int]] = []  # a paragraph that may go on over the page end
    waiting: list[tuple[PageBlock, int]] = []  # footnotes and boxes, kept until the body's sentence is whole

    def flush() -> None:
        if held:
            pieces: list[tuple[str, int | None, str]] = [(b.text, page, _label(labels, page)) for b, page in held]
            builder.add(held[0][0].kind, _mend(pieces, layout.known_words))
        for note, page in waiting:
            builder.add(note.kind, [(note.text, page, _label(labels, page))], header=note.header)
        held.clear()
        waiting.clear()

    for number, blocks in enumerate(layout.pages, 1):
        for block in blocks:
            if block.kind == "footnote" or (block.aside and held):
                waiting.append((block, number))
                continue
            if held and held[-1][1] == number - 1 and goes_on(held[-1][0], block):
                held.append((block, number))
            else:
                flush()
                held.append((block, number))
            if block.kind in ("heading", "row"):
                flush_block, page = held.pop()
                text = [(flush_block.text, page, _label(labels, page))]
                builder.add(block.kind, list(text), level=levels.get((_style(block), block.depth), 0), header=block.header)
            elif block.closed or block is not _last_body(blocks):
                flush()
    flush()
    return builder.finish(ocr_pages)


def _last_body(blocks: list[PageBlock]) -> PageBlock | None:
    return next((b for b in reversed(blocks) if b.kind != "footnote" and not b.aside), None)


def _mend(pieces: list[tuple[str, int | None, str]], words: set[str]) -> list[tuple[str, int | None, str]]:
    """Hyphenation over a page end: the second half keeps its place, the hyphen goes if the document has the whole word."""
    if len(pieces) > 1 and pieces[0][0].endswith("-"):
        joined = join_lines([pieces[0][0], pieces[1][0]], words)
        rest = pieces[1][0].partition(" ")
        head = joined[: len(joined) - len(rest[2]) - (1 if rest[2] else 0)]
        return [(head, pieces[0][1], pieces[0][2]), (rest[2], pieces[1][1], pieces[1][2]), *pieces[2:]]
    return pieces


def _label(labels: list[str], page: int) -> str:
    label = labels[page - 1] if page <= len(labels) else ""
    return "" if label == str(page) else label


def _join_tables(pages: list[list[PageBlock]]) -> None:
    """A table that goes on over a page end keeps its header; a cell that is cut there is one."""
    for before, after in pairwise(pages):
        last, first = _last_body(before), next((b for b in after if b.kind != "footnote"), None)
        if not last or not first or last.kind != "row" or first.kind != "row":
            continue
        cells = first.text.split(CELL)
        above = last.text.split(CELL)
        if len(cells) != len(above) or not last.header:
            continue
        if not first.header and first.text.replace(CELL, " | ") != last.header:
            _, rows = next(groupby(after[after.index(first) :], key=lambda b: b.kind == "row" and not b.header))
            held = list(rows)
            if any(row.header == held[-1].text.replace(CELL, " | ") for row in after):  # the next table's own header
                held.pop()
            for row in held:
                row.header = last.header
        # A first cell is empty where its row began on the page before.
        if not cells[0] and all(not new or new[:1].islower() for new in cells):
            last.text = CELL.join(f"{old} {new}".strip() for old, new in zip(above, cells, strict=True))
            after.remove(first)


# Levels of headings.


def _style(block: PageBlock) -> Style:
    return round(block.size, 0), block.bold


def _heading_levels(layout: Layout) -> dict[tuple[Style, int], int]:
    """The level of each style of heading and depth in the outline.

    Larger type is a higher level; bold counts over plain of the same size. Where the outline names headings, its depths come first,
    and a style that it leaves out stands under the styles larger than it.
    """
    seen = Counter((_style(b), b.depth) for page in layout.pages for b in page if b.kind == "heading")
    styles = sorted({style for style, _ in seen}, reverse=True)
    named = {style: median([d for s, d in seen if s == style and d]) for style in styles if any(s == style and d for s, d in seen)}
    if sum(count for (_, depth), count in seen.items() if depth) < 2:
        return {(style, depth): styles.index(style) + 1 for style, depth in seen}
    # The one heading in the largest type is the title, over all that the outline names, be it named with them or not at all.
    largest = {depth: count for (style, depth), count in seen.items() if style == styles[0]}
    alone = sum(largest.values()) == 1
    shift = int(alone and (0 in largest or any(depth <= next(iter(largest)) for style, depth in seen if depth and style != styles[0])))
    levels: dict[tuple[Style, int], int] = {}
    floor = shift
    for style in styles[alone:]:
        if style in named:
            own = int(named[style]) + shift
            floor = max(floor, own)
        else:
            own = floor = floor + 1
        for depth in {d for s, d in seen if s == style}:
            levels[style, depth] = depth + shift if depth else own
    return {(styles[0], depth): 1 for depth in largest if alone} | levels
