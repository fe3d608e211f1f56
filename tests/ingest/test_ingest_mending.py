"""A broken index is noticed when a reader opens it, made anew from the library without embedding, and said."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ingest_worlds import faults_of, found, run, write

from assistant.build import build_assistant
from assistant.journey import Ask
from assistant.shelf import ShelfError
from hub.embedder import Embedder, MiniLM
from hub.library import Library
from hub.settings import ROOT, Settings
from hub.writer import writing
from vectorstore.index import MARKER, BrokenIndex
from vectorstore.mend import MENDED, MENDING, open_generation

VISITS = "# Visits\n\n## Why\n\nHeads visit one another in threes.\n\n## How\n\nThey agree what to look for.\n"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.fixture
def held(settings: Settings, tmp_path: Path) -> Settings:
    """A store whose index no process has opened yet: Chroma remembers in a process what it read at a path."""
    run(settings, write(tmp_path / "a", {"visits.md": VISITS}))
    shutil.copytree(settings.store, tmp_path / "moved")
    return settings.model_copy(update={"store": tmp_path / "moved"})


def generation(settings: Settings) -> Path:
    with Library(settings.store) as library:
        return settings.store / "index" / library.fact("generation")


@pytest.mark.parametrize(
    "damage",
    [
        lambda g: shutil.rmtree(g.parent),
        lambda g: cut(g / "chroma" / "chroma.sqlite3"),
        lambda g: cut(g / "lexical" / "ids.txt"),
        lambda g: (g / MARKER).unlink(),
        lambda g: (g / MARKER).write_text((g / MARKER).read_text().replace("index v", "index v0.")),
    ],
    ids=["all gone", "vectors cut", "words cut", "no marker", "an earlier version's"],
)
def test_a_broken_index_is_mended_without_embedding_and_said(
    held: Settings, embedder: Embedder, damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = generation(held)
    damage(before)
    monkeypatch.setattr(MiniLM, "embed", lambda self, texts: pytest.fail("something was embedded"))
    with Library(held.store) as library:
        index, notice = open_generation(library, held.store)
        index.close()
        assert notice == MENDED
        index, notice = open_generation(library, held.store)
        index.close()
        assert notice == ""
    monkeypatch.undo()
    assert generation(held) != before
    assert found(held, embedder, "threes")[0] == "Heads visit one another in threes."
    assert faults_of(held, embedder) == []


def test_the_assistant_mends_it_and_says_so_once(held: Settings) -> None:
    shutil.rmtree(generation(held))
    assistant = build_assistant(held)
    answers = [assistant.answer(Ask("Who do heads visit?")) for _ in range(2)]
    assistant.shelf.close()
    assert [a.notices for a in answers] == [(MENDED,), ()]
    assert answers[0].citations[0].quote == "Heads visit one another in threes."


def test_an_index_that_breaks_under_a_reader_is_mended_for_the_next_question(held: Settings) -> None:
    assistant = build_assistant(held)
    assert assistant.answer(Ask("Who do heads visit?")).citations
    assistant.shelf.index.close()  # as where its files or its server are gone
    shutil.rmtree(generation(held))
    with pytest.raises(ShelfError, match="ask again"):
        assistant.answer(Ask("Who do heads visit?"))
    again = assistant.answer(Ask("Who do heads visit?"))
    assistant.shelf.close()
    assert (again.notices, len(again.citations) > 0) == ((MENDED,), True)


def test_where_an_ingest_holds_the_store_the_reader_is_told_so(held: Settings) -> None:
    shutil.rmtree(generation(held))
    said = r"an ingest \(process \d+ on .*is made anew then"
    with Library(held.store) as library, writing(held.store, "an ingest"), pytest.raises(BrokenIndex, match=said):
        open_generation(library, held.store)
    with Library(held.store) as library:
        index, notice = open_generation(library, held.store)
        index.close()
    assert notice == MENDED


OPENING = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from hub.library import Library
from vectorstore.mend import open_generation
with Library(Path(sys.argv[2])) as library:
    print("ready", flush=True)
    sys.stdin.readline()
    index, notice = open_generation(library, Path(sys.argv[2]))
    print(index.generation, flush=True)
"""


def test_of_several_readers_at_once_one_mends_and_the_others_wait(held: Settings) -> None:
    before = generation(held)
    cut(before / "lexical" / "ids.txt")
    command = [sys.executable, "-c", OPENING, str(ROOT), str(held.store)]
    readers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    with writing(held.store, MENDING):  # all three find the lock taken, and wait
        for reader in readers:
            assert reader.stdin is not None
            reader.stdin.write("\n")
            reader.stdin.flush()
    opened = {reader.communicate()[0].strip() for reader in readers}
    assert opened == {generation(held).name}
    assert [p.name for p in before.parent.iterdir()] == list(opened)


def test_a_library_that_lacks_a_vector_cannot_be_mended_and_says_what_to_do(held: Settings, embedder: Embedder) -> None:
    shutil.rmtree(generation(held))
    with Library(held.store) as library:
        library.drop_vectors_except([])
        with pytest.raises(BrokenIndex, match="run `python -m ingest`"):
            open_generation(library, held.store)
    assert [p for p in (held.store / "index").iterdir() if not p.name.startswith(".")] == []
