"""An ingest that is stopped or killed: the store answers as before, and the next run finishes without doubles."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ingest_worlds import counts, faults_of, found, run, silent, texts, write

from hub.embedder import Embedder
from hub.settings import ROOT, Settings
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
NEW = written(*TREES[:4])

STAGES = [("reading", 1), ("reading", 5), ("embedding", 1), ("indexing", 0), ("indexing", 1)]
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
    finish(settings, folder, embedder, (1, 4, 0, 0, 0))


def finish(settings: Settings, folder: Path, embedder: Embedder, expected: tuple[int, ...]) -> None:
    assert counts(run(settings, folder)) == expected
    assert {f"{id}.md" for id in texts(settings)} == set(NEW)
    assert found(settings, embedder, "heads visit in threes")[0] == "Heads visit one another in threes."
    assert faults_of(settings, embedder) == []
    again = run(settings, folder)
    assert (counts(again), again.embedded) == ((0, 0, 5, 0, 0), 0)


def test_a_first_ingest_that_is_stopped_leaves_an_empty_store_and_no_embedding_is_lost(
    settings: Settings, tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "a", written(*TREES))
    total = run(settings.model_copy(update={"store": tmp_path / "other"}), folder).embedded
    assert total > 300
    counter = Counter("embedding", 1)

    def stop(step: str, done: int, total: int) -> None:
        if counter.reached(step, done):
            raise Stopped

    with pytest.raises(Stopped):
        ingest(settings, [folder], stop)
    assert texts(settings) == {}
    report = ingest(settings, [folder], silent)
    assert (counts(report), report.embedded) == ((11, 0, 0, 0, 0), total - 256)
    assert faults_of(settings, embedder) == []


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from hub.settings import Settings
from ingest.run import ingest

step_wanted, number = sys.argv[4], int(sys.argv[5])
calls = 0

def progress(step, done, total):
    global calls
    print(step, done, flush=True)
    if step == step_wanted:
        calls += 1
        if (done if step == "indexing" else calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

Settings.model_config["env_file"] = None
ingest(Settings(store=Path(sys.argv[2])), [Path(sys.argv[3])], progress)
"""


def start(settings: Settings, folder: Path, step: str, number: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", KILLED, str(ROOT), str(settings.store), str(folder), step, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})


@pytest.mark.parametrize("stage", [("embedding", 1), ("indexing", 1)], ids=lambda s: f"{s[0]} {s[1]}")
def test_a_killed_ingest_leaves_the_old_state_and_the_next_one_finishes(
    settings: Settings, tmp_path: Path, embedder: Embedder, stage: tuple[str, int]
) -> None:
    folder = write(tmp_path / "a", OLD)
    run(settings, folder)
    before = texts(settings)
    write(folder, NEW)
    with start(settings, folder, *stage) as process:
        said = process.communicate()[0].split("\n")
    assert (process.returncode, said[0]) == (-signal.SIGKILL, "reading 1")
    assert texts(settings) == before
    assert len(found(settings, embedder, "which school met in May")) == 4
    finish(settings, folder, embedder, (1, 4, 0, 0, 0))


def test_an_ingest_killed_at_any_moment_leaves_the_old_whole_or_the_new_whole(
    settings: Settings, tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "a", OLD)
    run(settings, folder)
    before = texts(settings)
    write(folder, NEW)
    moment = random.uniform(0, 1)
    with start(settings, folder, "never", 0) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading 1\n"
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
    held = texts(settings)
    assert held == before or set(held) == {name.removesuffix(".md") for name in NEW}, f"killed {moment:.3f} s after its first line"
    assert len(found(settings, embedder, "which school met")) == sum(len(t) for t in held.values())
    finish(settings, folder, embedder, (1, 4, 0, 0, 0) if held == before else (0, 0, 5, 0, 0))
