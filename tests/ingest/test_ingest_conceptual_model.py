"""The real paper as it is loaded: its tables, notes, page ends. Compared by places, counts and hashes; none of its sentences stand here."""

import hashlib
import re
from pathlib import Path

import pytest
from ingest_looking import faults, load_file, text_of
from pypdf import PdfReader

from hub.components import load_model
from hub.domain import Block, Loaded, Source
from hub.quotes import canonical
from ingest.split import split

# Component: page, the sha256 of its definition's letters (its head), and how many examples it has. Read off the page by eye.
ROWS = {
    "set-quality-goals": (15, "f8f7905d", 3),
    "align-strategy": (15, "48a90955", 3),
    "use-evidence": (15, "0598e71f", 3),
    "evaluate-insights": (15, "518696fd", 3),
    "develop-expertise": (16, "02c507e0", 3),
    "empower-horizontal-improvement": (16, "707f7db2", 3),
    "connect": (16, "6c926296", 3),
    "grow-culture-and-leadership": (16, "3eca6bdb", 3),
    "adopt-a-cycle": (17, "5cc69948", 3),
    "leverage-capacity": (17, "7da46d6e", 3),
    "anticipate-and-adapt": (17, "e954ebf8", 3),
    "de-implement": (17, "25d69bba", 4),
}
NOTES = range(1, 27)
"""The paper's numbered notes that stand at the foot of a page."""


@pytest.fixture(scope="module")
def paper(shared: Path) -> Loaded:
    return load_file(shared / "sources" / "conceptual-model.pdf")


@pytest.fixture(scope="module")
def plain(shared: Path) -> list[str]:
    """Each page as pypdf's plain extraction gives it, which knows none of our layout."""
    return [page.extract_text() for page in PdfReader(shared / "sources" / "conceptual-model.pdf").pages]


@pytest.fixture(scope="module")
def rows(paper: Loaded) -> dict[str, Block]:
    model = load_model()
    named = [(model.called(text_of(paper, b).split("\t")[0]), b) for b in paper.blocks if b.kind == "row"]
    found = [(ids[0], b) for ids, b in named if ids]
    assert len(found) == len(dict(found)) == 12  # each component's row is one block
    return dict(found)


@pytest.mark.parametrize(("component", "expected"), ROWS.items(), ids=ROWS.keys())
def test_a_components_row_is_whole(paper: Loaded, rows: dict[str, Block], plain: list[str], component: str, expected: object) -> None:
    block = rows[component]
    cells = text_of(paper, block).split("\t")
    page = paper.place(block.start).page or 0
    examples = cells[2].split("\n")
    assert len(cells) == 3
    assert (page, hashlib.sha256(canonical(cells[1]).encode()).hexdigest()[:8], len(examples)) == expected
    here = canonical(plain[page - 1])
    assert [line for line in (cells[1], *examples) if canonical(line) not in here] == []
    assert [line for line in examples if not line[0].isupper() or line[-1] not in ".?"] == []


def test_rows_carry_their_tables_header_and_stand_under_their_strand(paper: Loaded, rows: dict[str, Block]) -> None:
    model = load_model()
    assert {b.header.count(" | ") for b in rows.values()} == {2}
    assert {b.header.split(" | ")[0] for b in rows.values()} == {"COMPONENT"}
    strands = {id: model.strands_named_in(b.heading.rpartition(" › ")[2]) for id, b in rows.items()}
    assert strands == {c.id: (c.strand,) for c in model.components}


def test_the_running_footer_stands_nowhere(paper: Loaded, plain: list[str]) -> None:
    footer = re.compile(r"\d+ · The DNA of trust-led")
    assert sum(bool(footer.search(page)) for page in plain) > 15
    assert "·" not in paper.text


def test_the_marks_of_footnotes_are_gone_and_the_words_around_them_stand_together(paper: Loaded, plain: list[str]) -> None:
    glued = re.compile(r"([a-z]{2,}[.,;:’”'\")]{0,2})\d{1,2}\s+([A-Za-z]+ [A-Za-z]+)")
    marks = glued.findall("\n".join(plain))
    assert len(marks) > 10
    assert glued.findall(paper.text) == []
    assert [text for b in paper.blocks if (text := text_of(paper, b)).isdigit()] == []
    whole = canonical(paper.text)
    assert [around for around in marks if canonical("".join(around)) not in whole] == []


def test_every_note_at_a_pages_foot_is_a_footnote_on_its_page(paper: Loaded, plain: list[str]) -> None:
    notes = {
        int(text_of(paper, b).partition(".")[0]): (paper.place(b.start).page, canonical(text_of(paper, b)))
        for b in paper.blocks
        if b.kind == "footnote"
    }
    assert sorted(notes) == list(NOTES)
    assert [n for n, (page, text) in notes.items() if text not in canonical(plain[(page or 0) - 1])] == []


def test_the_sentence_over_the_end_of_page_2_is_one_and_begins_there(paper: Loaded, plain: list[str]) -> None:
    chunks = split(Source(id="paper", title="Paper", kind="model-paper", organisation="CST", path="p.pdf"), paper)
    over = [
        (paper.place(s.start).page, paper.text[s.start : s.end])
        for c in chunks
        for s in c.sentences
        if not s.row and paper.place(s.start).page == 2 and paper.place(s.end - 1).page == 3
    ]
    assert len(over) == 1
    text = over[0][1]
    assert (text.startswith("As such, the other facets"), text.endswith("education of all children.")) == (True, True)
    halves = [canonical(page) for page in plain[1:3]]
    whole = canonical(text)
    cuts = [k for k in range(10, len(whole) - 10) if whole[:k] in halves[0] and halves[1].startswith(whole[k:])]
    assert len(cuts) == 1


def test_headings_nest_under_the_title(paper: Loaded) -> None:
    headings = [b for b in paper.blocks if b.kind == "heading"]
    assert [b.level for b in headings[:3]] == [1, 2, 3]
    assert {b.heading.split(" › ")[0] for b in paper.blocks} == {text_of(paper, headings[0])}
    assert {h for b in headings if b.level == 2 for h in [text_of(paper, b)]} >= {
        "Introduction",
        "Development of the model",
        "Into the future",
    }


def test_almost_every_word_of_the_paper_is_kept(paper: Loaded, plain: list[str]) -> None:
    letters = re.sub(r"[^a-z]", "", canonical("\n".join(plain)))
    kept = re.sub(r"[^a-z]", "", canonical(paper.text))
    footers = len("thednaoftrustledschoolimprovement") * 18
    assert -0.02 < (len(letters) - footers - len(kept)) / len(letters) < 0.02


def test_pages_and_offsets_hold(paper: Loaded) -> None:
    assert faults(paper) == []
    assert (paper.warnings, paper.ocr, {number for _, number, _ in paper.pages}) == ((), False, set(range(1, 21)))
