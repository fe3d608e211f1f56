"""What the loaders' tests look at: blocks as text, and whether the offsets hold."""

from functools import cache
from itertools import pairwise
from pathlib import Path

from hub.domain import Block, Loaded
from ingest.load import load


@cache
def load_file(path: Path) -> Loaded:
    """A real document, loaded once a session: the paper takes seconds."""
    return load(path.name, path.read_bytes())


def text_of(loaded: Loaded, block: Block) -> str:
    return loaded.text[block.start : block.end]


def shown(loaded: Loaded) -> list[tuple[str, str]]:
    """(kind, text) of every block."""
    return [(b.kind, text_of(loaded, b)) for b in loaded.blocks]


def read(name: str, document: str | bytes) -> list[tuple[str, str]]:
    """(kind, text) of every block of a document."""
    return shown(load(name, document if isinstance(document, bytes) else document.encode()))


def faults(loaded: Loaded) -> list[str]:
    """What is wrong with the offsets: blocks that overlap, are empty or ragged, or leave text outside."""
    found = []
    for before, after in pairwise(loaded.blocks):
        gap = loaded.text[before.end : after.start]
        if before.end >= after.start or gap not in ("\n", "\n\n"):
            found.append(f"{gap!r} between {text_of(loaded, before)[:30]!r} and {text_of(loaded, after)[:30]!r}")
    for block in loaded.blocks:
        text = text_of(loaded, block)
        if not text.strip() or text != text.strip(" \n"):
            found.append(f"ragged: {text[:30]!r}")
    if (loaded.blocks[0].start, loaded.blocks[-1].end) != (0, len(loaded.text)):
        found.append("text stands outside the blocks")
    offsets = [offset for offset, _, _ in loaded.pages]
    if offsets != sorted(set(offsets)) or (offsets and offsets[0]):
        found.append(f"pages begin at {offsets[:10]}")
    return found
