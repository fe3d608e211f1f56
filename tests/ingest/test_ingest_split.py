"""Chunks and sentences: the text's own words at their offsets, and ids that outlive an edit elsewhere."""

from itertools import pairwise
from pathlib import Path

import pytest
from ingest_looking import load_file
from ingest_pdfs import flowing, table, title
from reportlab.platypus import Spacer

from hub.domain import Chunk, Loaded, Source
from ingest.load import load
from ingest.split import CHUNK_WORDS, LONGEST_WORDS, ROW_QUOTE_WORDS, split

GUIDE = Source(id="guide", title="Visits in threes", kind="guide", organisation="Larkfield", path="g.md")
STUDY = GUIDE.model_copy(update={"id": "study", "kind": "case-study"})
PARAGRAPHS = [f"Visit {n} was made by three heads. " + f"They saw lesson {n} and said what they had seen. " * 4 for n in range(6)]


def chunks(text: str, source: Source = GUIDE) -> list[Chunk]:
    return split(source, load("g.md", text.encode()))


def quotes(chunk: Chunk) -> list[str]:
    return [chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences]


def faults(loaded: Loaded, made: list[Chunk]) -> list[str]:
    """Chunks or sentences that are not the text at their offsets, overlap, or stand outside."""
    wrong = [f"{c.id}: not the text" for c in made if c.text != loaded.text[c.start : c.end] or c.text != c.text.strip()]
    wrong += [f"{c.id}: overlaps" for before, c in pairwise(made) if before.end > c.start]
    for c in made:
        spans = [(s.start, s.end) for s in c.sentences]
        if not spans or spans != sorted(spans) or spans[0][0] < c.start or spans[-1][1] > c.end:
            wrong.append(f"{c.id}: sentences {spans} in {c.start}..{c.end}")
        wrong += [f"{c.id}: sentences overlap" for a, b in pairwise(spans) if a[1] > b[0]]
    return wrong


@pytest.mark.parametrize(
    "name",
    ["conceptual-model.pdf", "inquiry.html", "two-ways-to-share-the-dna.html", "case-studies/cut-down-your-marking-workload.html", "case-studies/try-ideas-to-manage-planning.pdf"],
)  # fmt: skip
def test_chunks_and_sentences_of_real_documents_are_their_text(shared: Path, name: str) -> None:
    loaded = load_file(shared / "sources" / name)
    made = split(GUIDE, loaded)
    assert faults(loaded, made) == []
    assert len({c.id for c in made}) == len(made) > 1
    headings = sum(len(loaded.text[b.start : b.end]) for b in loaded.blocks if b.kind == "heading" or (b.kind == "row" and not b.header))
    assert sum(len(c.text) for c in made) > 0.97 * (len(loaded.text) - headings - 2 * len(loaded.blocks))


def test_a_chunk_ends_where_blocks_end_and_is_not_long() -> None:
    made = chunks("# T\n\n" + "\n\n".join(PARAGRAPHS))
    assert [len(c.text.split()) <= CHUNK_WORDS for c in made] == [True] * len(made)
    assert "\n\n".join(c.text for c in made) == "\n\n".join(p.strip() for p in PARAGRAPHS)
    assert len(made) < len(PARAGRAPHS)  # short ones share a chunk


def test_a_heading_parts_chunks_and_stands_in_their_place() -> None:
    made = chunks("# T\n\nOne.\n\n## A\n\nTwo.\n\n### B\n\nThree.\n\n## C\n\nFour.")
    assert [(c.text, c.place.heading) for c in made] == [("One.", ""), ("Two.", "A"), ("Three.", "A › B"), ("Four.", "C")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\nOne.\n\n## A\n\nTwo.", ["", "A"]),
        ("## A\n\nOne.\n\n## B\n\nTwo.", ["A", "B"]),  # no title of its own
        ("# A\n\nOne.\n\n# B\n\nTwo.", ["A", "B"]),  # two parts, no title
        ("## Connecting\n\nOne.\n\n# Connect\n\nTwo.", ["Connecting", ""]),
    ],
)
def test_a_place_names_the_headings_under_the_title_alone(text: str, expected: list[str]) -> None:
    assert [c.place.heading for c in chunks(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Case study\n\n# T\n\nOne.", ["One."]),
        ("We met.\n\n# T\n\nOne.", ["We met.", "One."]),
        ("A word or two before\n\n# T\n\nOne.", ["A word or two before", "One."]),
        ("# T\n\nCase study\n\n## A\n\nOne.", ["Case study", "One."]),
        ("Case study", ["Case study"]),
    ],
)
def test_a_label_over_the_title_is_no_chunk(text: str, expected: list[str]) -> None:
    assert [c.text for c in chunks(text)] == expected


def test_a_list_stays_with_the_line_that_leads_it() -> None:
    made = chunks("We changed three things:\n\n- Marking is weekly.\n- Meetings end at four.\n- Reports are short.")
    assert len(made) == 1
    assert [(q, s.lead) for q, s in zip(quotes(made[0]), made[0].sentences, strict=True)] == [
        ("We changed three things:", ""),
        ("Marking is weekly.", "We changed three things:"),
        ("Meetings end at four.", "We changed three things:"),
        ("Reports are short.", "We changed three things:"),
    ]


def test_a_list_may_run_longer_than_a_paragraph_but_not_for_ever() -> None:
    made = chunks("We did:\n\n" + "\n".join(f"- Thing number {n} was done by the heads together in the end" for n in range(60)))
    assert [len(c.text.split()) <= LONGEST_WORDS for c in made] == [True] * len(made)
    assert max(len(c.text.split()) for c in made) > CHUNK_WORDS


def test_every_row_and_footnote_is_a_chunk_of_its_own() -> None:
    made = chunks("# T\n\nBefore.\n\n| Step | Who |\n|---|---|\n| Plan | Heads |\n| Do | Staff |\n\nAfter.[^1]\n\n[^1]: A note.")
    assert [(c.kind, c.text) for c in made] == [
        ("paragraph", "Before."), ("row", "Plan\tHeads"), ("row", "Do\tStaff"), ("paragraph", "After."), ("footnote", "A note."),
    ]  # fmt: skip
    row = made[1].sentences[0]
    assert (row.lead, row.row, quotes(made[1])) == ("Step | Who", True, ["Plan\tHeads"])
    assert [len(c.sentences) for c in made] == [1] * 5


def test_a_row_of_running_text_is_quoted_by_its_cells_lines() -> None:
    cells = [
        ("Component", "In detail", "Examples"),
        ("Connect", "Build links between schools. They last.", "- Heads meet often<br/>- Staff visit one another"),
    ]
    loaded = load("x.pdf", flowing(title("T"), Spacer(1, 30), table(*cells, widths=(90, 160, 160))))
    made = split(GUIDE, loaded)
    assert [(q, s.lead) for q, s in zip(quotes(made[-1]), made[-1].sentences, strict=True)] == [
        ("Build links between schools. They last.", "Connect"),
        ("Heads meet often", "Connect"),
        ("Staff visit one another", "Connect"),
    ]
    assert len("".join(cells[1]).split()) < ROW_QUOTE_WORDS


def test_what_is_embedded_has_title_headings_and_header_and_is_not_quoted() -> None:
    text = "# Visits in threes\n\n## How\n\n| Step | Who |\n|---|---|\n| Plan | Heads |\n"
    row = chunks(text)[0]
    assert row.embed_text == "Visits in threes › How\nStep | Who\nPlan | Heads"
    study = STUDY.model_copy(update={"context": STUDY.context.model_copy(update={"school": "Moss Primary"})})
    assert chunks(text, study)[0].embed_text.startswith("Visits in threes › Moss Primary › How\n")
    assert chunks(text, STUDY)[0].embed_text.startswith("Visits in threes › Larkfield › How\n")


def test_ids_are_stable_and_an_edit_elsewhere_leaves_them() -> None:
    before = chunks("# T\n\n" + "\n\n## Part\n\n".join(PARAGRAPHS))
    assert [c.id for c in chunks("# T\n\n" + "\n\n## Part\n\n".join(PARAGRAPHS))] == [c.id for c in before]
    after = chunks("# T\n\n" + "\n\n## Part\n\n".join(["A new first one.", PARAGRAPHS[0].replace("three", "four"), *PARAGRAPHS[1:]]))
    assert [c.id for c in after][2:] == [c.id for c in before][1:]
    assert not {c.id for c in after[:2]} & {c.id for c in before}


def test_the_same_words_twice_or_in_two_sources_have_ids_of_their_own() -> None:
    text = "# T\n\n## A\n\nSame words.\n\n## B\n\nSame words."
    made = [*chunks(text), *chunks(text, STUDY)]
    assert len({c.id for c in made}) == 4
    assert {c.id.rsplit("-", 1)[0] for c in made} == {"guide", "study"}


def test_a_place_has_the_page_where_the_chunk_begins() -> None:
    loaded = load("x.pdf", flowing(title("T"), *[part for p in PARAGRAPHS * 8 for part in (p, Spacer(1, 12))]))
    made = split(GUIDE, loaded)
    assert {c.place.page for c in made} == {number for _, number, _ in loaded.pages} == {1, 2, 3, 4}
    assert [c.place.page for c in made] == [loaded.place(c.start).page for c in made]


def test_a_paragraph_of_many_words_is_more_than_one_chunk() -> None:
    assert len(chunks("They saw a lesson and said what they had seen. " * 80)) > 1
