"""Tags each chunk with the components of the conceptual model that it is about.

Machine tags only: what staff confirmed for a source is added as "confirmed" where the machine sees the component too, or for
the whole source where it is a case study. Everyday uses of a name ("connect the projector") are not a component.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from llama_index.core.schema import BaseNode, TransformComponent
from pydantic import PrivateAttr

from hub.components import Component, Model, describe, phrase_pattern
from hub.domain import Chunk, Source, Tag
from hub.embedder import Embedder
from hub.plain import CELL

CONFIRMED, NAMED, ROW, HEADING, CUE, MEANING = "confirmed", "named", "row", "heading", "cue", "meaning"
CUE_SCORE = 0.55
CUES_TOGETHER = 0.1
"""Each further cue adds so much."""
MEANING_FLOOR = 0.55
"""Cosine to a component's description from which meaning alone tags, and only the nearest. Below it, nothing."""
CONFIRMED_FLOOR = 0.25
"""What staff confirmed for a whole case study holds for those of its chunks that are at least so near."""


class Tagger(TransformComponent):
    """llama-index's step that tags; wants nodes with metadata `chunk` and an embedding."""

    _model: Model = PrivateAttr()
    _sources: dict[str, Source] = PrivateAttr()
    _descriptions: np.ndarray = PrivateAttr()
    _cues: dict[str, Any] = PrivateAttr()

    def __init__(self, model: Model, embedder: Embedder, sources: dict[str, Source]) -> None:
        super().__init__()
        self._model = model
        self._sources = sources
        self._descriptions = embedder.embed([describe(c) for c in model.components])
        self._cues = {c.id: phrase_pattern(c.cues) for c in model.components}

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The same nodes, their chunks tagged."""
        for node in nodes:
            chunk: Chunk = node.metadata["chunk"]
            similar = self._descriptions @ np.asarray(node.embedding, dtype=np.float32)
            tags = self.tag(chunk, self._sources[chunk.source], similar)
            node.metadata["chunk"] = chunk.model_copy(update={"tags": tags})
        return nodes

    def tag(self, chunk: Chunk, source: Source, similar: np.ndarray) -> tuple[Tag, ...]:
        """Tags of one chunk, surest first. `similar` [components]: its cosine to each component's description."""
        row = chunk.text.partition(CELL)[0] if CELL in chunk.text else ""
        in_row = self._model.called(row)
        heading = chunk.place.heading.split(" › ")
        in_heading = tuple(id for part in heading for id in self._model.called(part) or self._model.named_in(part))
        in_text = self._model.named_in(chunk.text)
        tags = []
        for component, cosine in zip(self._model.components, similar.tolist(), strict=True):
            tag = self._tag_one(component, chunk, component.id in in_row, component.id in in_heading, component.id in in_text)
            if component.id in source.components and (tag or (source.voice == "practice" and cosine > CONFIRMED_FLOOR)):
                tag = Tag(component=component.id, score=max(tag.score if tag else 0, 0.5), method=CONFIRMED)
            if tag:
                tags.append(tag)
        best = int(similar.argmax())
        if not tags and similar[best] > MEANING_FLOOR and chunk.kind != "footnote":
            tags.append(Tag(component=self._model.components[best].id, score=round(float(similar[best]), 2), method=MEANING))
        return tuple(sorted(tags, key=lambda t: -t.score))

    def _tag_one(self, component: Component, chunk: Chunk, row: bool, heading: bool, text: bool) -> Tag | None:
        if row:
            return Tag(component=component.id, score=1.0, method=ROW)
        if heading:
            return Tag(component=component.id, score=0.9, method=HEADING)
        if text:
            return Tag(component=component.id, score=0.8, method=NAMED)
        cues = {m.group().lower() for m in self._cues[component.id].finditer(f"{chunk.place.heading.rpartition(' › ')[2]}\n{chunk.text}")}
        if cues:
            return Tag(component=component.id, score=round(min(0.78, CUE_SCORE + CUES_TOGETHER * (len(cues) - 1)), 2), method=CUE)
        return None
