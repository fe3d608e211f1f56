"""The library's file: an older one is brought up to date, and one can be looked at without a trace."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hub_makers import make_chunk, make_held

from hub.domain import text_hash
from hub.library import Library, LibraryError

FIRST = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sources (id TEXT PRIMARY KEY, folder TEXT NOT NULL, row TEXT NOT NULL, original TEXT NOT NULL, loaded TEXT NOT NULL, read_at TEXT NOT NULL);
CREATE TABLE originals (hash TEXT PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE chunks (id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, chunk TEXT NOT NULL);
CREATE TABLE vectors (hash TEXT PRIMARY KEY, vector BLOB NOT NULL);
INSERT INTO facts VALUES ('schema', '1');
"""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A store as the first version of the program made it."""
    store = tmp_path / "store"
    store.mkdir()
    held, chunk = make_held("a", b"Old words."), make_chunk("a", "Old words.")
    with closing(sqlite3.connect(store / "library.db")) as db, db:
        db.executescript(FIRST)
        row = (held.source.id, held.folder, held.source.model_dump_json(), held.original, held.loaded.model_dump_json(), held.read_at)
        db.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", row)
        db.execute("INSERT INTO originals VALUES (?, 'a.md', ?)", (held.original, b"Old words."))
        db.execute("INSERT INTO chunks VALUES (?, 'a', 0, ?)", (chunk.id, chunk.model_dump_json()))
    return store


def files(store: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in store.iterdir()}


def test_a_library_of_the_first_version_is_brought_up_to_date_with_all_it_holds(first: Path) -> None:
    for _ in range(2):
        with Library(first) as library:
            held = library.held("a")
            assert held is not None
            assert (held.source, held.loaded.text, held.decisions) == (make_held("a", b"Old words.").source, "Old words.", "")
            assert library.texts() == {"a": text_hash("Old words.")}
            assert [c.text for c in library.all_chunks()] == ["Old words."]


def test_to_look_at_an_older_library_leaves_it_as_it_was(first: Path) -> None:
    before = files(first)
    with Library.look(first) as library:
        assert library.texts() == {"a": text_hash("Old words.")}
    assert files(first) == before


def test_to_look_writes_nothing_not_even_beside_the_file(tmp_path: Path) -> None:
    with Library(tmp_path / "store") as library, library.transaction():
        library.put_source(make_held("a", b"Words."), b"Words.", [make_chunk("a", "Words.")])
    before = files(tmp_path / "store")
    assert list(before) == ["library.db"]
    with Library.look(tmp_path / "store") as library:
        assert list(library.sources()) == ["a"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            library.set_fact("x", "y")
    assert files(tmp_path / "store") == before


def test_to_look_sees_what_another_has_just_written(tmp_path: Path) -> None:
    with Library(tmp_path / "store") as writer:
        with writer.transaction():
            writer.put_source(make_held("a", b"Words."), b"Words.", [make_chunk("a", "Words.")])
        with Library.look(tmp_path / "store") as library:
            assert list(library.sources()) == ["a"]


def test_what_is_forgotten_leaves_no_byte_in_the_file(tmp_path: Path) -> None:
    texts = {"a": "Quincewold " * 9000, "b": "Marrowfen " * 9000}  # several of the file's pages each
    with Library(tmp_path / "store") as library:
        for id, text in texts.items():
            with library.transaction():
                library.put_source(make_held(id, text.encode()), text.encode(), [make_chunk(id, text)])
        with library.transaction():
            library.remove_sources(["a"])
            library.drop_unused_originals()
    kept = b"".join(files(tmp_path / "store").values())
    assert b"Marrowfen" in kept
    assert b"Quincewold" not in kept


def test_where_there_is_no_library_to_look_at_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="HUB_STORE"):
        Library.look(tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_snapshot_is_of_one_moment(tmp_path: Path) -> None:
    with Library(tmp_path / "store") as writer, Library(tmp_path / "store") as reader:
        writer.set_fact("generation", "one")
        with reader.snapshot():
            assert reader.fact("generation") == "one"
            writer.set_fact("generation", "two")
            assert reader.fact("generation") == "one"
        assert reader.fact("generation") == "two"
