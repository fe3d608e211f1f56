"""Generations of the index: made beside the ones before, moved into place whole, and dropped by name.

A generation is made from the library alone: its chunks, and the vectors kept there. Nothing is embedded.
"""

import json
import shutil
import uuid
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from hub.domain import Chunk, Source
from hub.library import Library, vector_key
from vectorstore.chroma import Dense
from vectorstore.index import BUILT, MARKER, sizes
from vectorstore.lexical import LexicalBuilder

BATCH = 1000
"""Chunks in memory at a time."""


class MissingVectors(RuntimeError):
    """The library lacks the vector of a chunk; the message says what to do."""


def build_generation(
    store: Path, library: Library, chunks: Iterable[Chunk], sources: dict[str, Source], embedder: str, chroma_url: str = ""
) -> str:
    """Make a generation of these chunks, with the vectors that the library keeps of them; returns its name. MissingVectors where it lacks one."""
    return build_index(store, _with_vectors(library, chunks, embedder), sources, embedder, chroma_url)


def _with_vectors(library: Library, chunks: Iterable[Chunk], embedder: str) -> Iterator[tuple[list[Chunk], np.ndarray]]:
    rest = iter(chunks)
    while batch := list(islice(rest, BATCH)):
        keys = [vector_key(embedder, c.embed_text) for c in batch]
        vectors = library.vectors(keys)
        if missing := sum(key not in vectors for key in keys):
            raise MissingVectors(f"{missing} chunks have no vector of {embedder}; run `python -m ingest` over all the store's folders")
        yield batch, np.stack([vectors[key] for key in keys])


def build_index(
    store: Path, batches: Iterable[tuple[list[Chunk], np.ndarray]], sources: dict[str, Source], made_by: str, chroma_url: str = ""
) -> str:
    """Make a new generation beside the old ones; returns its name. Nothing reads it until the library names it.

    `batches`: chunks with float32 [chunks, dimensions], rows of length 1.
    """
    generation = uuid.uuid4().hex[:12]
    making = store / "index" / f".making-{generation}"
    making.mkdir(parents=True)
    (making / "lexical").mkdir()
    words = LexicalBuilder()
    dimensions = 1
    dense = Dense(making / "chroma", chroma_url, f"hub-{generation}")
    try:
        for chunks, vectors in batches:
            about = [{"source": c.source, "organisation": sources[c.source].organisation, "kind": sources[c.source].kind} for c in chunks]
            dense.add([c.id for c in chunks], vectors, about)
            words.add([c.id for c in chunks], [c.embed_text for c in chunks])
            dimensions = vectors.shape[1]
    finally:
        dense.close()
    words.save(making / "lexical")
    marker = {"built": BUILT, "made_by": made_by, "chunks": len(words.ids), "dimensions": dimensions, "files": sizes(making)}
    (making / MARKER).write_text(json.dumps(marker), encoding="utf-8")
    making.rename(store / "index" / generation)
    return generation


def drop_generations(store: Path, keep: Collection[str], chroma_url: str = "") -> None:
    """Delete every generation but those in `keep`, and what a killed ingest left behind."""
    root = store / "index"
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name in keep or not folder.is_dir():
            continue
        if chroma_url and not folder.name.startswith("."):
            old = Dense(folder / "chroma", chroma_url, f"hub-{folder.name}")
            old.drop()
            old.close()
        shutil.rmtree(folder, ignore_errors=True)
