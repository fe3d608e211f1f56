"""Puts a PDF's pages together into one text: what runs over a page end is one, and headings have their levels."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from statistics import median

from hub.domain import Loaded
from hub.plain import CELL
from ingest.line_ends import SOFT, join_lines
from ingest.pdf_blocks import PageBlock, goes_on
from ingest.pdf_layout import Layout
from ingest.text import TextBuilder

_CONTINUED = re.compile(r"\s*\((?:cont(?:d|\.|inued)?|cont['’]d)\.?\)", re.IGNORECASE)
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
            builder.add(note.kind, [(note.text.rstrip(SOFT), page, _label(labels, page))], header=note.header)
        held.clear()
        waiting.clear()

    for number, blocks in enumerate(layout.pages, 1):
        for block in blocks:
            if block.kind == "footnote" or (block.aside and held):
                waiting.append((block, number))
                continue
            if held and goes_on(held[-1][0], block) and (held[-1][1] == number - 1 or block.text[:1].islower()):
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
    """Hyphenation over page ends: a word that is cut there stands whole on the page where it begins."""
    mended = pieces[:1]
    for text, page, label in pieces[1:]:
        before, on, called = mended[-1]
        if before.endswith(("-", "\u2010", SOFT)):
            first, _, rest = text.partition(" ")
            mended[-1] = (join_lines([before, first], words) + (SOFT if text == first and text.endswith(SOFT) else ""), on, called)
            text = rest
        if text:
            mended.append((text, page, label))
    return [(text.rstrip(SOFT), page, label) for text, page, label in mended]


def _label(labels: list[str], page: int) -> str:
    label = labels[page - 1] if page <= len(labels) else ""
    return "" if label == str(page) else label


def _join_tables(pages: list[list[PageBlock]]) -> None:
    """A table that goes on over a page end keeps its header, which may be said again there; a cell that is cut there is one."""
    for before, after in pairwise(pages):
        last, first = _last_body(before), next((b for b in after if b.kind != "footnote"), None)
        if not last or not first or last.kind != "row" or first.kind != "row":
            continue
        above = _rows_to(before, last)
        if not last.header and len(above) > 1 and first.text == above[0].text:  # what is said again over the next page's rows names them
            for row in above[1:]:
                row.header = _names(above[0])
        cells = first.text.split(CELL)
        if len(cells) != len(last.text.split(CELL)) or not last.header:
            continue
        if not first.header:
            _, rows = next(groupby(after[after.index(first) :], key=lambda b: b.kind == "row" and not b.header))
            held = list(rows)
            again = _CONTINUED.sub("", _names(first)) == last.header
            if not again and any(row.header == _names(held[-1]) for row in after):  # the next table's own header
                held.pop()
            for row in after if again else held:
                if row in held or row.header == _names(first):
                    row.header = last.header
            if again:
                after.remove(first)
                continue
        # A first cell is empty where its row began on the page before.
        if not cells[0] and all(not new or new[:1].islower() for new in cells):
            last.text = CELL.join(f"{old} {new}".strip() for old, new in zip(last.text.split(CELL), cells, strict=True))
            after.remove(first)


def _rows_to(blocks: list[PageBlock], last: PageBlock) -> list[PageBlock]:
    """The rows of the table that ends with this one."""
    body = [b for b in blocks[: blocks.index(last) + 1] if b.kind != "footnote"]
    return list(reversed([*takewhile(lambda b: b.kind == "row", reversed(body))]))


def _names(row: PageBlock) -> str:
    return row.text.replace(CELL, " | ")


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
