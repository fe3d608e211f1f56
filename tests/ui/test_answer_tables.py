"""A table in an answer as Markdown for the page: a table still, its markers links, and nothing of a document active in it."""

import re

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


def quoted(text: str, own: set[str]) -> list[str]:
    """What of it stands as a quotation, paragraph by paragraph."""
    html = MarkdownIt().enable("table").render(answer_markdown(text, ID, own=own))
    return [re.sub(r"<[^>]+>", "", part).strip() for part in re.findall(r"<blockquote>(.*?)</blockquote>", html, re.DOTALL)]


@pytest.mark.parametrize(
    ("text", "own", "set_in"),
    [
        ("We found it.\n\n- **A Trust**: “x” [1]\n\nThe model says: “y” [2]", {"2"}, ["The model says: “y” [2]"]),
        ("The model says: “y” [2]\nThey say: “x” [1]", {"2"}, ["The model says: “y” [2]"]),
        ("Among its examples:\n- “a” [1]\n- “b” [2]\n\nEnd.", {"1", "2"}, ["Among its examples:\n\n“a” [1]\n“b” [2]"]),
        ("Both say so. [1][2]", {"2"}, []),
        ("| a | b |\n| --- | --- |\n| “c” [1] | d |", {"1"}, []),
        ("The model says: “y” [2]", set(), []),
        ("", {"1"}, []),
    ],
)
def test_what_rests_on_the_models_own_documents_alone_is_set_in(text: str, own: set[str], set_in: list[str]) -> None:
    assert [re.sub(r"\n+", "\n", part) for part in quoted(text, own)] == [re.sub(r"\n+", "\n", part) for part in set_in]
