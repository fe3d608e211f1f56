"""The library: one SQLite file that holds the truth. Texts, places, originals, chunks, sentences, vectors and tags.

The index is made from it and can be made again. One transaction replaces what an ingest changed and names the index generation
that goes with it, so a reader sees the old whole or the new whole. Documents are staged one by one and vectors are kept by the
hash of what was embedded, both committed as they come: an ingest that dies loses neither reading nor embedding.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import numpy as np

from hub.domain import Chunk, Loaded, Source, text_hash
from hub.library_file import LibraryError as LibraryError
from hub.library_file import look_at_file, open_file
from hub.readings import Readings
from hub.staging import Staging
from hub.stock import Stock


class Held(NamedTuple):
    """A source as the library holds it."""

    source: Source
    folder: str
    original: str
    """sha256 of the file that was read."""
    loaded: Loaded
    read_at: str
    decisions: str = ""
    """What staff decided on its passages, as the ingest wrote it; "" where nothing was."""


class Seen(NamedTuple):
    """What tells whether a source must be read again."""

    folder: str
    row: str
    original: str
    decisions: str

    @property
    def path(self) -> str:
        """The file, relative to the folder."""
        return str(json.loads(self.row)["path"])


def vector_key(embedder: str, text: str) -> str:
    """What a vector is kept by: the embedder's name and the text."""
    return hashlib.sha256(f"{embedder}\n{text}".encode()).hexdigest()[:32]


def chunk_texts(chunk: Chunk) -> list[str]:
    """The texts of a chunk that have vectors: itself, then its sentences."""
    return [chunk.embed_text, *(sentence_text(chunk, n) for n in range(len(chunk.sentences)))]


def sentence_text(chunk: Chunk, number: int) -> str:
    """What is embedded of a sentence: what leads to it, then its words."""
    sentence = chunk.sentences[number]
    words = chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]
    return f"{sentence.lead} {words}" if sentence.lead else words


class Library:
    """Opens `store/library.db`, making it if need be. Many may read while one writes."""

    def __init__(self, store: Path) -> None:
        self._use(open_file(store))

    @classmethod
    def look(cls, store: Path) -> "Library":
        """A library that is there, opened so that nothing at all is written. LibraryError where there is none."""
        library = cls.__new__(cls)
        library._use(look_at_file(store))
        return library

    def _use(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.staging = Staging(db)
        """What an ingest has made ready and no reader sees yet."""
        self.readings = Readings(db)
        """Older texts that stored answers cite."""
        self.stock = Stock(db)
        """What is held, in figures."""

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together, or, on any error, not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever is written meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("ROLLBACK")

    # Facts: what made the library, and the generation in force.

    def fact(self, name: str) -> str:
        """A fact's value, or ""."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_fact(self, name: str, value: str) -> None:
        """Keep a fact."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    # Sources.

    def sources(self) -> dict[str, Source]:
        """Every source held, by id, in order of id."""
        return {id: Source.model_validate_json(row) for id, row in self._db.execute("SELECT id, row FROM sources ORDER BY id")}

    def folders(self) -> dict[str, str]:
        """The folder that each source came from, by source id."""
        return dict(self._db.execute("SELECT id, folder FROM sources"))

    def originals(self) -> dict[str, str]:
        """The sha256 of the file that each source was read from, by source id."""
        return dict(self._db.execute("SELECT id, original FROM sources"))

    def seen(self) -> dict[str, Seen]:
        """What each source was made from, by source id."""
        return {id: Seen(*rest) for id, *rest in self._db.execute("SELECT id, folder, row, original, decisions FROM sources")}

    def decisions(self) -> dict[str, str]:
        """What staff decided on each source's passages, as it is kept, by source id."""
        return dict(self._db.execute("SELECT id, decisions FROM sources"))

    def texts(self) -> dict[str, str]:
        """The name of each source's text (`text_hash`), by source id."""
        return dict(self._db.execute("SELECT id, text_hash FROM sources"))

    def held(self, id: str) -> Held | None:
        """One source with its text, or None."""
        row = self._db.execute("SELECT row, folder, original, loaded, read_at, decisions FROM sources WHERE id = ?", (id,)).fetchone()
        return Held(Source.model_validate_json(row[0]), row[1], row[2], Loaded.model_validate_json(row[3]), *row[4:]) if row else None

    def original(self, id: str) -> bytes | None:
        """The bytes that a source was read from, or None."""
        row = self._db.execute("SELECT bytes FROM originals JOIN sources ON original = hash WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    def last_read(self) -> str:
        """When a source was last read (ISO 8601), or ""."""
        return self._db.execute("SELECT COALESCE(MAX(read_at), '') FROM sources").fetchone()[0] or ""

    def put_source(self, held: Held, data: bytes, chunks: Sequence[Chunk]) -> None:
        """Keep a source in place of what it was, at once: row, text, original and chunks."""
        self.staging.drop(self.staging.held())
        self.stage(held, data, chunks, "")
        self.take_over()

    def stage(self, held: Held, data: bytes | None, chunks: Sequence[Chunk], made_by: str) -> None:
        """Make a source ready, out of every reader's sight. `data` is None where the library has the original already."""
        if data is not None:
            self._db.execute("INSERT OR IGNORE INTO originals VALUES (?, ?, ?)", (held.original, Path(held.source.path).name, data))
        row = (held.folder, held.source.model_dump_json(), held.original, held.loaded.model_dump_json(), held.read_at)
        named = (text_hash(held.loaded.text), held.decisions, made_by)
        self.staging.put(held.source.id, (*row, *named), ((c.id, n, c.model_dump_json()) for n, c in enumerate(chunks)))

    def retag(self, source: str, chunks: Iterable[Chunk], decisions: str) -> None:
        """Inside a transaction: other tags on chunks that are held, and the decisions they come of. The index knows no tags and stays.

        The fact "retagged" counts such changes, so that a reader at the same generation notices.
        """
        self._db.executemany(
            "UPDATE chunks SET chunk = ? WHERE id = ? AND source = ?", [(c.model_dump_json(), c.id, source) for c in chunks]
        )
        self._db.execute("UPDATE sources SET decisions = ? WHERE id = ?", (decisions, source))
        self.set_fact("retagged", str(int(self.fact("retagged") or 0) + 1))

    def take_over(self, gone: Sequence[str] = (), moved: Mapping[str, str] | None = None) -> None:
        """Inside a transaction: what is staged replaces what was held, and `gone` is forgotten. `moved`: those that go on under another id."""
        moved = moved or {}
        self.readings.keep(datetime.now(UTC).isoformat(timespec="seconds"), [id for id in gone if id not in moved])
        self.staging.take_over()
        self.remove_sources(gone)
        for old, new in moved.items():
            self.readings.follow(old, new)

    def remove_sources(self, ids: Iterable[str]) -> None:
        """Forget sources and their chunks."""
        self._db.executemany("DELETE FROM sources WHERE id = ?", [(id,) for id in ids])

    def drop_unused_originals(self) -> None:
        """Forget the bytes of files that no source was read from."""
        self._db.execute("DELETE FROM originals WHERE hash NOT IN (SELECT original FROM sources UNION SELECT original FROM staged)")

    # Chunks.

    def chunks(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """The chunks of these ids that are held."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self._db.execute(f"SELECT id, chunk FROM chunks WHERE id IN ({marks})", wanted)
        return {id: Chunk.model_validate_json(chunk) for id, chunk in rows}

    def all_chunks(self) -> Iterator[Chunk]:
        """Every chunk, by source and in order."""
        for (chunk,) in self._db.execute("SELECT chunk FROM chunks ORDER BY source, ordinal"):
            yield Chunk.model_validate_json(chunk)

    def chunks_of(self, source: str) -> list[Chunk]:
        """The chunks of one source, in order."""
        rows = self._db.execute("SELECT chunk FROM chunks WHERE source = ? ORDER BY ordinal", (source,))
        return [Chunk.model_validate_json(chunk) for (chunk,) in rows]

    def count_chunks(self) -> int:
        """How many chunks are held."""
        return int(self._db.execute("SELECT COUNT(*) FROM chunks").fetchone()[0])

    # Vectors.

    def vectors(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """float32 vectors, by key, of the keys that are held."""
        found: dict[str, np.ndarray] = {}
        for start in range(0, len(keys), 500):
            batch = keys[start : start + 500]
            rows = self._db.execute(f"SELECT hash, vector FROM vectors WHERE hash IN ({','.join('?' * len(batch))})", batch)
            found.update((key, np.frombuffer(blob, dtype=np.float16).astype(np.float32)) for key, blob in rows)
        return found

    def put_vectors(self, vectors: Mapping[str, np.ndarray]) -> None:
        """Keep vectors, as float16: half the room, and a cosine moves by less than a thousandth."""
        with self.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(key, v.astype(np.float16).tobytes()) for key, v in vectors.items()]
            )

    def drop_vectors_except(self, keys: Iterable[str]) -> None:
        """Forget the vectors of texts that are no longer held."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS kept (hash TEXT PRIMARY KEY)")
        self._db.execute("DELETE FROM kept")
        self._db.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
        self._db.execute("DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM kept)")

    def digest(self) -> str:
        """Names the held chunks: the same chunks and tags give the same digest."""
        digest = hashlib.sha256()
        for id, chunk in self._db.execute("SELECT id, chunk FROM chunks ORDER BY id"):
            digest.update(f"{id}\n{json.dumps(json.loads(chunk)['tags'])}\n".encode())
        return digest.hexdigest()[:16]
