"""What tagging has learnt from labelled sentences and passages, and how it learns.

It is learnt by `python -m evals.benchmarks.tags_fit` from sentences of our own (`sources/sentences.toml`), labelled passages of the shipped
library, and the half of the labelled real passages that may be tuned on; it is kept as numbers in `tagging.npz`.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hub.components import Model
from hub.settings import ROOT

SENTENCES = ROOT / "sources" / "sentences.toml"
LEARNT = Path(__file__).with_name("tagging.npz")
RIDGE = 2.0
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
    ridge: np.ndarray
    """float64 [dimensions + 1, components]: likeness of a vector to each component; the first row is added."""
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
            examples=np.round(self.examples * SCALE).astype(np.int8),
            about=self.about.astype(np.int8),
            ridge=self.ridge.astype(np.float32),
            stems=np.array(" ".join(self.stems)),
            rarity=self.rarity.astype(np.float16),
            words=self.words.astype(np.float16),
            weights=self.weights,
        )


def load_learnt(path: Path = LEARNT) -> Learnt:
    """Read what `save` wrote."""
    with np.load(path) as held:
        examples = held["examples"].astype(np.float32)
        return Learnt(
            str(held["embedder"]),
            examples / np.linalg.norm(examples, axis=1, keepdims=True),
            held["about"].astype(np.int64),
            held["ridge"].astype(np.float64),
            tuple(str(held["stems"]).split(" ")),
            held["rarity"].astype(np.float32),
            held["words"].astype(np.float32),
            held["weights"],
        )


def labelled_sentences(model: Model) -> tuple[list[str], np.ndarray]:
    """Our own sentences, and the number of the component that each is about (the number after the last for none): int64 [sentences]."""
    more = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    groups = [[*c.examples, *more[c.id]] for c in model.components] + [[*model.none, *more["none"]]]
    return [s for group in groups for s in group], np.repeat(np.arange(len(groups)), [len(group) for group in groups])


def one_hot(about: np.ndarray, components: int) -> np.ndarray:
    """float [rows, components]: 1 where a row is about a component; a row about none is all 0."""
    rows: np.ndarray = np.eye(components + 1)[about][:, :components]
    return rows


def fit_ridge(rows: np.ndarray, targets: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Ridge regression, weighted: [columns + 1, targets]; the first row is added and bears no penalty."""
    mean = (rows * weight[:, None]).sum(axis=0) / weight.sum()
    framed = with_one(rows - mean)
    penalty = RIDGE * np.eye(framed.shape[1])
    penalty[0, 0] = 0.0
    weighed = framed * weight[:, None]
    found: np.ndarray = np.linalg.solve(weighed.T @ framed + penalty, weighed.T @ targets)
    found[0] -= mean @ found[1:]
    return found


def with_one(rows: np.ndarray) -> np.ndarray:
    """The same with a first column of ones."""
    framed: np.ndarray = np.c_[np.ones(len(rows)), rows]
    return framed
