"""How telling words are in the library in force."""

import math
from collections import Counter
from collections.abc import Iterable

from hub.domain import Chunk
from vectorstore.lexical import tokenize


class Words:
    """How telling each stemmed word is in this library: its inverse document frequency over the chunks."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        self._found: Counter[str] = Counter()
        self._total = 0
        for words in tokenize([c.embed_text for c in chunks]):
            self._found.update(set(words))
            self._total += 1

    def weight(self, word: str) -> float:
        """BM25's idf."""
        found = self._found[word]
        return math.log(1 + (self._total - found + 0.5) / (found + 0.5))

    def is_uncommon(self, word: str) -> bool:
        """Whether at most one chunk in twelve has it, or two do."""
        return self._found[word] <= max(2, self._total / 12)

    def known(self, word: str) -> bool:
        """Whether any chunk has it."""
        return word in self._found

    def coverage(self, wanted: Iterable[str], text_words: set[str]) -> float:
        """The share of the wanted words' weight that a text has; 1 where nothing is wanted."""
        wanted = list(wanted)
        total = sum(self.weight(w) for w in wanted)
        return sum(self.weight(w) for w in wanted if w in text_words) / total if total else 1.0
