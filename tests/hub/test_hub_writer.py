"""The writer's lock: one at a time, and the second is told who."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hub.settings import ROOT
from hub.writer import StoreBusy, StoreUnusable, writing

HOLDING = "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from hub.writer import writing\nwith writing(Path(sys.argv[2]), 'an ingest'):\n print('held', flush=True); sys.stdin.read()"


def hold(store: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(ROOT), str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_which_process_writes_where_and_since_when(tmp_path: Path) -> None:
    process = hold(tmp_path)
    try:
        with pytest.raises(StoreBusy) as caught, writing(tmp_path, "a rebuild"):
            pass
    finally:
        process.communicate()
    said = str(caught.value)
    parts = ("an ingest", f"process {process.pid}", f"on {socket.gethostname()}", "since ", str(tmp_path), "wait until it has ended")
    assert [part for part in parts if part not in said] == []
    assert caught.value.doing == "an ingest"


def test_a_killed_writer_lets_go_and_is_not_named_any_more(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
    with writing(tmp_path, "the next one"):
        with pytest.raises(StoreBusy, match=rf"the next one \(process {os.getpid()} ") as caught, writing(tmp_path, "another"):
            pass
        assert str(process.pid) not in str(caught.value)


@pytest.mark.parametrize("said", ["", "{", "[]", '{"doing": "x"}'])
def test_a_holder_that_cannot_be_read_is_another_process(tmp_path: Path, said: str) -> None:
    with writing(tmp_path, "an ingest"):
        (tmp_path / ".ingest.holder").write_text(said)
        with pytest.raises(StoreBusy, match="another process is writing"), writing(tmp_path, "a rebuild"):
            pass


def test_the_lock_is_free_after_an_error_and_nothing_is_left_but_the_lock(tmp_path: Path) -> None:
    with pytest.raises(KeyError), writing(tmp_path, "an ingest"):
        raise KeyError
    with writing(tmp_path, "an ingest"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == [".ingest.lock"]


def test_a_store_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x")
    with pytest.raises(StoreUnusable, match="HUB_STORE"), writing(tmp_path / "store", "an ingest"):
        pass
