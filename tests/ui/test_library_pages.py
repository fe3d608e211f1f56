"""The Library's pages, driven by Streamlit's own test harness over a real store of the test's own."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.conversations import Conversations
from assistant.engine import Assistant
from assistant.journey import Ask
from hub.settings import ROOT, Settings
from hub.writer import writing
from ingest.background import State, state_of
from ingest.rows import default_folders
from ingest.run import ingest
from ingest.uploads import Uploads

VISITS = b"# Visits in threes\n\nHeads of Larkfield Trust visit one another in threes each term, and write down one thing to stop.\n"
FIELDS: dict[str, object] = {"title": "Visits in threes", "kind": "case-study", "organisation": "Larkfield Trust"}


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def store(own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The shipped library in a store of the test's own, which the app opens."""
    shutil.copytree(own_settings.store, tmp_path / "store")
    monkeypatch.setenv("HUB_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("HUB_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    st.cache_resource.clear()
    yield Settings(store=tmp_path / "store", database_url=f"sqlite:///{tmp_path / 'c.db'}")  # type: ignore[arg-type]
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def page(name: str, **query: str) -> AppTest:
    def drawn(name: str) -> None:
        import importlib

        importlib.import_module(f"ui.{name}").show()

    app = AppTest.from_function(drawn, default_timeout=60, args=(name,))
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    groups = (app.title, app.markdown, app.caption, app.info, app.error, app.warning, app.success)
    held = [str(e.value) for group in groups for e in group] + [str(e.proto.body) for e in app.get("html")]
    return "\n".join(held).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def choose(app: AppTest, label: str, value: object) -> AppTest:
    next(b for b in app.selectbox if b.label == label).set_value(value).run()
    return app


def until(store: Path, reached: Callable[[State], bool]) -> State:
    """The state of the reading once it is so; the test's own time-out ends what never comes."""
    while not reached(state := state_of(store)):
        time.sleep(0.05)
    return state


def read(settings: Settings) -> None:
    """As the operator does it."""
    ingest(settings, default_folders(settings), silent)


def test_the_list_is_found_by_its_words_and_a_document_opens_with_its_text_and_passages(store: Settings) -> None:
    app = page("library")
    assert "21 documents held, from" in said(app)
    next(t for t in app.text_input if t.label == "Find a document").set_value("candlewharf").run()
    assert "**Coaching in science and in PE: the same programme, two results**" in said(app)
    assert "Every other Thursday" not in said(app)
    choose(app, "Kind", "guide")
    assert "No document fits" in said(app)

    document = page("library_document", s="coaching-and-subject-networks")
    assert "Invented example: do not cite" in said(document)
    assert "<dt><b>Trust</b></dt>" in said(document)
    id = "document-coaching-and-subject-networks"
    document.session_state[id] = "Text"
    assert "<h2>Coaching in science and in PE" in said(document.run())
    document.session_state[id] = "By component"
    assert "Document confirmed by staff" in said(document.run())
    assert "Found by the program" in said(document)
    assert "holds no document of that name" in said(page("library_document", s="nowhere"))


@pytest.mark.parametrize(
    ("show", "text", "passages"),
    [("quote", "quotes in their surroundings, not the whole text", True), ("link", "quotes and a link, not", False)],
)
def test_no_more_of_a_document_is_shown_than_its_publisher_allows(store: Settings, show: str, text: str, passages: bool) -> None:
    words = b"# Plans\n\nWe will de-implement the old observations. What follows is shown to nobody at all.\n"
    from ui import session

    Uploads(store.store, session.assistant().model).add("plans.md", words, {**FIELDS, "show": show})
    read(store)
    app = page("library_document", s="upload-plans")
    app.session_state["document-upload-plans"] = "Text"
    assert text in said(app.run())
    app.session_state["document-upload-plans"] = "By component"
    app.run()
    assert any(e.label.replace("\\", "").startswith("De-implement: 1 passage") for e in app.expander)
    assert ("de-implement the old observations" in said(app)) is passages
    assert "shown to nobody" not in said(app)


def test_what_could_not_be_read_says_why_and_what_to_do(store: Settings) -> None:
    from ui import session

    Uploads(store.store, session.assistant().model).add("empty.md", b" \n", FIELDS)
    assert "Waiting to be read" in said(page("library"))
    read(store)
    app = page("library")
    assert "1 document could not be read" in said(app)
    assert "The file is empty; put the document in its place." in said(app)
    assert "Could not be read" in said(page("library_document", s="upload-empty"))


def test_a_document_is_removed_after_a_question_and_its_answers_say_so(store: Settings) -> None:
    from ui import session

    kept = Uploads(store.store, session.assistant().model)
    kept.add("visits.md", VISITS, FIELDS)
    read(store)
    shelf = session.assistant().shelf
    shelf.refresh()
    answer = answered(session.assistant(), "What did Larkfield Trust do, and what changed?")
    conversations: Conversations = session.conversations()
    conversations.add("c" * 32, answer)
    app = page("library_document", s="upload-visits")
    app.session_state["document-upload-visits"] = "Answers that used it (1)"
    assert "1 answer of yours quoted it" in said(app.run())
    press(app, "Remove this document")
    assert "Its quotes will be withheld and marked withdrawn in 1 stored answer." in said(app)
    assert [s.id for s in kept.rows()] == ["upload-visits"]
    press(app, "Remove it")
    assert kept.rows() == []
    assert until(store.store, lambda s: s.phase == "ended").report
    assert "upload-visits" not in shelf.library.sources()
    listed = choose(page("library"), "State", "withdrawn")
    assert "Visits in threes" in said(listed)
    [turn] = session.conversations().turns("c" * 32)
    assert "withdrawn" in session.turn(turn.id).text  # type: ignore[union-attr]


def answered(assistant: Assistant, question: str):  # type: ignore[no-untyped-def]
    from assistant.events import Finished

    return next(e.answer for e in assistant.ask(Ask(question)) if isinstance(e, Finished))


def test_an_operators_own_document_is_not_removed_here(store: Settings) -> None:
    app = page("library_document", s="glossary")
    assert not [b for b in app.button if b.label == "Remove this document"]
    assert 'Take the row with `id = "glossary"` out of' in said(app)
    assert f"{ROOT / 'sources' / 'manifest.toml'}" in said(app)


def test_reading_again_shows_who_holds_the_lock_and_is_stopped_from_the_page(store: Settings) -> None:
    with writing(store.store, "an ingest in a terminal"):
        app = press(page("library"), "Read the library again")
        until(store.store, lambda s: s.waits)
        app = page("library")
        assert "An ingest in a terminal (process" in said(app)
        assert next(b for b in app.button if b.label == "Read the library again").disabled
        press(app, "Stop")
        assert until(store.store, lambda s: s.phase == "ended").stopped
        assert "Stopped. The library is as it was before" in said(app.run())


def test_an_empty_library_says_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_STORE", str(settings.store))
    st.cache_resource.clear()
    app = page("library")
    assert "Nothing is held yet" in said(app)
    assert [b.label for b in app.button] == ["Read the documents in"]
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()
