"""Works ahead: the next documents are read while the ones before are embedded."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Generic, TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")

THREADS = 2
AHEAD = 6
"""Documents at most that are read and wait: what bounds the memory, whatever the number of documents."""


class WorkAhead(Generic[Job, Done]):
    """Does `work` on each job, some at a time; it begins at once. Used as a context: left early, it gives up what is under way.

    `give_up` makes the work under way end soon.
    """

    def __init__(self, jobs: Iterable[Job], work: Callable[[Job], Done], give_up: Callable[[], None]) -> None:
        self._jobs, self._work, self._give_up = iter(jobs), work, give_up
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reading")
        self._waiting: set[Future[Done]] = set()
        self._submit()

    def _submit(self) -> None:
        self._waiting |= {self._pool.submit(self._work, job) for job in islice(self._jobs, AHEAD - len(self._waiting))}

    def done(self) -> Generator[list[Done]]:
        """What came of the jobs, as soon as it has come: as many at once as are ready, one at the least. An error in `work` is raised."""
        while self._waiting:
            ready, self._waiting = wait(self._waiting, return_when=FIRST_COMPLETED)
            results = [future.result() for future in ready]
            self._submit()
            yield results

    def __enter__(self) -> "WorkAhead[Job, Done]":
        return self

    def __exit__(self, *error: object) -> None:
        for future in self._waiting:
            future.cancel()
        if self._waiting:
            self._give_up()
        self._pool.shutdown()
