"""Signs: pairs of words near each other by which a sentence shows that something of a component's kind is done.

"a|b ~5~ c|d" is a word or phrase of each side in one sentence with at most five words between them, in either order; "a|b" is any of
these alone. A star stands for any ending, and a space between words for a hyphen too.
"""

import re

from hub.components import Model

_GAP = re.compile(r"~(\d+)~")
_WORD = re.compile(r"\w+")


class Signs:
    """Counts the signs of each component."""

    def __init__(self, model: Model) -> None:
        self._signs: list[list[tuple[int, re.Pattern[str]]]] = []
        """Each component's: the bits of its sides, and its pattern."""
        self._words: dict[str, int] = {}
        """The bits of the sides that begin with a word."""
        self._stems: dict[str, int] = {}
        """The same of what a word may begin with."""
        bits = 0
        for component in model.components:
            self._signs.append([])
            for sign in component.signs:
                sides = 0
                for side in _GAP.split(sign)[::2]:
                    self._note(side, 1 << bits)
                    sides |= 1 << bits
                    bits += 1
                self._signs[-1].append((sides, sign_pattern(sign)))

    def count(self, text: str) -> list[int]:
        """How many of each component's signs a sentence shows."""
        begun = self._sides_begun(text)
        return [sum(begun & sides == sides and pattern.search(text) is not None for sides, pattern in signs) for signs in self._signs]

    def _note(self, side: str, bit: int) -> None:
        for phrase in side.casefold().split("|"):
            first = re.match(r"\w*", phrase.strip())
            word = first[0] if first else ""
            known = self._stems if not word or phrase.strip()[len(word) :].startswith("*") else self._words
            known[word] = known.get(word, 0) | bit

    def _sides_begun(self, text: str) -> int:
        """The bits of the sides whose first word is there: few signs have all of theirs in a sentence, and only they are searched for."""
        begun = self._stems.get("", 0)
        for word in set(_WORD.findall(text.casefold())):
            begun |= self._words.get(word, 0)
            for end in range(1, len(word) + 1):
                begun |= self._stems.get(word[:end], 0)
        return begun


def sign_pattern(sign: str) -> re.Pattern[str]:
    """What a sign matches. ValueError where it is neither one side nor two."""
    match _GAP.split(sign):
        case [alone]:
            return re.compile(rf"(?<!\w){_any(alone)}(?!\w)", re.IGNORECASE)
        case [left, words, right]:
            a, b = _any(left), _any(right)
            gap = rf"(?:[^\w.!?\n]+\w[\w'’-]*){{0,{words}}}?[^\w.!?\n]+"
            return re.compile(rf"(?<!\w)(?:{a}(?!\w){gap}{b}|{b}(?!\w){gap}{a})(?!\w)", re.IGNORECASE)
    raise ValueError(f'"{sign}" is no sign: write "words" or "words ~5~ words"')


def _any(side: str) -> str:
    phrases = [re.escape(phrase.strip()).replace(r"\*", r"\w*").replace(r"\ ", r"[\s\-‐‑–]+") for phrase in side.split("|")]
    return f"(?:{'|'.join(phrases)})"
