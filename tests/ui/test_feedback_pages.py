"""Thumbs, reports and the list of conversations, driven by Streamlit's own test harness."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.conversations import LOCAL_PERSON
from hub.domain import Answer
from hub.settings import ROOT, Settings


@pytest.fixture
def app(own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app with one conversation."""
    monkeypatch.setenv("HUB_STORE", str(own_settings.store))
    monkeypatch.setenv("HUB_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    ask(app, "What does Connect mean?")
    yield app
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def ask(app: AppTest, question: str) -> None:
    app.session_state["ask"] = question
    app.run()
    assert not app.exception


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def test_a_thumb_and_its_reason_are_kept_with_the_turn_and_taken_back(app: AppTest) -> None:
    from ui import session

    [turn] = session.conversations().turns(app.query_params["c"][0] if isinstance(app.query_params["c"], list) else app.query_params["c"])
    store = session.conversations().feedback
    [thumbs] = app.get("feedback")
    thumbs.set_value(0).run()
    next(r for r in app.radio if r.label == "What was it?").set_value("Something is missing")
    next(t for t in app.text_area if t.label == "Anything else?").set_value("No figures")
    press(app, "Keep this")
    given = store.given(turn.id, LOCAL_PERSON)
    assert given
    assert (given.thumb, given.reason, given.comment) == ("down", "Something is missing", "No figures")
    [thumbs] = app.get("feedback")
    assert thumbs.value == 0
    thumbs.set_value(None).run()
    assert store.given(turn.id, LOCAL_PERSON) is None


def test_a_reported_problem_stands_beside_the_document(app: AppTest) -> None:
    def card() -> None:
        from ui import session
        from ui.card import _show

        [turn] = session.turns()
        _show(turn, turn.citations[0])

    opened = AppTest.from_function(card, default_timeout=60)
    opened.query_params["c"] = app.query_params["c"]
    opened.run()
    press(opened, "Report it")
    assert "Choose what is wrong first" in opened.error[0].value
    next(r for r in opened.radio if r.label == "What is wrong?").set_value("A fact is wrong")
    next(t for t in opened.text_area if t.label == "What should it say?").set_value("Nine [schools](http://x)")
    press(opened, "Report it")
    assert "Kept for the people who run this library" in opened.success[0].value

    def library() -> None:
        from ui import library

        library.show()

    def document() -> None:
        from ui import library_document

        library_document.show()

    listed = AppTest.from_function(library, default_timeout=60).run()
    assert any("a problem with 1 document" in w.value for w in listed.warning)
    page = AppTest.from_function(document, default_timeout=60)
    page.query_params["s"] = session_reports()
    warnings = [w.value for w in page.run().warning if "A fact is wrong" in w.value]
    assert len(warnings) == 1
    assert "](http" not in warnings[0]


def session_reports() -> str:
    """The source of the one report."""
    from ui import session

    [report] = session.conversations().feedback.reports()
    return report.source


def test_a_conversation_is_renamed(app: AppTest) -> None:
    menu = next(str(b.key) for b in app.button if str(b.key).startswith("open-")).replace("open-", "menu-")
    app.session_state[menu] = True
    next(t for t in app.run().text_input if t.label == "Name").set_value("Board, March")
    press(app, "Rename")
    assert not app.session_state[menu]  # and is closed with that
    assert "Board, March" in [b.label.replace("\\", "") for b in app.button]


def test_one_of_many_conversations_is_found_by_its_words(app: AppTest) -> None:
    from ui import session

    for n, name in enumerate(("Use evidence", "Align strategy", "Develop expertise", "Adopt a cycle", "De-implement")):
        question = f"What does {name} mean?"
        turn = Answer(id=f"{n}" * 32, question=question, standalone_question=question, route="define", status="answered", text="So.")
        session.conversations().add(f"{n}" * 32, turn)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    box = next(t for t in app.text_input if t.label == "Find a conversation")
    box.set_value("connect mean").run()
    titles = [b.label.replace("\\", "") for b in app.button if str(b.key).startswith("open-")]
    assert titles == ["Connect: what it means"]
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    next(t for t in other.text_input if t.label == "Find a conversation").set_value("nothing like it").run()
    assert any("No conversation has all these words" in c.value for c in other.caption)
