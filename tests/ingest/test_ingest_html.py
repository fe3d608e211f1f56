"""What a page says: headings, paragraphs, lists and tables, as a reader would see them."""

import pytest
from ingest_looking import read, shown

from ingest.errors import LoadError
from ingest.load import load


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <b>bold</b>\n word.</p>", ["One bold word."]),
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("Loose words<p>Then a paragraph</p>and a tail", ["Loose words", "Then a paragraph", "and a tail"]),
        ("<div>Loose <em>inside</em> a box<p>Para</p></div>", ["Loose inside a box", "Para"]),
        ("<div><div><p>Deep</p></div></div>", ["Deep"]),
        ("<p>Fish &amp; chips, 5&nbsp;% &lt;b&gt;</p>", ["Fish & chips, 5 % <b>"]),
        ("<p>im&shy;prove and re<wbr>do</p>", ["improve and redo"]),
        ("<p></p><p> </p><p>Words</p>", ["Words"]),
        ("<blockquote>Quoted words</blockquote>", ["Quoted words"]),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", ["One.", "Two."]),
        ("<figure><img alt='x'><figcaption>A caption</figcaption></figure>", ["A caption"]),
        ("<details><summary>More</summary>Hidden until opened.</details>", ["More", "Hidden until opened."]),
        ("<a href='x'><p>A card of words in a link, and it is long.</p></a>", ["A card of words in a link, and it is long."]),
        ("<span><p>Inside a span</p></span>", ["Inside a span"]),
        ("<section><p>All our schools</p></section>", ["All our schools"]),
        ("First line<br>Second line<br><br>Third", ["First line Second line Third"]),
        ("<p>First line<br>second line</p>", ["First line second line"]),
        ("<address>1 High Road<br/>Moss</address>", ["1 High Road Moss"]),
        ("<article><p>One.</p></article><article><p>Two.</p></article>", ["One.", "Two."]),
        ("<form id='aspnetForm'><div><p>All of it.</p></div></form>", ["All of it."]),
        ("<p>It rose.<sup><a href='#n1'>1</a></sup> Then</p>", ["It rose. Then"]),
        ("<p>It rose.<a href='#n1'><sup>[1]</sup></a> Then</p>", ["It rose. Then"]),
        ("<p>10 m<sup>2</sup> and the 1<sup>st</sup></p>", ["10 m2 and the 1st"]),
        ("<p>It rose.<sup>1</sup> Then</p>", ["It rose. Then"]),
        ("<article><p>One.</p></article><article><h2><a href='x'>Another page</a></h2><p>Teaser.</p></article>", ["One."]),
        ("<pre>line one\nline two</pre>", ["line one line two"]),
    ],
)  # fmt: skip
def test_paragraphs_are_told_apart(html: str, expected: list[str]) -> None:
    assert read("x.html", f"<html><body>{html}</body></html>") == [("paragraph", text) for text in expected]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"]),
        ("<ol><li>One<ol><li>Inner</li></ol></li><li>Two</li></ol>", ["One", "Inner", "Two"]),
        ("<ul><li><ul><li>Inner alone</li></ul></li></ul>", ["Inner alone"]),
        ("<ul><li>A <a href='x'>link</a> in it</li></ul>", ["A link in it"]),
        ("<ul><li>We met.</li><li><a href='x'>The plan</a></li><li>We wrote.</li></ul>", ["We met.", "The plan", "We wrote."]),
        ("<ul><li><p>One.</p><p>Two.</p></li></ul>", ["One. Two."]),
        ("<ul><li></li><li>Two</li></ul>", ["Two"]),
        ("<ul><li><h3>Head</h3><p>and words.</p></li></ul>", ["Head and words."]),
        ("<dl><div><dt>Phase</dt><dd>Primary</dd></div></dl>", ["Phase: Primary"]),
        ("<ul><li>One<ul><li>In</li></ul>more</li></ul>", ["One more", "In"]),
        ("<dl><dt>Schools:</dt><dd>Four</dd><dt>Phase</dt><dd>Primary</dd></dl>", ["Schools: Four", "Phase: Primary"]),
        ("<ul><li>One</li><ul><li>Inner</li></ul></ul>", ["One", "Inner"]),
        ("<ul><li>One<br>more</li></ul>", ["One more"]),
        ("<ul><li><div>One</div><div>more</div></li></ul>", ["One more"]),
        ("<dl><dt>Term</dt><dd><p>One.</p><p>Two.</p></dd></dl>", ["Term: One. Two."]),
        ("<p>- One<br>- Two<br>goes on</p>", ["One", "Two goes on"]),
        ("<div>1. One<br>2. Two</div>", ["1. One", "2. Two"]),
    ],
)
def test_lists_are_items(html: str, expected: list[str]) -> None:
    assert read("x.html", html) == [("item", text) for text in expected]


@pytest.mark.parametrize(
    ("html", "expected", "headers"),
    [
        (
            "<tr><th>Component</th><th>Action</th></tr><tr><td>Connect</td><td>Meet</td></tr>",
            ["Component\tAction", "Connect\tMeet"],
            ["", "Component | Action"],
        ),
        (
            "<thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><th>Row</th><td>1</td></tr></tbody>",
            ["A\tB", "Row\t1"],
            ["", "A | B"],
        ),
        ("<tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr>", ["A\tB", "1\t2"], ["", ""]),
        ("<tr><td><b>A</b></td><td><strong>B</strong></td></tr><tr><td>1</td><td>2</td></tr>", ["A\tB", "1\t2"], ["", "A | B"]),
        ("<tr><td><b>A</b></td><td><b>B</b></td></tr><tr><td><b>1</b></td><td><b>2</b></td></tr>", ["A\tB", "1\t2"], ["", ""]),
        ("<tr><td><b>A</b></td><td>B</td></tr><tr><td>1</td><td>2</td></tr>", ["A\tB", "1\t2"], ["", ""]),
        ("<tr><th colspan=2>Title</th></tr><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>", ["Title", "A\tB", "1\t2"], ["", "", "A | B"]),
        ("<tr><th>A</th><th>B</th></tr><tr><td>1</td><td></td></tr><tr><td></td><td></td></tr>", ["A\tB", "1\t"], ["", "A | B"]),
        ("<tr><td>One<br>two</td><td><ul><li>a</li><li>b</li></ul></td></tr>", ["One\ntwo\ta\nb"], [""]),
        ("<tr><td><p>One.</p><p>Two.</p></td><td>x</td></tr>", ["One.\nTwo.\tx"], [""]),
        ("<tr><td>We:<ul><li>a</li></ul></td><td>x</td></tr>", ["We:\na\tx"], [""]),
        ("<tr><td><ul><li><p>a</p></li></ul></td><td>x</td></tr>", ["a\tx"], [""]),
        ("<tr><td><div>One</div><div>two</div></td><td>x</td></tr>", ["One\ntwo\tx"], [""]),
    ],
)  # fmt: skip
def test_tables_are_rows_with_their_header(html: str, expected: list[str], headers: list[str]) -> None:
    loaded = load("x.html", f"<table>{html}</table>".encode())
    assert shown(loaded) == [("row", text) for text in expected]
    assert [b.header for b in loaded.blocks] == headers


@pytest.mark.parametrize(
    ("html", "expected", "headers"),
    [
        ("<tr><td rowspan=2>Plan</td><td>Heads</td></tr><tr><td>Deputies</td></tr>", ["Plan\tHeads", "Plan\tDeputies"], ["", ""]),
        ("<tr><td>a</td><td rowspan=2>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr>", ["a\tb", "c\tb", "d\te"], ["", "", ""]),
        (
            "<thead><tr><th></th><th>Boys</th><th>Girls</th></tr></thead><tr><th scope=row>2023</th><td>1</td><td>2</td></tr>",
            ["\tBoys\tGirls", "2023\t1\t2"],
            ["", " | Boys | Girls"],
        ),
        ("<thead><tr><td>Step</td><td>Who</td></tr></thead><tr><td>Plan</td><td>Heads</td></tr>", ["Step\tWho", "Plan\tHeads"], ["", "Step | Who"]),
        (
            "<tr><th rowspan=2>Year</th><th>Boys</th></tr><tr><th>cohort</th></tr><tr><td>2023</td><td>12</td></tr>",
            ["Year\tBoys cohort", "2023\t12"],
            ["", "Year | Boys cohort"],
        ),
        ("<tr><td rowspan=x>a</td><td colspan=999999999999>b</td></tr>", ["a\tb"], [""]),
    ],
)  # fmt: skip
def test_cells_over_rows_and_headers_over_rows(html: str, expected: list[str], headers: list[str]) -> None:
    loaded = load("x.html", f"<table>{html}</table>".encode())
    assert shown(loaded) == [("row", text) for text in expected]
    assert [b.header for b in loaded.blocks] == headers


def test_a_list_of_lines_stands_after_the_words_that_lead_to_it() -> None:
    found = read("x.html", "<p>We did:<br>• cut marking<br>• ended meetings</p><p>We came<br>- late -<br>and went</p>")
    assert found == [
        ("paragraph", "We did:"),
        ("item", "cut marking"),
        ("item", "ended meetings"),
        ("paragraph", "We came - late - and went"),
    ]


@pytest.mark.parametrize(("said", "level"), [("aria-level='3'", 3), ("", 2)])
def test_what_a_page_says_is_a_heading_is_one(said: str, level: int) -> None:
    loaded = load("x.html", f"<div role='heading' {said}>What we stopped</div><p>Six things.</p>".encode())
    assert [(b.kind, b.level, b.heading) for b in loaded.blocks] == [
        ("heading", level, "What we stopped"),
        ("paragraph", 0, "What we stopped"),
    ]


def test_a_heading_that_opens_what_stands_under_it_is_kept() -> None:
    assert read("x.html", "<h2><button>What we stopped</button></h2><p>Six things.</p>") == [
        ("heading", "What we stopped"),
        ("paragraph", "Six things."),
    ]


def test_a_table_that_only_lays_out_a_page_is_no_table() -> None:
    prose = "<p>The heads met in May and wrote down what they saw, each in a few lines.</p>" * 12
    found = read("x.html", f"<table><tr><td><h1>Title</h1>{prose}<ul><li>One</li></ul></td></tr></table>")
    assert (found[0], found[-1], {kind for kind, _ in found}) == (("heading", "Title"), ("item", "One"), {"heading", "paragraph", "item"})


def test_a_place_can_be_opened_at_its_heading() -> None:
    html = "<h1>T</h1><p>a</p><h2 id='how'>How</h2><p>b</p><h2><a name='why'></a>Why</h2><p>c</p><section id='last'><h2>Last</h2><p>d</p></section><h2>None</h2><p>e</p>"
    loaded = load("x.html", html.encode())
    url = "https://larkfield.example/a"
    assert [loaded.address(url, b.start) for b in loaded.blocks if b.kind == "paragraph"] == [
        url,
        f"{url}#how",
        f"{url}#why",
        f"{url}#last",
        url,
    ]
    assert loaded.address("", loaded.blocks[-1].start) == ""


def test_a_table_inside_a_table_is_read_once() -> None:
    html = "<table><tr><td>outer<table><tr><td>inner words</td></tr></table></td><td>beside</td></tr></table>"
    text = load("x.html", html.encode()).text
    assert [text.count(word) for word in ("outer", "inner words", "beside")] == [1, 1, 1]


def test_a_caption_stands_before_its_table() -> None:
    html = "<table><caption>Who met</caption><tr><td>a</td><td>b</td></tr></table>"
    assert read("x.html", html) == [("paragraph", "Who met"), ("row", "a\tb")]


def test_headings_nest_and_lead_what_stands_under_them() -> None:
    html = "<h1>Title</h1><p>a</p><h2>Part</h2><h3>Sub <i>part</i></h3><p>b</p><h2>Other</h2><ul><li>c</li></ul><table><tr><td>d</td><td>e</td></tr></table>"
    loaded = load("x.html", html.encode())
    assert [(b.kind, b.level, b.heading) for b in loaded.blocks] == [
        ("heading", 1, "Title"),
        ("paragraph", 0, "Title"),
        ("heading", 2, "Title › Part"),
        ("heading", 3, "Title › Part › Sub part"),
        ("paragraph", 0, "Title › Part › Sub part"),
        ("heading", 2, "Title › Other"),
        ("item", 0, "Title › Other"),
        ("row", 0, "Title › Other"),
    ]


@pytest.mark.parametrize("html", ["", "<p> </p>", "<nav>Menu</nav>", "<p hidden>x</p>", "<!-- only this -->", "<script>x()</script>"])
def test_a_page_with_no_main_text_is_refused_with_what_to_do(html: str) -> None:
    with pytest.raises(LoadError, match=r"no main text; save the article itself"):
        load("x.html", f"<html><body>{html}</body></html>".encode())


@pytest.mark.parametrize("depth", [200, 3000])
def test_a_deeply_nested_page_is_read_or_refused(depth: int) -> None:
    html = "<div>" * depth + "<p>Deep words</p>" + "</div>" * depth
    try:
        loaded = load("x.html", html.encode())
    except LoadError:
        return
    assert loaded.text == "Deep words"
