"""A document's text around a quote: by its own headings, lists and tables, marked, and with nothing of it active."""

import re

import pytest

from hub.domain import Loaded
from ingest.load_html import load_html
from ingest.load_markdown import load_markdown
from ui.passage import around, on_page, passage_html, section_of, whole

FILLER = "Schools in the trust meet each half term to compare what they have done. " * 30
TEXT = f"# Visits\n\nOpening words.\n\n## Before\n\n{FILLER}\n\n## How\n\n{FILLER}\n\n- One visit\n- Two *visits*\n\n| Who | When |\n|---|---|\n| Heads | May |\n\nHeads go in threes. They come back.\n\n## After\n\n{FILLER}\n"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_markdown(TEXT.encode())


def span(loaded: Loaded, words: str) -> tuple[int, int]:
    start = loaded.text.index(words)
    return start, start + len(words)


def test_the_quote_is_marked_under_its_heading_and_the_next_section_is_not_shown(loaded: Loaded) -> None:
    start, end = span(loaded, "Heads go in threes.")
    said = passage_html(loaded, section_of(loaded, start, end), start, end)
    assert "<mark>Heads go in threes.</mark> They come back." in said
    assert re.findall(r"<h\d>(.*?)</h\d>", said) == ["How"]
    assert "<li>One visit</li><li>Two visits</li>" in said
    assert '<th scope="col">Who</th>' in said
    assert "<td>Heads</td><td>May</td>" in said


def test_a_quoted_row_is_marked_in_each_of_its_cells(loaded: Loaded) -> None:
    start, end = span(loaded, "Heads\tMay")
    assert "<td><mark>Heads</mark></td><td><mark>May</mark></td>" in passage_html(loaded, whole(loaded, start), start, end)


def test_a_quote_over_two_paragraphs_is_marked_in_both(loaded: Loaded) -> None:
    start, end = span(loaded, "Opening words.")[0], span(loaded, "Before")[1]
    assert passage_html(loaded, whole(loaded, 0), start, end).count("<mark>") == 2


def test_around_shows_the_neighbours_alone(loaded: Loaded) -> None:
    start, end = span(loaded, "Opening words.")
    assert [loaded.text[b.start : b.end] for b in around(loaded, start, end)] == ["Visits", "Opening words.", "Before"]


def test_a_very_long_text_is_cut_around_the_quote() -> None:
    long = load_markdown(("# A\n\n" + "\n\n".join(f"Paragraph {n} {FILLER}" for n in range(60))).encode())
    start, _end = span(long, "Paragraph 40 ")
    shown = whole(long, start)
    assert shown[0].start > 0
    assert any(b.start <= start < b.end for b in shown)


def test_what_a_document_says_is_never_active() -> None:
    data = b"<html><body><h1>A &lt;script&gt;alert(1)&lt;/script&gt;</h1><p>x &lt;img src=x onerror=alert(1)&gt; &amp;lt;b&amp;gt; y</p></body></html>"
    loaded = load_html(data)
    said = passage_html(loaded, loaded.blocks, 0, 5)
    assert not re.search(r"<(?!/?(?:div|h\d|p|mark)\b)", said)
    assert "&amp;lt;b" in said


def test_the_blocks_of_a_page_are_those_that_stand_on_it(loaded: Loaded) -> None:
    start, _ = span(loaded, "Heads go")
    paged = loaded.model_copy(update={"pages": ((0, 1, ""), (start + 5, 2, ""))})
    second = [loaded.text[b.start : b.end] for b in on_page(paged, 2)]
    assert second[0].startswith("Heads go in threes.")
    assert second[1] == "After"
    assert on_page(paged, 3) == ()
