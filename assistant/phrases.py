"""The words and pairs of words of a request, for the small classifiers: what meaning alone does not show."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def phrases_in(text: str) -> set[str]:
    """The words and pairs of words of a text, and those that it begins with, after "^"."""
    words = re.findall(r"[a-z']+", text.lower().replace("’", "'"))
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return {*words, *pairs, *(f"^{first}" for first in (*words[:1], *pairs[:1]))}


def phrases_of(texts: Sequence[str], known: Sequence[str]) -> np.ndarray:
    """float64 [texts, known]: which of the known phrases each text has, as a vector of length 1."""
    place = {phrase: n for n, phrase in enumerate(known)}
    rows = np.zeros((len(texts), len(known)))
    for row, text in zip(rows, texts, strict=True):
        seen = [place[phrase] for phrase in phrases_in(text) if phrase in place]
        row[seen] = 1 / np.sqrt(max(1, len(seen)))
    return rows
