"""Progress in words: what is done, of how much, how fast, and how long it will take. For the terminal and for a page alike."""

import time
from collections.abc import Callable

UNITS = {"reading": "documents", "reading what is held": "documents", "embedding": "texts"}
STEADY_SECONDS = 2.0
"""Before that, no rate is said: the first documents wait for what must be loaded."""


class Pace:
    """Follows an ingest; `note` is the Progress that it is given, `line` what to show."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._steps: dict[str, tuple[int, int, float]] = {}
        self._step = ""

    def note(self, step: str, done: int, total: int) -> None:
        """Take in how far a step is."""
        if step != self._step and step not in self._steps:
            self._steps[step] = (0, total, self._clock())
        self._steps[step] = (done, total, self._steps[step][2])
        self._step = step

    @property
    def over(self) -> bool:
        """Whether the last noted step has come to its end. Texts to embed come in as long as documents do: it is never over by itself."""
        done, total, _ = self._steps.get(self._step, (0, 1, 0.0))
        return done >= total and self._step != "embedding"

    @property
    def share(self) -> float:
        """How much of the documents is read, from 0 to 1."""
        read = [(done, total) for step, (done, total, _) in self._steps.items() if step.startswith("reading")]
        return sum(done for done, _ in read) / max(1, sum(total for _, total in read))

    def line(self) -> str:
        """Such as "reading: 12 of 40 documents, 3.1 a second, about 9 s left; 512 texts embedded"."""
        step = self._step
        if step == "embedding":  # of the documents that are being read
            step = next((s for s in reversed(self._steps) if s.startswith("reading")), step)
        done, total, began = self._steps.get(step, (0, 0, self._began))
        said = f"{step}: {done:,} of {total:,}{' ' + UNITS[step] if step in UNITS else ''}"
        seconds = self._clock() - (self._began if step.startswith("reading") else began)
        if done and seconds >= STEADY_SECONDS:
            rate = done / seconds
            said += f", {rate:.1f} a second" if rate >= 0.1 else f", {60 * rate:.1f} a minute"
            if done < total:
                said += f", about {_spoken((total - done) / rate)} left"
        embedded = self._steps.get("embedding", (0, 0, 0.0))[0]
        return said + (f"; {embedded:,} texts embedded" if embedded and step != "embedding" else "")


def _spoken(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
