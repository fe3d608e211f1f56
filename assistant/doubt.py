"""How doubtful it is that what was found answers the question, by what is asked and how what was found stands to it.

A near miss is as near as a good question; but people who ask for a response rate, a reaction or a later outcome are more often told nothing
than people who ask what somebody does, and the same signs of evidence mean less for them. Kernel ridge regression (Saunders and others,
1998) over MiniLM's vector of the question, its words and the signals of the search, fitted to questions over our own library alone
(`python -m evals.benchmarks.doubt --fit`), so that it knows kinds of question and no document that it will read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.journey import Evidence, Understood
from assistant.phrases import phrases_of
from assistant.retrieve import nameless

WEIGHTS = Path(__file__).parent / "doubt_weights.npz"
WIDTH = 0.3
"""Of the kernel: exp(-WIDTH * squared distance)."""
SIGNALS_COUNT = 0.15
"""What a standard deviation of a signal counts for beside the question's vector, whose length is 1."""
FAR = 3.0
"""Standard deviations beyond which a signal says no more."""
DOUBTED = 0.7
"""The doubt from which nothing is answered."""
UNDOUBTED = -1.0
"""Given where nothing is to be doubted; what is reckoned may be lower."""
WORD_FOR_WORD = 0.55
"""How well a passage answers to a question word by word from which the question is not doubted, whatever its kind."""
SIGNALS = ("sentence", "chunk", "aligned", "weakest")
"""Of the search: how near the best sentence and passage are, and how well the best passage answers to the question word by word. More were
tried: the words that it has, the form of answer, how the first candidates stand to the rest. Over others' documents they told less."""


@dataclass(frozen=True, eq=False)
class Weights:
    """A fitted regression over n questions."""

    embedder: str
    cases_sha256: str
    phrases: tuple[str, ...]
    """Those that count (see `phrases`)."""
    mean: np.ndarray
    """float64 [signals]."""
    spread: np.ndarray
    """float64 [signals]: standard deviations."""
    questions: np.ndarray
    """float32 [n, 384 + phrases + signals]."""
    shares: np.ndarray
    """float64 [n]: what each question adds, by how like it is."""
    level: float


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that ship with the project."""
    with np.load(path) as held:
        return Weights(
            str(held["embedder"]), str(held["cases_sha256"]), tuple(held["phrases"].tolist()), held["mean"], held["spread"],
            held["questions"].astype(np.float32), held["shares"], float(held["level"]),
        )  # fmt: skip


def signals_of(evidence: Evidence) -> np.ndarray:
    """float64 [signals]."""
    return np.array([evidence.signals.get(name, 0.0) for name in SIGNALS])


def features(vectors: np.ndarray, texts: Sequence[str], phrases: Sequence[str], signals: np.ndarray) -> np.ndarray:
    """float32 [questions, 384 + phrases + signals]. `vectors`: of the nameless questions, each of length 1; `signals`: in standard deviations."""
    return np.hstack([vectors, phrases_of(texts, phrases), SIGNALS_COUNT * signals.clip(-FAR, FAR)]).astype(np.float32)


def kernel(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """float32 [left, right]: how alike two questions are, from 0 to 1."""
    squared = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None] - 2 * left @ right.T
    alike: np.ndarray = np.exp(-WIDTH * squared)
    return alike


def doubts(vectors: np.ndarray, texts: Sequence[str], signals: np.ndarray, weights: Weights) -> np.ndarray:
    """float64 [questions]: some -1 for one that is all but certainly answered to 1 for one that is all but certainly not."""
    given = features(vectors, texts, weights.phrases, (signals - weights.mean) / weights.spread)
    found = kernel(given, weights.questions) @ weights.shares + weights.level
    spared: np.ndarray = np.where(signals[:, SIGNALS.index("aligned")] >= WORD_FOR_WORD, UNDOUBTED, found)
    return spared


class Doubt:
    """Reads questions. Without MiniLM's weights it doubts none."""

    def __init__(self, embedder: str, weights: Weights | None = None) -> None:
        held = weights or load_weights()
        self._weights = held if held.embedder == embedder else None

    def of(self, understood: Understood, evidence: Evidence, vector: np.ndarray) -> float:
        """See `doubts`.

        `vector`: float32 [384], of the question without the names of whoever it asks about.
        """
        if self._weights is None:
            return UNDOUBTED
        signals = signals_of(evidence)
        return float(doubts(vector[None], [nameless(understood)], signals[None], self._weights)[0])
