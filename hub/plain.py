"""Plain text: what a reader would see of it."""

import re
import unicodedata

HIDDEN = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)
"""Zero-width, direction, tag and control characters, and halves of characters: they carry nothing that a reader sees."""


CELL = "\t"
"""Stands between the cells of a row in a loaded text."""
LINE = "\n"
"""Stands between the lines of a cell, and between list items, in a loaded text."""


def clean(text: str) -> str:
    """One line of visible characters, NFKC, with single spaces. NFKC first: PDFs hold ligatures that break quote matching."""
    return " ".join(HIDDEN.sub("", unicodedata.normalize("NFKC", text)).split())
