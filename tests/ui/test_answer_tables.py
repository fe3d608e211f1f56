"""A table in an answer as Markdown for the page: a table still, its markers links, and nothing of a document active in it."""

import pytest
from markdown_it import MarkdownIt

from assistant.tables import table_lines
from ui.markdown import answer_markdown

ID = "a" * 32


def shown(cell: str) -> str:
    text = "\n".join(["Before.", "", *table_lines(["Looked for", "**Larkfield**"], [["**Aim**", cell]]), "", "After."])
    return str(MarkdownIt().enable("table").render(answer_markdown(text, ID)))


def test_a_table_is_a_table_and_its_marker_a_link() -> None:
    html = shown("“Less email.” [1]")
    assert "<th><strong>Larkfield</strong></th>" in html
    assert f'<td>“Less email.” <a href="#source-{ID}-1">[1]</a></td>' in html


@pytest.mark.parametrize("words", ["a | b", "<b>loud</b>", "[x](javascript:alert)", "`code` $x$ :red[y]", "|", "---"])
def test_what_a_document_says_is_neither_a_cell_nor_markup(words: str) -> None:
    html = shown(f"“{words}” [1]")
    assert html.count("<td>") == html.count("<th>") == 2
    assert not any(tag in html for tag in ("<b>", "<code>", 'javascript:alert"'))


def test_a_line_with_bars_that_is_no_table_stays_a_line() -> None:
    assert "<table" not in MarkdownIt().enable("table").render(answer_markdown("a | b\n--- | ---\nc | d [1]", ID))
