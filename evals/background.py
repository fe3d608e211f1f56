"""Runs that go on when the page that started them is closed: a process of their own, watched by what they write."""

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.choices import chosen_in
from evals.domain import Run
from evals.runs import RunFolder, runs_folder
from hub.settings import ROOT, Settings

_LOG, _PID = "log.txt", "pid"


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
    """Begin a run in a process of its own, by these settings. What it costs is to be agreed before."""
    id = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:6]}"
    folder = RunFolder(runs_folder(settings) / id)
    folder.path.mkdir(parents=True)
    _launch(settings, folder, ["--fresh", "--id", id, "--repeats", str(repeats), *_choosing(settings.model_dump())], set_file)
    return folder


def carry_on(settings: Settings, folder: RunFolder) -> "subprocess.Popen[bytes]":
    """Go on with a run that was stopped or broke off, with the cases that it keeps and the choices that it was made by. Returns its process."""
    run = folder.run()
    arguments = ["--resume", folder.path.name, "--repeats", str(run.repeats), *_choosing(run.settings)]
    return _launch(settings, folder, arguments, folder.path / "cases.jsonl")


def _choosing(settings: Mapping[str, Any]) -> list[str]:
    return [word for pair in chosen_in(settings) for word in ("--with", pair)]


def _launch(settings: Settings, folder: RunFolder, arguments: list[str], set_file: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "evals", "run", str(set_file.resolve()), "--yes", "--json", *arguments]
    env = {**os.environ, "HUB_STORE": str(settings.store.resolve())}
    with (folder.path / _LOG).open("wb") as log:
        # A session of its own: it outlives the server's terminal as well as the page.
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
        )
    (folder.path / _PID).write_text(str(child.pid), encoding="utf-8")
    threading.Thread(target=child.wait, daemon=True, name="hub-run").start()  # so that its number is free once it has ended
    return child


def beginning(settings: Settings) -> list[RunFolder]:
    """The runs that were begun and have nothing to show yet, or never will, the newest first."""
    root = runs_folder(settings)
    found = [p for p in root.iterdir() if (p / _LOG).is_file() and not (p / "run.json").is_file()] if root.is_dir() else []
    return [RunFolder(p) for p in sorted(found, reverse=True)]


def _is_at_work(folder: RunFolder) -> bool:
    """Whether the process that was begun for it is there; a number that another process has since been given is not it."""
    try:
        pid = int((folder.path / _PID).read_text(encoding="utf-8"))
        os.kill(pid, 0)
        command = Path(f"/proc/{pid}/cmdline")
        return not command.is_file() or folder.path.name.encode() in command.read_bytes()
    except (OSError, ValueError):
        return False


def watch(folder: RunFolder) -> Watched:
    """How far a run is now."""
    log = folder.path / _LOG
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.is_file() else []
    said = lines[-1] if lines else ""
    alive = folder.is_alive()
    if not (folder.path / "run.json").is_file():
        return Watched(folder, None, 0, "starting" if _is_at_work(folder) else "failed", said)
    run = folder.run()
    state: str = run.state
    if alive:
        state = "stopping" if folder.is_stopping() else "running"
    elif state in ("starting", "running") and said.startswith("evals:"):
        state = "failed"
    elif state in ("starting", "running"):
        state = "running" if _is_at_work(folder) else "broken off"
    return Watched(folder, run, len(folder.outcomes()), state, said)
