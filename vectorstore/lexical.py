"""The lexical side of the index: BM25 by bm25s, with an English stemmer, over the same chunks."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer

SATURATION = 0.4
"""BM25's k1. A chunk is short: that it says a word again tells little, so more words of the question beat one word often."""
LENGTH = 0.6
"""BM25's b."""


@lru_cache(1)
def _stemmer() -> Any:
    return Stemmer.Stemmer("english")


def tokenize(texts: Sequence[str]) -> list[list[str]]:
    """Stemmed words of each text, English stop words left out."""
    return [list(_words_of(texts[0]))] if len(texts) == 1 else _tokenize(texts)


@lru_cache(4096)
def _words_of(text: str) -> tuple[str, ...]:
    """Of one text: bm25s takes longer to begin than to read it, and a question's words are asked for many times."""
    return tuple(_tokenize([text])[0])


def _tokenize(texts: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = bm25s.tokenize(list(texts), stopwords="en", stemmer=_stemmer(), return_ids=False, show_progress=False)
    return found


class LexicalBuilder:
    """Collects texts batch by batch and writes their index."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._tokens: list[list[str]] = []
        self._words: dict[str, str] = {}

    def add(self, ids: Sequence[str], texts: Sequence[str]) -> None:
        """Add rows."""
        self.ids += ids
        # Each word is kept once, however often it stands: a large library's words would fill the memory.
        self._tokens += [[self._words.setdefault(word, word) for word in words] for words in tokenize(texts)]

    def save(self, folder: Path) -> None:
        """Write the index to `folder`."""
        if self.ids:
            index = bm25s.BM25(k1=SATURATION, b=LENGTH)
            index.index(self._tokens, show_progress=False)
            index.save(folder, show_progress=False)
        (folder / "ids.txt").write_text("\n".join(self.ids), encoding="utf-8")


class Lexical:
    """A saved BM25 index; rows are in the order of its ids."""

    def __init__(self, folder: Path) -> None:
        self.ids: list[str] = (folder / "ids.txt").read_text(encoding="utf-8").splitlines()
        self._index = bm25s.BM25.load(folder) if self.ids else None  # bm25s has no index of nothing

    def scores(self, query: str) -> np.ndarray:
        """float32 [rows]: the BM25 score of every row."""
        words = [w for w in tokenize([query])[0] if self._index and w in self._index.vocab_dict]
        if not self._index or not words:
            return np.zeros(len(self.ids), dtype=np.float32)
        scores: np.ndarray = self._index.get_scores(words)
        return scores
