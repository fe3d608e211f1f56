"""Tags each chunk with the components of the conceptual model that it is about.

Names, headings and table rows settle it. Else cue phrases and meaning (see `likeness`) give a chance together. Machine tags only: what
staff confirmed for a source is added as "confirmed" where the machine sees the component too. Everyday uses of a name ("connect the
projector") are not a component.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from llama_index.core.schema import BaseNode, TransformComponent
from pydantic import PrivateAttr

from hub.components import Component, Model, phrase_pattern
from hub.domain import Chunk, Source, Tag
from hub.embedder import Embedder
from hub.likeness import Likeness
from hub.plain import CELL

CONFIRMED, NAMED, ROW, HEADING, CUE, MEANING = "confirmed", "named", "row", "heading", "cue", "meaning"
TAGGING = "tags v2"
"""Names how chunks are tagged; a library tagged otherwise is tagged anew."""
CUE_STRENGTH = 0.55
CUES_TOGETHER = 0.1
"""Each further cue adds so much to the first's strength."""
BY_CUES, BY_PRACTICE, BIAS = 2.5, 0.5, -5.3
"""Of the log-odds: for cues of strength 1, for a case study, and to begin with (fitted with `likeness`)."""
LIKELY = 0.35
"""The chance from which a chunk is tagged: the best balance on half of the labelled passages."""
CONFIRMED_CHANCE = 0.05
"""What staff confirmed for a whole case study holds for those of its chunks that are at least so likely."""


class Tagger(TransformComponent):
    """llama-index's step that tags; wants nodes with metadata `chunk` and an embedding."""

    _model: Model = PrivateAttr()
    _sources: dict[str, Source] = PrivateAttr()
    _likeness: Likeness = PrivateAttr()
    _cues: dict[str, Any] = PrivateAttr()

    def __init__(self, model: Model, embedder: Embedder, sources: dict[str, Source]) -> None:
        super().__init__()
        self._model = model
        self._sources = sources
        self._likeness = Likeness(model, embedder)
        self._cues = {c.id: phrase_pattern(c.cues) for c in model.components}

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The same nodes, their chunks tagged."""
        for node in nodes:
            chunk: Chunk = node.metadata["chunk"]
            meaning = self._likeness.log_odds(np.asarray(node.embedding, dtype=np.float32), node.metadata["sentences"])
            tags = self.tag(chunk, self._sources[chunk.source], meaning)
            node.metadata["chunk"] = chunk.model_copy(update={"tags": tags})
        return nodes

    def tag(self, chunk: Chunk, source: Source, meaning: np.ndarray) -> tuple[Tag, ...]:
        """Tags of one chunk, surest first. `meaning` [components]: what its meaning adds to the log-odds of each."""
        row = chunk.text.partition(CELL)[0] if CELL in chunk.text else ""
        in_row = self._model.called(row)
        heading = chunk.place.heading.split(" › ")
        in_heading = tuple(id for part in heading for id in self._model.called(part) or self._model.named_in(part))
        in_text = self._model.named_in(chunk.text)
        practice = source.voice == "practice"
        tags = []
        for component, by_meaning in zip(self._model.components, meaning.tolist(), strict=True):
            cues = self._cue_strength(component, chunk)
            chance = 1 / (1 + math.exp(-(BIAS + by_meaning + BY_CUES * cues + BY_PRACTICE * practice)))
            tag = _by_name(component, component.id in in_row, component.id in in_heading, component.id in in_text)
            if not tag and chance >= LIKELY and chunk.kind != "footnote":
                tag = Tag(component=component.id, score=_as_score(chance), method=CUE if cues else MEANING)
            if component.id in source.components and (tag or (practice and chance >= CONFIRMED_CHANCE)):
                tag = Tag(component=component.id, score=max(tag.score if tag else 0, 0.5), method=CONFIRMED)
            if tag:
                tags.append(tag)
        return tuple(sorted(tags, key=lambda t: -t.score))

    def _cue_strength(self, component: Component, chunk: Chunk) -> float:
        """From 0 to 1: how many of the component's cue phrases stand in the chunk or its heading."""
        text = f"{chunk.place.heading.rpartition(' › ')[2]}\n{chunk.text}"
        cues = {m.group().lower() for m in self._cues[component.id].finditer(text)}
        return min(0.8, CUE_STRENGTH + CUES_TOGETHER * (len(cues) - 1)) if cues else 0.0


def _by_name(component: Component, row: bool, heading: bool, text: bool) -> Tag | None:
    for found, score, method in ((row, 1.0, ROW), (heading, 0.9, HEADING), (text, 0.8, NAMED)):
        if found:
            return Tag(component=component.id, score=score, method=method)
    return None


def _as_score(chance: float) -> float:
    """A chance from LIKELY to 1 as a score from .5 to .79: a machine's guess never outranks a name."""
    return round(0.5 + 0.29 * (chance - LIKELY) / (1 - LIKELY), 2)
