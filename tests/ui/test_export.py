"""Exports, opened again: a Word file by python-docx, Markdown by a parser. What a board paper needs is in them, and nothing more."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.tables import table_lines
from assistant.wording import NEAR, near_mark
from hub.domain import Answer, Citation, Claim
from hub.library import Library
from ui.export import CHANGED_NOTE, WITHDRAWN_NOTE, Paper, make_paper
from ui.export_markdown import paper_markdown
from ui.export_word import paper_word
from ui.reference import DO_NOT_CITE
from ui.take_away import file_name

TODAY = date(2026, 11, 2)


def word(paper: Paper) -> Document:
    return Document(io.BytesIO(paper_word(paper)))


def words(paper: Paper) -> str:
    document = word(paper)
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def citation(marker: int = 1, **given: object) -> Citation:
    plain = {
        "marker": marker, "source": "larkfield", "title": "Visits", "organisation": "Larkfield Trust", "kind": "case-study", "published": "2025-03",
        "illustrative": False, "ocr": False, "page": 4, "page_label": "", "heading": "How", "components": (), "tag_method": "",
        "quote": "Heads visit in threes.", "start": 0, "end": 22, "url": "https://larkfield.example/visits_a_b", "licence": "CC-BY-4.0",
    }  # fmt: skip
    return Citation.model_validate(plain | given)


def answer(text: str = "They say: “Heads visit in threes.” [1]", **given: object) -> Answer:
    plain = {
        "id": "a" * 32, "question": "How do heads visit?", "standalone_question": "How do heads visit?", "route": "lookup",
        "status": "answered", "text": text, "citations": (citation(),),
    }  # fmt: skip
    return Answer.model_validate(plain | given)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library: every source is withdrawn from it."""
    return Library(tmp_path)


@pytest.fixture
def held(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    from hub.domain import Loaded, Source, text_hash
    from hub.library import Held

    source = Source.model_validate(
        {"id": "larkfield", "title": "Visits", "kind": "case-study", "organisation": "Larkfield Trust", "path": "a.md"}
        | {"context": {"phase": "Primary", "schools": "7", "region": "South West"}}
    )
    with library.transaction():
        library.put_source(Held(source, ".", "0" * 64, Loaded(text="Heads visit in threes.", blocks=()), "2026-01-01"), b"x", [])
    assert text_hash("Heads visit in threes.") == library.texts()["larkfield"]
    return library


def test_a_real_conversation_becomes_a_word_file_whose_notes_hold_every_quote(own: Assistant) -> None:
    answers = [own.answer(Ask(q)) for q in ("How have others handled De-implement?", "What does Connect mean?")]
    paper = make_paper(answers, own.shelf.library, TODAY)
    said = words(paper)
    assert "Exported from the School Improvement Hub assistant on 2 November 2026" in said
    numbered = re.findall(r"(?m)^(\d+)\.\t", said)
    assert numbered == [str(n + 1) for n in range(sum(len(a.citations) for a in answers))]
    for cited in (c for a in answers for c in a.citations):
        assert cited.title in said
        assert cited.quote.split("\t")[0] in said
    assert said.count(DO_NOT_CITE) == len(numbered) + 1
    assert DO_NOT_CITE in word(paper).sections[0].header.paragraphs[0].text
    assert "**" not in said
    assert [p.text for p in word(paper).paragraphs if p.style.name == "Heading 1"][:2] == [a.question for a in answers]


def test_each_number_in_the_text_leads_to_its_note(held: Library) -> None:
    second = answer("“Heads visit in threes.” [1] and again [2]", citations=(citation(), citation(2)))
    body = word(make_paper([answer(), second], held, TODAY)).element.body
    wanted = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert wanted == ["note1", "note2", "note3"]
    assert [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))] == ["note1", "note2", "note3"]


def test_a_note_says_who_when_where_in_what_setting_and_on_what_terms(held: Library) -> None:
    for said in (words(make_paper([answer()], held, TODAY)), paper_markdown(make_paper([answer()], held, TODAY))):
        plain = said.replace("\\", "")
        for wanted in (
            "“Heads visit in threes.”", "Larkfield Trust (2025) Visits, page 4.", "published March 2025", "primary, 7 schools, South West",
            "licence: CC-BY-4.0", "https://larkfield.example/visits_a_b", "Cite the documents, not this export",
        ):  # fmt: skip
            assert wanted in plain
        assert DO_NOT_CITE not in plain


def test_what_was_withdrawn_is_withheld_and_what_changed_is_said(library: Library, held: Library, tmp_path: Path) -> None:
    gone = make_paper([answer("(withdrawn) [1]", citations=(citation(source="gone"),))], held, TODAY)
    for said in (words(gone), paper_markdown(gone)):
        assert "threes" not in said
        assert WITHDRAWN_NOTE in said
    older = make_paper([answer(citations=(citation(text_hash="f" * 32),))], held, TODAY)
    assert CHANGED_NOTE in words(older)
    assert "threes" in words(older)


def test_a_language_models_sentences_carry_their_verdicts(held: Library) -> None:
    claims = (
        Claim(text="Heads go in threes.", markers=(1,), voice="practice", verdict="not_verified"),
        Claim(text="They go often.", markers=(1,), voice="practice", verdict="supported"),
    )
    paper = make_paper([answer("Heads go in threes. [1] They go often. [1]", claims=claims, llm="some/llm")], held, TODAY)
    for said in (words(paper), paper_markdown(paper)):
        assert re.search(r"Heads go in threes\. \[\^?1\] \*?\(not verified\)\*? They go often\. \[\^?1\] \*?\(judged\)", said)
        assert "nobody has checked its meaning" in said
        assert "Written by a language model (some/llm)" in said


def test_what_is_near_to_the_askers_own_trust_stays_out_of_the_paper(held: Library) -> None:
    text = f"- **Larkfield Trust** (primary){near_mark(['primary', 'South West'])}: “Heads visit in threes.” [1]"
    paper = make_paper([answer(text)], held, TODAY)
    for said in (words(paper), paper_markdown(paper)):
        assert NEAR not in said
        assert "“Heads visit in threes.”" in said


def test_a_table_stays_a_table(held: Library) -> None:
    paper = make_paper([answer("| Of | Larkfield |\n|---|---|\n| Aim | “Heads visit in threes.” [1] |\n\nAfter.")], held, TODAY)
    [table] = word(paper).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["Of", "Larkfield"], ["Aim", "“Heads visit in threes.” [1]"]]
    assert "<table>" in MarkdownIt().enable("table").render(paper_markdown(paper))


def test_a_bar_inside_a_cell_makes_no_other_cell(held: Library) -> None:
    text = "\n".join(table_lines(["Of", "**Larkfield**"], [["**Aim**", "“Heads | visit.” [1]"]]))
    paper = make_paper([answer(text)], held, TODAY)
    [table] = word(paper).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [["Of", "Larkfield"], ["Aim", "“Heads | visit.” [1]"]]
    assert "<td>“Heads | visit.” [^1]</td>" in MarkdownIt().enable("table").render(paper_markdown(paper))


@pytest.mark.parametrize(
    "said", ["<script>alert(1)</script>", "[click](javascript:alert(1))", "![x](https://a.example/x.png)", "# shout", "a\x07b\x00c"]
)
def test_what_a_document_says_is_text_in_both_files(held: Library, said: str) -> None:
    paper = make_paper([answer(f"{said} “{said}” [1]", question=said, citations=(citation(quote=said, title=said),))], held, TODAY)
    html = MarkdownIt().render(paper_markdown(paper))
    assert not re.search(r"<script|<img|href=\"javascript", html)
    assert html.count("<h1>") == 1
    assert words(paper)


def test_a_disclosure_is_never_exported(held: Library) -> None:
    paper = make_paper([answer(), answer("Call 999.", reason="safeguarding", question="[not kept]")], held, TODAY)
    assert "999" not in words(paper)
    assert len(paper.sections) == 1


@pytest.mark.parametrize(
    ("question", "name"),
    [("How do heads visit?", "how-do-heads-visit"), ("../../etc/passwd", "etc-passwd"), ("???", "answer"), ("x" * 300, "x" * 60)],
)
def test_the_file_is_named_by_the_question(question: str, name: str) -> None:
    assert file_name([answer(question=question)]) == name
