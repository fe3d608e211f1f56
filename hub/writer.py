"""The one writer's lock of a store, and who holds it. Readers need none."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

LOCK, HOLDER = ".ingest.lock", ".ingest.holder"


class StoreBusy(RuntimeError):
    """Another process writes to the store; the message says which, where and since when."""

    def __init__(self, store: Path, holder: dict[str, str]) -> None:
        self.doing = holder.get("doing", "")
        """What the other does, in the words that it gave."""
        who = "another process"
        if holder:
            who = f"{holder['doing']} (process {holder['pid']} on {holder['host']}, since {holder['since']})"
        super().__init__(f"{who} is writing to {store}; wait until it has ended")


class StoreUnusable(RuntimeError):
    """The folder cannot be written to; the message says what to do."""


@contextmanager
def writing(store: Path, doing: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the writer's lock of `store`, saying what one is `doing` (such as "an ingest") to whoever comes second.

    StoreBusy where another holds it for longer than `wait_seconds`; StoreUnusable where the folder cannot be written to. The lock
    is the operating system's: a process that is killed lets go of it, whatever the file beside it still says.
    """
    lock = FileLock(store / LOCK)
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise StoreBusy(store, _holder(store)) from error
    except OSError as error:
        raise StoreUnusable(f"{store} cannot be used as the store ({error.strerror}); check HUB_STORE") from error
    try:
        said = {
            "doing": doing,
            "pid": str(os.getpid()),
            "host": socket.gethostname(),
            "since": f"{datetime.now(UTC):%H:%M} UTC on {_today()}",
        }
        making = store / f"{HOLDER}.{os.getpid()}"
        making.write_text(json.dumps(said), encoding="utf-8")
        making.replace(store / HOLDER)  # whole or not at all: another may be reading it
        yield
    finally:
        (store / HOLDER).unlink(missing_ok=True)
        lock.release()


def _today() -> str:
    now = datetime.now(UTC)
    return f"{now.day} {now:%B %Y}"


def _holder(store: Path) -> dict[str, str]:
    try:
        said = json.loads((store / HOLDER).read_text(encoding="utf-8"))
        return said if isinstance(said, dict) and {"doing", "pid", "host", "since"} <= said.keys() else {}
    except (OSError, ValueError):  # it has only just begun, or has only just ended
        return {}
