"""The quality page's states, driven by Streamlit's own test harness over a real store: sets made and edited, turns made cases, runs that broke off."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from evals_making import make_answer, make_case, make_citation, make_claim, make_folder
from streamlit.testing.v1 import AppTest

from assistant.conversations import LOCAL_PERSON, Conversations
from evals.background import carry_on, watch
from evals.domain import Outcome
from evals.labels import labels_of
from evals.runs import RunFolder, list_runs
from evals.sets import load_set, write_set
from hub.settings import Settings


@pytest.fixture
def store(own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped library, with sets, runs and conversations of the test's own."""
    made = tmp_path / "store"
    made.mkdir()
    for part in ("library.db", "index"):
        (made / part).symlink_to(own_settings.store / part)
    monkeypatch.setenv("HUB_STORE", str(made))
    monkeypatch.setenv("HUB_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    st.cache_resource.clear()
    yield made
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def opened(part: str, **query: str) -> AppTest:
    def page() -> None:
        from ui import quality

        quality.show()

    app = AppTest.from_function(page, default_timeout=120)
    app.session_state["part"] = part
    for name, value in query.items():
        app.query_params[name] = value
    return ran(app)


def ran(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click()
    return ran(app)


def fill(app: AppTest, kind: str, label: str, value: object) -> None:
    next(w for w in getattr(app, kind) if w.label == label).set_value(value)


def shown(app: AppTest) -> str:
    groups = (app.title, app.markdown, app.caption, app.info, app.error, app.warning, app.success, app.subheader)
    return "\n".join(str(e.value) for group in groups for e in group).replace("\\", "")


def test_a_set_begins_with_a_blank_row_and_grows_and_words_that_stand_nowhere_are_said(store: Path) -> None:
    app = opened("Sets of questions")
    press(app, "Begin with a blank row")
    assert "give the new set a name first" in shown(app).lower()
    fill(app, "text_input", "Name of the new set", "Spring Board")
    press(app, "Begin with a blank row")
    press(app, "Keep this question")
    assert "Write the question first." in shown(app)
    fill(app, "text_area", "Question", "What does Connect mean?")
    fill(app, "selectbox", "A source that answers it", "glossary")
    fill(app, "text_area", "The words of it that answer, copied from the source", "Words that nobody wrote anywhere.")
    fill(app, "multiselect", "Components it is about", ["connect"])
    press(app, "Keep this question")
    path = store / "sets" / "spring-board.jsonl"
    [case] = load_set(path).cases
    assert (case.question, case.answerable, case.components) == ("What does Connect mean?", True, ("connect",))
    assert "“Words that nobody wrote anywhere.” does not stand in" in shown(app)
    fill(app, "text_area", "Question", "How do I bake a cake?")
    fill(app, "radio", "Does the library hold an answer?", False)
    press(app, "Keep this question")
    assert "“spring-board” now has 2 questions" in shown(app)
    assert "does not stand" not in shown(app)
    fill(app, "selectbox", "Question to look at or change", case.id)
    press(ran(app), "Take this question out")
    assert [c.question for c in load_set(path).cases] == ["How do I bake a cake?"]


def test_a_question_that_is_changed_keeps_its_id_and_what_the_form_does_not_show(store: Path) -> None:
    path = store / "sets" / "mine.jsonl"
    held = make_case("a", gold=[{"source": "glossary", "place": {"page": 1}}], nuggets=[{"text": "n"}])
    write_set(path, [held, make_case("b", question="Other?")])
    app = opened("Sets of questions")
    fill(app, "selectbox", "Question to look at or change", "a")
    ran(app)
    fill(app, "text_input", "Note", "seen")
    press(app, "Keep this question")
    assert load_set(path).cases[0] == held.model_copy(update={"note": "seen"})


def test_a_thumb_down_becomes_a_case_with_what_the_reader_said(store: Path, tmp_path: Path) -> None:
    conversations = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    first = make_answer(id="a" * 32, question="What is PDSA?", text="So.")
    second = make_answer(id="b" * 32, question="And in secondary schools?", text="So.")
    for answer in (first, second):
        assert conversations.add("c" * 32, answer)
    assert conversations.feedback.give(second.id, "down", LOCAL_PERSON, "Something is missing", "No figures")
    conversations.close()
    app = opened("Sets of questions")
    assert "1 of the latest 2 answers has a thumb down." in shown(app)
    picker = next(s for s in app.selectbox if s.label == "An answer that somebody had")
    assert picker.options[0] == "Thumb down (something is missing): And in secondary schools?"
    press(app, "Make this a case")
    assert "The reader said: Something is missing No figures" in shown(app)
    press(app, "Keep this question")
    [case] = load_set(store / "sets" / "cases-from-readers.jsonl").cases
    assert (case.question, case.history, case.note) == (second.question, (first.question,), "Something is missing No figures")
    assert case.gold == ()
    gone = opened("Sets of questions", turn="d" * 32)
    assert "not kept any more" in shown(gone)


def test_a_run_that_broke_off_is_said_and_carried_on_only_as_it_was_made(store: Path) -> None:
    settings = Settings(store=store)
    folder = make_folder(store / "runs" / "broken", {"a": 1.0, "b": 1.0})
    folder.save(folder.run().model_copy(update={"state": "running", "started": "2999-01-01T00:00:00+00:00"}))
    (folder.path / "outcomes.jsonl").write_bytes((folder.path / "outcomes.jsonl").read_bytes().split(b"\n")[0] + b"\n")
    assert watch(folder).state == "broken off"
    assert list_runs(settings)[0][0].id == "broken"
    app = opened("Results")
    assert "Carry on" in [b.label for b in app.button]
    child = carry_on(settings, folder)
    assert os.getsid(child.pid) == child.pid  # it outlives the page, and the server that began it
    assert child.wait(120) == 1
    assert "was made with other" in watch(folder).said


def test_a_run_that_goes_on_shows_how_far_it_is_and_is_stopped_from_the_page(store: Path) -> None:
    folder = make_folder(store / "runs" / "going", {"a": 1.0, "b": 1.0})
    folder.save(folder.run().model_copy(update={"state": "running", "cases": 3}))
    with folder.writing():  # as the process that makes it does
        app = opened("Results")
        assert "It goes on when this page is closed." in shown(app)
        press(app, "Stop")
        assert folder.is_stopping()
        assert watch(folder).state == "stopping"


def test_a_run_that_could_not_begin_says_why_and_can_be_forgotten(store: Path) -> None:
    never = store / "runs" / "20260101-000000-abcdef"
    never.mkdir(parents=True)
    (never / "log.txt").write_text("evals: there is no room\n", encoding="utf-8")
    app = opened("Results")
    assert "there is no room" in shown(app)
    press(app, "Forget this run")
    assert not never.exists()
    assert "No run is held yet" in shown(app)


def test_labels_are_given_where_the_answer_stands_as_its_reader_saw_it(store: Path) -> None:
    folder = make_folder(store / "runs" / "one", {"a": 1.0, "b": 1.0})
    quote = make_citation(source="glossary", quote="PDSA: Plan-Do-Study-Act.")
    answer = make_answer(
        id="e" * 32, text="It is a cycle. [1]", claims=(make_claim("It is a cycle."), make_claim("It turns.")), citations=(quote,)
    )
    for case in ("a", "b"):
        folder.append(Outcome(case=case, answer=answer))
    app = opened("Label answers")
    assert "Give your name or initials first" in shown(app)
    fill(app, "text_input", "Your name or initials", "AB")
    ran(app)
    assert "It is a cycle. [[1]](#source-" in shown(app)
    choices = {r.label.replace("\\", "").partition(":")[0]: r for r in app.radio}
    assert list(choices) == ["Sentence 1", "Source 1", "Sentence 2"]
    choices["Sentence 1"].set_value("partly")
    choices["Source 1"].set_value("nearby")
    press(app, "Keep, and go to the next")
    assert "2 labels kept." in shown(app)
    assert {k: v.value for k, v in labels_of(folder)["AB"].items()} == {("a", "sentence", 0): "partly", ("a", "citation", 1): "nearby"}
    assert next(s for s in app.selectbox if s.label == "Question").value == "b"


def test_what_a_run_is_made_with_is_chosen_on_the_page(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PASSAGES", "30")
    monkeypatch.setenv("HUB_LLM", "openai/none")
    monkeypatch.setattr("assistant.llm.Llm.load", lambda _: None)
    write_set(store / "sets" / "mine.jsonl", [make_case("a")])
    begun = []
    monkeypatch.setattr("ui.quality_sets.start", lambda settings, path: begun.append((settings, path)) or RunFolder(store / "runs" / "x"))
    app = opened("Sets of questions")
    assert "About 1 calls of a language model" in shown(app)
    fill(app, "number_input", "Passages looked through for each question", 7)
    fill(app, "radio", "Who writes the answers", "The sources' own words")
    ran(app)
    assert "Readers' answers are made with 30 passages now" in shown(app)
    assert "No language model is called." in shown(app)
    press(app, "Run this set")
    [(settings, path)] = begun
    assert (settings.passages, settings.llm, path.stem) == (7, "", "mine")
