"""Finds and checks quotes: the same words, in order, up to what a page's setting changes.

White space, ligatures, quotation marks, hyphens at line ends and footnote marks do not count; letters, digits, what stands
between digits, signs of numbers, % and the signs of currencies do.
"""

import re
import unicodedata

from hub.domain import Loaded

_DASHES = str.maketrans("−–—‑‐", "-----")
_FRACTION = re.compile(r"(\d)([¼½¾⅐-⅞])")
_MIXED = re.compile(r"(?<=\d)\s(?=\d+[/⁄]\d)")
"""The space of 2 1/2 tells it from 21/2, so it stays when other white space goes."""
_BETWEEN = re.compile(r"(?<=\d)([/⁄:-])(?=\d)")
_BETWEEN_WORDS = {"/": "strokeq", "⁄": "strokeq", ":": "colonq", "-": "dashq"}
"""What stands between two digits tells them apart: 1/2 and 3:1 and 10-12 are not 12 and 31 and 1012."""
_SIGNED = re.compile(r"(?<!\w)([+-])(?=\s?\d)")


def canonical(text: str) -> str:
    """What is left of a text when its setting is taken away."""
    text = _FRACTION.sub(r"\1 \2", text)  # before NFKC makes "2½" the digits 21⁄2
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(_DASHES).lower()
    text = _MIXED.sub("mixedq", text)
    text = _SIGNED.sub(lambda m: "plusq" if m[1] == "+" else "minusq", text)
    text = re.sub(r"(?<=\d)\.(?=\d)", "pointq", text)
    text = re.sub(r"(?<=\d),(?=\d)", "", text)
    text = _BETWEEN.sub(lambda m: _BETWEEN_WORDS[m[1]], text)
    return re.sub(r"[^\w%£$€]|_", "", text)


def stands_at(quote: str, loaded: Loaded, start: int, end: int) -> bool:
    """Whether the quote is the text at [start:end], word for word."""
    wanted = canonical(quote)
    return bool(wanted) and wanted == canonical(loaded.text[start:end])


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers_in(text: str) -> set[str]:
    """The figures of a text, without separators of thousands."""
    return {n.replace(",", "").rstrip(".") for n in _NUMBER.findall(text)}
