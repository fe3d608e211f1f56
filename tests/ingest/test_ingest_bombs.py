"""Files that are made to take all memory or time: each is refused or cut off with a reason, in a worker that is held to both."""

from collections.abc import Iterator

import pytest
from ingest_bombs import GOOD, PDFS, TEXTS, WORDS, WORDS_FILES, paged, stream

import ingest.pdf_pages
from ingest.errors import LoadError
from ingest.load import load
from ingest.reader import Reader

READ = {
    "flate_bomb": "page 2 has no text: it draws more than can be read",
    "form_loop": "",
    "deep_outline": "",
    "word_outside": "",
    "word_tables": "",
}
"""What can be read in part, or but for the trap, and what is said of the rest."""
SLOW = {"many_large_pages", "notes.md"}
"""Stopped by the time or the size limit alone, which takes as long as they say; the first is tried below with a lower one."""
REFUSED = {
    "nested_flate_bomb": "unpacks to far more",
    "many_filters": "unpacks to far more",
    "form_bomb": "unpacks to far more",
    "page_loop": "damaged",
    "deep_pages": "lists far more pages",
    "wide_pages": "lists far more pages than the 2,000",
    "deep_array": "damaged",
    "nested_dictionary": "damaged",
    "unending_text": "unpacks to far more",
    "word_large": "unpacks to over 300 MB",
    "word_lies": "damaged",
    "word_entities": "damaged",
    "word_deep": "damaged",
    "deep.html": "too deep",
    "open.html": "too deep",
    "lists.html": "too deep",
    "tables.html": "too deep",
    "quotes.md": "no text",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(1, seconds=60, memory_bytes=1_500_000_000) as made:
        yield made


def _name(trap: str) -> str:
    return trap if "." in trap else f"{trap}.{'pdf' if trap in PDFS else 'docx'}"


ALL = {**PDFS, **WORDS_FILES, **TEXTS}


@pytest.mark.parametrize("trap", [name for name in ALL if name not in SLOW])
def test_a_trap_is_refused_or_cut_off_with_a_reason(reader: Reader, trap: str) -> None:
    if trap in REFUSED:
        with pytest.raises(LoadError, match=REFUSED[trap]):
            reader.read(_name(trap), ALL[trap]())
        return
    loaded = reader.read(_name(trap), ALL[trap]())
    assert trap in TEXTS or trap in READ
    assert READ.get(trap, "") in " ".join(loaded.warnings)
    if trap not in ("word_tables", "one-line.txt", "lists.md", "blank.txt"):
        assert WORDS[-30:] in loaded.text


def test_pages_that_unpack_to_too_much_together_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.pdf_pages, "MAX_INFLATED_BYTES", 10_000)
    loaded = load("x.pdf", paged([stream(GOOD + b" " * 6000)] * 4))
    assert loaded.text == f"{WORDS}\n\n{WORDS}"
    assert loaded.warnings == ("from page 3 on nothing was read: the pages unpack to over 0 MB",)


def test_an_entity_names_no_file_of_this_machine(reader: Reader) -> None:
    assert reader.read("x.docx", WORDS_FILES["word_outside"]()).text == WORDS


def test_the_rest_go_on_after_a_trap(reader: Reader) -> None:
    with pytest.raises(LoadError):
        reader.read("x.pdf", PDFS["nested_flate_bomb"]())
    assert reader.read("x.txt", WORDS.encode()).text == WORDS
