"""How likely a passage is about each component: meaning, words and signs weighed together.

The weights hold for the default embedder. With another, what concerns vectors is learnt from our own sentences alone, once a start.
"""

import re
from itertools import pairwise

import numpy as np
import Stemmer

from hub.components import Model
from hub.embedder import Embedder
from ingest.learnt import Learnt, closeness, fit_likeness, labelled_sentences, load_learnt, one_hot, with_one

BEST = 2
"""The best so many sentences of a passage speak for it."""
VECTORS, WORDS = 4, 3
"""How many of the features come from vectors, and how many from words."""
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "in",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "that",
        "this",
        "for",
        "with",
        "on",
        "as",
        "at",
        "by",
        "or",
        "from",
        "we",
        "our",
        "they",
        "their",
        "he",
        "she",
        "i",
        "you",
        "your",
        "not",
        "no",
        "but",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "so",
        "if",
    ]
)


class Likely:
    """Weighs meaning and words. `of_vectors` and `of_words` are two parts of one sum of log-odds."""

    def __init__(self, model: Model, embedder: Embedder, learnt: Learnt | None = None) -> None:
        self._components = len(model.components)
        learnt = learnt or load_learnt()
        if learnt.embedder == embedder.name:
            self._examples, self._about, self._likeness = learnt.examples, learnt.about, learnt.likeness
        else:
            sentences, self._about = labelled_sentences(model)
            self._examples = embedder.embed(sentences)
            self._likeness = fit_likeness(self._examples, self._examples, one_hot(self._about, self._components))
        self._begins = np.searchsorted(self._about, np.arange(self._components + 1))  # the sentences stand by component
        self._stems = StemVectors(learnt.stems, learnt.rarity)
        self._words = learnt.words.astype(np.float64)  # what it is multiplied with: else it is made so for each passage
        self._weights = learnt.weights[1:]
        self.bias = float(learnt.weights[0])

    def of_vectors(self, passage: np.ndarray, sentences: np.ndarray) -> np.ndarray:
        """float [components]: what meaning adds to the log-odds that a passage [dimensions] with these sentences [n, dimensions] is about each."""
        found: np.ndarray = self.vector_features(passage, sentences) @ self._weights[:VECTORS]
        return found

    def of_words(self, sentences: list[str], text: str, heading: str) -> np.ndarray:
        """float [components]: what its words add, and those of the heading over it."""
        found: np.ndarray = self.word_features(sentences, text, heading) @ self._weights[VECTORS : VECTORS + WORDS]
        return found

    def of_signs(self, features: np.ndarray) -> np.ndarray:
        """float [components]: what signs, names and the kind of document add; `features` [components, the rest]."""
        found: np.ndarray = features @ self._weights[VECTORS + WORDS :]
        return found

    def vector_features(self, passage: np.ndarray, sentences: np.ndarray) -> np.ndarray:
        """float [components, VECTORS]: how much nearer to a component's sentences than to those of none, and of any other; likeness of the whole, and of the best sentences."""
        if not len(sentences):
            sentences = passage[None]
        rows = np.vstack([sentences, passage])
        near = rows @ self._examples.T
        nearest = np.maximum.reduceat(near, self._begins, axis=1)
        of_each, of_none = nearest[:, :-1], nearest[:, -1:]
        likeness = closeness(near) @ self._likeness[1:] + self._likeness[0]
        best = np.sort(likeness[:-1], axis=0)[-BEST:].mean(axis=0)
        return np.stack([(of_each - of_none).max(axis=0), over_others(of_each).max(axis=0), likeness[-1], best], axis=1)

    def word_features(self, sentences: list[str], text: str, heading: str) -> np.ndarray:
        """float [components, WORDS]: likeness by words of the best sentences, of the whole, and of the heading."""
        likeness = with_one(self._stems.of([*(sentences or [text]), text, heading])) @ self._words
        return np.stack([np.sort(likeness[:-2], axis=0)[-BEST:].mean(axis=0), *likeness[-2:]], axis=1)


class StemVectors:
    """Texts as rows of length 1 over known stems and pairs of stems, the rare ones counting more."""

    def __init__(self, stems: tuple[str, ...], rarity: np.ndarray) -> None:
        self._place = {stem: n for n, stem in enumerate(stems)}
        self._rarity = rarity

    def of(self, texts: list[str]) -> np.ndarray:
        """float32 [texts, stems]."""
        rows = np.zeros((len(texts), len(self._place)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            known = [self._place[stem] for stem in set(stems_of(text)) if stem in self._place]
            row[known] = self._rarity[known]
        unit: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return unit


def stems_of(text: str) -> list[str]:
    """The stems of a text's words but the commonest, and each pair of neighbours."""
    words = [word for word in Stemmer.Stemmer("english").stemWords(re.findall(r"[a-z]+", text.lower())) if word not in _COMMON]
    return [*words, *(f"{a}_{b}" for a, b in pairwise(words))]


def over_others(rows: np.ndarray) -> np.ndarray:
    """[rows, n]: each value less the best of the other columns."""
    ordered = np.sort(rows, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    found: np.ndarray = rows - np.where(rows == best, second, best)
    return found
