"""Opens what was found at its quotes: the sentences that say most of a component, each found again in its source before it is shown."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from assistant.choose import Quote, choose
from assistant.citing import cite
from assistant.compose_practice import UNLIKE
from assistant.explore.levels import LIFTED, Found
from assistant.explore.quotable import gives_figure, is_quotable, text_of
from assistant.explore.telling import made_whole, telling, with_neighbour
from assistant.journey import Candidate
from assistant.shelf import Shelf
from hub.components import Model
from hub.domain import CASE_STUDY, Citation
from hub.library import Held
from hub.quotes import stands_at

LIKENESS_SHARE = 0.1
CUE_BONUS = 0.2
TOWARDS_SHARE = 0.6
"""What a sentence's likeness to the component (log-odds), its own cue and its nearness to what the reader is after add to its passage's tag."""
SHORT, SHORT_COST, ITEM_COST = 8, 0.3, 0.2
"""A sentence of fewer words seldom says what it is about; an item of a list so short is one of several, and has its opening line at least."""
KEEP_ABOVE = 0.62
"""A further quote says at least this share of what the best one does."""
LABELS_COMPONENTS = 4
"""A sentence that names so many components says what a document is tagged with, not what was done."""


class Scored(NamedTuple):
    """A sentence with how much it says of a component."""

    candidate: Candidate
    speaks: bool


class Quoter:
    """Chooses over one generation of the shelf; keeps each text that it opens."""

    def __init__(self, shelf: Shelf, model: Model) -> None:
        self.shelf, self._model = shelf, model
        self._held: dict[str, Held | None] = {}

    def choose(
        self,
        found: Sequence[Found],
        most: int,
        each_organisation: int = 0,
        towards: np.ndarray | None = None,
        taken: Collection[Citation] = (),
    ) -> list[Quote]:
        """The quotes of one component that say most of it, best first; `towards` is what they should be near to as well.

        Nothing of what is `taken` already is chosen again, unless there is nothing else.
        """
        scored = [s for f in found for s in self._score(f, towards)]
        scored = [s for s in scored if not any(_overlaps(s.candidate, c) for c in taken)] or scored
        speaking = [s.candidate for s in scored if s.speaks]
        ranked = sorted(speaking or [s.candidate for s in scored], key=lambda c: (-c.score, c.source.id, c.sentence.start))
        # The tag is of the passage: where no sentence of it carries the component alone, the nearest one stands for it.
        return made_whole(choose(ranked, most if speaking else 1, each_organisation=each_organisation, keep_above=KEEP_ABOVE))

    def with_a_figure(self, found: Sequence[Found], chosen: Sequence[Quote]) -> list[Quote]:
        """The quotes, and, where none of them gives a figure that the passages give, the best sentence that does."""
        if any(gives_figure(q.text, q.chunk.place.heading) for q in chosen):
            return list(chosen)
        scored = [s.candidate for f in found for s in self._score(f, None)]
        seen = {chunk.id for f in found for chunk, tag in f.passages if tag.score > LIFTED}
        giving = sorted((c for c in scored if c.chunk.id in seen and gives_figure(c.text, c.chunk.place.heading)), key=lambda c: -c.score)
        return [*chosen, *choose(giving[:20], 1, keep_above=0.0)]

    def _score(self, found: Found, towards: np.ndarray | None) -> list[Scored]:
        chunks = [chunk for chunk, _ in found.passages]
        rows = [
            (chunk, tag, sentence, vector)
            for (chunk, tag), vectors in zip(found.passages, self.shelf.sentence_vectors(chunks), strict=True)
            for sentence, vector in zip(chunk.sentences, vectors, strict=True)
            if is_quotable(chunk, sentence, self.shelf.furniture)
        ]
        if not rows:
            return []
        vectors = np.stack([vector for *_, vector in rows])
        place = [c.id for c in self._model.components].index(found.component)
        likeness = self.shelf.likeness(self._model).of_sentences(vectors)[:, place]
        near = vectors @ towards if towards is not None else np.zeros(len(rows))
        scored = []
        for (chunk, tag, sentence, vector), like, nearness in zip(rows, likeness.tolist(), near.tolist(), strict=True):
            text = text_of(chunk, sentence)
            named = self._model.named_in(text)
            if len(named) >= LABELS_COMPONENTS:
                continue
            cue = self._model.cue_in(found.component, text)
            # A sentence on the model is not yet one on what was done.
            on_the_model = found.source.kind == CASE_STUDY and found.component in named and "model" in text
            short = (ITEM_COST if sentence.lead else SHORT_COST) * (len(text.split()) < SHORT)
            alone = telling(chunk, sentence) if found.source.kind == CASE_STUDY else 0.0
            score = tag.score - short + LIKENESS_SHARE * like + CUE_BONUS * cue + TOWARDS_SHARE * nearness + alone
            scored.append(
                Scored(Candidate(chunk, sentence, found.source, text, score, vector), not on_the_model and (cue or like >= UNLIKE))
            )
        return scored

    def held(self, source: str) -> Held | None:
        """A source with its text, read once."""
        if source not in self._held:
            self._held[source] = self.shelf.library.held(source)
        return self._held[source]


def _overlaps(candidate: Candidate, citation: Citation) -> bool:
    if candidate.source.id != citation.source:
        return False
    quoted = with_neighbour(candidate.chunk, candidate.sentence)
    return quoted[0].start < citation.end and citation.start < quoted[-1].end


class Citer:
    """Numbers the citations of one report in the order in which they are read."""

    def __init__(self, quoter: Quoter) -> None:
        self._quoter = quoter
        self._marks: dict[tuple[str, int, int], Citation] = {}

    @property
    def cited(self) -> tuple[Citation, ...]:
        """What was cited so far."""
        return tuple(self._marks.values())

    def cite(self, quotes: Iterable[Quote]) -> tuple[Citation, ...]:
        """The citations of the quotes that stand in their sources; the same quote has the same marker wherever it comes up."""
        return tuple(c for quote in quotes if (c := self._cite(quote)) is not None)

    def _cite(self, quote: Quote) -> Citation | None:
        key = (quote.source.id, quote.start, quote.end)
        if key not in self._marks:
            held = self._quoter.held(quote.source.id)
            if held is None or not stands_at(quote.text, held.loaded, quote.start, quote.end):
                return None
            self._marks[key] = cite(self._quoter.shelf, quote, len(self._marks) + 1, held)
        return self._marks[key]


def organisations(found: Collection[Found]) -> tuple[str, ...]:
    """Whose practice they are, in alphabetical order, each once."""
    return tuple(sorted({f.source.organisation for f in found}))
