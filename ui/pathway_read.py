"""The text of a strategy that a person uploads: read as any document is, within the same limits, and kept nowhere by the reading."""

from hub.domain import Loaded
from hub.plain import CELL, LINE
from ingest.reader import Reader

FORMATS = ("pdf", "docx", "txt", "md")
MOST_MEGABYTES = 20
SECONDS = 60.0


def read_strategy(name: str, data: bytes) -> str:
    """The file's text, a paragraph or item at a time. LoadError, with what to do, where it cannot be read."""
    with Reader(workers=1, seconds=SECONDS) as reader:
        return as_text(reader.read(name, data))


def as_text(loaded: Loaded) -> str:
    """Headings, items and rows of tables, each marked as what it is, as a person would type them. Footnotes are left out."""
    parts = []
    for block in loaded.blocks:
        words = loaded.text[block.start : block.end].replace(CELL, " | ").strip()
        if block.kind == "footnote" or not words:
            continue
        lines = words.replace(LINE, " ")
        parts.append(f"# {lines}" if block.kind == "heading" else f"- {lines}" if block.kind in ("item", "row") else words)
    return "\n\n".join(parts)
