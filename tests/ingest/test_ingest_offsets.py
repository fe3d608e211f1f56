"""Every loader: the text at a block's offsets is the block, and every offset has its place."""

import io

import docx
import pytest
from ingest_looking import faults, shown
from ingest_pdfs import Line, lines, pdf

from hub.domain import Source
from hub.quotes import stands_at
from ingest.load import load
from ingest.split import split
from ingest.text import TextBuilder

BLOCKS = [
    ("heading", "Visits in threes"),
    ("paragraph", "Heads of five schools met."),
    ("item", "Ask first"),
    ("item", "Then look"),
]


def word() -> bytes:
    document = docx.Document()
    document.add_heading(BLOCKS[0][1], 0)
    document.add_paragraph(BLOCKS[1][1])
    for _, text in BLOCKS[2:]:
        document.add_paragraph(text, style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


DOCUMENTS = {
    "x.pdf": pdf([Line(50, 790, BLOCKS[0][1], 18), *lines(BLOCKS[1][1]), *lines("- Ask first", "- Then look", x=62, top=730)]),
    "x.html": "<h1>Visits in threes</h1><p>Heads of ﬁve schools met.</p><ul><li>Ask first</li><li>Then look</li></ul>".encode(),
    "x.docx": word(),
    "x.txt": "Visits in threes\n================\n\nHeads of ﬁve schools met.\n\n- Ask first\n- Then look\n".encode(),
    "x.md": "# Visits in threes\n\nHeads of ﬁve schools met.\n\n- Ask first\n- Then look\n".encode(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_one_document_reads_alike_in_every_format(name: str) -> None:
    loaded = load(name, DOCUMENTS[name])
    assert shown(loaded) == BLOCKS
    assert faults(loaded) == []
    assert {b.heading for b in loaded.blocks} == {"Visits in threes"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_offset_has_a_page_where_the_format_has_pages(name: str) -> None:
    loaded = load(name, DOCUMENTS[name])
    places = {loaded.place(offset).page for offset in range(len(loaded.text))}
    assert places == ({1} if name == "x.pdf" else {None})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_quote_is_the_text_at_its_offsets_and_is_found_there_again(name: str) -> None:
    loaded = load(name, DOCUMENTS[name])
    made = split(Source(id="a", title="A", kind="guide", organisation="Larkfield", path=name), loaded)
    quotes = [(loaded.text[s.start : s.end], s.start, s.end) for chunk in made for s in chunk.sentences]
    assert [quote for quote, _, _ in quotes] == [text for _, text in BLOCKS[1:]]
    assert [
        quote for quote, start, end in quotes if not stands_at(quote, loaded, start, end) or stands_at(quote, loaded, start + 1, end)
    ] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_read_twice_is_the_same(name: str) -> None:
    assert load(name, DOCUMENTS[name]) == load(name, DOCUMENTS[name])


def test_the_builder_keeps_a_list_close_and_parts_paragraphs() -> None:
    builder = TextBuilder()
    for kind, text in [
        ("heading", "T"),
        ("paragraph", "P:"),
        ("item", "a"),
        ("item", "b"),
        ("paragraph", "Q"),
        ("row", "c\td"),
        ("heading", "U"),
    ]:
        builder.add(kind, text, level=1)  # type: ignore[arg-type]
    builder.add("paragraph", "")
    assert builder.finish().text == "T\n\nP:\na\nb\n\nQ\nc\td\n\nU"


def test_the_builder_keeps_where_each_page_begins() -> None:
    builder = TextBuilder()
    builder.add("paragraph", [("begins on one", 1, "i"), ("and ends on two.", 2, "ii")])
    builder.add("footnote", [("1. A note of page one.", 1, "i")])
    builder.add("paragraph", [("", 2, "ii"), ("Three alone.", 3, "")])
    loaded = builder.finish()
    assert loaded.text == "begins on one and ends on two.\n\n1. A note of page one.\n\nThree alone."
    assert [(loaded.text[at : at + 5], page, label) for at, page, label in loaded.pages] == [
        ("begin", 1, "i"),
        ("and e", 2, "ii"),
        ("1. A ", 1, "i"),
        ("Three", 3, ""),
    ]
    assert faults(loaded) == []
