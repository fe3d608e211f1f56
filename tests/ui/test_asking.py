"""What stands beside an answer: trusts like mine, short forms spelt out, one answer by its link, a question that failed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.desk import TROUBLE, Asking
from assistant.engine import Assistant
from assistant.journey import Ask
from hub.domain import Answer
from hub.settings import ROOT, Settings
from ui.glossary import explained
from ui.words import count_explained

QUESTION = "How have others handled De-implement?"


@pytest.fixture
def app(own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("HUB_STORE", str(own_settings.store))
    monkeypatch.setenv("HUB_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    st.cache_resource.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    return "\n".join(str(e.value) for group in (app.markdown, app.caption, app.info, app.error) for e in group).replace("\\", "")


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label.replace("\\", "") == label).click().run()
    assert not app.exception


def ask(app: AppTest, question: str) -> None:
    app.session_state["ask"] = question
    app.run()
    assert not app.exception


def test_a_profile_is_off_until_it_is_set_marks_answers_and_goes_in_one_click(app: AppTest) -> None:
    app.run()
    assert not any("Like mine" in b.label for b in app.button)
    next(b for b in app.selectbox if b.key and b.key.startswith("mine-phase")).select("primary")
    next(n for n in app.number_input if n.label == "Number of schools").set_value(6)
    press(app, "Keep this")
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()  # kept with the person, not with the tab
    assert any(b.label.replace("\\", "") == "Like mine: Primary, 6 schools" for b in other.button)
    ask(other, QUESTION)
    assert "near to yours: primary" in said(other)
    press(other, "Like mine: Primary, 6 schools")
    assert not any("Like mine" in b.label for b in other.button)


def test_an_answers_link_opens_it_alone_and_leads_to_its_conversation(app: AppTest) -> None:
    ask(app.run(), QUESTION)
    ask(app, "What does Connect mean?")
    from ui import session

    first, _ = session.conversations().turns(app.query_params["c"])
    alone = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    alone.query_params["a"] = first.id
    alone.run()
    assert "One answer, as it was given on" in said(alone)
    assert QUESTION in said(alone)
    assert "What does Connect mean?" not in said(alone)
    nothing = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    nothing.query_params["a"] = "0" * 32
    assert "names no answer that is kept" in said(nothing.run())


def test_a_question_that_failed_is_there_to_be_asked_again(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    app.run()

    def breaks(self: Assistant, ask: Ask) -> None:
        raise KeyError("no such thing")

    with monkeypatch.context() as broken:
        broken.setattr(Assistant, "ask", breaks)
        ask(app, QUESTION)
    assert TROUBLE in said(app)
    assert QUESTION in said(app)
    press(app, "Ask it again")
    assert "We found passages about" in said(app)
    assert TROUBLE not in said(app)


def test_the_link_of_an_answer_names_it_and_nothing_else(app: AppTest) -> None:
    ask(app.run(), "What does Connect mean?")
    from ui import session

    [turn] = session.conversations().turns(app.query_params["c"])
    assert not app.code  # nothing of the popover is made before it is open
    app.session_state[f"export-{turn.id}"] = True
    [code] = app.run().code
    assert code.value.endswith(f"/?a={turn.id}")


def test_the_files_to_take_away_are_there_with_the_page_and_the_same_when_it_is_drawn_anew(app: AppTest) -> None:
    ask(app.run(), "What does Connect mean?")
    from ui import session

    [turn] = session.conversations().turns(app.query_params["c"])
    app.session_state[f"export-{turn.id}"] = True
    first = [b.proto.url for b in app.run().get("download_button")]
    assert len(set(first)) == 2  # Word and Markdown; one that is made when it is pressed has no address yet
    assert all(first)
    assert [b.proto.url for b in app.run().get("download_button")] == first


def test_a_stopped_question_says_that_nothing_was_kept(app: AppTest) -> None:
    ask(app.run(), "What does Connect mean?")
    from ui import session

    conversation = app.query_params["c"]
    stopped = Asking(conversation, Ask(QUESTION), shown=QUESTION, state="stopped")
    session.desk()._held[conversation] = [stopped]
    app.run()
    assert "Nothing of this answer was kept" in said(app)
    press(app, "Ask it again")
    assert "Nothing of this answer was kept" not in said(app)
    assert len(session.conversations().turns(conversation)) == 2


def test_an_answer_that_comes_between_two_looks_is_shown_once_and_as_no_error(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(app.run(), "What does Connect mean?")
    from ui import session

    conversation = app.query_params["c"]
    late = Asking(conversation, Ask(QUESTION), shown=QUESTION, state="running")
    session.desk()._held[conversation] = [late]
    real = session.turns

    def comes_after() -> list[Answer]:
        held = real()
        if late.state == "running":
            answer = session.assistant().answer(late.ask)
            session.conversations().add(conversation, answer)
            late._set("kept", answer=answer)
        return held

    monkeypatch.setattr(session, "turns", comes_after)
    app.run()
    assert not app.error
    assert said(app).count(QUESTION) == 1
    assert "We found passages about" in said(app)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (QUESTION, "where the program finds it in the wording"),
        ("What does De-implement mean?", "where the program finds it in the wording"),
        ("Which trusts have cut the hours that go into marking?", "nearly as close to the question"),
        ("What is the boiling point of mercury?", ""),
    ],
)
def test_a_count_of_case_studies_says_what_counts(own: Assistant, question: str, line: str) -> None:
    answer = own.answer(Ask(question))
    assert line in count_explained(answer)
    assert bool(line) == bool(count_explained(answer))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The MAT runs PDSA cycles.", "MAT: multi-academy trust · PDSA: plan, do, study, act (a cycle of small tests of change)"),
        ("MATs did it.", "MAT: multi-academy trust"),
        ("A multi-academy trust (MAT) did it.", ""),
        ("Plan-Do-Study-Act (PDSA) cycles.", ""),
        ("They plan KS2 lessons.", "KS2: key stage 2 (ages 7 to 11)"),
        ("A mat, a MATCH and an X-MAT.", ""),
        ("Progress  8 rose.", "Progress 8: how far a school's pupils got by 16, beside others who started alike; 0 is the average"),
        ("Nothing short.", ""),
    ],
)
def test_short_forms_are_spelt_out_unless_the_text_does_it(text: str, line: str) -> None:
    assert explained(text) == line


def test_no_more_than_four_short_forms_are_spelt_out() -> None:
    assert explained("CPD, EAL, ECT, FSM, SEND and TLR").count(" · ") == 3
