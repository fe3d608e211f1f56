"""Tells a message about a person at risk from a question about such things, by the signs of `cues` and by what it is near in meaning to.

A logistic regression over the signs and MiniLM's vector, fitted to cases that the authors wrote (`python -m evals.benchmarks.guard
--fit`). Without MiniLM's weights it goes by the signs alone, which catch fewer. It reads on this machine only: a disclosure is never sent
to the embedder or the llm that the settings may name.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.cues import NAMES, plain, signs
from hub.embedder import MiniLM
from hub.sentences import split_sentences

Kind = Literal["", "safeguarding", "crisis"]
KINDS: tuple[Kind, ...] = ("", "safeguarding", "crisis")
WEIGHTS = Path(__file__).parent / "disclosure_weights.json"
SIGNS_WEIGH = 0.5
"""Of a sign, beside a vector of length 1."""
AT_RISK = 0.4
"""A whole message at least so likely to tell of a person at risk is not searched. Chosen by cross-validation on the cases fitted to."""
SENTENCE_AT_RISK = 0.6
"""One sentence alone: it has lost what stood around it."""
READ_CHARACTERS = 4000
"""Of a long paste, that is how much is read by its meaning."""
REMEMBERED = 512


@dataclass(frozen=True)
class Weights:
    """A fitted regression for each of the two ways of reading."""

    embedder: str
    """The name of the embedder whose vectors it was fitted to."""
    cases_sha256: str
    """Of what it was fitted to: see `fingerprint`."""
    by_meaning: np.ndarray
    """float64 [384 + signs + 1, 3]; the last row is the intercept."""
    by_signs: np.ndarray
    """float64 [signs + 1, 3]."""


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that ship with the project."""
    row = json.loads(path.read_text(encoding="utf-8"))
    return Weights(row["embedder"], row["cases_sha256"], np.array(row["by_meaning"]), np.array(row["by_signs"]))


def features(texts: Sequence[str], reader: MiniLM | None) -> np.ndarray:
    """float64 [len(texts), 384 + signs], or [len(texts), signs] without a reader."""
    shown = np.array([[float(seen[name]) for name in NAMES] for seen in map(signs, texts)]).reshape(len(texts), len(NAMES)) * SIGNS_WEIGH
    return shown if reader is None else np.hstack([reader.embed(list(texts)).astype(np.float64), shown])


def likelihoods(given: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """float64 [rows, 3]: how likely each row is an ordinary question, a disclosure, a cry for help."""
    raw = given @ weights[:-1] + weights[-1]
    raised = np.exp(raw - raw.max(axis=1, keepdims=True))
    shares: np.ndarray = raised / raised.sum(axis=1, keepdims=True)
    return shares


class Disclosures:
    """Reads messages. Safe for several threads."""

    def __init__(self, reader: MiniLM | None, weights: Weights | None = None) -> None:
        self._weights = weights or load_weights()
        self._reader = reader if reader is not None and reader.name == self._weights.embedder else None
        self._ordinary: dict[bytes, None] = {}

    def kind_of(self, text: str) -> Kind:
        """What a message tells of; "" for an ordinary question."""
        # A conversation's earlier questions come again with each new one. Only hashes are remembered.
        key = hashlib.sha256(text.encode()).digest()
        if key in self._ordinary:
            return ""
        if kind := self._read(text):
            return kind
        while len(self._ordinary) >= REMEMBERED:
            self._ordinary.pop(next(iter(self._ordinary)), None)
        self._ordinary[key] = None
        return ""

    def _read(self, text: str) -> Kind:
        text = text[:READ_CHARACTERS]
        parts = [text[a:b] for a, b in split_sentences(text)]
        read = [text, *parts] if len(parts) > 1 else [text]
        shares = likelihoods(features(read, self._reader), self._weights.by_signs if self._reader is None else self._weights.by_meaning)
        at_risk = 1 - shares[:, 0]
        least = np.array([AT_RISK] + [SENTENCE_AT_RISK] * (len(read) - 1))
        if not (at_risk >= least).any():
            return ""
        return KINDS[1 + int(shares[int((at_risk - least).argmax()), 1:].argmax())]


def fingerprint(cases: Sequence[tuple[str, str]]) -> str:
    """What weights were fitted to: the cases, how a message is read, and the tables."""
    read = [[text, kind, plain(text), sorted(name for name, seen in signs(text).items() if seen)] for text, kind in cases]
    return hashlib.sha256(json.dumps([list(NAMES), SIGNS_WEIGH, read]).encode()).hexdigest()[:16]
