"""The library's file: its tables, how an older one is brought up to date, and how one is opened to look without writing."""

import json
import sqlite3
from pathlib import Path

from hub.domain import text_hash

NAME = "library.db"
SCHEMA = 2
_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
    id TEXT PRIMARY KEY, folder TEXT NOT NULL, row TEXT NOT NULL, original TEXT NOT NULL, loaded TEXT NOT NULL, read_at TEXT NOT NULL,
    text_hash TEXT NOT NULL, decisions TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS originals (hash TEXT PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS chunks (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, chunk TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS chunks_of_source ON chunks(source, ordinal);
CREATE TABLE IF NOT EXISTS vectors (hash TEXT PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS staged (
    id TEXT PRIMARY KEY, folder TEXT NOT NULL, row TEXT NOT NULL, original TEXT NOT NULL, loaded TEXT NOT NULL, read_at TEXT NOT NULL,
    text_hash TEXT NOT NULL, decisions TEXT NOT NULL, made_by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS staged_chunks (
    id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES staged(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, chunk TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS staged_chunks_of_source ON staged_chunks(source, ordinal);
CREATE TABLE IF NOT EXISTS readings (
    source TEXT NOT NULL, text_hash TEXT NOT NULL, loaded TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (source, text_hash)
);
CREATE TABLE IF NOT EXISTS moved (id TEXT PRIMARY KEY, became TEXT NOT NULL);
"""


class LibraryError(RuntimeError):
    """The library cannot be used as it is; the message says what to do."""


def open_file(store: Path) -> sqlite3.Connection:
    """The library's file, made or brought up to date if need be. LibraryError where it cannot be used."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(store / NAME, timeout=30, check_same_thread=False, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA secure_delete=ON")  # what is forgotten is gone from the file too, not only from its tables
        bring_up_to_date(db, store)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"cannot open the library in {store} ({error}); check HUB_STORE") from error
    return db


def look_at_file(store: Path) -> sqlite3.Connection:
    """The library's file opened so that nothing is written, neither in it nor beside it. LibraryError where there is none to read."""
    path = store / NAME
    try:
        # A log beside the file holds what is newer than it. Without one nobody writes, and even the empty log that SQLite
        # would make is spared.
        logged = path.with_name(f"{NAME}-wal")
        how = "mode=ro" if logged.exists() and logged.stat().st_size else "mode=ro&immutable=1"
        db = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=30, check_same_thread=False, isolation_level=None)
        if _schema(db) == str(SCHEMA):
            return db
        copy = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        db.backup(copy)
        db.close()
        bring_up_to_date(copy, store)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"cannot open the library in {store} ({error}); check HUB_STORE") from error
    return copy


def _schema(db: sqlite3.Connection) -> str:
    known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone()
    row = db.execute("SELECT value FROM facts WHERE name = 'schema'").fetchone() if known else None
    return row[0] if row else ""


def bring_up_to_date(db: sqlite3.Connection, store: Path) -> None:
    """Make the tables that are missing, in one transaction. LibraryError where the library is of a version that is not known."""
    if _schema(db) == str(SCHEMA):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        made = _schema(db)
        if made not in ("", "1", str(SCHEMA)):
            raise LibraryError(f"the library in {store} was made by another version; move it away and run `python -m ingest` again")
        for statement in _TABLES.split(";"):
            db.execute(statement)
        if made == "1":
            _from_first(db)
        db.execute("INSERT OR REPLACE INTO facts VALUES ('schema', ?)", (str(SCHEMA),))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _from_first(db: sqlite3.Connection) -> None:
    columns = {row[1] for row in db.execute("PRAGMA table_info(sources)")}
    for column in ("text_hash", "decisions"):
        if column not in columns:
            db.execute(f"ALTER TABLE sources ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    for (id,) in db.execute("SELECT id FROM sources").fetchall():
        (loaded,) = db.execute("SELECT loaded FROM sources WHERE id = ?", (id,)).fetchone()
        db.execute("UPDATE sources SET text_hash = ? WHERE id = ?", (text_hash(json.loads(loaded)["text"]), id))
