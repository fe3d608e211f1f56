"""Generations: made beside the old, opened whole or refused, dropped by name, and closed for good."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from vectorstore_makers import build, drawn, make_chunk

from vectorstore.generations import build_index, drop_generations
from vectorstore.index import MARKER, BrokenIndex, Index

CHUNKS = [make_chunk("a", n, f"word{n} alpha") for n in range(5)]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def moved(store: Path, generation: str) -> Path:
    """A copy of the store: Chroma remembers in this process what it read at the old path."""
    copy = store.with_name(f"{store.name}-copy")
    shutil.copytree(store / "index" / generation, copy / "index" / generation)
    return copy


def handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_generation_says_what_made_it(tmp_path: Path) -> None:
    index = Index(tmp_path, build(tmp_path, CHUNKS, drawn(5)))
    index.close()
    assert (index.about["made_by"], index.about["chunks"]) == ("an embedder", 5)


def test_generations_stand_beside_each_other_and_answer_apart(tmp_path: Path) -> None:
    old = build(tmp_path, CHUNKS[:2], drawn(5)[:2])
    new = build(tmp_path, CHUNKS, drawn(5))
    assert sorted(p.name for p in (tmp_path / "index").iterdir()) == sorted([old, new])
    first, second = Index(tmp_path, old), Index(tmp_path, new)
    assert [len(i.search(drawn(5)[0], "alpha", 9)) for i in (first, second)] == [2, 5]
    first.close()
    second.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda g: cut(g / "chroma" / "chroma.sqlite3"),
        lambda g: (g / "chroma" / "chroma.sqlite3").unlink(),
        lambda g: shutil.rmtree(g / "chroma"),
        lambda g: cut(g / "lexical" / "data.csc.index.npy"),
        lambda g: cut(g / "lexical" / "ids.txt"),
        lambda g: (g / "lexical" / "ids.txt").write_text("a-1\na-2"),
        lambda g: cut(g / "lexical" / "vocab.index.json"),
        lambda g: shutil.rmtree(g / "lexical"),
        lambda g: cut(g / MARKER),
        lambda g: (g / MARKER).unlink(),
        lambda g: shutil.rmtree(g),
    ],
    ids=[
        "sqlite cut",
        "sqlite gone",
        "chroma gone",
        "bm25 cut",
        "ids cut",
        "ids few",
        "vocabulary cut",
        "words gone",
        "marker cut",
        "no marker",
        "gone",
    ],
)
def test_a_damaged_generation_is_refused_with_what_to_do(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    generation = build(tmp_path / "store", CHUNKS, drawn(5))
    store = moved(tmp_path / "store", generation)
    damage(store / "index" / generation)
    with pytest.raises(BrokenIndex, match=r"python -m ingest --rebuild") as caught:
        Index(store, generation)
    assert generation in str(caught.value)
    assert str(store) in str(caught.value)


def test_a_cut_file_of_vectors_is_noticed(tmp_path: Path) -> None:
    chunks = [make_chunk("a", n, f"word{n}") for n in range(1200)]  # Chroma writes the file from 1,000 rows on
    vectors = drawn(1200)
    generation = build(tmp_path / "store", chunks, vectors)
    store = moved(tmp_path / "store", generation)
    cut(next((store / "index" / generation / "chroma").rglob("data_level0.bin")))
    with pytest.raises(BrokenIndex, match="was cut"):
        Index(store, generation)


def test_a_search_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    index = Index(tmp_path, build(tmp_path, CHUNKS, drawn(5)))
    index.close()
    with pytest.raises(BrokenIndex, match="could not be searched"):
        index.search(drawn(5)[0], "alpha", 3)


def test_a_chroma_server_that_does_not_answer_is_named_by_its_setting(tmp_path: Path) -> None:
    generation = build(tmp_path, CHUNKS, drawn(5))
    with pytest.raises(BrokenIndex, match="HUB_CHROMA_URL"):
        Index(tmp_path, generation, "http://127.0.0.1:9")  # the port of “discard”: nobody listens


def test_a_generation_that_never_was_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BrokenIndex):
        Index(tmp_path, "never")
    assert list(tmp_path.rglob("*")) == []


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    generation = build_index(tmp_path, [], {}, "an embedder")
    index = Index(tmp_path, generation)
    hits = index.search(drawn(1)[0], "alpha", 5)
    index.close()
    assert hits == []


def test_a_build_that_fails_leaves_no_generation_to_open(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        build_index(tmp_path, [(CHUNKS, drawn(5))], {}, "an embedder")
    assert [p.name for p in (tmp_path / "index").iterdir() if not p.name.startswith(".")] == []
    drop_generations(tmp_path, [])
    assert list((tmp_path / "index").iterdir()) == []


@pytest.mark.parametrize("kept", [[], [0], [1, 2], [0, 1, 2]])
def test_only_the_generations_named_are_kept(tmp_path: Path, kept: list[int]) -> None:
    made = [build(tmp_path, CHUNKS, drawn(5)) for _ in range(3)]
    (tmp_path / "index" / ".making-killed").mkdir()
    drop_generations(tmp_path, {made[n] for n in kept} | {"unknown"})
    assert sorted(p.name for p in (tmp_path / "index").iterdir()) == sorted(made[n] for n in kept)
    for n in kept:
        index = Index(tmp_path, made[n])
        assert len(index.search(drawn(5)[0], "alpha", 9)) == 5
        index.close()


def test_dropping_from_a_store_without_an_index_makes_nothing(tmp_path: Path) -> None:
    drop_generations(tmp_path, ["x"])
    assert list(tmp_path.iterdir()) == []


def test_a_reader_of_the_old_generation_answers_on_while_a_new_one_is_made(tmp_path: Path) -> None:
    index = Index(tmp_path, build(tmp_path, CHUNKS, drawn(5)))
    before = index.search(drawn(5)[0], "alpha", 3)
    build(tmp_path, CHUNKS[:2], drawn(5)[:2])
    assert index.search(drawn(5)[0], "alpha", 3) == before
    index.close()


def test_twenty_generations_leak_no_file_handles(tmp_path: Path) -> None:
    def turn() -> None:
        generation = build(tmp_path, CHUNKS, drawn(5))
        index = Index(tmp_path, generation)
        index.search(drawn(5)[0], "alpha", 3)
        index.close()
        drop_generations(tmp_path, [])

    turn()
    turn()
    before = handles()
    for _ in range(20):
        turn()
    assert handles() <= before + 2


def test_twenty_refused_generations_leak_no_file_handles(tmp_path: Path) -> None:
    generation = build(tmp_path, CHUNKS, drawn(5))
    (tmp_path / "index" / generation / "lexical" / "ids.txt").write_text("a-1")
    for _ in range(2):
        with pytest.raises(BrokenIndex):
            Index(tmp_path, generation)
    before = handles()
    for _ in range(20):
        with pytest.raises(BrokenIndex):
            Index(tmp_path, generation)
    assert handles() <= before + 2
