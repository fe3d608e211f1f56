"""Finds and checks quotes: the same words, in order, up to what a page's setting changes.

White space, ligatures, quotation marks, hyphens at line ends and footnote marks do not count; letters, digits, signs of numbers,
% and £ do.
"""

import re
import unicodedata

from hub.domain import Loaded

_DASHES = str.maketrans("−–—‑‐", "-----")
_SIGNED = re.compile(r"(?<!\w)([+-])(?=\s?\d)")


def canonical(text: str) -> str:
    """What is left of a text when its setting is taken away."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(_DASHES).lower()
    text = _SIGNED.sub(lambda m: "plusq" if m[1] == "+" else "minusq", text)
    text = re.sub(r"(?<=\d)\.(?=\d)", "pointq", text)
    text = re.sub(r"(?<=\d),(?=\d)", "", text)
    return re.sub(r"[^\w%£]|_", "", text)


def stands_at(quote: str, loaded: Loaded, start: int, end: int) -> bool:
    """Whether the quote is the text at [start:end], word for word."""
    wanted = canonical(quote)
    return bool(wanted) and wanted == canonical(loaded.text[start:end])


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers_in(text: str) -> set[str]:
    """The figures of a text, without separators of thousands."""
    return {n.replace(",", "").rstrip(".") for n in _NUMBER.findall(text)}
