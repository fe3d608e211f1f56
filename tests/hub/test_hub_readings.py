"""Stored citations and the library of today: current, of an older text, or withdrawn."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hub_makers import make_chunk, make_held

from hub.domain import Citation, text_hash
from hub.library import Library

OLD, NEW = "Heads met in May.", "A new opening. Heads met in June."
LATER = datetime.now(UTC) + timedelta(hours=2)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "store") as library:
        yield library


def put(library: Library, id: str, text: str) -> None:
    with library.transaction():
        library.put_source(make_held(id, text.encode()), text.encode(), [make_chunk(id, text)])


def switch(library: Library, *gone: str, moved: dict[str, str] | None = None, **put: str) -> None:
    """A whole ingest's switch: documents by id that come in, and those that go."""
    with library.transaction():
        for id, text in put.items():
            library.stage(make_held(id, text.encode()), text.encode(), [make_chunk(id, text)], "")
        library.take_over(gone, moved)
        library.drop_unused_originals()


def cite(source: str, text: str, quote: str, named: bool = True) -> Citation:
    start = text.index(quote)
    return Citation(
        marker=1, source=source, title="T", organisation="Larkfield", kind="guide", published="", illustrative=False, ocr=False, page=None,
        page_label="", heading="", components=(), tag_method="", quote=quote, start=start, end=start + len(quote), url="", licence="",
        text_hash=text_hash(text) if named else "",
    )  # fmt: skip


def test_a_citation_of_the_text_held_is_current(library: Library) -> None:
    put(library, "a", OLD)
    standing, source, loaded = library.readings.cited(cite("a", OLD, "met in May."))
    assert (standing, source and source.id, loaded and loaded.text) == ("current", "a", OLD)
    assert library.readings.kept() == []


def test_a_citation_of_an_older_text_opens_at_its_words(library: Library) -> None:
    put(library, "a", OLD)
    citation = cite("a", OLD, "met in May.")
    switch(library, a=NEW)
    standing, source, loaded = library.readings.cited(citation)
    assert (standing, source is not None) == ("older", True)
    assert loaded is not None
    assert loaded.text[citation.start : citation.end] == citation.quote
    assert library.original("a") == NEW.encode()  # of the old text no file is kept


def test_a_text_that_comes_back_is_current_again(library: Library) -> None:
    put(library, "a", OLD)
    for text in (NEW, OLD):
        switch(library, a=text)
    assert library.readings.cited(cite("a", OLD, "met in May.")).standing == "current"
    assert library.readings.kept() == [("a", text_hash(NEW))]


def test_a_row_that_changes_without_its_text_leaves_no_older_text(library: Library) -> None:
    put(library, "a", OLD)
    with library.transaction():
        library.stage(make_held("a", OLD.encode(), title="Another title"), None, [make_chunk("a", OLD)], "")
        library.take_over()
    assert library.readings.kept() == []


def test_what_is_removed_is_withdrawn_with_all_its_older_texts(library: Library) -> None:
    put(library, "a", OLD)
    switch(library, a=NEW)
    switch(library, "a")
    for text in (OLD, NEW):
        assert library.readings.cited(cite("a", text, "Heads met")) == ("withdrawn", None, None)
    assert library.readings.kept() == []
    assert library.readings.withdrawn(["a", "b"]) == {"a", "b"}


def test_what_goes_on_under_another_id_is_followed_there(library: Library) -> None:
    put(library, "a", OLD)
    switch(library, a=NEW)
    switch(library, "a", moved={"a": "b"}, b=NEW)
    switch(library, "b", moved={"b": "c"}, c=NEW)
    assert [library.readings.cited(cite("a", text, "Heads met")).standing for text in (OLD, NEW)] == ["older", "current"]
    source = library.readings.cited(cite("a", NEW, "Heads met")).source
    assert source is not None
    assert source.id == "c"
    assert library.readings.names_of("c") == {"a", "b", "c"}
    assert library.readings.withdrawn(["a", "b", "c"]) == set()
    switch(library, "c")
    assert library.readings.withdrawn(["a", "b", "c"]) == {"a", "b", "c"}


def test_an_id_that_is_given_anew_is_its_own_again(library: Library) -> None:
    put(library, "a", OLD)
    switch(library, "a", moved={"a": "b"}, b=OLD)
    switch(library, a="Other words.")
    source = library.readings.cited(cite("a", "Other words.", "words")).source
    assert source is not None
    assert source.id == "a"


@pytest.mark.parametrize(("text", "standing"), [(OLD, "current"), (NEW, "older")])
def test_an_answer_from_before_texts_were_named_goes_by_its_words(library: Library, text: str, standing: str) -> None:
    put(library, "a", text)
    found = library.readings.cited(cite("a", OLD, "met in May.", named=False))
    assert (found.standing, found.loaded is not None) == (standing, standing == "current")


def test_only_what_nothing_cites_is_dropped_and_not_at_once(library: Library) -> None:
    put(library, "a", OLD)
    for text in (NEW, "Third text."):
        switch(library, a=text)
    cited = {("a", text_hash(OLD)), ("b", "unknown")}
    assert library.readings.drop_uncited(cited) == 0  # an answer may just be under way
    assert library.readings.drop_uncited(cited, LATER) == 1
    assert library.readings.kept() == [("a", text_hash(OLD))]
    assert library.readings.drop_uncited([], LATER) == 1
    assert library.readings.cited(cite("a", OLD, "met in May.")).loaded is None


def test_a_text_cited_under_an_old_id_is_kept(library: Library) -> None:
    put(library, "a", OLD)
    switch(library, a=NEW)
    switch(library, "a", moved={"a": "b"}, b=NEW)
    assert library.readings.drop_uncited({("a", text_hash(OLD))}, LATER) == 0
    assert library.readings.cited(cite("a", OLD, "met in May.")).loaded is not None
