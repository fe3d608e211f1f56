"""An ingest in a process of its own: begun, watched, stopped, and told of, as the app does it."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ingest_worlds import write

from hub.library import Library
from hub.settings import Settings
from hub.writer import writing
from ingest.background import Desk, State, start, state_of, stop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "own", {"lunch.md": "# Lunch\n\nA second till opened.\n", "empty.md": ""})


def until(store: Path, reached: Callable[[State], bool]) -> State:
    """The state once it is so; the test's own time-out ends what never comes."""
    while not reached(state := state_of(store)):
        time.sleep(0.05)
    return state


def held(settings: Settings) -> list[str]:
    with Library(settings.store) as library:
        return list(library.sources())


def test_it_is_done_in_another_process_and_what_came_of_it_is_there_afterwards(settings: Settings, folder: Path) -> None:
    assert state_of(settings.store).phase == "none"
    start(settings, [folder])
    ended = until(settings.store, lambda s: s.phase == "ended")
    assert (ended.error, ended.stopped, ended.run) == ("", False, 1)
    assert ended.report
    assert (ended.report["added"], [f["source"] for f in ended.report["failed"]]) == (1, ["empty"])
    assert held(settings) == ["lunch"]


def test_a_second_says_who_holds_the_lock_goes_on_when_it_is_free_and_can_be_stopped_while_it_waits(
    settings: Settings, folder: Path
) -> None:
    with writing(settings.store, "an ingest in a terminal"):
        start(settings, [folder])
        waiting = until(settings.store, lambda s: s.waits)
        assert f"an ingest in a terminal (process {os.getpid()}" in waiting.line
        stop(settings.store)
        assert until(settings.store, lambda s: s.phase == "ended").stopped
        start(settings, [folder])
        until(settings.store, lambda s: s.waits)
    assert until(settings.store, lambda s: s.phase == "ended").report
    assert held(settings) == ["lunch"]


def test_what_is_asked_for_while_one_is_under_way_is_done_after_it(settings: Settings, folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", {"visits.md": "# Visits\n\nHeads visit one another.\n"})
    with writing(settings.store, "a test"):
        start(settings, [folder])
        until(settings.store, lambda s: s.waits)
        start(settings, [other])
        start(settings, [other])
    assert until(settings.store, lambda s: s.phase == "ended" and s.run == 2).report
    assert held(settings) == ["lunch", "visits"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_one_that_was_killed_is_said_to_have_broken_off_and_the_next_one_works(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(settings.store, "a test"):
        start(settings, [folder])
        until(settings.store, lambda s: s.waits)
        [worker] = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and works_for(p, settings)]
        os.kill(worker, signal.SIGKILL)
        assert until(settings.store, lambda s: s.phase != "under way").phase == "broken off"
    start(settings, [folder])
    assert until(settings.store, lambda s: s.phase == "ended").report


def works_for(process: Path, settings: Settings) -> bool:
    try:
        line, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
    except OSError:
        return False
    return b"ingest.background_worker" in line and str(settings.store.resolve()).encode() in environment


def test_a_manifest_that_cannot_be_used_is_said(settings: Settings, tmp_path: Path) -> None:
    start(settings, [tmp_path / "nowhere"])
    ended = until(settings.store, lambda s: s.phase == "ended")
    assert "no manifest.toml there" in ended.error


def test_nothing_is_lost_between_two_who_ask_at_once(settings: Settings, tmp_path: Path) -> None:
    desk = Desk(settings.store)
    assert desk.take() is None
    desk.ask([tmp_path / "a"])
    desk.ask([tmp_path / "b"])
    desk.ask([tmp_path / "a"])
    assert desk.take() == [tmp_path / "a", tmp_path / "b"]
    desk.ask([tmp_path / "a"])
    desk.ask([])
    assert desk.take() == []
    assert desk.take() is None
