"""What tagging has learnt from labelled sentences and passages, and how it learns.

It is learnt by `python -m evals.benchmarks.tags_fit` from sentences of our own (`sources/sentences.toml`), labelled passages of the shipped
library, and the half of the labelled real passages that may be tuned on; it is kept as numbers in `tagging.npz`. What it says of a text rests
on how near that is to our own sentences: the passages only weigh them, and neither their words nor their vectors are kept.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hub.components import Model
from hub.settings import ROOT

SENTENCES = ROOT / "sources" / "sentences.toml"
LEARNT = Path(__file__).with_name("tagging.npz")
SHARP = 3.0
"""How fast closeness falls as two texts grow unlike."""
PENALTY = 0.2
TINY = 1e-4
"""Added where two sentences are nearly one."""
SCALE = 127.0
"""Vectors are kept as whole numbers up to this."""


@dataclass(frozen=True, eq=False)
class Learnt:
    """What was learnt from labelled sentences and passages."""

    embedder: str
    examples: np.ndarray
    """float32 [sentences, dimensions], rows of length 1."""
    about: np.ndarray
    """int64 [sentences]: the number of the component that each is about; the number after the last for none."""
    likeness: np.ndarray
    """float32 [sentences + 1, components]: what closeness to each sentence says for each component; the first row is added."""
    stems: tuple[str, ...]
    rarity: np.ndarray
    """float32 [stems]."""
    words: np.ndarray
    """float32 [stems + 1, components]: the same of a text's stems; the first row is added."""
    weights: np.ndarray
    """float64 [features + 1]: log-odds; the first is the bias."""

    def save(self, path: Path) -> None:
        """Write it, small."""
        np.savez_compressed(
            path,
            embedder=np.array(self.embedder),
            examples=_as_int8(self.examples),
            about=self.about.astype(np.int8),
            likeness=self.likeness.astype(np.float32),
            stems=np.array(" ".join(self.stems)),
            rarity=self.rarity.astype(np.float16),
            words=self.words.astype(np.float16),
            weights=self.weights,
        )


def load_learnt(path: Path = LEARNT) -> Learnt:
    """Read what `save` wrote."""
    with np.load(path) as held:
        return Learnt(
            str(held["embedder"]),
            _of_length_1(held["examples"]),
            held["about"].astype(np.int64),
            held["likeness"],
            tuple(str(held["stems"]).split(" ")),
            held["rarity"].astype(np.float32),
            held["words"].astype(np.float32),
            held["weights"],
        )


def as_kept(examples: np.ndarray) -> np.ndarray:
    """Vectors [n, dimensions] as they are once kept: what is learnt must be learnt with these."""
    return _of_length_1(_as_int8(examples))


def _as_int8(vectors: np.ndarray) -> np.ndarray:
    return np.round(vectors * SCALE).astype(np.int8)


def _of_length_1(vectors: np.ndarray) -> np.ndarray:
    rows = vectors.astype(np.float32)
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def labelled_sentences(model: Model) -> tuple[list[str], np.ndarray]:
    """Our own sentences, and the number of the component that each is about (the number after the last for none): int64 [sentences]."""
    more = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    groups = [[*c.examples, *more[c.id]] for c in model.components] + [[*model.none, *more["none"]]]
    return [s for group in groups for s in group], np.repeat(np.arange(len(groups)), [len(group) for group in groups])


def one_hot(about: np.ndarray, components: int) -> np.ndarray:
    """float [rows, components]: 1 where a row is about a component; a row about none is all 0."""
    rows: np.ndarray = np.eye(components + 1)[about][:, :components]
    return rows


def closeness(cosines: np.ndarray) -> np.ndarray:
    """1 where two vectors are one, falling fast with the angle between them; the same shape."""
    close: np.ndarray = np.exp(SHARP * (cosines - 1))
    return close


def fit_likeness(examples: np.ndarray, vectors: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Kernel ridge regression on closeness to the examples alone, whatever else was learnt from.

    `vectors` [n, dimensions], `targets` [n, components]: what is learnt from. Returns [examples + 1, components]; the first row is added.
    """
    close, among = closeness(vectors @ examples.T).astype(np.float64), closeness(examples @ examples.T).astype(np.float64)
    mean = targets.mean(axis=0)
    found = np.linalg.solve(close.T @ close + PENALTY * among + TINY * np.eye(len(among)), close.T @ (targets - mean))
    return np.vstack([mean, found])


def with_one(rows: np.ndarray) -> np.ndarray:
    """The same with a first column of ones."""
    framed: np.ndarray = np.c_[np.ones(len(rows)), rows]
    return framed
