"""The index of one generation: dense and lexical search behind one call, and their fusion.

A generation lies in `store/index/<generation>/`; see `generations` for how it is made. The library names the generation in force,
so that texts and index change in one step.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.chroma import Dense
from vectorstore.lexical import LENGTH, SATURATION, Lexical

LEXICAL_WEIGHT = 0.3
"""Of the fused score; the dense score has the rest. Each is scaled from 0 to 1 for the question."""
MARKER = "generation.json"
BUILT = f"index v2; k1 {SATURATION}, b {LENGTH}"
"""Names how an index is made: one made otherwise is made anew from the library when it is opened."""


class BrokenIndex(RuntimeError):
    """The index cannot be opened; `python -m ingest --rebuild` makes it anew from the library."""


@dataclass(frozen=True)
class Hit:
    """A chunk found."""

    chunk: str
    fused: float
    dense: float
    """Cosine; 0 where only the words found it."""
    lexical: float
    """BM25."""


def fuse(dense: np.ndarray, lexical: np.ndarray, weight: float = LEXICAL_WEIGHT) -> np.ndarray:
    """The weighted sum of both scores [rows], each scaled from 0 to 1 over the rows given."""
    return weight * _scale(lexical) + (1 - weight) * _scale(dense)


def _scale(scores: np.ndarray) -> np.ndarray:
    low, high = (float(scores.min()), float(scores.max())) if len(scores) else (0.0, 0.0)
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


class Index:
    """An open generation. `close` it before another is opened for good."""

    def __init__(self, store: Path, generation: str, chroma_url: str = "") -> None:
        folder = store / "index" / generation
        try:
            self.generation = generation
            self.about = json.loads((folder / MARKER).read_text(encoding="utf-8"))
            if self.about.get("built") != BUILT:
                raise ValueError("an earlier version of the program made it")
            if self.about["files"] != sizes(folder):
                raise ValueError("a file of it was cut or is missing")
            self._lexical = Lexical(folder / "lexical")
            self._dense = Dense(folder / "chroma", chroma_url, f"hub-{generation}")
            if self._dense.count() != len(self._lexical.ids):
                raise ValueError(f"{self._dense.count()} vectors for {len(self._lexical.ids)} chunks")
            # What is damaged inside shows only once it is searched: better now than under a reader's question.
            if len(self._dense.search(np.ones(self.about["dimensions"], dtype=np.float32), 1)) != min(1, len(self._lexical.ids)):
                raise ValueError("its vectors find nothing")
        except Exception as error:  # Chroma raises errors of its own for a damaged folder
            if hasattr(self, "_dense"):
                self._dense.close()
            if chroma_url:
                raise BrokenIndex(
                    f"the Chroma server that HUB_CHROMA_URL names did not give the index ({type(error).__name__}); "
                    "start it, or run `python -m ingest --rebuild`"
                ) from error
            raise BrokenIndex(f"the index {generation} in {store} is broken ({error}); run `python -m ingest --rebuild`") from error
        self._row = {id: n for n, id in enumerate(self._lexical.ids)}

    def search(self, vector: np.ndarray, query: str, k: int, sources: Collection[str] | None = None) -> list[Hit]:
        """The `k` best chunks by fused score, best first; of `sources` alone where they are named. BrokenIndex if it cannot be read."""
        where = {"source": {"$in": sorted(sources)}} if sources is not None else None
        if sources is not None and not sources:
            return []
        try:
            dense = self._dense.search(vector, max(4 * k, 60), where)
        except Exception as error:  # a server that has gone, a file that was damaged since
            raise BrokenIndex(f"the index {self.generation} could not be searched ({type(error).__name__})") from error
        words = self._lexical.scores(query)
        if sources is not None:
            inside = np.array([id.rsplit("-", 1)[0] in sources for id in self._lexical.ids])
            words = np.where(inside, words, 0.0)
        best = np.argsort(-words)[: max(4 * k, 60)]
        rows = {self._row[id]: cosine for id, cosine in dense.items()}
        floor = min(dense.values(), default=0.0)
        candidates = sorted({*rows, *(int(n) for n in best if words[n] > 0)})
        if not candidates:
            return []
        cosines = np.array([rows.get(n, floor) for n in candidates])
        fused = fuse(cosines, words[candidates])
        order = np.argsort(-fused)[:k]
        return [
            Hit(self._lexical.ids[candidates[i]], float(fused[i]), rows.get(candidates[i], 0.0), float(words[candidates[i]])) for i in order
        ]

    def close(self) -> None:
        """Release its files."""
        self._dense.close()


def looks_whole(store: Path, generation: str) -> bool:
    """Whether a generation's files are there as they were made, without opening them. Nothing is written."""
    folder = store / "index" / generation
    try:
        about = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return bool(generation) and about["built"] == BUILT and about["files"] == sizes(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def sizes(folder: Path) -> dict[str, int]:
    """The files whose size reading does not change: vectors and words. A cut one opens, and finds the wrong things."""
    return {str(p.relative_to(folder)): p.stat().st_size for p in sorted(folder.rglob("*")) if p.suffix in (".bin", ".npy", ".txt")}
