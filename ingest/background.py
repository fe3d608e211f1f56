"""An ingest in a process of its own, for the app: begun, watched and stopped from any page, and at work when the app is gone.

What is asked for and what comes of it lies in files beside the library, so that any process can see it:

    HUB_STORE/reading/request.json   folders that are to be read ([]: those that are read when none is named)
    HUB_STORE/reading/state.json     how far it is, or what came of the last one
    HUB_STORE/reading/lock           held by the process as long as it works (the store's own lock is another: any ingest holds that)
    HUB_STORE/reading/stop           asks it to stop

One process at a time; what is asked for meanwhile it does next. See `ingest/background_worker.py`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from hub.settings import ROOT, Settings
from ingest.errors import IngestError

Phase = Literal["none", "under way", "ended", "broken off"]


@dataclass(frozen=True)
class State:
    """How an ingest in the background stands."""

    phase: Phase = "none"
    run: int = 0
    """Counts the ingests of this store: tells one from the next."""
    line: str = ""
    """Under way: how far, in words."""
    share: float = 0.0
    """Under way: how much of the documents is read, from 0 to 1."""
    waits: bool = False
    """Whether it waits for another process that writes to the store; the line says which."""
    ended: str = ""
    """When (ISO 8601)."""
    stopped: bool = False
    """Whether it was asked to stop: the library is as it was."""
    error: str = ""
    """Why it could not be done."""
    report: dict[str, Any] | None = None
    """Of one that came to its end: as `python -m ingest --json` prints it."""


class Desk:
    """The files between the app and the process."""

    def __init__(self, store: Path) -> None:
        self.folder = store.resolve() / "reading"
        self._request, self._state, self._stop = (self.folder / n for n in ("request.json", "state.json", "stop"))

    def lock(self) -> FileLock:
        """Held by the process that works."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / "lock")

    def ask(self, folders: Sequence[Path]) -> None:
        """Ask for an ingest of these folders; with none, of all. What was asked for before and is not begun is done with it."""
        with self._writing_request():
            waiting = self._read(self._request)
            asked = [str(folder.resolve()) for folder in folders]
            everything = not asked or waiting == []
            self._write(self._request, [] if everything else list(dict.fromkeys([*(waiting or []), *asked])))
            self._stop.unlink(missing_ok=True)

    def take(self) -> list[Path] | None:
        """The folders asked for, no longer waiting; None where nothing was asked for."""
        with self._writing_request():
            asked = self._read(self._request)
            self._request.unlink(missing_ok=True)
        return None if asked is None else [Path(name) for name in asked]

    def ask_to_stop(self) -> None:
        """Ask the process to stop, and take back what waits."""
        with self._writing_request():
            self._request.unlink(missing_ok=True)
            self._write(self._stop, True)

    def take_stop(self) -> bool:
        """Whether it was asked to stop; asked once, it is answered once."""
        try:
            self._stop.unlink()
        except FileNotFoundError:
            return False
        return True

    def tell(self, state: State) -> None:
        """Say how it stands."""
        self._write(self._state, asdict(state))

    def told(self) -> State:
        """What was last said; the process that said it may be dead."""
        said = self._read(self._state)
        try:
            return State(**said) if said else State()
        except TypeError:  # said by another version of the program
            return State()

    @contextmanager
    def _writing_request(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / "request.lock", timeout=10):
            yield

    def _read(self, path: Path) -> Any:
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _write(self, path: Path, value: object) -> None:
        making = path.with_name(f".{path.name}.{os.getpid()}")
        making.write_text(json.dumps(value), encoding="utf-8")
        making.replace(path)  # whole or not at all: a page may be reading it


def start(settings: Settings, folders: Sequence[Path] = ()) -> None:
    """Begin an ingest, or, where one is under way, have it done after that. IngestError where no process can be started."""
    try:
        desk = Desk(settings.store)
        desk.ask(folders)
        paths = [str(ROOT), *sys.path]
        worker = subprocess.Popen(
            [sys.executable, "-m", "ingest.background_worker"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
            env={**os.environ, "HUB_STORE": str(settings.store.resolve()), "PYTHONPATH": os.pathsep.join(p for p in paths if p)},
        )  # fmt: skip
    except (OSError, Timeout) as error:
        raise IngestError(f"the reading could not be started ({error}); check HUB_STORE, and that there is room") from error
    assert worker.stdout
    with worker.stdout as said:
        if not said.readline():  # until it has taken its place: a page that is drawn now sees it at work
            raise IngestError("the reading could not be started; run `python -m ingest` in a terminal to see why")


def stop(store: Path) -> None:
    """Ask the ingest under way to stop; the library stays as it was."""
    Desk(store).ask_to_stop()


def state_of(store: Path) -> State:
    """How the ingest in the background stands now."""
    desk = Desk(store)
    while True:
        before = desk.told()
        if before.phase != "under way":
            return before
        try:
            with desk.lock().acquire(timeout=0):
                pass
        except Timeout:
            return before
        if desk.told() == before:  # nobody works, and nobody has said how it ended
            return State("broken off", before.run)
