"""The workers that read documents: what hangs, dies or takes all memory is refused, and the next document is read."""

import os
from collections.abc import Iterator

import pytest

from ingest.errors import LoadError
from ingest.reader import Reader

TRAPS = "ingest_traps:misbehave"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(1, seconds=20, memory_bytes=600_000_000, loader=TRAPS) as made:
        yield made


def process(reader: Reader) -> int:
    return int(reader.read("process", b"").text)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("eats memory", "takes more memory to read"),
        ("dies", "broke off the program that reads it"),
        ("raises", r"cannot be read \(RuntimeError\)"),
        ("refuses", "^not this one$"),
    ],
)
def test_a_document_that_misbehaves_is_refused_and_the_next_is_read(reader: Reader, name: str, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        reader.read(name, b"")
    assert reader.read("good", b"Words.").text == "Words."


def test_a_document_that_hangs_is_given_up() -> None:
    with Reader(1, seconds=3, loader=TRAPS) as reader:
        assert reader.read("good", b"Words.").text == "Words."
        with pytest.raises(LoadError, match="takes longer to read"):
            reader.read("hangs", b"")
        assert reader.read("good", b"More words.").text == "More words."


def test_what_a_large_program_holds_is_not_counted_as_its_workers() -> None:
    held = b"x" * 700_000_000
    with Reader(1, seconds=2, memory_bytes=600_000_000, loader=TRAPS) as reader, pytest.raises(LoadError, match="takes longer to read"):
        reader.read("hangs", b"")  # long enough for the worker to look at its memory
    assert len(held) == 700_000_000


def test_a_loader_may_ask_for_more_time(reader: Reader) -> None:
    assert reader.read("asks for time", b"Words.").text == "Words."


def test_what_a_library_prints_is_no_answer(reader: Reader) -> None:
    assert reader.read("prints", b"Words.").text == "Words."


def test_a_worker_reads_many_documents_in_a_process_of_its_own(reader: Reader) -> None:
    first = process(reader)
    assert (first == process(reader), first == os.getpid()) == (True, False)


def test_several_documents_are_read_at_once_and_answered_in_order() -> None:
    with Reader(2, loader=TRAPS) as reader:
        asked = [reader.submit("good" if n % 3 else "refuses", f"Words {n}.".encode()) for n in range(12)]
        answers = [None if future.exception() else future.result().text for future in asked]
    assert answers == [f"Words {n}." if n % 3 else None for n in range(12)]


def test_closing_ends_the_workers() -> None:
    reader = Reader(1, loader=TRAPS)
    id = process(reader)
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(id, 0)


def test_the_real_loader_is_what_a_worker_runs() -> None:
    with Reader(1) as reader:
        assert reader.read("x.md", b"# T\n\nWords.").text == "T\n\nWords."
        with pytest.raises(LoadError, match="is empty"):
            reader.read("x.md", b"")
