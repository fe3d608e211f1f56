"""Learns how to weigh meaning, words and signs for component tags, from labelled sentences and passages (`tags_fit` says which)."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hub.components import Model
from hub.embedder import Embedder
from ingest.learnt import Learnt, as_kept, fit_likeness, labelled_sentences, one_hot
from ingest.likely import Likely, StemVectors, stems_of

PENALTY_OF_WORDS = 1.0
SEEN = 2
"""A stem counts from so many sentences and passages of our own."""
OWN_WEIGHT = 0.6
"""What a passage of our own weighs against a real one, in the last step."""
PENALTY = 15.0
INNER = 3
MAYBE = 0.5


@dataclass(frozen=True, eq=False)
class Row:
    """A labelled passage."""

    source: str
    own: bool
    vector: np.ndarray
    sentences: np.ndarray
    parts: tuple[str, ...]
    """Its sentences as texts."""
    text: str
    heading: str
    """The nearest one over it."""
    signs: np.ndarray
    """float [components, features]: what signs and names say."""
    about: np.ndarray
    """float [components]: 1, 0, or MAYBE where it is not counted."""


class Learning:
    """Learns from our sentences and any rows."""

    def __init__(self, model: Model, embedder: Embedder, rows: Sequence[Row]) -> None:
        self._model, self._embedder = model, embedder
        self._sentences, self._about = labelled_sentences(model)
        self._examples = as_kept(embedder.embed(self._sentences))
        # Stems come from texts of our own only: none is kept that stands in a real document alone.
        ours = [*self._sentences, *(row.text for row in rows if row.own)]
        seen = Counter(stem for text in ours for stem in set(stems_of(text)))
        self._stems = tuple(stem for stem, n in seen.items() if n >= SEEN)
        self._rarity = np.log(len(ours) / np.array([seen[stem] for stem in self._stems]))
        self._vectors = StemVectors(self._stems, self._rarity)
        self._words_of = {id(row): words for row, words in zip(rows, self._vectors.of([row.text for row in rows]), strict=True)}
        self._words_of_sentences = self._vectors.of(self._sentences)

    def learn(self, rows: Sequence[Row]) -> Learnt:
        """All that these rows, and our sentences, teach."""
        weights = _learn_weights(rows, self._unseen(rows))
        return replace(self._likeness(rows), weights=weights)

    def chances(self, rows: Sequence[Row], learnt: Learnt) -> np.ndarray:
        """float [rows, components]."""
        found: np.ndarray = 1 / (1 + np.exp(-(learnt.weights[0] + self._features(rows, learnt) @ learnt.weights[1:])))
        return found

    def _likeness(self, rows: Sequence[Row]) -> Learnt:
        """Likeness by meaning and by words, without weights."""
        targets = np.vstack([one_hot(self._about, len(self._model.components)), *(row.about[None] for row in rows)])
        likeness = fit_likeness(self._examples, np.vstack([self._examples, *(row.vector[None] for row in rows)]), targets)
        words = _fit_words(np.vstack([self._words_of_sentences, *(self._words_of[id(row)][None] for row in rows)]), targets)
        return Learnt(self._embedder.name, self._examples, self._about, likeness, self._stems, self._rarity, words, np.zeros(0))

    def _features(self, rows: Sequence[Row], learnt: Learnt) -> np.ndarray:
        """float [rows, components, features]."""
        likely = Likely(self._model, self._embedder, replace(learnt, weights=np.zeros(1)))
        return np.stack(
            [
                np.c_[likely.vector_features(r.vector, r.sentences), likely.word_features(list(r.parts), r.text, r.heading), r.signs]
                for r in rows
            ]
        )

    def _unseen(self, rows: Sequence[Row]) -> np.ndarray:
        """Features of each row by what was learnt without its source."""
        fold = folds_of(rows, INNER)
        found: list[np.ndarray] = [np.zeros(0)] * len(rows)
        for n in range(INNER):
            left = [k for k, row in enumerate(rows) if fold[row.source] == n]
            learnt = self._likeness([row for row in rows if fold[row.source] != n])
            for k, features in zip(left, self._features([rows[k] for k in left], learnt), strict=True):
                found[k] = features
        return np.stack(found)


def folds_of(rows: Sequence[Row], folds: int, parting: int = 0) -> dict[str, int]:
    """The number of the fold of each source. `parting`: 0 goes by the alphabet, any other number shuffles the sources its own way."""
    sources = sorted({row.source for row in rows})
    if parting:
        random.Random(parting).shuffle(sources)
    return {source: n % folds for n, source in enumerate(sources)}


def _fit_words(rows: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Ridge regression on stems: [stems + 1, components]; the first row is added."""
    mean = rows.mean(axis=0)
    centred = rows - mean
    weights = centred.T @ np.linalg.solve(centred @ centred.T + PENALTY_OF_WORDS * np.eye(len(rows)), targets - targets.mean(axis=0))
    return np.vstack([targets.mean(axis=0) - mean @ weights, weights])


def _learn_weights(rows: Sequence[Row], features: np.ndarray) -> np.ndarray:
    """Logistic regression over rows and components, by Newton's method: bias, then weights [features + 1]."""
    about = np.stack([row.about for row in rows])
    kept = about != MAYBE
    weight = np.repeat([[OWN_WEIGHT if row.own else 1.0] for row in rows], about.shape[1], axis=1)[kept]
    x, y = features[kept], about[kept]
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    framed = np.c_[np.ones(len(x)), (x - mean) / spread]
    penalty = PENALTY * np.r_[0.0, np.ones(x.shape[1])]
    found = np.zeros(framed.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-framed @ found))
        slope = framed.T @ (weight * (chance - y)) + penalty * found
        found -= np.linalg.solve((framed * (weight * chance * (1 - chance))[:, None]).T @ framed + np.diag(penalty), slope)
    raw = found[1:] / spread
    weights: np.ndarray = np.r_[found[0] - raw @ mean, raw]
    return weights
