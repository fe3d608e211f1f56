"""`python -m evals.benchmarks.tags_fit`: learn how to weigh meaning, words and signs for component tags, and write `ingest/tagging.npz`.

It learns from sentences of our own, from passages of the shipped library (`own-tags.jsonl`: ids, offsets and author labels by one reader) and
from the half of the real passages that may be tuned on (see `tags`). First it prints what it reaches on each source of these when that
source is left out; the other half is never looked at here.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evals.benchmarks.answers import SOURCES, share
from evals.benchmarks.tags import LABELS, is_tuned, library_of
from hub.components import Model, load_model
from hub.domain import Chunk
from hub.embedder import Embedder, make_embedder
from hub.library import Library, chunk_texts, vector_key
from hub.settings import ROOT, load_settings
from ingest.learnt import LEARNT, Learnt, fit_ridge, labelled_sentences, one_hot
from ingest.likely import Likely, StemVectors, stems_of
from ingest.tag import LIKELY, Tagger

OWN_LABELS = Path(__file__).with_name("own-tags.jsonl")
RIDGE_OF_WORDS = 1.0
SEEN = 2
"""A stem counts from so many sentences."""
OWN_WEIGHT = 0.3
"""What a passage of our own weighs against a real one, in the last step."""
PENALTY = 15.0
INNER, FOLDS = 3, 6
MAYBE = 0.5


@dataclass(frozen=True, eq=False)
class Row:
    """A labelled passage."""

    source: str
    own: bool
    vector: np.ndarray
    sentences: np.ndarray
    text: np.ndarray
    """float [components, features]: what words, signs and names say."""
    about: np.ndarray
    """float [components]: 1, 0, or MAYBE where it is not counted."""


def main() -> None:
    """Learn, print what leaving sources out gives, and write."""
    model, embedder = load_model(), make_embedder(load_settings())
    sentences, about = labelled_sentences(model)
    vectors = embedder.embed(sentences)
    stems, rarity, words = learn_words(sentences, about, len(model.components))
    learnt = Learnt(
        embedder.name, vectors, about, np.zeros((vectors.shape[1] + 1, len(model.components))), stems, rarity, words, np.zeros(12)
    )
    rows = labelled_rows(model, embedder, learnt)
    cross_validate(rows, learnt, model, embedder)
    ridge = learn_ridge(rows, learnt)
    weights = learn_weights(rows, _inner(rows, learnt, model, embedder))
    print("weights", weights.round(2).tolist())
    replace(learnt, ridge=ridge, weights=weights).save(LEARNT)
    print(f"{LEARNT} written, {LEARNT.stat().st_size // 1024} KB")


def learn_words(sentences: Sequence[str], about: np.ndarray, components: int) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Stems that stand in several sentences, their rarity, and ridge regression on them: [stems + 1, components]."""
    seen = Counter(stem for sentence in sentences for stem in set(stems_of(sentence)))
    stems = tuple(stem for stem, n in seen.items() if n >= SEEN)
    rarity = np.log(len(sentences) / np.array([seen[stem] for stem in stems]))
    rows = StemVectors(stems, rarity).of(list(sentences))
    targets, mean = one_hot(about, components), rows.mean(axis=0)
    centred = rows - mean
    weights = centred.T @ np.linalg.solve(centred @ centred.T + RIDGE_OF_WORDS * np.eye(len(rows)), targets - targets.mean(axis=0))
    return stems, rarity, np.vstack([targets.mean(axis=0) - mean @ weights, weights])


def labelled_rows(model: Model, embedder: Embedder, learnt: Learnt) -> list[Row]:
    """Our own passages, and the real ones that may be tuned on."""
    real = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    sources = sorted({row["source"] for row in real})
    tuned = [row for row in real if is_tuned(row["source"], sources)]
    own = [json.loads(line) for line in OWN_LABELS.read_text(encoding="utf-8").splitlines()]
    rows = []
    for labels, folders in ((tuned, [SOURCES, SOURCES / "case-studies"]), (own, [ROOT / "sources"])):
        with library_of(folders) as library:
            tagger, likely = Tagger(model, embedder, library.sources()), Likely(model, embedder, learnt)
            chunks = list(library.all_chunks())
            rows += [_row(label, chunk, library, tagger, likely, model) for label in labels for chunk in chunks if _same(label, chunk)]
    return rows


def _same(label: dict[str, Any], chunk: Chunk) -> bool:
    return chunk.source.startswith(label["source"]) and (chunk.start, chunk.end) == (label["start"], label["end"])


def _row(label: dict[str, Any], chunk: Chunk, library: Library, tagger: Tagger, likely: Likely, model: Model) -> Row:
    own = "about" in label
    sure = set(label["about"]) if own else set(label["first"]) & set(label["second"])
    maybe = set(label["perhaps"]) if own else set(label["first"]) ^ set(label["second"])
    keys = [vector_key(library.fact("embedder"), text) for text in chunk_texts(chunk)]
    held = library.vectors(keys)
    vector, *sentences = (held[key] for key in keys)
    parts = [chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences]
    text = np.c_[likely.word_features(parts, chunk.text), tagger.text_features(chunk, library.sources()[chunk.source])]
    about = np.array([1.0 if c.id in sure else MAYBE if c.id in maybe else 0.0 for c in model.components])
    return Row(f"{'own ' if own else ''}{chunk.source}", own, vector, np.stack(sentences) if sentences else vector[None], text, about)


def learn_ridge(rows: Sequence[Row], learnt: Learnt) -> np.ndarray:
    """Likeness to each component, from sentences and passages."""
    vectors = np.vstack([learnt.examples, *(row.vector[None] for row in rows)])
    targets = np.vstack([one_hot(learnt.about, len(rows[0].about)), *(row.about[None] for row in rows)])
    return fit_ridge(vectors, targets, np.ones(len(vectors)))


def _features(rows: Sequence[Row], learnt: Learnt, ridge: np.ndarray, model: Model, embedder: Embedder) -> np.ndarray:
    """float [rows, components, features]."""
    likely = Likely(model, embedder, replace(learnt, ridge=ridge))
    return np.stack([np.c_[likely.vector_features(row.vector, row.sentences), row.text] for row in rows])


def _inner(rows: Sequence[Row], learnt: Learnt, model: Model, embedder: Embedder) -> np.ndarray:
    """Features of each row by a ridge that has not seen its source."""
    fold = _folds(rows, INNER)
    found: list[np.ndarray] = [np.zeros(0)] * len(rows)
    for n in range(INNER):
        left = [k for k, row in enumerate(rows) if fold[row.source] == n]
        ridge = learn_ridge([row for row in rows if fold[row.source] != n], learnt)
        for k, features in zip(left, _features([rows[k] for k in left], learnt, ridge, model, embedder), strict=True):
            found[k] = features
    return np.stack(found)


def _folds(rows: Sequence[Row], folds: int) -> dict[str, int]:
    return {source: n % folds for n, source in enumerate(sorted({row.source for row in rows}))}


def learn_weights(rows: Sequence[Row], features: np.ndarray) -> np.ndarray:
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


def cross_validate(rows: Sequence[Row], learnt: Learnt, model: Model, embedder: Embedder) -> None:
    """Print precision and recall at some chances, each source judged by what was learnt without it."""
    fold, chances = _folds(rows, FOLDS), np.zeros((len(rows), len(rows[0].about)))
    for n in range(FOLDS):
        seen, left = [row for row in rows if fold[row.source] != n], [k for k, row in enumerate(rows) if fold[row.source] == n]
        weights = learn_weights(seen, _inner(seen, learnt, model, embedder))
        features = _features([rows[k] for k in left], learnt, learn_ridge(seen, learnt), model, embedder)
        chances[left] = 1 / (1 + np.exp(-(weights[0] + features @ weights[1:])))
    about = np.stack([row.about for row in rows])
    for name, own in (("real", False), ("our own", True)):
        inside = np.array([row.own == own for row in rows])
        for bar in sorted({0.4, 0.45, 0.5, 0.55, 0.6, LIKELY}):
            tagged, label = chances[inside] >= bar, about[inside]
            right, wrong, missed = (tagged & (label == 1)).sum(), (tagged & (label == 0)).sum(), (~tagged & (label == 1)).sum()
            print(
                f"{name:8} chance {bar:.2f}  precision {share(int(right), int(right + wrong)):28} recall {share(int(right), int(right + missed))}"
            )


if __name__ == "__main__":
    main()
