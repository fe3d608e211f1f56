"""Tags each chunk with the components of the conceptual model that it is about.

Headings and table rows settle it, and names that stand as names. Else signs (`signs`), words and meaning (`likely`) give a chance together.
Machine tags only: what staff confirmed for a source is added as "confirmed" where the machine sees the component too. Everyday uses of a
name ("connect the projector", "use evidence such as book looks") are not a component.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from llama_index.core.schema import BaseNode, TransformComponent
from pydantic import PrivateAttr

from hub.components import Component, Model
from hub.domain import Chunk, Source, Tag
from hub.embedder import Embedder
from hub.plain import CELL
from ingest.likely import Likely
from ingest.signs import Signs

CONFIRMED, NAMED, ROW, HEADING, CUE, MEANING = "confirmed", "named", "row", "heading", "cue", "meaning"
TAGGING = "tags v8"
"""Names how chunks are tagged; a library tagged otherwise is tagged anew."""
LIKELY = 0.45
"""The chance from which a chunk is tagged: the lowest at which 81 of 100 tags are right, each source of the labelled passages that may be tuned on,
and of our own, judged by what was learnt without it."""
LIKELY_OF: Mapping[str, float] = {"de-implement": 0.3}
"""Of a component whose chances come out too low: stopping is told in many ways."""
NAME_CHANCE = 0.25
"""A name in small letters inside a sentence may be everyday words ("use evidence such as book looks"): it counts from this chance."""
CONFIRMED_CHANCE = 0.05
"""What staff confirmed for a whole case study holds for those of its chunks that are at least so likely."""
NAMED_FEATURE = 3
"""The column of `text_features` that tells whether the component is named."""


class Tagger(TransformComponent):
    """llama-index's step that tags; wants nodes with metadata `chunk` and an embedding."""

    _model: Model = PrivateAttr()
    _sources: dict[str, Source] = PrivateAttr()
    _likely: Likely = PrivateAttr()
    _signs: Signs = PrivateAttr()

    def __init__(self, model: Model, embedder: Embedder, sources: dict[str, Source]) -> None:
        super().__init__()
        self._model = model
        self._sources = sources
        self._likely = Likely(model, embedder)
        self._signs = Signs(model)

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The same nodes, their chunks tagged."""
        for node in nodes:
            chunk: Chunk = node.metadata["chunk"]
            meaning = self._likely.of_vectors(np.asarray(node.embedding, dtype=np.float32), node.metadata["sentences"])
            tags = self.tag(chunk, self._sources[chunk.source], meaning)
            node.metadata["chunk"] = chunk.model_copy(update={"tags": tags})
        return nodes

    def tag(self, chunk: Chunk, source: Source, meaning: np.ndarray) -> tuple[Tag, ...]:
        """Tags of one chunk, surest first. `meaning` [components]: what its vectors add to the log-odds of each."""
        row = chunk.text.partition(CELL)[0] if CELL in chunk.text else ""
        in_row = self._model.called(row)
        in_heading = tuple(id for part in chunk.place.heading.split(" › ") for id in self._model.called(part) or self._model.named_in(part))
        seen = self.text_features(chunk, source)
        log_odds = (
            self._likely.bias
            + meaning
            + self._likely.of_words(_sentences(chunk), chunk.text, _heading(chunk))
            + self._likely.of_signs(seen)
        )
        tags = []
        for component, odds, signs, named in zip(
            self._model.components, log_odds.tolist(), seen[:, 0], seen[:, NAMED_FEATURE], strict=True
        ):
            chance = 1 / (1 + math.exp(-odds))
            sure = bool(named) and (chance >= NAME_CHANCE or _stands_as_name(component, chunk.text))
            tag = _by_name(component, component.id in in_row, component.id in in_heading, sure)
            bar = LIKELY_OF.get(component.id, LIKELY)
            if not tag and chance >= bar and chunk.kind != "footnote":
                tag = Tag(component=component.id, score=_as_score(chance, bar), method=CUE if signs else MEANING)
            practice = source.voice == "practice"
            if component.id in source.components and (tag or (practice and chance >= CONFIRMED_CHANCE)):
                tag = Tag(component=component.id, score=max(tag.score if tag else 0, 0.5), method=CONFIRMED)
            if tag:
                tags.append(tag)
        return tuple(sorted(tags, key=lambda t: -t.score))

    def text_features(self, chunk: Chunk, source: Source) -> np.ndarray:
        """float [components, 5]: signs (log), share of sentences with one, one in the heading, the name, and whether it is a case study."""
        counts = np.array([self._signs.count(sentence) for sentence in _sentences(chunk)])
        named = self._model.named_in(chunk.text)
        return np.stack(
            [
                np.log1p(counts.sum(axis=0)),
                (counts > 0).mean(axis=0),
                np.array(self._signs.count(_heading(chunk))) > 0,
                [component.id in named for component in self._model.components],
                np.full(len(self._model.components), source.voice == "practice"),
            ],
            axis=1,
        ).astype(float)


def _sentences(chunk: Chunk) -> list[str]:
    return [chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences] or [chunk.text]


def _heading(chunk: Chunk) -> str:
    return chunk.place.heading.rpartition(" › ")[2]


def _stands_as_name(component: Component, text: str) -> bool:
    """Whether its name stands there as a name: with a capital, or as one word that is no everyday English."""
    forms = (component.name, *component.variants)
    coined = [form.lower() for form in forms if " " not in form and form.lower() not in component.everyday]
    return any(form[:1].upper() + form[1:] in text for form in forms) or any(form in text.lower() for form in coined)


def _by_name(component: Component, row: bool, heading: bool, text: bool) -> Tag | None:
    for found, score, method in ((row, 1.0, ROW), (heading, 0.9, HEADING), (text, 0.8, NAMED)):
        if found:
            return Tag(component=component.id, score=score, method=method)
    return None


def _as_score(chance: float, bar: float) -> float:
    """A chance from the bar to 1 as a score from .5 to .79: a machine's guess never outranks a name."""
    return round(0.5 + 0.29 * (chance - bar) / (1 - bar), 2)
