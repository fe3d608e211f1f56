"""What the last ingest came to, kept in the library: which documents could not be read, why and when."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from hub.domain import Kind, Noun
from hub.library import Library
from ingest.report import Report
from ingest.rows import Row

_FACT = "last_ingest"


class Unread(Noun):
    """A document that has a row and could not be read. What the library held of it before stays."""

    source: str
    title: str
    kind: Kind
    organisation: str
    folder: str
    path: str
    """The file, relative to the folder."""
    reason: str
    at: str
    """When it was tried (ISO 8601)."""


class LastIngest(Noun):
    """When the library was last looked over, and what could not be read then."""

    ended: str = ""
    """ISO 8601; "" where the library does not know."""
    unread: tuple[Unread, ...] = ()


def last_ingest(library: Library) -> LastIngest:
    """What is kept of it."""
    try:
        return LastIngest.model_validate_json(library.fact(_FACT) or "{}")
    except ValidationError:  # kept by another version of the program
        return LastIngest()


def keep_last(library: Library, folders: Sequence[Path], rows: Sequence[Row], report: Report) -> None:
    """Keep what an ingest of these folders came to. What could not be read in other folders before is still so."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    reasons = {failure.source: failure.reason for failure in report.failed}
    looked, named = {row.source.id for row in rows}, {str(folder.resolve()) for folder in folders}
    before = [u for u in last_ingest(library).unread if u.source not in looked and u.folder not in named]
    failed = [
        Unread(source=s.id, title=s.title, kind=s.kind, organisation=s.organisation, folder=str(folder), path=s.path, reason=reasons[s.id], at=now)
        for folder, s, _ in rows
        if s.id in reasons
    ]  # fmt: skip
    library.set_fact(_FACT, LastIngest(ended=now, unread=(*before, *failed)).model_dump_json())


def forget_last(library: Library, folder: str) -> None:
    """Forget what could not be read of a folder that was dropped."""
    kept = last_ingest(library)
    library.set_fact(_FACT, kept.model_copy(update={"unread": tuple(u for u in kept.unread if u.folder != folder)}).model_dump_json())
