"""The library: kept together or not at all, and nothing kept that no source needs."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hub_makers import make_chunk, make_held

from hub.domain import Sentence, Tag
from hub.library import Library, LibraryError, chunk_texts, sentence_text, vector_key


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "store") as library:
        yield library


def put(library: Library, id: str, text: str, data: bytes | None = None) -> None:
    with library.transaction():
        library.put_source(make_held(id, data or text.encode()), data or text.encode(), [make_chunk(id, text)])


def state(library: Library) -> tuple[object, ...]:
    return library.sources(), library.originals(), [c.text for c in library.all_chunks()], library.fact("generation"), library.digest()


def break_off(library: Library, error: type[BaseException]) -> None:
    with library.transaction():
        library.put_source(make_held("a", b"New words."), b"New words.", [make_chunk("a", "New words.")])
        library.put_source(make_held("b", b"Others."), b"Others.", [make_chunk("b", "Others.")])
        library.set_fact("generation", "new")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_broken_transaction_leaves_the_old_state(library: Library, error: type[BaseException]) -> None:
    put(library, "a", "Old words.")
    before = state(library)
    with pytest.raises(error):
        break_off(library, error)
    assert state(library) == before
    assert library.original("a") == b"Old words."
    put(library, "c", "And it goes on.")
    assert list(library.sources()) == ["a", "c"]


def test_a_reader_sees_the_old_whole_until_the_new_whole_is_kept(library: Library, tmp_path: Path) -> None:
    put(library, "a", "Old words.")
    with Library(tmp_path / "store") as reader:
        before = state(reader)
        with library.transaction():
            library.put_source(make_held("a", b"New words."), b"New words.", [make_chunk("a", "New words.")])
            library.set_fact("generation", "new")
            assert state(reader) == before
        assert [c.text for c in reader.all_chunks()] == ["New words."]
        assert reader.fact("generation") == "new"


def test_what_is_put_comes_back_the_same(library: Library) -> None:
    held = make_held("a", b"Some words.", trust="Larkfield Trust", components=["connect"], context={"region": "North East"})
    chunks = [make_chunk("a", "Some words.", (Tag(component="connect", score=0.8, method="named"),)), make_chunk("a", "More.")]
    with library.transaction():
        library.put_source(held, b"Some words.", chunks)
    assert library.held("a") == held
    assert library.original("a") == b"Some words."
    assert library.chunks_of("a") == chunks == list(library.all_chunks())
    assert library.chunks([chunks[1].id, "a-unknown"]) == {chunks[1].id: chunks[1]}
    assert (library.count_chunks(), library.folders(), library.last_read()) == (2, {"a": "/library"}, held.read_at)


def test_an_empty_library_holds_nothing(library: Library) -> None:
    assert (library.held("a"), library.original("a"), library.fact("generation"), library.last_read()) == (None, None, "", "")
    assert (library.sources(), library.count_chunks(), library.vectors(["x"]), library.chunks([])) == ({}, 0, {}, {})


def test_a_source_put_again_replaces_its_chunks(library: Library) -> None:
    put(library, "a", "First words.")
    put(library, "a", "Second words.")
    assert [c.text for c in library.all_chunks()] == ["Second words."]


def test_sources_and_chunks_come_in_order(library: Library) -> None:
    for id in ("c", "a", "b"):
        with library.transaction():
            library.put_source(make_held(id, id.encode()), id.encode(), [make_chunk(id, f"{id} {n}") for n in ("two", "one", "three")])
    assert list(library.sources()) == ["a", "b", "c"]
    assert [c.text for c in library.all_chunks()] == [f"{id} {n}" for id in "abc" for n in ("two", "one", "three")]


def test_removing_a_source_drops_its_chunks_and_its_original(library: Library) -> None:
    put(library, "a", "Words of a.")
    put(library, "b", "Words of b.")
    library.remove_sources(["a"])
    library.drop_unused_originals()
    assert (list(library.sources()), [c.source for c in library.all_chunks()], library.original("a")) == (["b"], ["b"], None)
    assert library.original("b") == b"Words of b."


def test_an_original_that_another_source_shares_stays_until_both_are_gone(library: Library, tmp_path: Path) -> None:
    put(library, "a", "x", data=b"Shared bytes.")
    put(library, "b", "x", data=b"Shared bytes.")
    library.remove_sources(["a"])
    library.drop_unused_originals()
    assert library.original("b") == b"Shared bytes."
    library.remove_sources(["b", "not-held"])
    library.drop_unused_originals()
    with closing(sqlite3.connect(tmp_path / "store" / "library.db")) as database:
        assert database.execute("SELECT COUNT(*) FROM originals").fetchone() == (0,)


def test_the_digest_names_chunks_and_tags_whatever_the_order(tmp_path: Path) -> None:
    def digest(name: str, ids: list[str], tag: str) -> str:
        with Library(tmp_path / name) as library:
            for id in ids:
                with library.transaction():
                    chunk = make_chunk(id, "Words.", (Tag(component=tag, score=0.8, method="named"),))
                    library.put_source(make_held(id, b"Words."), b"Words.", [chunk])
            return library.digest()

    assert digest("one", ["a", "b"], "connect") == digest("two", ["b", "a"], "connect")
    assert len({digest("three", ["a"], "connect"), digest("four", ["a", "b"], "connect"), digest("five", ["a", "b"], "use-evidence")}) == 3


def test_a_library_of_another_version_is_refused_with_what_to_do(library: Library, tmp_path: Path) -> None:
    library.set_fact("schema", "0")
    with pytest.raises(LibraryError, match=r"another version.*move it away"):
        Library(tmp_path / "store")


@pytest.mark.parametrize("make", [lambda p: p.write_bytes(b"no database " * 200), lambda p: p.mkdir()], ids=["not a database", "a folder"])
def test_what_is_no_library_is_refused_with_the_store_named(tmp_path: Path, make: object) -> None:
    make(tmp_path / "library.db")  # type: ignore[operator]
    with pytest.raises(LibraryError, match="HUB_STORE") as caught:
        Library(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_the_texts_of_a_chunk_are_itself_and_each_sentence_with_its_lead() -> None:
    chunk = make_chunk("a", "We did: this.").model_copy(
        update={"start": 100, "end": 113, "sentences": (Sentence(start=100, end=107), Sentence(start=108, end=113, lead="We did:"))}
    )
    assert chunk_texts(chunk) == [chunk.embed_text, "We did:", "We did: this."]
    assert sentence_text(chunk, 0) == "We did:"


def test_a_vector_key_names_embedder_and_text() -> None:
    keys = {vector_key("m", "text"), vector_key("m", "texts"), vector_key("n", "text"), vector_key("m\ntext", "")}
    assert len(keys) == 4
    assert vector_key("m", "text") == vector_key("m", "text")
