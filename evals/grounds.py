"""What answers are judged against: the sources' texts as the library holds them, and where in them a case's gold stands."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evals.domain import EvalCase, Gold, GoldPlace
from hub.domain import Chunk, Loaded, Source
from hub.library import Library
from hub.quotes import canonical


@dataclass(frozen=True)
class Span:
    """A stretch of a source's text."""

    source: str
    start: int
    end: int

    def overlap(self, start: int, end: int) -> int:
        """How many characters it shares with [start:end] of the same source."""
        return max(0, min(self.end, end) - max(self.start, start))


class Grounds:
    """Reads a store's library for the scorers. Close it after use."""

    def __init__(self, store: Path) -> None:
        self._library = Library(store)
        self.sources: dict[str, Source] = self._library.sources()
        self._texts: dict[str, Loaded | None] = {}
        self._chunks: dict[str, list[Chunk]] = {}
        self._spans: dict[Gold, Span | None] = {}

    def close(self) -> None:
        """Release the library."""
        self._library.close()

    def loaded(self, source: str) -> Loaded | None:
        """A source as read, or None where the library does not hold it."""
        if source not in self._texts:
            held = self._library.held(source)
            self._texts[source] = held.loaded if held else None
        return self._texts[source]

    def span(self, gold: Gold) -> Span | None:
        """Where a gold stands; None where the library does not hold it."""
        if gold not in self._spans:
            loaded = self.loaded(gold.source)
            self._spans[gold] = _find(gold, loaded) if loaded else None
        return self._spans[gold]

    def lost(self, case: EvalCase) -> list[Gold]:
        """The golds with a quote or place that do not stand in the library."""
        return [g for g in case.gold if (g.quote or g.place) and self.span(g) is None]

    def gold_chunks(self, case: EvalCase) -> list[str]:
        """The ids of the chunks that hold a case's gold: each one with at least half of a gold quote in it, or half of which lies in a gold place."""
        found: dict[str, None] = {}
        for gold in case.gold:
            span = self.span(gold)
            if span is None or not (gold.quote or gold.place):
                continue
            for chunk in self._chunks_of(gold.source):
                whole = (span.end - span.start) if gold.quote else (chunk.end - chunk.start)
                if 2 * span.overlap(chunk.start, chunk.end) >= whole:
                    found[chunk.id] = None
        return list(found)

    def _chunks_of(self, source: str) -> list[Chunk]:
        if source not in self._chunks:
            self._chunks[source] = self._library.chunks_of(source)
        return self._chunks[source]


def _find(gold: Gold, loaded: Loaded) -> Span | None:
    if gold.quote:
        return _find_quote(gold, loaded)
    if gold.place:
        return _find_place(gold.source, gold.place, loaded)
    return Span(gold.source, 0, len(loaded.text))


@lru_cache(512)
def _pattern(quote: str) -> re.Pattern[str]:
    letters = [re.escape(c) for c in quote if c.isalnum()]
    return re.compile(r"[\W_]*".join(letters), re.IGNORECASE)


def _find_quote(gold: Gold, loaded: Loaded) -> Span | None:
    """By its letters and digits in order, whatever stands between them; the canonical words then decide."""
    wanted = canonical(gold.quote)
    if not wanted:
        return None
    for match in _pattern(gold.quote).finditer(loaded.text):
        if canonical(gold.quote).strip("%£$€") in canonical(loaded.text[max(0, match.start() - 2) : match.end() + 2]):
            return Span(gold.source, match.start(), match.end())
    return None


def _find_place(source: str, place: GoldPlace, loaded: Loaded) -> Span | None:
    if place.start is not None and place.end is not None:
        return Span(source, place.start, place.end) if place.start < place.end <= len(loaded.text) else None
    if place.heading:
        return _find_section(source, place.heading, loaded)
    starts = [(offset, page) for offset, page, _ in loaded.pages]
    for n, (offset, page) in enumerate(starts):
        if page == place.page:
            return Span(source, offset, starts[n + 1][0] if n + 1 < len(starts) else len(loaded.text))
    return None


def _find_section(source: str, heading: str, loaded: Loaded) -> Span | None:
    """From a heading to the next of its level or above."""
    headings = [b for b in loaded.blocks if b.kind == "heading"]
    for n, block in enumerate(headings):
        if canonical(loaded.text[block.start : block.end]) == canonical(heading):
            after = next((b.start for b in headings[n + 1 :] if b.level <= block.level), len(loaded.text))
            return Span(source, block.start, after)
    return None
