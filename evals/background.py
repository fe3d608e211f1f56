"""Runs that go on when the page that started them is closed: a process of their own, watched by what they write."""

import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals.domain import Run
from evals.runs import RunFolder, runs_folder
from hub.settings import ROOT, Settings

_LOG = "log.txt"


@dataclass(frozen=True)
class Watched:
    """How far a run is."""

    folder: RunFolder
    run: Run | None
    """None: it has not begun, or could not."""
    done: int
    state: str
    """"starting", "running", "stopping", "stopped", "broken off", "done" or "failed"."""
    said: str
    """The last that it said."""


def start(settings: Settings, set_file: Path, repeats: int = 1) -> RunFolder:
    """Begin a run in a process of its own. What it costs is to be agreed before."""
    id = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    folder = RunFolder(runs_folder(settings) / id)
    folder.path.mkdir(parents=True)
    _launch(settings, folder, ["--fresh", "--id", id, "--repeats", str(repeats)], set_file)
    return folder


def carry_on(settings: Settings, folder: RunFolder) -> None:
    """Go on with a run that was stopped or broke off, with the cases that it keeps."""
    _launch(settings, folder, ["--resume", folder.path.name, "--repeats", str(folder.run().repeats)], folder.path / "cases.jsonl")


def _launch(settings: Settings, folder: RunFolder, arguments: list[str], set_file: Path) -> None:
    command = [sys.executable, "-m", "evals", "run", str(set_file.resolve()), "--yes", "--json", *arguments]
    env = {**os.environ, "HUB_STORE": str(settings.store.resolve())}
    with (folder.path / _LOG).open("wb") as log:
        # A session of its own: it outlives the server's terminal as well as the page.
        subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
        )


def watch(folder: RunFolder) -> Watched:
    """How far a run is now."""
    log = folder.path / _LOG
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.is_file() else []
    said = lines[-1] if lines else ""
    alive = folder.is_alive()
    if not (folder.path / "run.json").is_file():
        return Watched(folder, None, 0, "failed" if said.startswith("evals:") or "Error" in said else "starting", said)
    run = folder.run()
    state: str = run.state
    if alive:
        state = "stopping" if folder.is_stopping() else "running"
    elif state in ("starting", "running") and said.startswith("evals:"):
        state = "failed"
    elif state == "running":
        state = "broken off"
    return Watched(folder, run, len(folder.outcomes()), state, said)
