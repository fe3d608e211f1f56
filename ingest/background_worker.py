"""`python -m ingest.background_worker`: does what the app asked for (see `ingest/background.py`), one ingest after another, and ends."""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import Timeout

from hub.settings import Settings, load_settings
from hub.writer import StoreBusy
from ingest.background import Desk, State
from ingest.errors import IngestError

EVERY_SECONDS = 0.25
"""So often, at most, it says how far it is."""
_LAST_CHANCE_SECONDS = 5
"""Another that works takes up what waits; where it was just about to end, its place is free within that time."""


def main() -> int:
    """The process."""
    settings = load_settings()
    desk = Desk(settings.store)
    lock = desk.lock()
    with suppress(Timeout):
        lock.acquire(timeout=0)
    if not lock.is_locked:
        _say("queued")
        try:
            lock.acquire(timeout=_LAST_CHANCE_SECONDS)
        except Timeout:
            return 0
    # A parent that ignores these hands that down.
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        _work_off(settings, desk)
    finally:
        lock.release()
    return 0


def _work_off(settings: Settings, desk: Desk) -> None:
    run = desk.told().run
    watching = threading.Thread(target=_watch, args=(desk,), daemon=True)
    while (folders := desk.take()) is not None:
        run += 1
        try:
            desk.tell(State("under way", run, "Starting …"))
            if not watching.is_alive():
                _say("begun")
                watching.start()
            ended = _done(settings, folders, desk, run)
        except KeyboardInterrupt:
            ended = State("ended", run, stopped=True)
        desk.tell(replace(ended, ended=datetime.now(UTC).isoformat(timespec="seconds")))
    if not watching.is_alive():
        _say("nothing waits")


def _say(word: str) -> None:
    """To the app, which waits for one line and hangs up."""
    with suppress(OSError):
        print(word, flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _watch(desk: Desk) -> None:
    """Interrupt the ingest under way once a stop is wanted. What waited has been taken back by then."""
    while True:
        time.sleep(EVERY_SECONDS)
        if desk.take_stop() and desk.told().phase == "under way":
            os.kill(os.getpid(), signal.SIGINT)


def _done(settings: Settings, folders: list[Path], desk: Desk, run: int) -> State:
    """Do one ingest; returns what came of it."""
    try:
        return State("ended", run, report=_ingest(settings, folders, desk, run))
    except Exception as fault:
        return State("ended", run, error=_in_words(fault))


def _ingest(settings: Settings, folders: list[Path], desk: Desk, run: int) -> dict[str, object]:
    from ingest.run import default_folders, ingest  # seconds, which the app need not wait for

    while True:
        try:
            return asdict(ingest(settings, folders or default_folders(settings), _progress(desk, run)))
        except IngestError as error:
            if not isinstance(error.__cause__, StoreBusy):
                raise
            desk.tell(State("under way", run, str(error), waits=True))
            time.sleep(1)


def _progress(desk: Desk, run: int) -> Callable[[str, int, int], None]:
    from ingest.pace import Pace

    pace = Pace()
    told = 0.0

    def tell(step: str, done: int, total: int) -> None:
        nonlocal told
        pace.note(step, done, total)
        if pace.over or time.monotonic() - told > EVERY_SECONDS:
            told = time.monotonic()
            desk.tell(State("under way", run, pace.line(), min(1.0, pace.share)))

    return tell


def _in_words(fault: Exception) -> str:
    from hub.components import ModelError
    from hub.embedder import EmbedderError
    from hub.library import LibraryError

    if isinstance(fault, (IngestError, LibraryError, EmbedderError, ModelError)):
        return str(fault)
    traceback.print_exc()  # on the app's own terminal, for whoever runs it
    return f"a fault of the program broke it off ({type(fault).__name__}); run `python -m ingest` in a terminal to see more"


if __name__ == "__main__":
    sys.exit(main())
