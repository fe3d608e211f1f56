"""What an ingest tells: while it works, and at its end."""

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much. `Pace` makes a line for people of it.

"reading": documents read, embedded and staged, of all rows. "embedding": texts embedded, of those that are known to need it so far.
"indexing": 0 and then 1, of 1.
"""


@dataclass
class Failure:
    """A document that could not be read."""

    source: str
    path: str
    reason: str


@dataclass
class Report:
    """What an ingest did: the contract of `--json`."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    chunks: int = 0
    embedded: int = 0
    seconds: float = 0.0
