"""Running text of PDFs that we draw: paragraphs, headings, lists, notes, columns and what surrounds a page's text."""

import pytest
from ingest_looking import faults, read, shown, text_of
from ingest_pdfs import FULL, Line, flowing, lines, pdf, title
from reportlab.platypus import ListFlowable, Paragraph, Spacer

from ingest.load import load

BODY = [*FULL, "the third line ends it here."]


def test_lines_make_paragraphs_and_room_parts_them() -> None:
    page = [*lines(*BODY), *lines("Another paragraph begins here and it", "ends here.", top=690)]
    assert read("x.pdf", pdf(page)) == [
        ("paragraph", " ".join(BODY)),
        ("paragraph", "Another paragraph begins here and it ends here."),
    ]


def test_headings_are_told_by_size_and_weight_and_nest() -> None:
    page = [
        Line(50, 780, "A year of visits", 20),
        Line(50, 740, "How it began", 15),
        *lines(*BODY, top=710),
        Line(50, 640, "The first term", 11, "Helvetica-Bold"),
        *lines(*BODY, top=620),
        Line(50, 560, "What came of it", 15),
        *lines(*BODY, top=530),
    ]
    loaded = load("x.pdf", pdf(page))
    assert [(text_of(loaded, b), b.level) for b in loaded.blocks if b.kind == "heading"] == [
        ("A year of visits", 1),
        ("How it began", 2),
        ("The first term", 3),
        ("What came of it", 2),
    ]
    assert [b.heading.split(" › ")[1:] for b in loaded.blocks if b.kind == "paragraph"] == [
        ["How it began"],
        ["How it began", "The first term"],
        ["What came of it"],
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ["- ", "- ", "- "],
        ["– ", "– ", "– "],
        ["* ", "* ", "* "],
        ["1. ", "2. ", "3. "],
        ["1) ", "2) ", "3) "],
        ["a) ", "b) ", "c) "],
    ],
    ids=lambda m: m[0],
)
def test_marked_lines_are_items_and_lose_a_bullet_but_no_number(marks: list[str]) -> None:
    items = ["Marking was cut to once a week", "Meetings end at four", "Reports are one page long"]
    page = [*lines("We changed three things:"), *lines(*(m + i for m, i in zip(marks, items, strict=True)), x=62, top=740)]
    kept = [m if m[0].isalnum() else "" for m in marks]
    assert read("x.pdf", pdf(page))[1:] == [("item", m + i) for m, i in zip(kept, items, strict=True)]


def test_a_bullet_drawn_apart_from_its_words_makes_an_item_over_its_lines() -> None:
    page = [
        *lines("We changed two things:", font="Vera"),
        *lines("•", "•", x=60, top=740, leading=28, font="Vera"),
        *lines("Marking was cut to once", "a week at most", "Meetings end at four", x=75, top=740, font="Vera"),
    ]
    assert read("x.pdf", pdf(page))[1:] == [("item", "Marking was cut to once a week at most"), ("item", "Meetings end at four")]


@pytest.mark.parametrize("drawn", ["canvas", "list"])
def test_a_bullet_in_one_of_pdfs_own_fonts_makes_an_item(drawn: str) -> None:
    items = ["Marking was cut to once a week", "Meetings end at four", "Reports are one page long"]
    if drawn == "list":
        made = flowing("We changed three things:", ListFlowable([Paragraph(i) for i in items], bulletType="bullet"))
    else:
        page = [*lines("We changed three things:"), *lines("•", "•", "•", x=60, top=740), *lines(*items, x=75, top=740)]
        made = pdf(page)
    assert read("x.pdf", made)[1:] == [("item", i) for i in items]


def test_ligatures_and_hard_spaces_are_plain_letters_and_spaces() -> None:
    assert read("x.pdf", pdf([Line(50, 760, "The ﬁrst ﬂoor of the\u00a0school.", font="Vera")])) == [
        ("paragraph", "The first floor of the school.")
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The implementation took its imple-", "mentation time.", "The implementation took its implementation time."),
        ("It was a long-term plan, and long-", "term plans last.", "It was a long-term plan, and long-term plans last."),
        ("We took the unknown xyloph-", "onic way.", "We took the unknown xyloph-onic way."),
        ("We read the report and/", "or met.", "We read the report and/or met."),
        ("They came from Moss-", "Side to us.", "They came from Moss- Side to us."),
    ],
)
def test_a_hyphen_at_a_line_end_goes_where_the_document_has_the_whole_word(before: str, after: str, expected: str) -> None:
    assert read("x.pdf", pdf(lines(before, after))) == [("paragraph", expected)]


def test_the_left_column_is_read_before_the_right_one() -> None:
    def column(side: str) -> list[str]:
        return [f"{side} words {n} fill the whole line of it" for n in range(12)]

    page = [*lines(*column("left"), x=50), *lines(*column("right"), x=310)]
    text = load("x.pdf", pdf(page)).text
    assert [text.index(line) for side in ("left", "right") for line in column(side)] == sorted(
        text.index(line) for side in ("left", "right") for line in column(side)
    )


def test_a_sentence_goes_on_from_one_column_to_the_next() -> None:
    left = [
        "Left words fill the whole line of the column",
        *["and still they fill it to its right edge"] * 6,
        "until the very last of its own lines, and then",
    ]
    right = [
        "over here it ends. Then the right one fills up",
        *["and it goes on to fill it to its right edge"] * 6,
        "until its own end comes.",
    ]
    found = read("x.pdf", pdf([*lines(*left, x=50), *lines(*right, x=310)]))
    assert found == [("paragraph", " ".join([*left, *right]))]


def test_what_is_written_up_the_side_is_left_out() -> None:
    def prepare(canvas: object) -> None:
        canvas.saveState()  # type: ignore[attr-defined]
        canvas.rotate(90)  # type: ignore[attr-defined]
        canvas.drawString(300, -30, "DRAFT")  # type: ignore[attr-defined]
        canvas.restoreState()  # type: ignore[attr-defined]

    assert read("x.pdf", pdf(lines(*BODY), prepare=prepare)) == [("paragraph", " ".join(BODY))]


def test_what_reportlab_lays_out_over_pages_keeps_every_word_once() -> None:
    trees = ["ash", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy"]
    parts = [
        f"The {a} visit to the {b} school was made in good time and written up, and so will the next one be." for a in trees for b in trees
    ]
    loaded = load("x.pdf", flowing(title("All our visits"), *[p for part in parts for p in (part, Spacer(1, 12))]))
    assert shown(loaded) == [("heading", "All our visits"), *(("paragraph", p) for p in parts)]
    assert faults(loaded) == []
    assert [number for _, number, _ in loaded.pages] == list(range(1, len(loaded.pages) + 1))
