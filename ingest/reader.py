"""Reads documents in processes of their own, so that one that hangs or takes all memory is refused and the rest go on.

Each worker is `python -m ingest.reader`, spoken to over its pipes: nothing is forked, and the program's own main module is not run
again, so it is the same on every system and under any host. Several workers read several documents at once.

    with Reader() as reader:
        futures = [reader.submit(name, data) for name, data in documents]
        loaded = futures[0].result()   # a Loaded, or LoadError
"""

import os
import pickle
import re
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, BinaryIO

from hub.domain import Loaded
from ingest.errors import LoadError

SECONDS = 60.0
"""What any document may take. A loader that finds many pages or pictures asks for more."""
MAX_MEMORY_BYTES = 1_500_000_000
"""What one worker may take. On Windows nothing holds it to that; the loaders' own limits and the time do."""
_LOADER = "ingest.load:load"
_DOCUMENTS_A_WORKER = 200
"""After so many a worker is replaced, so that whatever a library keeps goes with it."""
_SLOW = "the file takes longer to read than a document should; export it anew, or split it, and try again"
_LARGE = "the file takes more memory to read than a document should; export it anew, or split it, and try again"
_DEAD = "the file broke off the program that reads it; export it anew and try again"
_OUT_OF_MEMORY = 77
"""A worker's exit code."""


class Reader:
    """A pool of workers, started when first needed. Safe to use from several threads; `close` ends them."""

    def __init__(
        self, workers: int | None = None, seconds: float = SECONDS, memory_bytes: int = MAX_MEMORY_BYTES, loader: str = _LOADER
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._seconds, self._memory_bytes, self._loader = seconds, memory_bytes, loader
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="reader")
        self._idle: SimpleQueue[_Worker | None] = SimpleQueue()
        self._all: set[_Worker] = set()
        self._closed = False
        for _ in range(self.workers):
            self._idle.put(None)

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def submit(self, name: str, data: bytes) -> "Future[Loaded]":
        """Begin to read a document; its result is the Loaded, or raises LoadError with a reason."""
        return self._threads.submit(self.read, name, data)

    def read(self, name: str, data: bytes) -> Loaded:
        """Read one document. LoadError where it cannot be, or where it takes too long or too much memory."""
        worker = self._idle.get()
        try:
            if worker is None or not worker.fit:
                if worker:
                    self._all.discard(worker)
                    worker.end()
                worker = _Worker(self._memory_bytes, self._loader)
                self._all.add(worker)
            if self._closed:
                raise LoadError("the reading was stopped")
            return worker.read(name, data, self._seconds)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers; what is being read is given up."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._all):
            worker.end()
        self._all.clear()


class _Worker:
    """One process, as its parent sees it."""

    def __init__(self, memory_bytes: int, loader: str) -> None:
        paths = [str(Path(__file__).resolve().parent.parent), *sys.path]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.reader", str(memory_bytes), loader],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in paths if p)},
        )  # fmt: skip
        self._left = _DOCUMENTS_A_WORKER
        self._late = False

    @property
    def fit(self) -> bool:
        """Whether it can read another document."""
        return self._left > 0 and self._process.poll() is None

    def read(self, name: str, data: bytes, seconds: float) -> Loaded:
        """One document; the process is killed where that takes longer than `seconds` and what its loader asked for."""
        self._left -= 1
        self._late = False
        timer = self._watch(seconds)
        deadline = time.monotonic() + seconds
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            _send(self._process.stdin, (name, data))
            while True:
                kind, value = _receive(self._process.stdout)
                if kind == "more":
                    timer.cancel()
                    deadline += float(value)
                    timer = self._watch(deadline - time.monotonic())
                    continue
                break
        except (EOFError, OSError, pickle.UnpicklingError):
            raise LoadError(self._why_dead()) from None
        finally:
            timer.cancel()
        if kind == "failed":
            raise LoadError(str(value))
        if not isinstance(value, Loaded):
            raise LoadError(_LARGE if kind == "large" else _DEAD)
        return value

    def _watch(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(max(seconds, 0.0), self._kill)
        timer.daemon = True
        timer.start()
        return timer

    def _kill(self) -> None:
        self._late = True
        self._process.kill()

    def _why_dead(self) -> str:
        self._process.kill()
        code = self._process.wait()
        if self._late:
            return _SLOW
        return _LARGE if code == _OUT_OF_MEMORY else _DEAD

    def end(self) -> None:
        """Kill the process and give its pipes back."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what was not yet sent
                    pipe.close()


# Between the processes: the length of a message, then its pickle.


def _send(pipe: BinaryIO | Any, message: object) -> None:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(struct.pack(">Q", len(body)))
    pipe.write(body)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> Any:
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    size = struct.unpack(">Q", head)[0]
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError
    return pickle.loads(body)


# In the worker.


def _serve(memory_bytes: int, loader: str) -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_memory(memory_bytes)
    threading.Thread(target=_watch_self, args=(memory_bytes, os.getppid()), daemon=True).start()
    module, _, name = loader.partition(":")
    load = getattr(import_module(module), name)
    while True:
        try:
            document, data = _receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer: tuple[str, object] = "done", load(document, data, lambda seconds: _send(answers, ("more", seconds)))
        except LoadError as error:
            answer = "failed", str(error)
        except MemoryError:
            answer = "large", None
        except Exception as error:  # a fault of ours must not end the ingest either
            answer = "failed", f"the file cannot be read ({type(error).__name__}); export it anew and try again"
        del data
        _send(answers, answer)


def _limit_memory(limit: int) -> None:
    """Where the system can hold a process to a limit, an allocation over it fails."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, ValueError, OSError):
        pass


def _watch_self(limit: int, parent: int) -> None:
    """End the process where it takes too much memory all the same, and where its parent is gone."""
    while True:
        time.sleep(0.25)
        if _most_memory_bytes() > limit:
            os._exit(_OUT_OF_MEMORY)
        if os.getppid() != parent:
            os._exit(1)


def _most_memory_bytes() -> int:
    """The most memory that this process has held; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux's getrusage counts what the parent held at the fork
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii", errors="replace"))
        return int(peak[1]) * 1024 if peak else 0
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
