"""`python -m evals.benchmarks.tags_fit`: learn how to weigh meaning, words and signs for component tags, and write `ingest/tagging.npz`.

It learns from sentences of our own, from passages of the shipped library (`own-tags.jsonl`: ids, offsets and author labels by one reader) and
from the half of the real documents that may be tuned on (see `tags`): the passages that two readers labelled, and all the others
(`component-tags-more.jsonl`, by one reader, twice, in two orders: κ .90). First it prints what it reaches on each source of these when that
source is left out; the other half is never looked at here.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.benchmarks.answers import SOURCES, share
from evals.benchmarks.tags import LABELS, is_tuned, library_of
from evals.benchmarks.tags_learn import MAYBE, Learning, Row, folds_of
from hub.components import Model, load_model
from hub.domain import Chunk
from hub.embedder import make_embedder
from hub.library import Library, chunk_texts, vector_key
from hub.settings import ROOT, load_settings
from ingest.learnt import LEARNT
from ingest.tag import LIKELY, LIKELY_OF, Tagger

OWN_LABELS = Path(__file__).with_name("own-tags.jsonl")
MORE_LABELS = Path(__file__).with_name("component-tags-more.jsonl")
FOLDS, PARTINGS = 6, 4
"""Sources are put into folds in several ways: a bar chosen by one of them would be chosen by its luck."""
BARS = sorted({0.4, 0.45, 0.5, 0.55, 0.6, LIKELY})


def main() -> None:
    """Learn, print what leaving sources out gives, and write."""
    model, embedder = load_model(), make_embedder(load_settings())
    rows = labelled_rows(model, Tagger(model, embedder, {}))
    learning = Learning(model, embedder, rows)
    cross_validate(rows, learning, model)
    learnt = learning.learn(rows)
    print("weights", learnt.weights.round(2).tolist())
    learnt.save(LEARNT)
    print(f"{LEARNT} written, {LEARNT.stat().st_size // 1024} KB")


def labelled_rows(model: Model, tagger: Tagger) -> list[Row]:
    """Our own passages, and the real ones that may be tuned on."""
    real = _labels(LABELS)
    sources = sorted({row["source"] for row in real})
    tuned = [*(row for row in real if is_tuned(row["source"], sources)), *_labels(MORE_LABELS)]
    rows = []
    for own, labels, folders in ((False, tuned, [SOURCES, SOURCES / "case-studies"]), (True, _labels(OWN_LABELS), [ROOT / "sources"])):
        with library_of(folders) as library:
            chunks = list(library.all_chunks())
            rows += [_row(label, chunk, own, library, tagger, model) for label in labels for chunk in chunks if _same(label, chunk)]
    return rows


def _labels(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _same(label: dict[str, Any], chunk: Chunk) -> bool:
    return chunk.source.startswith(label["source"]) and (chunk.start, chunk.end) == (label["start"], label["end"])


def _row(label: dict[str, Any], chunk: Chunk, own: bool, library: Library, tagger: Tagger, model: Model) -> Row:
    alone = "about" in label
    sure = set(label["about"]) if alone else set(label["first"]) & set(label["second"])
    maybe = set(label["perhaps"]) if alone else set(label["first"]) ^ set(label["second"])
    keys = [vector_key(library.fact("embedder"), text) for text in chunk_texts(chunk)]
    held = library.vectors(keys)
    vector, *sentences = (held[key] for key in keys)
    return Row(
        source=f"{'own ' if own else ''}{chunk.source}",
        own=own,
        vector=vector,
        sentences=np.stack(sentences) if sentences else vector[None],
        parts=tuple(chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences),
        text=chunk.text,
        heading=chunk.place.heading.rpartition(" › ")[2],
        signs=tagger.text_features(chunk, library.sources()[chunk.source]),
        about=np.array([1.0 if c.id in sure else MAYBE if c.id in maybe else 0.0 for c in model.components]),
    )


def cross_validate(rows: Sequence[Row], learning: Learning, model: Model) -> None:
    """Print precision and recall at some chances, each source judged by what was learnt without it; the mean of several partings into folds."""
    chances = np.stack([_chances(rows, learning, parting) for parting in range(PARTINGS)])
    about, own = np.stack([row.about for row in rows]), np.array([row.own for row in rows])
    for name, inside in (("real", ~own), ("our own", own), ("both", np.ones(len(rows), dtype=bool))):
        label = about[inside]
        for bar in BARS:
            tagged = chances[:, inside] >= [min(bar, LIKELY_OF.get(c.id, bar)) for c in model.components]
            right, wrong = (tagged & (label == 1)).sum() / PARTINGS, (tagged & (label == 0)).sum() / PARTINGS
            there = int((label == 1).sum())
            print(
                f"{name:8} chance {bar:.2f}  precision {share(round(right), round(right + wrong)):28} recall {share(round(right), there)}",
                flush=True,
            )


def _chances(rows: Sequence[Row], learning: Learning, parting: int) -> np.ndarray:
    """float [rows, components]: how likely each is, by what was learnt without its source."""
    fold, chances = folds_of(rows, FOLDS, parting), np.zeros((len(rows), len(rows[0].about)))
    for n in range(FOLDS):
        left = [k for k, row in enumerate(rows) if fold[row.source] == n]
        learnt = learning.learn([row for row in rows if fold[row.source] != n])
        chances[left] = learning.chances([rows[k] for k in left], learnt)
    return chances


if __name__ == "__main__":
    main()
