"""Tells a request that the library is not for - a legal question, a letter to be written, a ranking - by what it is near to in meaning.

The patterns of `route` and `misuse` know the usual words; people use others. A softmax regression over MiniLM's vector and over words and
pairs of words, fitted to requests that the authors wrote (`python -m evals.benchmarks.outside --fit`). It decides little by itself: what
the library answers well is answered, unless the request is all but certain.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.phrases import phrases_of
from hub.embedder import MiniLM

ORDERS = "orders"
KINDS = ("", "legal", "inspection", "pay", "ranking", "prediction", "writing task", "everyday", "decision", "personal case", ORDERS)
""" "" is an ordinary question."""
WEIGHTS = Path(__file__).parent / "outside_weights.json"
_OF_THE_LIBRARY = re.compile(
    r"\b(?:strands?|components?|the (?:\w+ )?(?:model|paper|inquiry|hub)|case stud(?:y|ies)|call for evidence)\b|^\W*(?:what (?:share|proportion|percentage|number|fraction) of|how many (?:of )?)\b",
    re.IGNORECASE,
)
CERTAIN = 0.85
"""The chance of a request from which it is turned away whatever was found."""
LIKELY = 0.6
"""The chance from which it is, where what was found is at best the nearest. Chosen by cross-validation on the cases fitted to: one ordinary
question in a hundred is as likely as CERTAIN, two as LIKELY."""


@dataclass(frozen=True)
class Weights:
    """A fitted regression."""

    embedder: str
    cases_sha256: str
    words: tuple[str, ...]
    """Words and pairs of words that count; "^" before those that a request begins with."""
    weights: np.ndarray
    """float64 [384 + words + 1, kinds]; the last row is the intercept."""


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that ship with the project."""
    row = json.loads(path.read_text(encoding="utf-8"))
    return Weights(row["embedder"], row["cases_sha256"], tuple(row["words"]), np.array(row["weights"]))


def features(texts: Sequence[str], words: Sequence[str], reader: MiniLM) -> np.ndarray:
    """float64 [texts, 384 + words]: the meaning, then the words, each a vector of length 1."""
    return np.hstack([reader.embed(list(texts)).astype(np.float64), phrases_of(texts, words)])


def of_the_library(question: str) -> bool:
    """Whether a question speaks of the model or of what the library holds, or asks for a share or number, and so is hardly for anybody else."""
    return bool(_OF_THE_LIBRARY.search(question))


class Outside:
    """Reads requests. Without MiniLM's weights it turns none away."""

    def __init__(self, reader: MiniLM | None, weights: Weights | None = None) -> None:
        self._weights = weights or load_weights()
        self._reader = reader if reader is not None and reader.name == self._weights.embedder else None

    def kind_of(self, text: str, answered: bool) -> str:
        """What a request asks for that the library is not for; "" for an ordinary question. `answered`: the library has more
        for it than the nearest, an answer or what exactly is missing."""
        if self._reader is None:
            return ""
        raw = features([text], self._weights.words, self._reader)[0] @ self._weights.weights[:-1] + self._weights.weights[-1]
        shares = np.exp(raw - raw.max())
        shares /= shares.sum()
        bar = CERTAIN if answered else LIKELY
        if 1 - shares[0] < bar:
            return ""
        asked = KINDS[1 + int(shares[1:].argmax())]
        # Whoever gives orders is told so, and not where a letter or a ranking may be meant.
        return asked if asked != ORDERS or shares[-1] >= bar else KINDS[1 + int(shares[1:-1].argmax())]


def fingerprint(cases: Sequence[tuple[str, str]]) -> str:
    """What weights were fitted to."""
    return hashlib.sha256(json.dumps([list(KINDS), *map(list, cases)]).encode()).hexdigest()[:16]
