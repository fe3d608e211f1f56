"""Running headers, footers and page numbers of PDFs that we draw: left out, and nothing else with them."""

import pytest
from ingest_looking import read
from ingest_pdfs import FULL, NAMES, Line, body, furniture, lines, pdf

from ingest.errors import LoadError
from ingest.load import load


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [[*lines(*body(name)), *furniture(n, 4)] for n, name in enumerate(NAMES, 1)]
    assert read("x.pdf", pdf(*pages)) == [("paragraph", " ".join(body(name))) for name in NAMES]


def test_a_line_that_stands_on_one_page_alone_is_kept_at_its_edge() -> None:
    pages = [[*lines(*FULL, "and so on."), Line(50, 812, text, 11)] for text in ("We met in May.", "It was cold.", "We met in June.")]
    text = load("x.pdf", pdf(*pages)).text
    assert [s for s in ("We met in May.", "It was cold.", "We met in June.") if s not in text] == []


def test_numbered_headings_at_the_head_of_each_page_are_kept() -> None:
    pages = [[Line(50, 812, f"Case study {n}", 18), *lines(*body(name))] for n, name in enumerate(NAMES, 1)]
    found = read("x.pdf", pdf(*pages))
    assert [text for kind, text in found if kind == "heading"] == [f"Case study {n}" for n in range(1, 5)]


def test_body_lines_that_differ_by_a_number_alone_are_kept() -> None:
    pages = [
        lines(f"In year {n} the heads met every month and wrote down what they had seen.", *body(name)) for n, name in enumerate(NAMES, 1)
    ]
    text = load("x.pdf", pdf(*pages)).text
    assert [n for n in range(1, 5) if f"In year {n} the heads met" not in text] == []


@pytest.mark.parametrize("figures", [("91", "94"), ("1", "1")], ids=["other figures", "the page's own number"])
def test_figures_at_a_pages_edge_are_kept(figures: tuple[str, str]) -> None:
    cells = [("Measure", "Before", "After"), ("Attendance", "88", "89"), ("Staff who stayed", *figures)]
    rows = [[Line(x, 640 - 20 * n, cell) for x, cell in zip((50, 200, 350), cells[n], strict=True)] for n in range(3)]
    found = read("x.pdf", pdf([*lines(*FULL, "the figures below are ours."), *(line for row in rows for line in row)]))
    assert found[1:] == [("row", "\t".join(c)) for c in cells]


def test_a_document_whose_pages_are_alike_is_read_or_refused() -> None:
    try:
        loaded = load("x.pdf", pdf(*[lines("Bring this slip to the office by noon.")] * 3))
    except LoadError:
        return
    assert "Bring this slip" in loaded.text
