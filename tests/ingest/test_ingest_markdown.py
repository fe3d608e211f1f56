"""Markdown and plain text."""

import pytest
from ingest_looking import read, shown

from ingest.errors import LoadError
from ingest.load import load


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One *word*, **two**, `three`.\nGoes on.", [("paragraph", "One word, two, three. Goes on.")]),
        ("One.\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("A [link](https://x.example) and <https://y.example>.", [("paragraph", "A link and https://y.example.")]),
        ("![a picture](x.png) words", [("paragraph", "words")]),
        (r"5 \* 3 &amp; 4 &copy;", [("paragraph", "5 * 3 & 4 ©")]),
        ("> Quoted\n> words", [("paragraph", "Quoted words")]),
        ("```\ncode words\n```", [("paragraph", "code words")]),
        ("<div>raw</div>\n\nWords\n\n<!-- note -->", [("paragraph", "raw"), ("paragraph", "Words")]),
        ("<h2>Head</h2>\n<p>One.</p>\n\n<script>x()</script>\n\n<p hidden>Two.</p>", [("heading", "Head"), ("paragraph", "One.")]),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", [("row", "A\tB"), ("row", "1\t2")]),
        ("<details><summary>More</summary>\n\nWords\n\n</details>", [("paragraph", "More"), ("paragraph", "Words")]),
        ("We kept ~~six~~ five things.", [("paragraph", "We kept five things.")]),
        ("---\ntitle: Front\n...\n\nWords", [("paragraph", "Words")]),
        ("---\ntitle: Front\n---\n\nWords", [("paragraph", "Words")]),
        ("+++\ntitle = 1\n+++\nWords", [("paragraph", "Words")]),
        ("One  \ntwo\\\nthree", [("paragraph", "One two three")]),
        ("- one\n- two\n  - inner\n\n1. first", [("item", "one"), ("item", "two"), ("item", "inner"), ("item", "first")]),
        ("- one\n  goes on\n\n- two", [("item", "one goes on"), ("item", "two")]),
        ("- one\n\nAfter", [("item", "one"), ("paragraph", "After")]),
        ("Words.[^1]\n\n[^1]: A note of ours.", [("paragraph", "Words."), ("footnote", "A note of ours.")]),
        ("Words\n\n---\n\nMore", [("paragraph", "Words"), ("paragraph", "More")]),
        ("One<br>two", [("paragraph", "One two")]),
        (
            "A.[^1] B.[^2]\n\n[^1]: First of two.\n[^2]: Second of two.",
            [("paragraph", "A. B."), ("footnote", "First of two."), ("footnote", "Second of two.")],
        ),
        (
            "Words.[^1] More.\n\n[^1]: https://larkfield.example",
            [("paragraph", "Words. More."), ("footnote", "https://larkfield.example")],
        ),
        ("---\n\nWords\n\n---\n\nMore", [("paragraph", "Words"), ("paragraph", "More")]),
    ],
)  # fmt: skip
def test_markdown_is_read_as_it_is_rendered(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert read("x.md", markdown) == expected


def test_headings_nest_and_lead_what_stands_under_them() -> None:
    loaded = load("x.md", b"Title\n=====\n\na\n\n## Part *one*\n\n- b\n\n### Deep\n\nc\n\n## Part two\n\nd")
    assert [(b.kind, b.level, b.heading) for b in loaded.blocks] == [
        ("heading", 1, "Title"),
        ("paragraph", 0, "Title"),
        ("heading", 2, "Title › Part one"),
        ("item", 0, "Title › Part one"),
        ("heading", 3, "Title › Part one › Deep"),
        ("paragraph", 0, "Title › Part one › Deep"),
        ("heading", 2, "Title › Part two"),
        ("paragraph", 0, "Title › Part two"),
    ]


def test_tables_are_rows_with_their_header() -> None:
    loaded = load("x.md", b"| Step | Who |\n|---|---|\n| Plan | **Heads** |\n| Do | |\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    assert shown(loaded) == [("row", t) for t in ("Step\tWho", "Plan\tHeads", "Do\t", "A\tB", "1\t2")]
    assert [b.header for b in loaded.blocks] == ["", "Step | Who", "Step | Who", "", "A | B"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line\ngoes on.\n\nTwo.", ["One line goes on.", "Two."]),
        ("One.\n \t \n\n\nTwo.", ["One.", "Two."]),
        ("# not a heading\n\n- not an item", ["# not a heading", "- not an item"]),
        ("One.\fTwo.", ["One.", "Two."]),
        ("1914 was a year\nof change.", ["1914 was a year of change."]),
        ("  spaces \t and tabs ", ["spaces and tabs"]),
        ("One met\fin May.\f\fTwo.", ["One met in May.", "Two."]),
        ("One line\x0bgoes on\x85and on\u2028here.\u2029Two.", ["One line goes on and on here.", "Two."]),
        (
            "The whole implementation, or imple-\nmentation, of pre-\nand post-tests.",
            ["The whole implementation, or implementation, of pre- and post-tests."],
        ),
        ("One\n" + "word " * 30 + "end.\nThree.", ["One", "word " * 30 + "end.", "Three."]),
        ("One\n" + "word " * 30 + "goes\non here.", ["One " + "word " * 30 + "goes on here."]),
        ("We came\n- late -\nand went\n- again.", ["We came - late - and went - again."]),
    ],
)
def test_plain_text_is_paragraphs_parted_by_blank_lines(text: str, expected: list[str]) -> None:
    assert read("x.txt", text) == [("paragraph", t) for t in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\n=====\n\nWords.", [("heading", "Title"), ("paragraph", "Words.")]),
        ("- one\n- two\n  goes on", [("item", "one"), ("item", "two goes on")]),
        ("1. one\n2. two", [("item", "1. one"), ("item", "2. two")]),
        ("• one\n• two\n\nAfter.", [("item", "one"), ("item", "two"), ("paragraph", "After.")]),
        ("-----\n-----", [("paragraph", "----- -----")]),
        ("WHAT WE DID\n\nWords.", [("heading", "WHAT WE DID"), ("paragraph", "Words.")]),
        ("WHAT WE DID\nWords.", [("heading", "WHAT WE DID"), ("paragraph", "Words.")]),
        ("WHAT WE DID\n\n- one\n- two", [("heading", "WHAT WE DID"), ("item", "one"), ("item", "two")]),
        ("WHAT WE DID\n===\n\nWords.", [("heading", "WHAT WE DID"), ("paragraph", "Words.")]),
        ("Words.\n\nASH AND BIRCH", [("paragraph", "Words."), ("paragraph", "ASH AND BIRCH")]),
        ("ASH AND BIRCH\nCEDAR AND OAK", [("paragraph", "ASH AND BIRCH CEDAR AND OAK")]),
        ("School\tBefore\nAsh\t9", [("row", "School\tBefore"), ("row", "Ash\t9")]),
        ("One\tword\nof many.", [("paragraph", "One word of many.")]),
        ("School     Before  \nAsh        9", [("row", "School\tBefore"), ("row", "Ash\t9")]),
        ("We did:\n- one\n- two", [("paragraph", "We did:"), ("item", "one"), ("item", "two")]),
    ],
)
def test_plain_text_has_lists_headings_and_columns(text: str, expected: list[tuple[str, str]]) -> None:
    assert read("x.txt", text) == expected


@pytest.mark.parametrize("markdown", ["---\ntitle: x\n---\n", "<div hidden>raw</div>", "![only a picture](x.png)"])
def test_markdown_without_words_is_refused(markdown: str) -> None:
    with pytest.raises(LoadError, match="no text"):
        load("x.md", markdown.encode())
