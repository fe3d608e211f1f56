"""Looks without writing: what is held, what an ingest would do, and what is amiss."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hub.components import Model, load_model
from hub.domain import Loaded
from hub.embedder import make_embedder
from hub.library import Library
from hub.settings import Settings
from ingest.decisions import from_kept
from ingest.look import Looked, State, look, read_with
from ingest.reader import Reader
from ingest.rows import Row, gather_rows
from ingest.run import made_otherwise, made_with
from vectorstore.index import looks_whole


@dataclass
class Found:
    """One source, as it is held or would be read."""

    source: str
    state: str
    """"new", "held", "changed", "failed"; of what has no row in these folders: "orphan" (the next ingest removes it) or "elsewhere"."""
    path: str
    title: str = ""
    original: str = ""
    """sha256 of the file that is held, or, of a new one, of the file."""
    read_at: str = ""
    pages: int = 0
    words: int = 0
    chunks: int = 0
    """As held; 0 of what is new."""
    warnings: list[str] = field(default_factory=list)
    reason: str = ""
    """Why it cannot be read."""

    def line(self) -> str:
        """For the terminal."""
        if self.state == "failed":
            held = "; what is held of it stays" if self.read_at else ""
            return f"{self.source}: FAILS: {self.reason}{held}"
        state = {"orphan": f"held, and without a row: the next ingest removes it ({self.path})", "elsewhere": f"held from {self.path}"}
        parts = [state.get(self.state, self.state), f"{self.pages} pages" if self.pages else "", f"{self.words} words"]
        parts += [f"{self.chunks} chunks" if self.chunks else "", f"read {self.read_at[:10]}" if self.read_at else ""]
        parts += [f"file {self.original[:12]}" if self.original else ""]
        return f"{self.source}: {', '.join(p for p in parts if p)}" + "".join(f"; {w}" for w in self.warnings)


@dataclass
class Check:
    """What a check found: the contract of `--check --json`."""

    sources: list[Found] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    made_by: str = ""
    """What made the library; "" where there is none."""

    @property
    def good(self) -> bool:
        """Whether all can be read."""
        return all(found.state != "failed" for found in self.sources)

    def lines(self) -> list[str]:
        """For the terminal."""
        return [*(found.line() for found in self.sources), *(f"note: {warning}" for warning in self.warnings)]

    def as_json(self) -> dict[str, Any]:
        """The check in plain JSON types."""
        return asdict(self)


def check(settings: Settings, folders: Sequence[Path]) -> Check:
    """Look at each row of the folders' manifests and at all that is held. Writes nothing, not even an empty store.

    Raises ManifestError and LibraryError as an ingest would.
    """
    model = load_model()
    folders = [f.resolve() for f in folders]
    rows, warnings = gather_rows(folders, model)
    found = Check(warnings=warnings)
    library = Library.look(settings.store) if (settings.store / "library.db").exists() else None
    try:
        state = _state(library, settings, model, found)
        with Reader(workers=1) as reader:
            read = read_with(reader)
            for row in rows:
                found.sources.append(_found(library, row, state, look(row, state, read)))
        if library:
            _look_at_rest(library, settings.store, folders, {row.source.id for row in rows}, found)
    finally:
        if library:
            library.close()
    return found


def _state(library: Library | None, settings: Settings, model: Model, found: Check) -> State:
    if library is None:
        return State({}, {}, "", False)
    made_by = made_with(make_embedder(settings), model)
    found.made_by = library.fact("made_by")
    if found.made_by and found.made_by != made_by:
        found.warnings.append(f"{made_otherwise(found.made_by, made_by)}: `python -m ingest` makes it anew; it answers as it is until then")
    # As if it had been made by this program: whether a file has changed is the question here.
    return State(library.seen(), {}, made_by, False)


def _found(library: Library | None, row: Row, state: State, looked: Looked) -> Found:
    id = row.source.id
    held = library.held(id) if library else None
    found = Found(id, "new", str(row.folder / row.source.path), row.source.title, original=looked.original)
    if held and library:
        found.original, found.read_at, found.chunks = held.original, held.read_at, len(library.chunks_of(id))
    if looked.what == "failed":
        found.state, found.reason = "failed", looked.reason
        return found
    if held:
        found.state = "held" if looked.what == "unchanged" else "changed"
        before = state.seen[id]
        if before.folder != str(row.folder):
            found.warnings.append(f"it was read from {before.folder}")
    loaded = looked.loaded or (held.loaded if held else None)
    assert loaded is not None
    _describe(found, loaded)
    found.warnings += [d.stale for d in row.decisions if not d.stands(loaded)]
    return found


def _describe(found: Found, loaded: Loaded) -> None:
    found.pages = len({page for _, page, _ in loaded.pages})
    found.words = len(loaded.text.split())
    found.warnings += loaded.warnings


def _look_at_rest(library: Library, store: Path, folders: Sequence[Path], rows: set[str], found: Check) -> None:
    """What is held and has no row here, and what is amiss among all that is held."""
    named = {str(folder) for folder in folders}
    for id, seen in library.seen().items():
        held = library.held(id)
        if id in rows or held is None:
            continue
        state = "orphan" if seen.folder in named else "elsewhere"
        path = str(Path(seen.folder) / seen.path)
        other = Found(id, state, path, held.source.title, held.original, held.read_at, chunks=len(library.chunks_of(id)))
        _describe(other, held.loaded)
        other.warnings += [d.stale for d in from_kept(held.decisions, id) if not d.stands(held.loaded)]
        found.sources.append(other)
    by_text: dict[str, list[str]] = {}
    for id, text in library.texts().items():
        by_text.setdefault(text, []).append(id)
    found.warnings += [f"the same document stands under {' and '.join(sorted(ids))}" for ids in by_text.values() if len(ids) > 1]
    if not looks_whole(store, library.fact("generation")):
        found.warnings.append("the index is missing or broken; the next question or ingest makes it anew from the library")
    if staged := library.staging.held():
        found.warnings.append(f"an ingest that was stopped left {len(staged)} documents ready: run `python -m ingest` again to finish it")
    if older := library.readings.kept():
        found.warnings.append(f"{len(older)} older texts are kept, for stored answers that cite them")
