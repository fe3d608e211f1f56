"""The one step: what is staged becomes what is held, together with the index generation made from it."""

from collections.abc import Mapping, Sequence

from hub.library import Library, chunk_texts, vector_key
from hub.settings import Settings
from ingest.errors import IngestError
from ingest.report import Progress
from vectorstore.generations import MissingVectors, build_generation, drop_generations
from vectorstore.index import BrokenIndex, Index


def switch(
    settings: Settings,
    library: Library,
    facts: Mapping[str, str],
    progress: Progress,
    gone: Sequence[str] = (),
    moved: Mapping[str, str] | None = None,
) -> None:
    """Build the generation of what will be held, then take it all over in one transaction. Readers see the old whole until then.

    `facts`: what made it, with "embedder". `gone`: sources to forget; `moved`: those of them that go on under another id.
    """
    progress("indexing", 0, 1)
    embedder, before = facts["embedder"], library.fact("generation")
    sources = library.staging.sources_after(gone)
    try:
        generation = build_generation(settings.store, library, library.staging.chunks_after(gone), sources, embedder, settings.chroma_url)
    except MissingVectors as error:
        raise IngestError(str(error)) from error
    progress("indexing", 1, 1)
    with library.transaction():
        library.take_over(gone, moved)
        for name, value in {**facts, "generation": generation}.items():
            library.set_fact(name, value)
        library.drop_unused_originals()
        library.drop_vectors_except(vector_key(embedder, text) for chunk in library.all_chunks() for text in chunk_texts(chunk))
    # The generation before stays for readers that still have it open.
    drop_generations(settings.store, {generation, before}, settings.chroma_url)


def index_is_whole(settings: Settings, library: Library) -> bool:
    """Whether the generation in force can be opened and searched."""
    generation = library.fact("generation")
    if not generation:
        return False
    try:
        Index(settings.store, generation, settings.chroma_url).close()
    except BrokenIndex:
        return False
    return True
