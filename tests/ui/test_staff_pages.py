"""Gaps and Confirm tags, driven by Streamlit's own test harness over small stores that may be changed."""

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from ui_folders import lone_passages

from assistant.conversations import LOCAL_PERSON
from hub.domain import Answer


def confirm() -> None:
    from ui import confirm_tags

    confirm_tags.show()


def gaps() -> None:
    from ui import gaps

    gaps.show()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a store that the pages are over."""
    settings = lone_passages(tmp_path / "folder", tmp_path / "store")
    monkeypatch.setenv("HUB_STORE", str(settings.store))
    st.cache_resource.clear()
    yield tmp_path / "folder"
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def open_page(page: object) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)  # type: ignore[arg-type]
    app.query_params["component"] = "de-implement"
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    groups = (app.title, app.subheader, app.markdown, app.caption, app.info, app.error, app.success)
    return "\n".join(str(e.value) for group in groups for e in group).replace("\\", "")


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def begin(app: AppTest) -> None:
    next(t for t in app.text_input if t.label == "Your name or initials").set_value(" A. Person ")
    press(app, "Begin")


def decide(app: AppTest, verdict: str) -> None:
    press(app, verdict)
    press(app, "Keep")


def rows(folder: Path) -> list[dict[str, object]]:
    path = folder / "tags.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["tag"] if path.is_file() else []


def test_decisions_are_written_counted_and_undone(folder: Path) -> None:
    app = open_page(confirm)
    press(app, "Begin")
    assert "Give your name or initials first" in said(app)
    begin(app)
    assert "12 to decide: 12 on which a cell of the map rests alone" in said(app)
    assert next(b for b in app.button if b.label == "Keep").disabled
    decide(app, "Yes")
    decide(app, "No")
    decide(app, "No")
    assert [(r["decision"], r["component"], r["by"]) for r in rows(folder)] == [
        ("yes", "de-implement", "A. Person"),
        ("no", "de-implement", "A. Person"),
        ("no", "de-implement", "A. Person"),
    ]
    assert "All tags decided on**: 1 of 3 right, 33% (95% interval 6% to 79%)" in said(app)
    assert "no more than a hint" in said(app)
    press(app, "Undo")
    assert [r["decision"] for r in rows(folder)] == ["yes", "no"]
    assert "10 to decide" in said(app)
    assert "1 of 2 right" in said(app)


def test_a_passage_put_off_comes_back_last_and_no_choice_slips_to_the_next(folder: Path) -> None:
    app = open_page(confirm)
    begin(app)
    first = next(c.value for c in app.caption if "rests on this passage" in c.value)
    press(app, "Yes")
    press(app, "Not now")
    assert first not in said(app).replace("\\", "")
    assert next(b for b in app.button if b.label == "Keep").disabled
    for _ in range(11):
        decide(app, "Yes")
    assert first.replace("\\", "") in said(app)
    decide(app, "Yes")
    assert "Nothing is left to decide here" in said(app)
    assert len(rows(folder)) == 12


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        app = open_page(confirm)
        begin(app)
        assert "may not be written by this program" in said(app)
        assert not [b for b in app.button if b.label == "Keep"]
    finally:
        folder.chmod(0o755)


def test_a_folder_that_is_gone_is_said_before_anything_is_decided(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    app = open_page(confirm)
    begin(app)
    assert "Decisions on this document cannot be kept" in said(app)
    assert "is not there" in said(app)
    assert not [b for b in app.button if b.label == "Keep"]
    press(app, "Not now")


def test_gaps_are_shown_with_what_was_asked_in_vain_and_disliked(folder: Path) -> None:
    from ui import session

    app = open_page(gaps)
    assert "No organisation held describes *Connect*" in said(app)
    assert "Found by the program alone, and confirmed by no member of staff:" in said(app)
    assert "No question that found nothing and no thumbs-down is kept" in said(app)
    store = session.conversations()
    turns = [
        Answer(id="1" * 32, question="What does Connect cost, asks ann@example.org?", standalone_question="", route="define", status="no_evidence", text="So."),
        Answer(id="2" * 32, question="How have others handled Connect?", standalone_question="", route="define", status="answered", text="So."),
    ]  # fmt: skip
    for turn in turns:
        store.add(turn.id, turn)
        store.feedback.give(turn.id, "down", LOCAL_PERSON, "Something is missing")
    shown = said(open_page(gaps))
    assert "1 question about *Connect* found nothing; 1 answer got a thumbs-down." in shown
    assert "1 thumbs-down (Something is missing: 1)" in shown
    assert "ann@" not in shown
    assert "[email]" in shown


def test_the_draft_and_the_labels_can_be_taken_away(folder: Path) -> None:
    from hub.library import Library
    from ingest.tally import as_labels, tally
    from ui import confirm_tags, session

    app = open_page(gaps)
    draft = next(t for t in app.text_area if t.label == "Draft")
    assert "call for evidence" in draft.value
    assert not app.get("download_button")
    for key in ("files-gaps", "files-call"):
        app.session_state[key] = True
    first = {b.proto.id: b.proto.url for b in app.run().get("download_button")}
    draft.set_value("Dear members").run()
    changed = [id for id, url in first.items() if url != {b.proto.id: b.proto.url for b in app.get("download_button")}[id]]
    assert (len(first), len(changed)) == (2, 1)
    app = open_page(confirm)
    begin(app)
    decide(app, "Yes")
    with Library(session.settings().store) as library:
        [row] = [json.loads(line) for line in as_labels(tally(library, confirm_tags.deciding()).decided).splitlines()]
    assert row["label"] == "yes"
    assert row["tagged"]
    assert "text" not in row
    assert "by" not in row
