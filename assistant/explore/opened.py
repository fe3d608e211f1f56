"""A quote found again by its place, for a link that is followed later: whole sentences of one passage, and nothing else of the text."""

from assistant.choose import quote_of
from assistant.citing import cite
from assistant.shelf import Shelf
from hub.domain import Citation
from hub.quotes import stands_at


def citation_at(shelf: Shelf, source: str, start: int, end: int) -> Citation | None:
    """The citation of what stands there; None where the source is not in force, or no quote of ours begins and ends there."""
    held = shelf.library.held(source) if source in shelf.sources else None
    if held is None:
        return None
    for chunk in (c for c in shelf.chunks.values() if c.source == source and c.start <= start < end <= c.end):
        first = next((s for s in chunk.sentences if s.start == start), None)
        if first is None or not any(s.end == end for s in chunk.sentences):
            continue
        quote = quote_of(shelf.sources[source], chunk, start, end, first.lead)
        if stands_at(quote.text, held.loaded, start, end):
            return cite(shelf, quote, 1, held)
    return None
