"""Chunks, sources and vectors of our own for the index's tests."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hub.domain import Chunk, Place, Sentence, Source
from vectorstore.generations import build_index


def make_chunk(source: str, number: int, text: str) -> Chunk:
    return Chunk(
        id=f"{source}-{number:020x}",
        source=source,
        kind="paragraph",
        start=0,
        end=len(text),
        place=Place(),
        text=text,
        sentences=(Sentence(start=0, end=len(text)),),
        embed_text=text,
    )


def make_sources(*ids: str) -> dict[str, Source]:
    return {id: Source(id=id, title=f"Title of {id}", kind="guide", organisation="Larkfield", path=f"{id}.md") for id in ids}


def unit(rows: Sequence[Sequence[float]]) -> np.ndarray:
    """float32 rows of length 1."""
    array = np.asarray(rows, dtype=np.float32)
    unit: np.ndarray = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit


def drawn(rows: int, dimensions: int = 16) -> np.ndarray:
    return unit(np.random.default_rng(7).normal(size=(rows, dimensions)).tolist())


def build(store: Path, chunks: Sequence[Chunk], vectors: np.ndarray) -> str:
    return build_index(store, [(list(chunks), vectors)], make_sources(*{c.source for c in chunks}), "an embedder")
