"""Looks at one document: whether it must be read again, and reads it where it must."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from hub.domain import Loaded, Source
from hub.library import Library, Seen
from hub.staging import Staged
from ingest.decisions import as_kept
from ingest.errors import LoadError
from ingest.load import load
from ingest.reader import Reader
from ingest.rows import Row

Read = Callable[[str, bytes], Loaded]
"""Reads the document of a name; raises LoadError."""
PLAIN = (".md", ".markdown", ".txt")
SHORT_BYTES = 200_000
What = Literal["unchanged", "staged", "kept", "read", "failed"]


@dataclass(frozen=True)
class Looked:
    """What came of looking at a row."""

    row: Row
    what: What
    """"unchanged": the library holds it as it is; "staged": an ingest that died had made it ready; "kept": the file is the one that was read
    before, and its text is in the library; "read": it was read now; "failed": it cannot be read."""
    original: str = ""
    """sha256 of the file."""
    loaded: Loaded | None = None
    data: bytes | None = None
    reason: str = ""
    """Why it failed."""


@dataclass(frozen=True)
class State:
    """What the store knows before an ingest begins."""

    seen: Mapping[str, Seen]
    staged: Mapping[str, Staged]
    made_by: str
    """Names what this program makes chunks, tags and vectors with."""
    anew: bool
    """Whether the library was made with something else."""

    @classmethod
    def of(cls, library: Library, made_by: str) -> "State":
        """The state of a library."""
        return cls(library.seen(), library.staging.held(), made_by, library.fact("made_by") != made_by)


def look(row: Row, state: State, read: Read) -> Looked:
    """Look at a document, reading it only where that is needed."""
    id = row.source.id
    try:
        data = read_file(row.folder, row.source)
        original = hashlib.sha256(data).hexdigest()
        now = Seen(str(row.folder), row.source.model_dump_json(), original, as_kept(row.decisions))
        before = state.seen.get(id)
        if not state.anew and before == now:
            return Looked(row, "unchanged", original)
        if state.staged.get(id) == Staged(*now, state.made_by) and not row.decisions:
            return Looked(row, "staged", original)
        if not state.anew and before and before.original == original and _ending(before) == _ending(now):
            return Looked(row, "kept", original)
        return Looked(row, "read", original, read(row.source.path, data), data)
    except LoadError as error:
        return Looked(row, "failed", reason=str(error))


def read_with(reader: Reader) -> Read:
    """Reads a short plain file here, where a worker would take longer to start than it takes to read, and any other with `reader`."""

    def read(name: str, data: bytes) -> Loaded:
        if PurePath(name).suffix.lower() in PLAIN and len(data) <= SHORT_BYTES:
            return load(name, data)
        return reader.read(name, data)

    return read


def read_file(folder: Path, source: Source) -> bytes:
    """The bytes of a row's file. LoadError where it is not there or may not be read."""
    path = folder / source.path
    if not path.is_file():
        raise LoadError(f'{folder}/manifest.toml, row "{source.id}": no file {source.path}; put it beside the manifest or remove the row')
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadError(f"the file cannot be read ({error.strerror}); check who may read it") from error


def _ending(seen: Seen) -> str:
    return PurePath(seen.path).suffix.lower()
