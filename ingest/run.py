"""One ingest: what the folders' manifests say becomes what the library holds and the index finds.

Look at each document and read what changed (`changes`), ahead of splitting, embedding and tagging it (`stage`); then take it all over in
one transaction together with the name of the index generation built from it (`keep`). Until that moment every reader sees the old
state; after it, the new.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from hub.components import Model, load_model
from hub.domain import Loaded
from hub.embedder import Embedder, make_embedder
from hub.library import Library
from hub.settings import Settings
from hub.writer import StoreBusy, StoreUnusable, writing
from ingest.ahead import THREADS
from ingest.changes import stage_held, stage_rows
from ingest.errors import IngestError
from ingest.keep import index_is_whole, switch
from ingest.last import forget_last, keep_last
from ingest.look import State
from ingest.reader import Reader
from ingest.report import Progress, Report
from ingest.rows import Row, default_folders, gather_rows
from ingest.split import CHUNKING
from ingest.stage import Stager
from ingest.tag import TAGGING

__all__ = ["Report", "default_folders", "forget", "ingest", "is_empty", "loaded_text", "rebuild"]

READING = "reading v6"
"""Names how documents are read; a library read otherwise is read anew."""


def ingest(settings: Settings, folders: Sequence[Path], progress: Progress) -> Report:
    """Bring the library and its index up to the manifests of `folders`.

    Raises ManifestError before anything is written, IngestError where another process writes to the store. A document that cannot be
    read is reported, and what the library held of it stays.
    """
    began = time.monotonic()
    model = load_model()
    rows, warnings = gather_rows([f.resolve() for f in folders], model)
    with alone(settings.store, "an ingest"), Library(settings.store) as library:
        report = Report(warnings=warnings)
        embedder = make_embedder(settings)
        state = State.of(library, made_with(embedder, model))
        if state.anew and state.seen:
            report.warnings.append(made_otherwise(library.fact("made_by"), state.made_by))
        sources = {**library.sources(), **{row.source.id: row.source for row in rows}}
        stager = Stager(library, embedder, model, sources, state.made_by, progress)
        gone = _gone(state, folders, rows)
        with Reader(workers=THREADS) as reader:
            ready = stage_rows(library, rows, state, stager, reader, report, progress)
            if state.anew:
                ready |= stage_held(library, {*ready, *gone}, stager, reader, report, progress)
        library.staging.drop(set(library.staging.held()) - ready)
        moved = _moved(library, state, gone, report)
        report.removed, report.embedded = len(gone), stager.embedded
        report.warnings += stager.warnings
        if ready or gone or not index_is_whole(settings, library):
            switch(settings, library, {"made_by": state.made_by, "embedder": embedder.name}, progress, gone, moved)
        report.chunks = library.count_chunks()
        _note_state(library, rows, report)
        keep_last(library, folders, rows, report)
    report.seconds = round(time.monotonic() - began, 2)
    return report


def is_empty(settings: Settings) -> bool:
    """Whether the store holds nothing yet. Writes nothing."""
    if not (settings.store / "library.db").exists():
        return True
    with Library.look(settings.store) as library:
        return not library.count_chunks()


def made_with(embedder: Embedder, model: Model) -> str:
    """Names what makes the library's chunks, tags and vectors: a change of any makes them anew."""
    described = hashlib.sha256(f"{TAGGING}{model!r}".encode()).hexdigest()[:8]
    return f"{READING}; {CHUNKING}; model {described}; {embedder.name}; pypdf {version('pypdf')}"


def made_otherwise(before: str, now: str) -> str:
    """What to say of a library that was made with something else: which parts of it."""
    old, new = before.split("; "), now.split("; ")
    return f"the library was made with {', '.join(p for p in old if p not in new) or 'less'}, and this is {', '.join(p for p in new if p not in old) or 'less'}"


@contextmanager
def alone(store: Path, doing: str, wait_seconds: float = 0) -> Iterator[None]:
    """The one writer's lock. IngestError where another holds it for longer than that, or where the folder cannot be used."""
    try:
        with writing(store, doing, wait_seconds):
            yield
    except (StoreBusy, StoreUnusable) as error:
        raise IngestError(str(error)) from error


def _gone(state: State, folders: Sequence[Path], rows: Sequence[Row]) -> list[str]:
    """Sources that came from one of these folders and have no row any more."""
    named = {str(folder.resolve()) for folder in folders}
    kept = {row.source.id for row in rows}
    return [id for id, seen in state.seen.items() if seen.folder in named and id not in kept]


def _moved(library: Library, state: State, gone: Sequence[str], report: Report) -> dict[str, str]:
    """Sources whose id is gone while the same file came in under another: what cites the old id is led to the new one."""
    came = {staged.original: id for id, staged in library.staging.held().items() if id not in state.seen}
    moved = {id: came[state.seen[id].original] for id in gone if state.seen[id].original in came}
    report.warnings += [f'"{old}" is now "{new}": the same document; what cites the one opens the other' for old, new in moved.items()]
    return moved


def _note_state(library: Library, rows: Sequence[Row], report: Report) -> None:
    by_text: dict[str, list[str]] = {}
    for id, text in library.texts().items():
        by_text.setdefault(text, []).append(id)
    report.warnings += [f"the same document stands under {' and '.join(sorted(ids))}" for ids in by_text.values() if len(ids) > 1]
    if not rows:
        report.warnings.append("the manifests hold no rows")


def rebuild(settings: Settings, progress: Progress) -> Report:
    """A new index from the library; nothing is read or embedded."""
    began = time.monotonic()
    with alone(settings.store, "a rebuild of the index"), Library(settings.store) as library:
        if not library.count_chunks():
            raise IngestError(f"the library in {settings.store} holds nothing; run `python -m ingest` first")
        library.staging.drop(library.staging.held())
        made, set_now = library.fact("embedder"), make_embedder(settings).name
        warnings = [] if made == set_now else [mismatch(made, set_now)]
        switch(settings, library, _as_made(library), progress)
        chunks, seconds = library.count_chunks(), round(time.monotonic() - began, 2)
        return Report(unchanged=len(library.sources()), warnings=warnings, chunks=chunks, seconds=seconds)


def mismatch(stored: str, named: str) -> str:
    """What to say where the store was made by another embedder."""
    return f"the store was made with the embedder {stored}, and {named} is set; set HUB_EMBEDDER back, or run `python -m ingest` over all its folders to make it anew"


def forget(settings: Settings, folder: Path, progress: Progress) -> Report:
    """Drop every source that came from `folder`."""
    with alone(settings.store, "a forgetting"), Library(settings.store) as library:
        ids = [id for id, held in library.folders().items() if held == str(folder.resolve())]
        if not ids:
            raise IngestError(
                f"nothing in the store came from {folder}; it holds: {', '.join(sorted(set(library.folders().values()))) or 'nothing'}"
            )
        library.staging.drop(library.staging.held())
        switch(settings, library, _as_made(library), progress, ids)
        forget_last(library, str(folder.resolve()))
        return Report(removed=len(ids), chunks=library.count_chunks())


def _as_made(library: Library) -> Mapping[str, str]:
    return {name: library.fact(name) for name in ("made_by", "embedder")}


def loaded_text(settings: Settings, id: str) -> Loaded:
    """The text of a source as it was loaded. IngestError where it is not held."""
    held = None
    if (settings.store / "library.db").exists():
        with Library.look(settings.store) as library:
            held = library.held(id)
    if held is None:
        raise IngestError(f'no source has the id "{id}"; `python -m ingest --check` lists them')
    return held.loaded
