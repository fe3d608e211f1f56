"""The dense side of the index: Chroma, on disk in the program or as a server. The only file that imports chromadb."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from hub.quiet import quiet_chroma

BATCH = 5000
"""Chroma takes 5,461 rows at most at once."""


def load_index_library() -> None:
    """Import Chroma, which takes most of a second, at a moment when nobody waits for it."""
    quiet_chroma()
    import chromadb  # noqa: F401


class Dense:
    """One collection of one generation. Cosine space; ids are chunk ids."""

    def __init__(self, folder: Path, url: str, collection: str) -> None:
        """Open or make the collection: in `folder`, or at the server `url` where one is named."""
        quiet_chroma()
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        quiet = ChromaSettings(anonymized_telemetry=False)
        self._client: Any
        if url:
            parts = urlsplit(url if "//" in url else f"http://{url}")
            self._client = chromadb.HttpClient(
                host=parts.hostname or "localhost", port=parts.port or 8000, ssl=parts.scheme == "https", settings=quiet
            )
        else:
            self._client = chromadb.PersistentClient(str(folder), settings=quiet)
        # No embedding function: Chroma's own would be downloaded at first use.
        self._collection = self._client.get_or_create_collection(
            collection, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )
        self._name = collection
        self._rows: int | None = None

    def add(self, ids: Sequence[str], vectors: np.ndarray, metadatas: Sequence[dict[str, str]]) -> None:
        """Add rows; the ids must be new."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            self._collection.add(ids=list(ids[part]), embeddings=vectors[part], metadatas=list(metadatas[part]))
        self._rows = None

    def search(self, vector: np.ndarray, k: int, where: dict[str, Any] | None = None) -> dict[str, float]:
        """Cosine by chunk id of the `k` nearest, nearest first."""
        if self._rows is None:  # a collection that is read is not written to any more
            self._rows = self.count()
        k = min(k, self._rows)
        if not k:
            return {}
        found = self._collection.query(query_embeddings=[vector], n_results=k, where=where, include=["distances"])
        return {id: 1.0 - distance for id, distance in zip(found["ids"][0], found["distances"][0], strict=True)}

    def count(self) -> int:
        """How many rows there are."""
        return int(self._collection.count())

    def drop(self) -> None:
        """Delete the collection: on a server, old generations do not vanish with a folder."""
        self._client.delete_collection(self._name)

    def close(self) -> None:
        """Release Chroma's files: it holds several a generation until told."""
        self._client.close()
