"""A stretch of a document's text as HTML by its own headings, lists and tables, with a quote marked. Every word of it is escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby, pairwise

from hub.domain import Block, Loaded
from hub.plain import CELL, LINE

MOST_CHARACTERS = 60_000
"""Of a text shown whole: a browser on a phone is slow with more."""
_AROUND = 1
_SHORT_SECTION = 1_500


def section_of(loaded: Loaded, start: int, end: int) -> tuple[Block, ...]:
    """The blocks under the heading that a span stands under; a short section comes with the one around it."""
    blocks = loaded.blocks
    at = next((n for n, b in enumerate(blocks) if b.end > start), len(blocks) - 1)
    level = 99
    for first in range(at, -1, -1):
        block = blocks[first]
        if block.kind != "heading" or block.level >= level:
            continue
        level = block.level
        last = next(
            (n for n in range(max(first + 1, at), len(blocks)) if _closes(blocks[n], level) and blocks[n].start >= end), len(blocks)
        )
        if blocks[last - 1].end - block.start >= _SHORT_SECTION:
            return blocks[first:last]
    return whole(loaded, start)


def _closes(block: Block, level: int) -> bool:
    return block.kind == "heading" and block.level <= level


def around(loaded: Loaded, start: int, end: int) -> tuple[Block, ...]:
    """The blocks of a span and one on each side."""
    held = [n for n, b in enumerate(loaded.blocks) if b.end > start and b.start < end]
    return loaded.blocks[max(0, held[0] - _AROUND) : held[-1] + 1 + _AROUND] if held else ()


def on_page(loaded: Loaded, page: int) -> tuple[Block, ...]:
    """The blocks that stand on a page, wholly or in part."""
    starts = [*loaded.pages, (len(loaded.text) + 1, 0, "")]
    span = next(((a[0], b[0]) for a, b in pairwise(starts) if a[1] == page), (0, 0))
    return tuple(b for b in loaded.blocks if b.end > span[0] and b.start < span[1])


def whole(loaded: Loaded, start: int) -> tuple[Block, ...]:
    """Every block, or, of a very long text, those around an offset."""
    if len(loaded.text) <= MOST_CHARACTERS:
        return loaded.blocks
    return tuple(b for b in loaded.blocks if abs(b.start - start) < MOST_CHARACTERS // 2)


def passage_html(loaded: Loaded, blocks: Sequence[Block], start: int = 0, end: int = 0) -> str:
    """The blocks as HTML; the words from `start` to `end` stand in `mark`."""
    parts = []
    for kind, group in groupby(blocks, key=lambda b: (b.kind, b.header if b.kind == "row" else "")):
        held = list(group)
        if kind[0] == "item":
            parts.append(f"<ul>{''.join(f'<li>{_words(loaded, b.start, b.end, start, end)}</li>' for b in held)}</ul>")
        elif kind[0] == "row":
            parts.append(_table(loaded, held, start, end))
        else:
            parts += [_single(loaded, b, start, end) for b in held]
    return f'<div style="max-width:44rem;line-height:1.6;overflow-wrap:anywhere">{"".join(parts)}</div>'


def _single(loaded: Loaded, block: Block, start: int, end: int) -> str:
    words = _words(loaded, block.start, block.end, start, end)
    if block.kind == "heading":
        level = min(6, max(2, block.level + 1))
        return f"<h{level}>{words}</h{level}>"
    return f"<p><small>{words}</small></p>" if block.kind == "footnote" else f"<p>{words}</p>"


def _table(loaded: Loaded, rows: Iterable[Block], start: int, end: int) -> str:
    rows = list(rows)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0].header.split(" | ")) if rows[0].header else ""
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in _cells(loaded, row, start, end))}</tr>" for row in rows)
    table = f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"
    return f'<div role="region" aria-label="Table" tabindex="0" style="overflow-x:auto">{table}</div>'


def _cells(loaded: Loaded, row: Block, start: int, end: int) -> Iterable[str]:
    at = row.start
    for cell in loaded.text[row.start : row.end].split(CELL):
        yield _words(loaded, at, at + len(cell), start, end)
        at += len(cell) + len(CELL)


def _words(loaded: Loaded, first: int, last: int, start: int, end: int) -> str:
    """Escaped words, those of the quote marked."""
    left, right = max(first, min(start, last)), min(last, max(end, first))
    text = loaded.text
    if left >= right:
        return _lines(text[first:last])
    return f"{_lines(text[first:left])}<mark>{_lines(text[left:right])}</mark>{_lines(text[right:last])}"


def _lines(text: str) -> str:
    return escape(text).replace(CELL, " ").replace(LINE, "<br>")
