"""Lines that a PDF draws: those of a table part its rows, and those that only adorn a page part nothing."""

from collections.abc import Callable

import pytest
from ingest_looking import read, shown
from ingest_pdfs import FULL, STYLES, Line, flowing, lines, pdf, table, title
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Spacer, Table, TableStyle

from ingest.load import load

ROOM = Spacer(1, 30)
CELLS = [
    ("<b>Step</b>", "<b>Who</b>"),
    ("Plan", "Heads meet each half term to plan. They bring one problem each and leave with two things to try, and nobody writes it up."),
    ("Do", "Staff"),
    ("Review", "Heads and deputies look at what was done, at what it cost in hours, and at what they would rather have done instead."),
]
EXPECTED = [("row", "\t".join(c.replace("<b>", "").replace("</b>", "") for c in row)) for row in CELLS]
BODY = [*FULL, "the third line ends here."]


def styled(*commands: tuple[object, ...], rows: list[tuple[str, str]] = CELLS) -> Table:
    cells = [[Paragraph(cell, STYLES["Normal"]) if cell else "" for cell in row] for row in rows]
    return Table(cells, colWidths=[110, 300], style=TableStyle(list(commands)))


@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
@pytest.mark.parametrize(
    "drawn",
    [
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
        [("BOX", (0, 0), (-1, -1), 0.5, colors.black)],
        [("BOX", (0, 0), (-1, -1), 0.5, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black)],
        [("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.white, colors.lightgrey])],
        [],
    ],
    ids=["ruled", "lines below", "boxed", "boxed with a header line", "striped", "bare"],
)
def test_a_table_is_rows_however_it_is_drawn(drawn: list[tuple[object, ...]], valign: str) -> None:
    made = styled(*drawn, ("VALIGN", (0, 0), (-1, -1), valign))
    assert read("x.pdf", flowing(title("The plan"), ROOM, made)) == [("heading", "The plan"), *EXPECTED]


def test_a_cell_over_two_rows_keeps_both_beside_it() -> None:
    rows = [("<b>Step</b>", "<b>Who</b>"), ("Plan", "Heads meet each half term."), ("", "Deputies come too."), ("Do", "Staff")]
    made = styled(("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (0, 1), (0, 2)), ("VALIGN", (0, 0), (-1, -1), "TOP"), rows=rows)
    assert read("x.pdf", flowing(title("The plan"), ROOM, made))[2:] == [
        ("row", "Plan\tHeads meet each half term. Deputies come too."),
        ("row", "Do\tStaff"),
    ]


def test_room_inside_a_ruled_row_parts_nothing() -> None:
    rows = [
        ("<b>Step</b>", "<b>Who</b>"),
        ("Plan<br/><br/>in spring", "Heads meet.<br/><br/>They talk."),
        ("Do", "Staff"),
        ("Review", "All"),
    ]
    made = styled(("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), rows=rows)
    found = [text for _, text in read("x.pdf", flowing(title("The plan"), ROOM, made))]
    assert found == ["The plan", "Step\tWho", "Plan in spring\tHeads meet. They talk.", "Do\tStaff", "Review\tAll"]


def test_two_tables_have_each_their_own_header() -> None:
    first, second = table(("Step", "Who"), ("Plan", "Heads"), ("Do", "Staff")), table(("Year", "Cost"), ("One", "Little"), ("Two", "Less"))
    loaded = load("x.pdf", flowing(title("The plan"), first, ROOM, "Between them stand words of our own to read.", ROOM, second))
    assert [(b.kind, b.header) for b in loaded.blocks] == [
        ("heading", ""),
        *[("row", ""), ("row", "Step | Who"), ("row", "Step | Who")],
        ("paragraph", ""),
        *[("row", ""), ("row", "Year | Cost"), ("row", "Year | Cost")],
    ]


@pytest.mark.parametrize(
    "draw",
    [
        lambda c: [c.line(50, y, 540, y) for y in (775, 700, 100)],
        lambda c: [c.line(50, y, 220, y) for y in (757, 743)],
        lambda c: c.rect(40, 40, 520, 760),
        lambda c: [c.rect(45, 720, 500, 55), c.rect(45, 600, 500, 90)],
        lambda c: [c.rect(40, 40, 250, 760), c.rect(290, 40, 260, 760), c.line(40, 500, 550, 500)],
        lambda c: [c.line(50 + 4 * n, 300, 50 + 4 * n, 300 + n) for n in range(100)],
    ],
    ids=["rules", "underlines", "a frame", "boxes", "crossed boxes", "a chart"],
)
def test_lines_that_adorn_a_page_make_no_table(draw: Callable[[Canvas], object]) -> None:
    page = [Line(50, 780, "A heading", 18), *lines(*BODY), *lines("Another paragraph begins here and it", "ends here.", top=680)]
    assert read("x.pdf", pdf(page, prepare=draw)) == [
        ("heading", "A heading"),
        ("paragraph", " ".join(BODY)),
        ("paragraph", "Another paragraph begins here and it ends here."),
    ]


@pytest.mark.parametrize(
    "draw",
    [lambda c: c.line(300, 100, 300, 780), lambda c: [c.rect(45, 580, 245, 200), c.rect(305, 580, 245, 200)]],
    ids=["a line between", "a box around each"],
)
def test_columns_stay_columns_with_lines_between_them(draw: Callable[[Canvas], object]) -> None:
    sides = [[f"{side} words {n} fill the whole line of it" for n in "abcdefghijkl"] for side in ("left", "right")]
    page = [*lines(*sides[0], x=50), *lines(*sides[1], x=310)]
    text = " ".join(t for _, t in shown(load("x.pdf", pdf(page, prepare=draw))))
    assert text == " ".join([*sides[0], *sides[1]])
