"""What an ingest has made ready and no reader sees yet: kept document by document, and taken over in one step.

An ingest that dies leaves it behind; the next one takes over what still fits.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hub.domain import Chunk, Source


class Staged(NamedTuple):
    """What a staged document was made from: it is of use only where all of this is still so."""

    folder: str
    row: str
    original: str
    decisions: str
    made_by: str


class Staging:
    """The staged documents of one library. Writing is inside the library's transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def held(self) -> dict[str, Staged]:
        """What is staged, by source id."""
        rows = self._db.execute("SELECT id, folder, row, original, decisions, made_by FROM staged")
        return {id: Staged(*rest) for id, *rest in rows}

    def put(self, id: str, row: tuple[str, ...], chunks: Iterable[tuple[str, int, str]]) -> None:
        """Stage a document in place of what was staged of it: the columns of `staged` after the id, and (id, ordinal, chunk) rows."""
        self._db.execute("DELETE FROM staged WHERE id = ?", (id,))
        self._db.execute(f"INSERT INTO staged VALUES ({','.join('?' * (len(row) + 1))})", (id, *row))
        self._db.executemany("INSERT INTO staged_chunks VALUES (?, ?, ?, ?)", ((chunk, id, n, text) for chunk, n, text in chunks))

    def drop(self, ids: Iterable[str]) -> None:
        """Drop what is staged of these sources."""
        self._db.executemany("DELETE FROM staged WHERE id = ?", [(id,) for id in ids])

    def sources_after(self, gone: Iterable[str]) -> dict[str, Source]:
        """Every source that will be held once what is staged is taken over and `gone` is removed, by id."""
        after = dict(self._db.execute("SELECT id, row FROM sources"))
        after.update(self._db.execute("SELECT id, row FROM staged"))
        left = set(gone)
        return {id: Source.model_validate_json(row) for id, row in sorted(after.items()) if id not in left}

    def chunks_after(self, gone: Iterable[str]) -> Iterator[Chunk]:
        """Every chunk that will be held then, by source and in order; one at a time, whatever the library's size."""
        left = set(gone)
        sources = list(self.sources_after(left))
        staged = {id for (id,) in self._db.execute("SELECT id FROM staged")}
        for id in sources:
            table = "staged_chunks" if id in staged else "chunks"
            for (chunk,) in self._db.execute(f"SELECT chunk FROM {table} WHERE source = ? ORDER BY ordinal", (id,)):
                yield Chunk.model_validate_json(chunk)

    def take_over(self) -> None:
        """Put what is staged in place of what was held of the same sources, and empty the staging."""
        self._db.execute("DELETE FROM sources WHERE id IN (SELECT id FROM staged)")
        self._db.execute("INSERT INTO sources SELECT id, folder, row, original, loaded, read_at, text_hash, decisions FROM staged")
        self._db.execute("INSERT INTO chunks SELECT id, source, ordinal, chunk FROM staged_chunks")
        self._db.execute("DELETE FROM staged")
