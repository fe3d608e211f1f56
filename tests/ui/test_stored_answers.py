"""A stored conversation after its documents have changed or gone, driven by Streamlit's own test harness."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.standing import WITHDRAWN
from hub.settings import ROOT, Settings
from ingest.run import ingest
from vectorstore.mend import MENDED

ROW = '[[source]]\nid = "{id}"\ntitle = "Visits"\nkind = "case-study"\norganisation = "{name} Trust"\npath = "{id}.md"\n'
VISITS = "# Visits\n\nHeads of {name} visit one another in {number} each term to watch teaching.\n"
QUESTION = "How do heads of Larkfield Trust visit one another?"


def write(folder: Path, **documents: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "manifest.toml").write_text("\n".join(ROW.format(id=n, name=n.title()) for n in documents), encoding="utf-8")
    return folder


def plain(app: AppTest) -> str:
    said = "\n".join(str(e.value) for group in (app.markdown, app.caption, app.info, app.warning) for e in group)
    return said.replace("\\", "")


@pytest.fixture
def change(settings: Settings, tmp_path: Path) -> Callable[..., None]:
    """Makes the store hold these documents."""

    def change(**documents: str) -> None:
        ingest(settings, [write(tmp_path / "folder", **documents)], lambda step, done, total: None)

    return change


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch, change: Callable[..., None]) -> Iterator[AppTest]:
    """The app with a conversation of one answer."""
    change(larkfield=VISITS.format(name="Larkfield", number="threes"), mossgate="# Reading\n\nPupils of Mossgate read for an hour.\n")
    monkeypatch.setenv("HUB_STORE", str(settings.store))
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.session_state["ask"] = QUESTION
    app.run()
    assert "threes" in plain(app)
    yield app
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def card(app: AppTest) -> AppTest:
    """The card of the stored answer's first citation."""

    def show() -> None:
        from ui import session
        from ui.card import _show

        [turn] = session.turns()
        _show(turn, turn.citations[0])

    opened = AppTest.from_function(show, default_timeout=60)
    opened.query_params["c"] = app.query_params["c"]
    opened.run()
    assert not opened.exception
    return opened


def opened(app: AppTest, marker: int = 1) -> AppTest:
    """The stored answer's citation opened where it stands."""
    from ui import session

    def show() -> None:
        from ui import source

        source.show()

    [turn] = session.conversations().turns(app.query_params["c"])
    page = AppTest.from_function(show, default_timeout=60)
    page.query_params.update({"c": app.query_params["c"], "a": turn.id, "m": str(marker)})
    page.run()
    assert not page.exception
    return page


def html(app: AppTest) -> str:
    return "".join(str(e.proto.body) for e in app.get("html"))


def test_a_source_opens_at_the_quote(app: AppTest) -> None:
    assert "<mark>Heads of Larkfield visit one another in threes each term" in html(opened(app))
    assert "names no citation" in plain(opened(app, marker=99))


def test_a_changed_source_opens_at_the_words_as_they_stood(app: AppTest, change: Callable[..., None]) -> None:
    change(larkfield=VISITS.format(name="Larkfield", number="fives"), mossgate="# Reading\n\nThey read.\n")
    page = opened(app)
    assert "It is shown as it stood then" in plain(page)
    assert "in threes" in html(page)
    assert "fives" not in html(page)


def test_a_removed_source_opens_without_its_words(app: AppTest, change: Callable[..., None]) -> None:
    change(mossgate="# Reading\n\nPupils of Mossgate read for an hour.\n")
    page = opened(app)
    assert "no longer in the library" in plain(page)
    assert "threes" not in plain(page) + html(page)


@pytest.mark.parametrize(("show", "around", "words"), [("quote", True, "quote in its surroundings"), ("link", False, "a quote and a link")])
def test_no_more_is_opened_than_the_publisher_allows(
    app: AppTest, settings: Settings, tmp_path: Path, show: str, around: bool, words: str
) -> None:
    folder = tmp_path / "folder"
    manifest = folder / "manifest.toml"
    manifest.write_text(manifest.read_text().replace('path = "larkfield.md"', f'path = "larkfield.md"\nshow = "{show}"'), encoding="utf-8")
    ingest(settings, [folder], lambda step, done, total: None)
    page = opened(app)
    assert ("<mark>" in html(page)) is around
    assert "threes" in plain(page) + html(page)
    assert not page.toggle


def test_a_card_of_a_changed_document_opens_at_the_words_and_says_so(app: AppTest, change: Callable[..., None]) -> None:
    assert "has changed since" not in plain(card(app))
    change(
        larkfield="# Visits\n\nA new beginning.\n\n" + VISITS.format(name="Larkfield", number="fives"), mossgate="# Reading\n\nThey read.\n"
    )
    said = plain(card(app))
    assert "This document has changed since the answer was given" in said
    assert "shown as they stood then" in said
    assert ":primary-background[**Heads of Larkfield visit one another in threes each term" in said


def test_a_removed_documents_words_are_withheld_in_the_chat_and_on_its_card(app: AppTest, change: Callable[..., None]) -> None:
    change(mossgate="# Reading\n\nPupils of Mossgate read for an hour.\n")
    app.run()
    assert not app.exception
    assert "threes" not in plain(app)
    assert WITHDRAWN in plain(app)
    said = plain(card(app))
    assert "withdrawn from the library" in said
    assert "threes" not in said


def test_deleting_the_conversation_lets_its_older_text_go(
    app: AppTest, change: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hub import readings
    from ui import session

    monkeypatch.setattr(readings, "GRACE", -readings.GRACE)  # as if an hour had passed
    change(larkfield=VISITS.format(name="Larkfield", number="fives"), mossgate="# Reading\n\nThey read.\n")
    library = session.assistant().shelf.library
    app.run()
    assert [source for source, _ in library.readings.kept()] == ["larkfield", "mossgate"]
    app.session_state[next(str(b.key) for b in app.button if str(b.key).startswith("open-")).replace("open-", "menu-")] = True
    next(b for b in app.run().button if b.label == "Delete").click().run()
    assert library.readings.kept() == []


def test_a_broken_index_is_mended_when_the_chat_starts_and_the_reader_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, change: Callable[..., None]
) -> None:
    change(larkfield=VISITS.format(name="Larkfield", number="threes"))
    for marker in (settings.store / "index").glob("*/generation.json"):
        marker.unlink()
    monkeypatch.setenv("HUB_STORE", str(settings.store))
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert MENDED in plain(app)
    app.run()
    assert MENDED in plain(app)  # until the reader has left the page
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert MENDED not in plain(again)
    st.cache_resource.clear()
