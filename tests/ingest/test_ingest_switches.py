"""Readers while documents come and go: the last whole generation, followed at once, with nothing left open."""

import gc
from pathlib import Path

import pytest
from ingest_worlds import faults_of, run, write

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.journey import Ask
from hub.components import load_model
from hub.embedder import Embedder
from hub.library import Library
from hub.settings import Settings
from ingest.run import ingest
from vectorstore.mend import open_generation

VISITS = "# Visits\n\nHeads visit one another in threes.\n"
LUNCH = "# Lunch\n\nThe second till opened in May. We will de-implement the old queue.\n"
SWITCHES = 50


def quotes(assistant: Assistant, question: str) -> list[str]:
    return [c.quote for c in assistant.answer(Ask(question)).citations]


def test_while_an_ingest_runs_the_last_whole_generation_answers(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    assistant = build_assistant(settings)
    assert quotes(assistant, "Who do heads visit?") == ["Heads visit one another in threes."]
    said: list[list[str]] = []
    write(folder, {"visits.md": VISITS.replace("threes", "fives"), "lunch.md": LUNCH})
    ingest(settings, [folder], lambda step, done, total: said.append(quotes(assistant, "Who do heads visit?")))
    assert len(said) >= 4  # reading, embedding, indexing
    assert {tuple(s) for s in said} == {("Heads visit one another in threes.",)}
    assert quotes(assistant, "Who do heads visit?") == ["Heads visit one another in fives."]
    assistant.shelf.close()


def test_what_is_removed_is_gone_at_once_from_every_search(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS, "lunch.md": LUNCH})
    run(settings, folder)
    assistant = build_assistant(settings)
    shelf = assistant.shelf
    vector = embedder.embed(["the till"])[0]
    shelf.refresh()
    assert "lunch" in {c.source for c, _ in shelf.about("de-implement")}
    write(folder, {"visits.md": VISITS})
    run(settings, folder)
    shelf.refresh()
    hits = shelf.search(vector, "second till", 100)  # by meaning and by words
    assert {shelf.chunks[h.chunk].source for h in hits} == {"visits"}
    assert [h.lexical for h in hits] == [0.0]
    assert {chunk.source for c in load_model().components for chunk, _ in shelf.about(c.id, least=0)} <= {"visits"}
    assistant.shelf.close()


@pytest.mark.timeout(900)  # seconds on a quiet machine; fifty ingests on a busy one
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the handles in /proc")
def test_fifty_switches_leak_no_file_handles(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    assistant = build_assistant(settings)
    gc.collect()  # what other tests left behind is not this one's
    counts = []
    for number in range(SWITCHES):
        write(folder, {"visits.md": f"{VISITS}\nSwitch {number}.\n"})
        run(settings, folder)
        assistant.shelf.refresh()
        assistant.shelf.search(embedder.embed(["visits"])[0], "visits", 3)
        gc.collect()
        counts.append(len(list(Path("/proc/self/fd").iterdir())))
    assistant.shelf.close()
    assert counts[-1] < counts[4] + SWITCHES / 5, counts  # a generation left open holds eight
    assert len(list((settings.store / "index").iterdir())) == 2
    assert faults_of(settings, embedder) == []


def test_a_reader_that_two_switches_overtake_opens_the_newest(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    with Library(settings.store) as library:
        real, asked = library.fact, []

        def fact(name: str) -> str:
            value = real(name)
            asked.append(name)
            if len(asked) == 1:  # between reading the name and opening the folder
                for number in range(3):
                    run(settings, write(folder, {"visits.md": f"{VISITS}\nSwitch {number}.\n"}))
            return value

        monkeypatch.setattr(library, "fact", fact)
        index, notice = open_generation(library, settings.store)
        index.close()
        assert (index.generation, notice) == (real("generation"), "")
