"""PDFs as schools set them: capitals for headings, a first letter over three lines, contents with dots, notes beside the text, forms."""

import pytest
from ingest_looking import read
from ingest_pdfs import FULL, Line, lines, pdf
from reportlab.pdfgen.canvas import Canvas

BODY = [*FULL, "the third line ends it here."]
PARAGRAPH = ("paragraph", " ".join(BODY))


@pytest.mark.parametrize(
    ("line", "top", "kind"),
    [
        ("WHAT WE CHANGED", 780, "heading"),
        ("WHAT WE CHANGED", 774, "heading"),  # with no more room under it than between lines
        ("KS2", 780, "paragraph"),  # a short name is no heading
        ("LEEDS LS1 4AB", 780, "paragraph"),
        ("What we changed", 780, "paragraph"),
    ],
)
def test_a_line_of_capitals_over_the_text_is_a_heading(line: str, top: float, kind: str) -> None:
    assert read("x.pdf", pdf([*lines(line, top=top), *lines(*BODY)])) == [(kind, line), PARAGRAPH]


def test_capitals_over_nothing_or_over_capitals_are_no_heading() -> None:
    page = [*lines(*BODY), *lines("ASH AND BIRCH", top=690), *lines("CEDAR AND DOGWOOD", top=660)]
    assert [kind for kind, _ in read("x.pdf", pdf(page))] == ["paragraph"] * 3


@pytest.mark.parametrize(
    ("initial", "rest", "words"),
    [
        ("T", "he visits began in spring", "The visits"),
        ("A", "year of visits began", "A year"),
        ("A", "fter the visits we met", "After the"),
    ],
)
def test_a_first_letter_that_stands_over_lines_goes_back_to_its_word(initial: str, rest: str, words: str) -> None:
    first, *more = [f"{rest} and each of the heads wrote down what they", *BODY]
    page = [Line(50, 732, initial, 40), Line(84, 760, first), Line(84, 746, more[0]), Line(84, 732, more[1]), *lines(more[2], top=718)]
    after = lines("It was after this that they met.", top=690)
    ((kind, text), _) = read("x.pdf", pdf([*page, *after]))
    assert kind == "paragraph"
    assert text.startswith(words)
    assert text.endswith(BODY[-1])


@pytest.mark.parametrize("apart", [False, True], ids=["one string", "dots drawn apart"])
def test_a_contents_page_is_lines_without_dots(apart: bool) -> None:
    entries = {"Why we began": "3", "What we stopped": "7", "What came of it": "11"}
    page = []
    for n, (name, number) in enumerate(entries.items()):
        y = 760 - 16 * n
        if apart:
            page += [Line(50, y, name), Line(150, y, ". " * 60), Line(520, y, number)]
        else:
            page.append(Line(50, y, f"{name} {'.' * 60} {number}"))
    found = read("x.pdf", pdf(page, lines(*BODY)))
    assert [text.replace("\t", " ") for _, text in found[:-1]] == [f"{name} {number}" for name, number in entries.items()]
    assert {kind for kind, _ in found[:-1]} <= {"item", "row"}


def test_a_sentence_quoted_large_amid_the_text_is_no_heading_and_parts_no_sentence() -> None:
    said = ["“We stopped doing six things", "and nobody missed them.”"]
    page = [*lines(*FULL, top=760), *lines(*said, x=90, top=705, leading=22, size=18), *lines(BODY[-1], top=650)]
    assert read("x.pdf", pdf(page)) == [PARAGRAPH, ("paragraph", " ".join(said))]


def test_a_name_in_quotation_marks_may_be_a_heading() -> None:
    assert read("x.pdf", pdf([Line(50, 800, "“What good looks like” in our schools", 18), *lines(*BODY)]))[0][0] == "heading"


TEXT = [
    "The heads of all five schools met each fortnight and chose one",
    "thing alone to look for, and they wrote it on a card that went",
    "round the schools. By the end of the second year the cards had",
    "become the agenda of the group and of its own meetings, and so",
    "nobody wrote plans of any other kind for the schools in it and",
    "each of the heads could say without looking what the other had",
    "chosen to look for.",
]


def test_a_note_beside_the_text_makes_no_table_of_it() -> None:
    note = [Line(400, 760, "Key facts", 12, "Helvetica-Bold"), *lines("Five schools", "Two counties", "900 pupils", x=400, top=746)]
    found = read("x.pdf", pdf([*lines(*TEXT), *note]))
    assert found == [("paragraph", " ".join(TEXT)), ("heading", "Key facts"), ("paragraph", "Five schools Two counties 900 pupils")]


def test_long_cells_beside_short_ones_stay_a_table() -> None:
    """The same widths, but the cells begin together."""
    cells = [
        (
            "The heads of all five schools met each fortnight and chose it",
            "and wrote it on a card that went round all the other schools",
            "Ms Ash",
        )
    ] * 4
    page = [
        line
        for n, (first, second, who) in enumerate(cells)
        for line in (Line(50, 760 - 32 * n, first), Line(50, 746 - 32 * n, second), Line(400, 760 - 32 * n, who))
    ]
    assert [kind for kind, _ in read("x.pdf", pdf(page))] == ["row"] * 4


def test_a_title_over_three_columns_parts_them() -> None:
    columns = [line for n, x in enumerate((50, 220, 390)) for line in [Line(x, 770, f"School {n}", 13, "Helvetica-Bold"), *_column(n, x)]]
    found = read("x.pdf", pdf([Line(50, 800, "A year in three schools", 20), *columns]))
    assert [text for kind, text in found if kind == "heading"] == ["A year in three schools", "School 0", "School 1", "School 2"]
    assert [text[-7:] for kind, text in found if kind == "paragraph"] == ["ends 0.", "ends 1.", "ends 2."]


def _column(number: int, x: float) -> list[Line]:
    return lines(*["where the line fills the row"] * 8, f"and where it ends {number}.", x=x, top=750)


def test_what_is_filled_in_on_a_form_is_read_where_it_stands() -> None:
    def prepare(canvas: Canvas) -> None:
        canvas.acroForm.textfield(value="We will stop the Sunday emails.", x=200, y=690, width=300, height=22)
        canvas.acroForm.checkbox(x=200, y=600, checked=True)

    page = [*lines(*BODY), *lines("What will you stop?", top=697)]
    assert read("x.pdf", pdf(page, prepare=prepare)) == [PARAGRAPH, ("row", "What will you stop?\tWe will stop the Sunday emails.")]
