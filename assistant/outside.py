"""Tells a request that the library is not for - a legal question, a letter to be written, a ranking - by what it is near to in meaning.

The patterns of `route` and `misuse` know the usual words; people use others. A softmax regression over MiniLM's vector, fitted to requests
that the authors wrote (`python -m evals.benchmarks.outside --fit`). It decides little by itself: what the library answers well is answered,
unless the request is all but certain.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from hub.embedder import MiniLM

KINDS = ("", "legal", "inspection", "pay", "ranking", "prediction", "writing task", "everyday", "orders")
""" "" is an ordinary question."""
WEIGHTS = Path(__file__).parent / "outside_weights.json"
CERTAIN = 0.95
"""The chance of a request from which it is turned away whatever was found."""
LIKELY = 0.6
"""The chance from which it is, where what was found is at best the nearest. Both chosen by cross-validation on the cases fitted to."""


@dataclass(frozen=True)
class Weights:
    """A fitted regression."""

    embedder: str
    cases_sha256: str
    by_meaning: np.ndarray
    """float64 [384 + 1, kinds]; the last row is the intercept."""


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that ship with the project."""
    row = json.loads(path.read_text(encoding="utf-8"))
    return Weights(row["embedder"], row["cases_sha256"], np.array(row["by_meaning"]))


class Outside:
    """Reads requests. Without MiniLM's weights it turns none away."""

    def __init__(self, reader: MiniLM | None, weights: Weights | None = None) -> None:
        self._weights = weights or load_weights()
        self._reader = reader if reader is not None and reader.name == self._weights.embedder else None

    def kind_of(self, text: str, answered: bool) -> str:
        """What a request asks for that the library is not for; "" for an ordinary question. `answered`: the library has enough to answer it,
        or holds whoever it names."""
        if self._reader is None:
            return ""
        vector = self._reader.embed([text])[0].astype(np.float64)
        raw = vector @ self._weights.by_meaning[:-1] + self._weights.by_meaning[-1]
        shares = np.exp(raw - raw.max())
        shares /= shares.sum()
        return KINDS[1 + int(shares[1:].argmax())] if 1 - shares[0] >= (CERTAIN if answered else LIKELY) else ""


def fingerprint(cases: Sequence[tuple[str, str]]) -> str:
    """What weights were fitted to."""
    return hashlib.sha256(json.dumps([list(KINDS), *map(list, cases)]).encode()).hexdigest()[:16]
