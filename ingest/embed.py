"""Embeds what the library has no vector of yet."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from llama_index.core.schema import BaseNode, TransformComponent
from pydantic import PrivateAttr

from hub.embedder import Embedder
from hub.library import Library, chunk_texts, vector_key
from ingest.report import Progress

BATCH = 256
"""Texts embedded and then committed: an ingest that dies loses no more than these."""


class Embed(TransformComponent):
    """llama-index's step that embeds chunks and their sentences, asking the embedder only for what the library lacks."""

    _embedder: Embedder = PrivateAttr()
    _library: Library = PrivateAttr()
    _progress: Progress = PrivateAttr()
    _embedded: int = PrivateAttr(default=0)

    def __init__(self, embedder: Embedder, library: Library, progress: Progress) -> None:
        super().__init__()
        self._embedder, self._library, self._progress = embedder, library, progress

    @property
    def embedded(self) -> int:
        """How many texts the embedder was asked for."""
        return self._embedded

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The same nodes, each with its vector, and those of its sentences as metadata `sentences` [n, dimensions]."""
        texts: dict[str, str] = {}
        for node in nodes:
            for text in chunk_texts(node.metadata["chunk"]):
                texts[vector_key(self._embedder.name, text)] = text
        held = self._library.vectors(list(texts))
        missing = [key for key in texts if key not in held]
        known = self._embedded + len(missing)
        for start in range(0, len(missing), BATCH):
            keys = missing[start : start + BATCH]
            new = dict(zip(keys, self._embedder.embed([texts[k] for k in keys]), strict=True))
            self._library.put_vectors(new)
            held.update(new)
            self._embedded += len(keys)
            self._progress("embedding", self._embedded, known)
        for node in nodes:
            own, *sentences = (held[vector_key(self._embedder.name, text)] for text in chunk_texts(node.metadata["chunk"]))
            node.embedding = own.tolist()
            node.metadata["sentences"] = np.stack(sentences) if sentences else np.zeros((0, len(own)), dtype=np.float32)
        return nodes
