"""Puts names right that a question spells wrongly: "horizontal improvment", "Kensingtn". A name of another is left as it is."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST_LETTERS = 5
"""A shorter word is put right only beside one that is spelt rightly."""
LEAST_ALONE = 6
LONG, ALIKE = 9, 0.85
"""Letters from which a component's word may be wrong in two places, and how alike the two must be."""
_VOWELS = frozenset("aeiouy")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Spelt:
    """A name as it is spelt."""

    words: tuple[str, ...]
    """In lower case."""
    written: str
    proper: bool
    """An organisation's: written with capitals, and one letter for another is another name."""


def spelt(name: str, proper: bool) -> Spelt:
    """A name to be recognised."""
    return Spelt(tuple(_WORD.findall(re.sub(r"[’']s?\b", "", name.lower()))), name, proper)


def put_right(text: str, names: Iterable[Spelt], known: Callable[[str], bool]) -> str:
    """The text with the names in it spelt as they are. A word that is `known` is not misspelt."""
    if all(known(word) for word in _WORD.findall(text)):
        return text
    for name in names:
        words = list(_WORD.finditer(text))
        for first in range(len(words) - len(name.words) + 1):
            found = words[first : first + len(name.words)]
            if _is_slip([w.group() for w in found], name, known):
                written = name.written if name.proper or found[0].group()[0].isupper() else name.written.lower()
                text = f"{text[: found[0].start()]}{written}{text[found[-1].end() :]}"
                break
    return text


def _is_slip(found: Sequence[str], name: Spelt, known: Callable[[str], bool]) -> bool:
    """Whether the words are the name's but for a slip of the pen."""
    wrong = [(said, word) for said, word in zip(found, name.words, strict=True) if said.lower() != word]
    if not wrong or any(known(said) or said[0].lower() != word[0] for said, word in wrong):
        return False
    if name.proper and not all(said[0].isupper() for said in found):
        return False
    alone = len(wrong) == len(found)
    if alone and any(len(word) < (LEAST_ALONE if len(found) == 1 else LEAST_LETTERS) for _, word in wrong):
        return False
    if any(len(word) < LEAST_LETTERS - 1 for _, word in wrong):
        return False
    return all(_one_slip(said.lower(), word, name.proper) or (not name.proper and _nearly(said.lower(), word)) for said, word in wrong)


def _one_slip(said: str, word: str, strict: bool) -> bool:
    """One letter too many or too few, two changed about, or one for another; `strict`: only a vowel for a vowel."""
    if abs(len(said) - len(word)) == 1:
        short, long = sorted((said, word), key=len)
        return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    if len(said) != len(word):
        return False
    differ = [n for n, (a, b) in enumerate(zip(said, word, strict=True)) if a != b]
    if len(differ) == 1:
        return not strict or {said[differ[0]], word[differ[0]]} <= _VOWELS
    return len(differ) == 2 and differ[1] == differ[0] + 1 and said[differ[0]] == word[differ[1]] and said[differ[1]] == word[differ[0]]


def _nearly(said: str, word: str) -> bool:
    return len(word) >= LONG and SequenceMatcher(None, said, word).ratio() >= ALIKE
