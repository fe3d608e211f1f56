"""Tables of PDFs that we draw: each row one block, its cells apart, its header beside it."""

import pytest
from ingest_looking import read, text_of
from ingest_pdfs import NAMES, Line, body, flowing, lines, pdf, table, title
from reportlab.platypus import Flowable, Spacer

from ingest.load import load

ROOM = Spacer(1, 30)
SHORT = [("Step", "Who", "When"), ("Plan", "Heads", "Autumn"), ("Do", "All staff", "Spring"), ("Review", "Trust", "Summer")]
LONG = [
    ("Component", "What we do"),
    (
        "Connect",
        "Heads meet each half term to plan. They bring one problem each and leave with two things to try in their own school "
        "before the next meeting, and nobody writes it up for anyone else.",
    ),
    ("Use evidence", "A research lead reads for the group and writes one page each month for all of the staff who ask for it."),
    ("Adopt a cycle", "Six weeks, then a pause."),
]


def rows(cells: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    return [("row", "\t".join(row)) for row in cells]


@pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
def test_rows_of_one_line_stay_rows(valign: str) -> None:
    short = table(*SHORT, widths=(120, 120, 120), wrapped=False, valign=valign)
    assert read("x.pdf", flowing(title("The plan"), ROOM, short)) == [("heading", "The plan"), *rows(SHORT)]


@pytest.mark.parametrize(
    "valign",
    [
        "TOP",
        "MIDDLE",
        "BOTTOM",
    ],
)
def test_rows_whose_cells_run_over_lines_stay_rows(valign: str) -> None:
    assert read("x.pdf", flowing(title("The plan"), ROOM, table(*LONG, valign=valign))) == [("heading", "The plan"), *rows(LONG)]


def test_every_row_but_the_header_carries_the_header() -> None:
    loaded = load("x.pdf", flowing(title("The plan"), ROOM, table(*LONG)))
    found = [b for b in loaded.blocks if b.kind == "row"]
    assert [b.header for b in found] == ["", *["Component | What we do"] * 3]
    assert {b.heading for b in found} == {"The plan"}


def test_a_table_without_a_bold_row_has_no_header() -> None:
    plain = table(*[("", "")], *LONG[1:], widths=(110, 300))
    loaded = load("x.pdf", flowing(title("The plan"), ROOM, plain))
    assert [(text_of(loaded, b), b.header) for b in loaded.blocks if b.kind == "row"] == [("\t".join(row), "") for row in LONG[1:]]


def test_an_empty_cell_keeps_its_place() -> None:
    cells = [("Step", "Who", "When"), ("Plan", "", "Autumn"), ("Do", "Staff", ""), ("Review", "Trust", "Summer")]
    found = read("x.pdf", flowing(title("The plan"), ROOM, table(*cells, widths=(120, 120, 120), wrapped=False)))
    assert found[1:] == rows(cells)


def test_a_table_goes_on_with_its_rows_on_the_next_page() -> None:
    many = [("Week", "What was done"), *[(f"Week {n}", f"Visit number {n} was made and written up.") for n in range(1, 61)]]
    loaded = load("x.pdf", flowing(title("The plan"), ROOM, table(*many, wrapped=False)))
    found = [(text_of(loaded, b), loaded.place(b.start).page) for b in loaded.blocks if b.kind == "row"]
    assert [text for text, _ in found] == ["\t".join(row) for row in many]
    assert [page for _, page in found] == sorted(page or 0 for _, page in found)
    assert {page for _, page in found} == {1, 2}


def test_the_words_before_a_table_are_no_row() -> None:
    found = read("x.pdf", flowing(title("The plan"), "We say who did what.", ROOM, table(*LONG)))
    assert found == [("heading", "The plan"), ("paragraph", "We say who did what."), *rows(LONG)]


@pytest.mark.parametrize(
    "after",
    [
        "After the table we say a good deal more about what was done and by whom.",
        "We met.",
    ],
    ids=["long", "short"],
)
@pytest.mark.parametrize("cells", [SHORT, LONG], ids=["short rows", "long rows"])
def test_the_words_after_a_table_are_no_row(cells: list[tuple[str, ...]], after: str) -> None:
    widths = (120, 120, 120) if cells is SHORT else (110, 300)
    found = read("x.pdf", flowing(title("The plan"), ROOM, table(*cells, widths=widths, wrapped=cells is LONG), ROOM, after))
    assert found == [("heading", "The plan"), *rows(cells), ("paragraph", after)]


@pytest.mark.parametrize(
    "above",
    [
        "We say who did what in the year.",
        "We met.",
        title("The plan"),
    ],
    ids=["long line", "short line", "heading"],
)
def test_what_stands_close_above_a_table_stands_apart(above: Flowable | str) -> None:
    assert read("x.pdf", flowing(above, table(*LONG)))[1:] == rows(LONG)


def test_a_cell_of_bullets_keeps_a_line_for_each() -> None:
    cells = [LONG[0], ("Connect", "- Heads meet each month<br/>- Staff visit one another<br/>- Files are shared"), LONG[2]]
    found = read("x.pdf", flowing(title("The plan"), ROOM, table(*cells)))
    assert found[2] == ("row", "Connect\tHeads meet each month\nStaff visit one another\nFiles are shared")


def unruled(cells: list[tuple[str, ...]], top: float, bold: bool) -> list[Line]:
    """Rows without a line between them, the first of them their header."""
    return [
        Line(x, top - 20 * n, text, 11, "Helvetica-Bold" if bold and not n else "Helvetica")
        for n, row in enumerate(cells)
        for x, text in zip((50, 200, 430), row, strict=True)
    ]


HEADER = ("School", "What was done", "When")
YEARS = [[(f"{name} {page}", f"They met for the {name} {page} time", "Autumn") for name in ("Ash", "Birch", "Cedar")] for page in range(3)]


@pytest.mark.parametrize(
    ("bold", "again"),
    [(True, HEADER), (False, HEADER), (True, ("School (continued)", *HEADER[1:]))],
    ids=["bold", "plain", "continued"],
)
@pytest.mark.parametrize("top", [690, 770], ids=["after text", "at the top of each page"])
def test_a_header_that_is_said_again_on_the_next_page_is_no_row(bold: bool, again: tuple[str, ...], top: float) -> None:
    first = [*unruled([HEADER, *YEARS[0]], top, bold), *(lines("The plan of the visits.", top=770) if top < 770 else [])]
    loaded = load("x.pdf", pdf(first, *(unruled([again, *cells], 770, bold) for cells in YEARS[1:])))
    found = [(text_of(loaded, b), b.header, loaded.place(b.start).page) for b in loaded.blocks if b.kind == "row"]
    names = " | ".join(HEADER)
    assert found == [("\t".join(HEADER), "", 1), *(("\t".join(r), names, n) for n, cells in enumerate(YEARS, 1) for r in cells)]


def test_cells_that_are_the_same_or_count_up_at_the_edge_of_every_page_are_kept() -> None:
    cells = [
        [(f"Ash {n}", "They met", "Autumn"), (f"Birch {n}", f"They planned {n}", "Spring"), (f"Fir {n}", "And went", "May")]
        for n in range(4)
    ]
    pages = [[*unruled(rows, 770, False), *lines(*body(name), top=600)] for rows, name in zip(cells, NAMES, strict=True)]
    found = [text for kind, text in read("x.pdf", pdf(*pages)) if kind == "row"]
    assert found == ["\t".join(row) for rows in cells for row in rows]
