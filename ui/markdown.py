"""Answers as Markdown that is safe to show: what a document says never becomes a link, a picture, a formula or a colour."""

import re

_MARKER = re.compile(r"\\\[(\d+)\\\]")
_ACTIVE = re.compile(r"([\\`$<>~|\[\]_:#])")


def escape(text: str) -> str:
    """Text as itself: nothing in it is Markdown."""
    return re.sub(r"([\\`$<>~|\[\]_:#*!+\-.()])", r"\\\1", text)


def answer_markdown(text: str, answer: str) -> str:
    """An answer's text with its emphasis and bullets kept, and each marker a link that opens its citation's card."""
    safe = _ACTIVE.sub(r"\\\1", text)
    return _MARKER.sub(lambda m: f"[\\[{m[1]}\\]](#source-{answer}-{m[1]})", safe)
