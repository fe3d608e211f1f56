"""Lists that are written, not marked up: lines that begin with a bullet or a number."""

import re
from collections.abc import Iterator, Sequence

from hub.domain import BlockKind
from hub.plain import clean

_MARKED = re.compile(r"^\s*(?:[-*•–▪‣·]|(\(?\d{1,2}[.)]|[a-z]\)))\s+")
"""A bullet, which is taken off, or a number, which is kept."""


def items(lines: Sequence[str]) -> Iterator[tuple[BlockKind, str]]:
    """The items of lines of which two or more are marked, after the words that lead to them. Nothing where they are no list."""
    lines = [line for line in lines if line.strip()]
    begins = [n for n, line in enumerate(lines) if _MARKED.match(line)]
    if len(begins) < 2:
        return
    if begins[0]:
        if not lines[begins[0] - 1].rstrip().endswith(":") and len(begins) < len(lines) - begins[0]:
            return  # lines of prose may begin with a dash too
        yield "paragraph", clean(" ".join(lines[: begins[0]]))
    for start, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        marked = _MARKED.match(lines[start])
        first = lines[start][marked.end() :] if marked and not marked[1] else lines[start]
        yield "item", clean(" ".join([first, *lines[start + 1 : end]]))
