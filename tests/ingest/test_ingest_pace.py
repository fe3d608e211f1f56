"""Progress in words: counts, rate and time left."""

import pytest

from ingest.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("notes", "seconds", "line", "over"),
    [
        ([("reading", 1, 40)], 1, "reading: 1 of 40 documents", False),
        ([("reading", 10, 40)], 5, "reading: 10 of 40 documents, 2.0 a second, about 15 s left", False),
        ([("reading", 2, 1000)], 600, "reading: 2 of 1,000 documents, 0.2 a minute, about 83.2 h left", False),
        ([("reading", 10, 100)], 60, "reading: 10 of 100 documents, 0.2 a second, about 9 min left", False),
        ([("reading", 40, 40)], 20, "reading: 40 of 40 documents, 2.0 a second", True),
        ([("reading", 10, 40), ("embedding", 512, 900)], 5, "reading: 10 of 40 documents, 2.0 a second, about 15 s left; 512 texts embedded", False),
        ([("embedding", 512, 512)], 5, "embedding: 512 of 512 texts", False),
        ([("reading", 40, 40), ("embedding", 512, 512), ("indexing", 1, 1)], 20, "indexing: 1 of 1; 512 texts embedded", True),
        ([("reading what is held", 3, 9)], 3, "reading what is held: 3 of 9 documents, 1.0 a second, about 6 s left", False),
    ],
)  # fmt: skip
def test_a_line_says_counts_rate_and_time_left(notes: list[tuple[str, int, int]], seconds: float, line: str, over: bool) -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.now += seconds
    for note in notes:
        pace.note(*note)
    assert (pace.line(), pace.over) == (line, over)


def test_the_share_is_of_the_documents_whatever_else_goes_on() -> None:
    pace = Pace(Clock())
    assert pace.share == 0.0
    for note in [("reading", 5, 20), ("embedding", 700, 900), ("reading what is held", 0, 20), ("indexing", 0, 1)]:
        pace.note(*note)
    assert pace.share == 0.125
