"""Opens the generation that the library names, and makes it anew from the library where it is broken: readers mend it themselves."""

from pathlib import Path

from hub.library import Library
from hub.writer import StoreBusy, StoreUnusable, writing
from vectorstore.generations import MissingVectors, build_generation, drop_generations
from vectorstore.index import BrokenIndex, Index

MENDING = "a mending of the index"
WAIT_SECONDS = 120
"""For another reader that mends the same index. An ingest takes longer, and its end is not waited for."""
MENDED = "The search index was broken and has been made anew from the library. Nothing was lost."


def open_generation(library: Library, store: Path, chroma_url: str = "") -> tuple[Index, str]:
    """The index in force, and a notice for the reader ("" where nothing was amiss).

    BrokenIndex where it is broken and cannot be mended now; the message says why and what to do.
    """
    notice = ""
    while True:
        generation = library.fact("generation")
        try:
            return Index(store, generation, chroma_url), notice
        except BrokenIndex as broken:
            if library.fact("generation") != generation:
                continue  # an ingest has switched in between, and dropped what was about to be opened
            if notice:
                raise  # mended, and broken again
            _mend(library, store, generation, chroma_url, broken)
            notice = MENDED


def _mend(library: Library, store: Path, generation: str, chroma_url: str, broken: BrokenIndex) -> None:
    try:
        try:
            with writing(store, MENDING):
                _make_anew(library, store, generation, chroma_url)
        except StoreBusy as busy:
            if busy.doing not in (MENDING, ""):  # "": it has just taken the lock, and not said yet what for
                raise
            with writing(store, MENDING, WAIT_SECONDS):
                _make_anew(library, store, generation, chroma_url)
    except StoreBusy as busy:
        raise BrokenIndex(f"the index is broken, and {busy}; the index is made anew then") from busy
    except (MissingVectors, StoreUnusable) as error:
        raise BrokenIndex(f"the index is broken and cannot be made anew: {error}") from error
    except Exception as error:  # a Chroma server that does not answer, a full disk: what was wrong at first says more
        raise broken from error


def _make_anew(library: Library, store: Path, generation: str, chroma_url: str) -> None:
    if library.fact("generation") != generation:
        return  # another has made it while we waited
    made = build_generation(store, library, library.all_chunks(), library.sources(), library.fact("embedder"), chroma_url)
    with library.transaction():
        library.set_fact("generation", made)
    drop_generations(store, {made}, chroma_url)
