"""The figures of a text, in digits or in words, so that "twelve" and "12" are one figure and "12%" is another."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_SMALL = _WORDS.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: n for n, word in enumerate(_SMALL)} | {word: 10 * n for n, word in enumerate(_TENS, 2)} | {"dozen": 12}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALE_LETTERS = {"k": 1000, "m": 1_000_000, "bn": 1_000_000_000}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_ORDINALS = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}
_TIMES = {
    "twice": "x2", "double": "x2", "doubled": "x2", "doubles": "x2", "doubling": "x2", "thrice": "x3", "treble": "x3", "trebled": "x3", "triple": "x3",
    "tripled": "x3", "quadrupled": "x4", "halved": "1/2", "halve": "1/2", "halves": "1/2", "halving": "1/2",
}  # fmt: skip
_UNITS = (
    "minute",
    "hour",
    "day",
    "week",
    "fortnight",
    "month",
    "term",
    "year",
    "school",
    "trust",
    "pupil",
    "teacher",
    "visit",
    "percentage",
)
"""What a figure counts, where another of these in its place makes it another figure."""

_WORD = "|".join(sorted([*_VALUES, *_SCALES], key=len, reverse=True))
_SCALE_WORDS = "|".join(_SCALES)
_PART_WORDS = "|".join(_PARTS)
_TOKEN = re.compile(
    rf"(?P<fraction>(?<![\w.,])\d{{1,3}}[⁄/]\d{{1,3}}(?![\w/]))"
    rf"|(?P<number>(?<![\w.,])(?P<sign>[-+])?(?P<money>[£$€])?(?P<digits>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>{_SCALE_WORDS}|k|m|bn)\b)?(?P<of>\s?%|\s?per\s?cent\b|(?:st|nd|rd|th)\b)?)"
    rf"|(?P<part>\b(?:(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[ -])?(?P<which>{_PART_WORDS})s?\b)"
    rf"|(?P<ordinal>\b(?:{'|'.join(_ORDINALS)})\b)"
    rf"|(?P<times>\b(?:{'|'.join(_TIMES)})\b)"
    rf"|(?P<words>\b(?:{_WORD})\b(?:(?:[ -]| and )(?:{_WORD})\b)*(?P<percent>\s?per\s?cent\b)?)",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"[\s-]+(?:of (?:its |the |their )?)?(?P<unit>{'|'.join(_UNITS)})s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A figure, as it counts: sign, currency, value and what it is a share of."""

    token: str
    start: int
    """Where it begins in the text, once the text's setting is taken away."""
    unit: str = ""
    """What it counts, where that is one of a few things: "week", "school"."""


def figures_in(text: str) -> list[Figure]:
    """The figures of a text in order. "one" by itself is a word, not a figure."""
    text = plain_signs(text)
    found = []
    for match in _TOKEN.finditer(text):
        for token in _tokens(match, text):
            unit = _UNIT.match(text, match.end())
            found.append(Figure(token, match.start(), unit["unit"].lower() if unit else ""))
    return found


def plain_signs(text: str) -> str:
    """One minus, one slash of fractions, no hidden width."""
    text = re.sub(r"(\d)([¼½¾⅐-⅞])", r"\1 \2", text)
    text = unicodedata.normalize("NFKC", text).replace("−", "-")
    return text.replace("–", "-").replace("—", " - ").replace("‑", "-")


def _tokens(match: re.Match[str], text: str) -> Iterator[str]:
    if match["fraction"]:
        yield match["fraction"].replace("⁄", "/")
    elif match["number"]:
        value = float(match["digits"].replace(",", ""))
        scale = (match["scale"] or "").lower()
        value *= _SCALES.get(scale) or _SCALE_LETTERS.get(scale) or 1
        of = (match["of"] or "").strip().lower()
        if of in ("st", "nd", "rd", "th"):
            yield f"{value:g}th"
        else:
            yield f"{match['sign'] or ''}{match['money'] or ''}{_plain(value)}{'%' if of else ''}"
    elif match["part"]:
        yield from _share_or_ordinal(match, text)
    elif match["ordinal"]:
        word = match["ordinal"].lower()
        # A second is also a moment; "second" before a noun is left to the reader.
        if word != "second":
            yield f"{_ORDINALS[word]}th"
    elif match["times"]:
        yield _TIMES[match["times"].lower()]
    else:
        words = match["words"].lower().replace("-", " ").removesuffix("per cent").removesuffix("percent").split()
        if words != ["one"]:
            for value in _values([w for w in words if w != "and"]):
                yield f"{_plain(value)}{'%' if match['percent'] else ''}"


def _share_or_ordinal(match: re.Match[str], text: str) -> Iterator[str]:
    """A part of a whole ("a third", "two-fifths", "half"), or a place in an order ("the third term")."""
    which, count = match["which"].lower(), (match["count"] or "").lower()
    plural = match["part"].lower().endswith("s")
    shares = bool(count or plural or which in ("half", "quarter") or re.match(r"\s+of\b", text[match.end() :]))
    if shares:
        yield f"{_VALUES.get(count, 1)}/{_PARTS[which]}"
    elif which in _ORDINALS:
        yield f"{_ORDINALS[which]}th"


def _values(words: list[str]) -> list[float]:
    """Number words as values: "one hundred and twenty" is one, "two three" are two."""
    found: list[float] = []
    whole = current = 0.0
    last = ""
    for word in words:
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                whole, current = whole + current, 0.0
        elif word == "dozen":
            current = max(current, 1) * 12
        elif last and last not in _SCALES and not (last in _TENS and _VALUES[word] < 10):
            found.append(whole + current)
            whole, current = 0.0, float(_VALUES[word])
        else:
            current += _VALUES[word]
        last = word
    return [*found, whole + current] if words else found


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
