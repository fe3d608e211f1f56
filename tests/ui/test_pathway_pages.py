"""The pathway's page, driven by Streamlit's own test harness: begun, walked, noted, taken away, deleted."""

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from docx import Document
from streamlit.testing.v1 import AppTest
from ui_llm import gated_llm

from assistant.conversations import LOCAL_PERSON
from assistant.engine import Assistant
from assistant.explore.coverage import Map
from assistant.explore.pathway import trace
from assistant.pathways import KeptPathway
from hub.library import Library
from hub.settings import Settings
from ui.export_markdown import paper_markdown
from ui.export_word import paper_word
from ui.pathway_export import make_pathway_paper
from ui.pathway_read import read_strategy

SOURCES = Path(__file__).parents[2] / "sources"
PLAN = """# Handwriting in our nine primaries

By July 2029 we want every child in our nine primary schools in Cornwall to write by hand without pain.

- train every teacher of Years 1 and 2, with monthly coaching from m.bell@example.org
- try it in two schools before the others
"""


def page() -> None:
    from ui import pathway

    pathway.show()


@pytest.fixture
def app(own_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("HUB_STORE", str(own_settings.store))
    monkeypatch.setenv("HUB_DATABASE_URL", f"sqlite:///{tmp_path / 'c.db'}")
    st.cache_resource.clear()
    yield AppTest.from_function(page, default_timeout=60).run()
    from ui import session

    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    groups = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.error)
    return "\n".join(str(e.value) for group in groups for e in group).replace("\\", "")


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label.replace("\\", "") == label).click().run()
    assert not app.exception


def begin(app: AppTest, text: str = PLAN) -> None:
    app.text_area[0].set_value(text)
    press(app, "Trace the pathway")


def test_a_strategy_is_walked_one_component_at_a_time(app: AppTest) -> None:
    assert "not a recipe" in said(app)
    assert "never joins the library" in said(app)
    begin(app)
    shown = said(app)
    assert "Handwriting in our nine primaries" in shown
    assert "“By July 2029 we want every child" in shown
    assert "number of schools: 9, from your text" in shown
    assert "m.bell@example.org" not in shown
    assert "not a recipe" in shown
    press(app, "De-implement")
    assert "Your text says nothing of this yet that we could find." in said(app)
    assert "What may send you here: Use evidence and Leverage capacity." in said(app)
    press(app, "Leverage capacity")  # one of the ways back
    assert any(h.value.replace("\\", "").endswith("Leverage capacity") for h in app.header)


def test_its_files_follow_the_notes_and_go_with_the_pathway(app: AppTest) -> None:
    from ui import files

    begin(app)
    app.session_state[f"files-pathway-{app.query_params['p']}"] = True
    first = [(b.proto.label, b.proto.url) for b in app.run().get("download_button")]
    assert [label for label, _ in first] == ["Word", "Markdown"]
    assert all(url for _, url in first)  # one that is made when it is pressed has no address yet
    assert [(b.proto.label, b.proto.url) for b in app.run().get("download_button")] == first
    next(t for t in app.text_area if t.label.startswith("Your notes")).set_value("Ask the heads in March").run()
    noted = [(b.proto.label, b.proto.url) for b in app.run().get("download_button")]
    assert not set(noted) & set(first)
    press(app, "Delete")
    assert files.KEPT not in app.session_state


def test_a_language_model_drafts_prose_on_asking_and_is_told_nothing_of_the_text(
    app: AppTest, own: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(app)
    assert not [b for b in app.button if b.label == "Draft it in prose"]  # none is set
    with gated_llm() as llm:
        llm.gate.set()
        for name, value in (("HUB_LLM", "openai/test"), ("OPENAI_API_BASE", llm.url), ("OPENAI_API_KEY", "none")):
            monkeypatch.setenv(name, value)
        st.cache_resource.clear()
        app.run()
        assert not llm.calls
        press(app, "Draft it in prose")
    assert llm.prompts
    assert not any("andwriting" in prompt or "coaching from" in prompt for prompt in llm.prompts)
    assert "What others did, in prose" in said(app)
    id = app.query_params["p"]
    [draft] = app.session_state["pathway-drafts"].values()
    assert (draft.llm, len(draft.citations)) == ("openai/test", 2)
    above = [int(n) for n in re.findall(rf"\(#source-(?!{draft.id})[0-9a-f]{{32}}-(\d+)\)", said(app))]
    assert min(c.marker for c in draft.citations) > max(above)  # one page, one number for each quote
    assert all(f"[{c.marker}]" in draft.text and c.marker in {m for claim in draft.claims for m in claim.markers} for c in draft.citations)
    assert app.session_state["pathway-drafts"] == {(id, "set-quality-goals"): draft}
    own.shelf.refresh()
    traced = trace(Map(own.shelf, own.model), PLAN)
    kept = KeptPathway(id, "Handwriting", PLAN, "", "", 0, "", "", {})
    paper = make_pathway_paper(kept, traced, own.shelf.library, date(2026, 11, 22), {"set-quality-goals": draft})
    assert [n.number for s in paper.sections for n in s.notes] == list(range(1, 1 + sum(len(s.notes) for s in paper.sections)))
    assert (paper.sections[-1].question, len(paper.sections[-1].notes)) == ("Set quality goals, in prose", 2)
    assert "Written by a language model (openai/test)" in paper.sections[-1].made_by
    press(app, "Leave the prose out")
    assert app.session_state["pathway-drafts"] == {}


def whole_files(store: Path) -> list[Path]:
    """But SQLite's own, which come and go with who reads."""
    return sorted(p for p in store.rglob("*") if p.is_file() and not p.name.endswith(("-wal", "-shm")))


@pytest.mark.parametrize("name", ["who-decides-what.pdf", "hours-from-marking-to-tutoring.docx"])
def test_an_upload_is_read_for_one_person_and_never_joins_the_library(app: AppTest, own_settings: Settings, name: str) -> None:
    from ui import session

    with Library(own_settings.store) as library:
        before = (library.fact("generation"), sorted(library.sources()), library.count_chunks())
    files = whole_files(own_settings.store)
    app.file_uploader[0].upload(name, (SOURCES / name).read_bytes())
    press(app, "Trace the pathway")
    pathways = session.conversations().pathways
    [listed] = pathways.list(LOCAL_PERSON)
    kept = pathways.get(listed.id, LOCAL_PERSON)
    assert kept is not None
    assert len(kept.text) > 2000
    assert pathways.get(listed.id, "somebody else") is None
    with Library(own_settings.store) as library:
        assert (library.fact("generation"), sorted(library.sources()), library.count_chunks()) == before
    assert whole_files(own_settings.store) == files
    pathways.delete(listed.id, LOCAL_PERSON)
    assert pathways.list(LOCAL_PERSON) == []


def test_notes_are_kept_masked_and_found_again_and_a_disclosure_is_not(app: AppTest) -> None:
    from ui import session

    begin(app)
    [listed] = session.conversations().pathways.list(LOCAL_PERSON)
    app.text_area[0].set_value("Ask Dr Bell at b@example.org").run()
    app.text_area[0].set_value("A Year 8 boy called Tom told me he is being hurt at home.").run()
    assert "designated safeguarding lead" in said(app)
    assert app.text_area[0].value == "Ask Dr Bell at [email]"
    again = AppTest.from_function(page, default_timeout=60)
    again.query_params["p"] = listed.id
    again.run()
    assert again.text_area[0].value == "Ask Dr Bell at [email]"
    assert "Tom" not in said(app) + said(again)


def test_it_is_listed_renamed_deleted_and_its_link_then_opens_nothing(app: AppTest) -> None:
    begin(app)
    id = app.query_params["p"][0] if isinstance(app.query_params["p"], list) else app.query_params["p"]
    next(t for t in app.text_input if t.label == "Name").set_value("For the board")
    press(app, "Rename")
    assert app.title[0].value == "For the board"
    press(app, "All pathways")
    assert "For the board" in [b.label for b in app.button]
    press(app, "Delete")
    assert "For the board" not in [b.label for b in app.button]
    gone = AppTest.from_function(page, default_timeout=60)
    gone.query_params["p"] = id
    gone.run()
    assert "names no pathway of yours" in said(gone)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no text yet"),
        ("Reading. Writing.", "no whole sentence"),
        ("A Year 8 boy called Tom told me he is being hurt at home.", "designated safeguarding lead"),
    ],
)
def test_what_cannot_be_traced_is_said_and_not_kept(app: AppTest, text: str, says: str) -> None:
    from ui import session

    begin(app, text)
    assert any(says in e.value.replace("\\", "") for e in app.error)
    assert session.conversations().pathways.list(LOCAL_PERSON) == []


def test_an_empty_store_says_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_STORE", str(settings.store))
    st.cache_resource.clear()
    shown = said(AppTest.from_function(page, default_timeout=60).run())
    assert "The library is empty, so there is nothing to" in shown
    assert "Read the documents in" in shown
    st.cache_resource.clear()


def test_a_word_file_is_read_as_a_person_would_type_it() -> None:
    document = Document()
    document.add_heading("Our plan", 1)
    document.add_paragraph("We will train every teacher.")
    document.add_paragraph("begin with two schools", style="List Bullet")
    document.add_paragraph("stop the weekly returns", style="List Bullet")
    made = io.BytesIO()
    document.save(made)
    text = read_strategy("plan.docx", made.getvalue())
    assert text.split("\n\n") == ["# Our plan", "We will train every teacher.", "- begin with two schools", "- stop the weekly returns"]


def test_the_export_holds_every_component_the_notes_and_numbered_references(own: Assistant) -> None:
    own.shelf.refresh()
    traced = trace(Map(own.shelf, own.model), PLAN)
    kept = KeptPathway("x", "Handwriting", PLAN, "", "", 0, "", "", {"connect": "Ask\nthe hub \x0b\u200b"})
    paper = make_pathway_paper(kept, traced, own.shelf.library, date(2026, 11, 22))
    numbers = [n.number for s in paper.sections for n in s.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    document = Document(io.BytesIO(paper_word(paper)))
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [t for t in titles if ": " in t] == [f"{s.strand}: {s.name}" for s in traced.stops]
    assert sum(p.text == "Questions to work through" and p.style.name == "Heading 2" for p in document.paragraphs) == 12
    [glance] = document.tables
    assert len(glance.rows) == 13
    words = "\n".join(p.text for p in document.paragraphs)
    assert "Ask\nthe hub" in words
    assert "INVENTED EXAMPLE: DO NOT CITE." in document.sections[0].header.paragraphs[0].text
    assert "not a recipe" in words
    assert "Exported on 22 November 2026" in document.sections[0].footer.paragraphs[0].text
    markdown = paper_markdown(paper)
    assert markdown.count("### What others did") == 12
    assert all(f"[^{n}]:" in markdown for n in numbers)
