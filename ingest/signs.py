"""Signs: pairs of words near each other by which a sentence shows that something of a component's kind is done.

"a|b ~5~ c|d" is a word or phrase of each side in one sentence with at most five words between them, in either order; "a|b" is any of
these alone. A star stands for any ending, and a space between words for a hyphen too.
"""

import re

from hub.components import Model

_GAP = re.compile(r"~(\d+)~")


class Signs:
    """Counts the signs of each component."""

    def __init__(self, model: Model) -> None:
        self._patterns = [[sign_pattern(sign) for sign in component.signs] for component in model.components]

    def count(self, text: str) -> list[int]:
        """How many of each component's signs a sentence shows."""
        return [sum(pattern.search(text) is not None for pattern in patterns) for patterns in self._patterns]


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
