"""A document's text in parts that a reader can take in: by its headings, else by its pages, else by length."""

from itertools import pairwise
from typing import NamedTuple

from hub.domain import Block, Loaded
from ui.passage import MOST_CHARACTERS

SHORT_CHARACTERS = 12_000
"""A text no longer than that is one part."""
_PAGES_A_PART = 5
_MOST_LABEL = 80


class Part(NamedTuple):
    """A stretch of the text with a name to choose it by."""

    label: str
    blocks: tuple[Block, ...]


def parts_of(loaded: Loaded) -> list[Part]:
    """The text in parts, in order; together they are all of it."""
    blocks = loaded.blocks
    if not blocks:
        return []
    if len(loaded.text) <= SHORT_CHARACTERS:
        return [Part("The whole text", blocks)]
    starts = _at_headings(blocks) or _at_pages(loaded)
    ends = [*(n for n, _ in starts[1:]), len(blocks)]
    made = [Part(label, blocks[n:end]) for (n, label), end in zip(starts, ends, strict=True) if n < end]
    return [piece for part in made for piece in _pieces(loaded, part)]


def _at_headings(blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    """Where the parts begin: at the headings of the highest level that has several."""
    levels = sorted({b.level for b in blocks if b.kind == "heading"})
    for level in levels:
        found = [(n, b) for n, b in enumerate(blocks) if b.kind == "heading" and b.level <= level]
        if len(found) > 2:
            first = [] if found[0][0] == 0 else [(0, "Opening")]
            return first + [(n, "") for n, _ in found]
    return []


def _at_pages(loaded: Loaded) -> list[tuple[int, str]]:
    starts = []
    for at in range(0, len(loaded.pages), _PAGES_A_PART):
        offset, number, _ = loaded.pages[at]
        last = loaded.pages[min(at + _PAGES_A_PART, len(loaded.pages)) - 1][1]
        block = next((n for n, b in enumerate(loaded.blocks) if b.start >= offset), len(loaded.blocks))
        starts.append((block if at else 0, f"Pages {number} to {last}"))
    return starts or [(0, "The text")]


def _pieces(loaded: Loaded, part: Part) -> list[Part]:
    """The part, cut where it is longer than a phone's browser shows at ease."""
    first = part.blocks[0]
    label = part.label or " ".join(loaded.text[first.start : first.end].split())
    label = label if len(label) <= _MOST_LABEL else f"{label[: _MOST_LABEL - 1].rstrip()}…"
    cuts, begun = [0], first.start
    for n, block in enumerate(part.blocks):
        if block.end - begun > MOST_CHARACTERS and n > cuts[-1]:
            cuts.append(n)
            begun = block.start
    ends = [*cuts[1:], len(part.blocks)]
    return [
        Part(label if len(ends) == 1 else f"{label} ({number})", part.blocks[a:b])
        for number, (a, b) in enumerate(zip(cuts, ends, strict=True), 1)
    ]


def contents(loaded: Loaded) -> list[str]:
    """The headings alone, as a list of contents."""
    return [" ".join(loaded.text[b.start : b.end].split()) for b in loaded.blocks if b.kind == "heading"]


def count_pages(loaded: Loaded) -> int:
    """How many pages it has; 0 where the format has none."""
    return sum(1 for a, b in pairwise([*loaded.pages, (-1, -1, "")]) if a[1] != b[1])
