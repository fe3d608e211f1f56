"""Splits running text into sentences, with offsets."""

import re

_ABBREVIATIONS = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "sir",
        "st",
        "no",
        "nos",
        "vol",
        "pp",
        "p",
        "ed",
        "eds",
        "al",
        "etc",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "cf",
        "vs",
        "fig",
        "figs",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "dept",
        "inc",
        "ltd",
        "approx",
        "min",
        "max",
        "hon",
        "rev",
    ]
)
_TITLES = frozenset(
    ["dr", "mr", "mrs", "ms", "prof", "professor", "sir", "rev", "st", "by", "and", "with", "to", "from", "for", "of", "as"]
)
_OPENERS = frozenset(
    [
        "We",
        "The",
        "It",
        "In",
        "This",
        "They",
        "A",
        "An",
        "Our",
        "Each",
        "Every",
        "All",
        "But",
        "And",
        "At",
        "On",
        "For",
        "As",
        "So",
        "Some",
        "Their",
    ]
)
"""Words that begin a sentence and no name: "pupils in Year A. We then ..."."""
_END = re.compile(r"([.!?…]+)([\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z0-9£])")
_LAST_WORD = re.compile(r"[(\[“‘\"']*([A-Za-z][A-Za-z.]*)$")
_INITIAL = re.compile(r"^[A-Z]$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of one paragraph; together they cover all of it but white space."""
    spans = []
    start = 0
    for match in _END.finditer(text):
        if match.group(1) == "." and _is_abbreviation(text[start : match.start()], text[match.end() :]):
            continue
        spans.append((start, match.end(2)))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def _is_abbreviation(before: str, after: str) -> bool:
    word = _LAST_WORD.search(before)
    if not word:
        # "1. Adopt": a number at the head of an item ends no sentence.
        return bool(re.fullmatch(r"\s*\(?\d{1,2}", before))
    last = word.group(1)
    if _INITIAL.match(last):
        # "S. Rollett", "J. B. Hale": an initial has a title, another initial or the text's head before it, and a name after it.
        head = before[: word.start()].split()
        follows = re.match(r"[A-Z][\w’'-]*", after)
        named = not head or head[-1].lower().rstrip(".") in _TITLES or head[-1][:1].isupper()
        return named and follows is not None and follows[0] not in _OPENERS
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", last):  # "the U.K. Government"
        return True
    if last == "No" and not re.match(r"\d", after):
        return False
    return last.lower().rstrip(".") in _ABBREVIATIONS
