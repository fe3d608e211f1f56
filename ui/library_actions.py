"""All that the Library pages change, in one place, so that one guard serves for all of it: reading again, stopping, adding, removing.

Each may raise IngestError, whose message is for the reader.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from hub.domain import Source
from ingest.background import start, stop
from ingest.rows import default_folders
from ingest.uploads import Uploads, uploads_folder
from ui import session


def uploads() -> Uploads:
    """The documents that were added here."""
    return Uploads(session.settings().store, session.assistant().model)


def read_again() -> None:
    """Read every folder again that is read when none is named, in the background."""
    start(session.settings())


def stop_reading() -> None:
    """Stop what is being read: the library stays as it was before."""
    stop(session.settings().store)


def add(name: str, data: bytes, fields: Mapping[str, object], replaces: str = "") -> Source:
    """Keep an uploaded document and its row; `read_uploads` then brings it into the library."""
    return uploads().add(name, data, fields, set(session.assistant().shelf.library.seen()), replaces)


def remove(id: str) -> None:
    """Take out an uploaded document's row and its file; `read_uploads` then takes it out of the library."""
    uploads().remove(id)


def read_uploads() -> None:
    """Bring the library up to what was added and removed here, in the background."""
    start(session.settings(), [uploads().folder])


class Leave(NamedTuple):
    """How a document leaves the library."""

    here: bool
    """Whether it was added here, and is removed here."""
    manifest: str = ""
    """Else: the manifest whose row names it. That is the operator's, and never written to."""
    read: bool = True
    """Whether its folder is among those that are read when none is named."""


def way_out(folder: str) -> Leave:
    """How a document that came from `folder` leaves."""
    own = session.settings()
    if folder == str(uploads_folder(own.store)):
        return Leave(True)
    read = {str(f.resolve()) for f in default_folders(own)}
    return Leave(False, str(Path(folder) / "manifest.toml"), folder in read)
