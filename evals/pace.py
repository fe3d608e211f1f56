"""Keeps to a provider's limit of calls a minute, over all threads."""

import threading
import time
from collections.abc import Callable


class Pace:
    """At most so many calls a minute, evenly; 0 is no limit."""

    def __init__(
        self, calls_a_minute: int, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._gap = 60 / calls_a_minute if calls_a_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Return when the next call may be made."""
        if not self._gap:
            return
        with self._lock:
            now = self._clock()
            at = max(now, self._next)
            self._next = at + self._gap
        if at > now:
            self._sleep(at - now)
