"""How much a sentence is like those that are about each component: what the assistant picks sentences by.

The model's file holds some ten sentences of our own a component, and some that are about none. A sentence is compared with them in three
ways at once; none is good enough alone. Tagging, which looks at whole passages, has learnt from more (`ingest/likely.py`).
"""

import numpy as np

from hub.components import Model
from hub.embedder import Embedder

RIDGE = 2.0
LIKE, OVER_NONE, OVER_OTHERS = 10.3, 3.6, 6.1
"""What each way adds to the log-odds: logistic regression on the half of the labelled passages that may be tuned on."""


class Likeness:
    """Compares sentences with the model's examples."""

    def __init__(self, model: Model, embedder: Embedder) -> None:
        groups = [c.examples for c in model.components]
        vectors = embedder.embed([*(s for group in groups for s in group), *model.none])
        ends = np.cumsum([len(group) for group in groups])
        self._examples = np.split(vectors[: ends[-1]], ends[:-1])
        self._none = vectors[ends[-1] :]
        self._weights, self._mean = _fit(vectors, np.repeat(np.arange(len(groups)), [len(g) for g in groups]), len(groups))

    def of_sentences(self, sentences: np.ndarray) -> np.ndarray:
        """float [n, components]: log-odds that each sentence [n, dimensions], by itself, is about each, up to a constant."""
        over_none, over_others = self._margins(sentences)
        found: np.ndarray = LIKE * self._like(sentences) + OVER_NONE * over_none + OVER_OTHERS * over_others
        return found

    def _like(self, rows: np.ndarray) -> np.ndarray:
        like: np.ndarray = _with_one(rows - self._mean) @ self._weights
        return like

    def _margins(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """[rows, components] each: how much nearer a row is to a component's examples than to those of none, and of any other."""
        nearest = np.stack([(rows @ examples.T).max(axis=1) for examples in self._examples], axis=1)
        none = (rows @ self._none.T).max(axis=1) if len(self._none) else np.zeros(len(rows))
        others = np.stack([np.delete(nearest, n, axis=1).max(axis=1) for n in range(nearest.shape[1])], axis=1)
        return nearest - none[:, None], nearest - others


def _fit(vectors: np.ndarray, component: np.ndarray, components: int) -> tuple[np.ndarray, np.ndarray]:
    """Ridge regression of the examples on whether they are about each component: weights [dimensions + 1, components], and the mean."""
    about = np.zeros((len(vectors), components))
    about[np.arange(len(component)), component] = 1.0
    mean = vectors.mean(axis=0)
    rows = _with_one(vectors - mean)
    penalty = RIDGE * np.eye(rows.shape[1])
    penalty[0, 0] = 0.0
    return np.linalg.solve(rows.T @ rows + penalty, rows.T @ about), mean


def _with_one(rows: np.ndarray) -> np.ndarray:
    framed: np.ndarray = np.c_[np.ones(len(rows)), rows]
    return framed
