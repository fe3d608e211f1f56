"""An ingest that is stopped or killed: the store answers as before, and the next run finishes without doubles."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest
from ingest_killing import Killer, Moment
from ingest_worlds import counts, faults_of, found, run, silent, texts, write

import ingest.look as ingest_look
from hub.embedder import Embedder
from hub.settings import Settings
from ingest.run import ingest

TREES = ["ash", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy", "juniper"]


def written(*trees: str) -> dict[str, str]:
    """A document for each school, of a paragraph on each other, and one more."""
    pairs = {
        tree: [
            f"The {tree} school met the {other} school. Heads of {tree} saw {other} teach. They wrote to {other} from {tree}."
            for other in trees
        ]
        for tree in trees
    }
    documents = {f"{tree}.md": f"# {tree}\n\n" + "\n\n".join(paragraphs) for tree, paragraphs in pairs.items()}
    return {**documents, "visits.md": "# Visits\n\nHeads visit one another in threes.\n"}


OLD = {f"{tree}.md": f"# {tree}\n\nThe {tree} school met in May.\n" for tree in TREES[:4]}
NEW = written(*TREES[:3])

STAGES = [("reading", 1), ("reading", 4), ("embedding", 1), ("indexing", 0), ("indexing", 1)]
"""Steps of the progress, and the number of the call, or, of the indexing, how much is done."""


class Counter:
    """Tells when the progress has come to a stage."""

    def __init__(self, step: str, number: int) -> None:
        self.step, self.number, self.calls = step, number, 0

    def reached(self, step: str, done: int) -> bool:
        if step != self.step:
            return False
        self.calls += 1
        return (done if step == "indexing" else self.calls) == self.number


class Stopped(BaseException):
    """Raised by the progress, as Ctrl-C is."""


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: f"{s[0]} {s[1]}")
def test_a_stopped_ingest_leaves_the_old_state_and_the_next_one_finishes(
    settings: Settings, tmp_path: Path, embedder: Embedder, stage: tuple[str, int]
) -> None:
    folder = write(tmp_path / "a", OLD)
    run(settings, folder)
    before, answers = texts(settings), found(settings, embedder, "which school met in May")
    counter = Counter(*stage)

    def stop(step: str, done: int, total: int) -> None:
        if counter.reached(step, done):
            raise Stopped

    write(folder, NEW)
    with pytest.raises(Stopped):
        ingest(settings, [folder], stop)
    assert texts(settings) == before
    assert found(settings, embedder, "which school met in May") == answers
    finish(settings, folder, embedder, (1, 3, 0, 1, 0))


def finish(settings: Settings, folder: Path, embedder: Embedder, expected: tuple[int, ...]) -> None:
    assert counts(run(settings, folder)) == expected
    assert {f"{id}.md" for id in texts(settings)} == set(NEW)
    assert found(settings, embedder, "heads visit in threes")[0] == "Heads visit one another in threes."
    assert faults_of(settings, embedder) == []
    again = run(settings, folder)
    assert (counts(again), again.embedded) == ((0, 0, 4, 0, 0), 0)


def test_a_first_ingest_that_is_stopped_leaves_an_empty_store_and_no_embedding_is_lost(
    settings: Settings, tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "a", written(*TREES))
    total = run(settings.model_copy(update={"store": tmp_path / "other"}), folder).embedded
    assert total > 300
    counter = Counter("reading", 5)
    embedded = 0

    def stop(step: str, done: int, total: int) -> None:
        nonlocal embedded
        embedded = done if step == "embedding" else embedded
        if counter.reached(step, done):
            raise Stopped

    with pytest.raises(Stopped):
        ingest(settings, [folder], stop)
    assert texts(settings) == {}
    assert embedded > 0
    report = ingest(settings, [folder], silent)
    assert (counts(report), report.embedded) == ((11, 0, 0, 0, 0), total - embedded)
    assert faults_of(settings, embedder) == []


MOMENTS = 25


@pytest.mark.timeout(900)  # half a minute on a quiet machine
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_an_ingest_killed_at_25_moments_leaves_a_whole_state_and_the_next_one_finishes(
    settings: Settings, tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "a", OLD)
    run(settings, folder)
    before = texts(settings)
    write(folder, NEW)
    seeded = random.Random(25)

    def fresh(name: str) -> Settings:
        """A copy of the store: Chroma remembers in this process what it read at a path."""
        shutil.copytree(settings.store, tmp_path / name)
        return settings.model_copy(update={"store": tmp_path / name})

    with Killer() as killer:
        began = time.monotonic()
        code, calls, changes = killer.run(fresh("whole"), folder, Moment())
        seconds = time.monotonic() - began
        assert code == 0
        # Spread over the whole run, and again over its shortest and most delicate part, the switch.
        early = [Moment(call=int(calls * (n + seeded.random()) / 10)) for n in range(10)]
        late = [Moment(change=n) for n in sorted(seeded.sample(range(1, changes + 1), 10))]
        timed = [Moment(seconds=seconds * (n + seeded.random()) / 5) for n in range(5)]
        moments = [*early, *late, *timed]
        assert len(moments) == MOMENTS
        killed = 0
        for number, moment in enumerate(moments):
            own = fresh(f"store{number}")
            code, _, _ = killer.run(own, folder, moment)
            killed += code == -signal.SIGKILL
            held = texts(own)
            switched = set(held) == {name.removesuffix(".md") for name in NEW}
            assert held == before or switched, f"neither the old nor the new after {moment}"
            assert len(found(own, embedder, "which school met")) == sum(len(t) for t in held.values()), moment
            finish(own, folder, embedder, (0, 0, 4, 0, 0) if switched else (1, 3, 0, 1, 0))
    assert killed >= MOMENTS - 5  # a run may come to its end before a timed kill


def test_what_a_killed_ingest_had_made_ready_is_neither_read_nor_embedded_again(
    settings: Settings, tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "a", NEW)

    def stop(step: str, done: int, total: int) -> None:
        if step == "indexing":
            raise Stopped

    with pytest.raises(Stopped):
        ingest(settings, [folder], stop)
    assert texts(settings) == {}
    monkeypatch.setattr(ingest_look, "load", lambda name, data: pytest.fail(f"{name} was read again"))
    report = run(settings, folder)
    assert (counts(report), report.embedded) == ((4, 0, 0, 0, 0), 0)
    assert faults_of(settings, embedder) == []


def test_what_was_made_ready_of_a_row_that_is_gone_since_never_enters(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", NEW)

    def stop(step: str, done: int, total: int) -> None:
        if step == "indexing":
            raise Stopped

    with pytest.raises(Stopped):
        ingest(settings, [folder], stop)
    kept = {name: text for name, text in NEW.items() if name != "visits.md"}
    changed = {**kept, "ash.md": "# Ash\n\nOther words now.\n"}
    assert counts(run(settings, write(folder, changed))) == (3, 0, 0, 0, 0)
    assert texts(settings)["ash"] == ["Other words now."]
    assert "visits" not in texts(settings)
    assert faults_of(settings, embedder) == []
