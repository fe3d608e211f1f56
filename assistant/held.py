"""What is held, by itself: the sources that count and their chunks. A page that only tells of the library needs no index, no embedder and
no engine, and stands before those have been loaded."""

from hub.domain import CASE_STUDY, Chunk, Source, Tag
from hub.library import Library
from hub.settings import Settings


class ShelfError(RuntimeError):
    """There is nothing to answer from; the message says what to do."""


EMPTY = "the library is empty; run `python -m ingest` to read the documents in"


def in_force(library: Library, settings: Settings) -> dict[str, Source]:
    """The sources that count: no invented ones beside real ones, unless the settings say so."""
    held = library.sources()
    real = {id: s for id, s in held.items() if not s.illustrative}
    return held if settings.illustrative or not real else real


class Held:
    """What is held, at one moment."""

    library: Library
    sources: dict[str, Source]
    """The sources that count."""
    chunks: dict[str, Chunk]
    """Every chunk in force, by id."""

    def case_studies(self) -> list[Source]:
        """The case studies in force."""
        return [s for s in self.sources.values() if s.kind == CASE_STUDY]

    def about(self, component: str, least: float = 0.5) -> list[tuple[Chunk, Tag]]:
        """The chunks tagged with a component at `least` that score, surest first."""
        found = [(c, t) for c in self.chunks.values() for t in c.tags if t.component == component and t.score >= least]
        return sorted(found, key=lambda pair: (-pair[1].score, pair[0].id))


def read_held(settings: Settings) -> Held:
    """What the library holds now. ShelfError where it holds nothing."""
    held = Held()
    held.library = library = Library(settings.store)
    try:
        with library.snapshot():
            if not library.fact("generation") or not library.count_chunks():
                raise ShelfError(EMPTY)
            held.sources = in_force(library, settings)
            held.chunks = {c.id: c for c in library.all_chunks() if c.source in held.sources}
    except BaseException:
        library.close()
        raise
    return held
