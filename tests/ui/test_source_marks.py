"""Where a quote is marked on a PDF's page: on its own words and on no others, however the page is laid, turned or cropped."""

import io
from collections.abc import Sequence

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ui.pdf_marks import Box, find_marks
from ui.pdf_page import PdfError, close_up, count_pages, draw_pages, is_pdf

WIDTH, HEIGHT = A4
Line = tuple[float, float, str]


def pdf(*pages: Sequence[Line], angle: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """Pages of (x, y, text) lines, y from the top."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for page in pages:
        for x, y, text in page:
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    if not angle and not crop:
        return made.getvalue()
    writer = PdfWriter(clone_from=PdfReader(made))
    for held in writer.pages:
        held.rotate(angle)
        if crop:
            held.cropbox = RectangleObject(crop)
    turned = io.BytesIO()
    writer.write(turned)
    return turned.getvalue()


def marks(data: bytes, quote: str, pages: Sequence[int] = (1,), earlier: int = 0) -> dict[int, tuple[Box, ...]]:
    return find_marks(pypdfium2.PdfDocument(data), pages, quote, earlier)


def under(data: bytes, number: int, boxes: Sequence[Box]) -> str:
    """The words that the boxes of an upright page lie on."""
    text = pypdfium2.PdfDocument(data)[number - 1].get_textpage()
    said = [text.get_text_bounded(b.left * WIDTH, HEIGHT * (1 - b.bottom), b.right * WIDTH, HEIGHT * (1 - b.top)) for b in boxes]
    return " ".join(" ".join(said).split())


STAFF = [(72, 100, "Nothing here. Heads of Larkfield visit"), (72, 118, "one another in threes. Nothing more.")]


def test_a_quote_over_two_lines_has_a_box_on_each_and_none_on_other_words() -> None:
    data = pdf(STAFF)
    [boxes] = marks(data, "Heads of Larkfield visit one another in threes.").values()
    assert len(boxes) == 2
    assert under(data, 1, boxes) in ("Heads of Larkfield visit one another in threes", "Heads of Larkfield visit one another in threes.")


def test_a_quote_over_a_page_end_leaves_the_foot_between_its_halves_unmarked() -> None:
    data = pdf(
        [(72, 700, "Coaches meet on Mondays and plan the week"), (72, 800, "Larkfield Trust, page 4")],
        [(72, 60, "A running head"), (72, 90, "before any pupil arrives. Another sentence.")],
    )
    found = marks(data, "Coaches meet on Mondays and plan the week before any pupil arrives.", (1, 2))
    assert under(data, 1, found[1]) == "Coaches meet on Mondays and plan the week"
    assert under(data, 2, found[2]).rstrip(".") == "before any pupil arrives"


def test_words_that_stand_twice_are_marked_where_they_were_cited() -> None:
    data = pdf([(72, 100, "Staff meet each week."), (72, 300, "Staff meet each week.")])
    [first], [second] = marks(data, "Staff meet each week.")[1], marks(data, "Staff meet each week.", earlier=1)[1]
    assert first.top < 0.2 < 0.3 < second.top


def test_a_row_is_marked_cell_by_cell_across_its_columns() -> None:
    rows = [("Goals", "Agree the few aims", "3"), ("Connect", "Visit one another", "3")]
    # Drawn column by column, as some programs do: the row is in no one run of characters.
    columns = [(72 + 170 * c, 100 + 40 * r, row[c]) for c in range(3) for r, row in enumerate(rows)]
    data = pdf(columns)
    boxes = marks(data, "Connect\tVisit one another\t3")[1]
    assert sorted(under(data, 1, [b]) for b in boxes) == ["3", "Connect", "Visit one another"]
    assert all(0.15 < b.top < 0.2 for b in boxes)


@pytest.mark.parametrize(
    ("drawn", "quote"),
    [
        ("improve-|ment takes three years", "improvement takes three years"),
        ("Visits grew.1 Heads agreed to go on", "Visits grew. Heads agreed to go on"),
        ("She said “we stopped” at once", 'She said "we stopped" at once'),
    ],
)
def test_what_the_setting_changes_does_not_hide_a_quote(drawn: str, quote: str) -> None:
    data = pdf([(72, 100 + 16 * n, line) for n, line in enumerate(drawn.split("|"))])
    assert marks(data, quote)


@pytest.mark.parametrize("quote", ["Pupils of Mossgate read for an hour every day.", "Nothing like it", "in", ""])
def test_what_is_not_on_the_page_marks_nothing(quote: str) -> None:
    assert marks(pdf(STAFF), quote if quote != "in" else "of it") == {}


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_marked_on_the_same_words(angle: int) -> None:
    quote = "Heads of Larkfield visit one another in threes."
    [upright], [turned] = draw_pages(pdf(STAFF), (1,), quote), draw_pages(pdf(STAFF, angle=angle), (1,), quote)
    back = np.rot90(yellow(turned.pixels), angle // 90)
    assert back.any()
    shares = [tuple(round(v, 2) for v in extent(m)) for m in (back, yellow(upright.pixels))]
    assert shares[0] == pytest.approx(shares[1], abs=0.011)


def test_a_cropped_page_is_marked_on_the_same_words() -> None:
    data = pdf(STAFF, crop=(50, HEIGHT - 200, 400, HEIGHT - 50))
    [picture] = draw_pages(data, (1,), "Heads of Larkfield visit one another in threes.")
    top, bottom, left, right = extent(yellow(picture.pixels))
    assert (top, bottom) == pytest.approx(((100 - 50 - 10) / 150, (118 - 50 + 4) / 150), abs=0.03)
    assert left < (72 - 50) / 350 + 0.02
    assert right < 0.9


def yellow(pixels: np.ndarray) -> np.ndarray:
    return (pixels[:, :, 0] > 200) & (pixels[:, :, 2] < 120)


def extent(mask: np.ndarray) -> tuple[float, float, float, float]:
    rows, columns = np.where(mask)
    return rows.min() / mask.shape[0], rows.max() / mask.shape[0], columns.min() / mask.shape[1], columns.max() / mask.shape[1]


def test_a_close_up_keeps_every_mark_and_leaves_most_of_the_page_out() -> None:
    [picture] = draw_pages(pdf(STAFF), (1,), "Heads of Larkfield visit one another in threes.")
    near = close_up(picture)
    assert yellow(near).sum() == yellow(picture.pixels).sum() > 0
    assert near.size < 0.3 * picture.pixels.size
    [unmarked] = draw_pages(pdf(STAFF), (1,), "Nothing like it at all")
    assert close_up(unmarked).shape == unmarked.pixels.shape


def test_a_page_of_any_size_is_drawn_at_a_size_that_a_browser_can_hold() -> None:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(20, 14_000))
    canvas.drawString(1, 100, "x")
    canvas.showPage()
    canvas.save()
    [picture] = draw_pages(made.getvalue(), (1, 2), "")
    assert max(picture.pixels.shape) <= 3600


def test_a_file_that_is_not_a_pdf_says_so() -> None:
    assert not is_pdf(b"PK\x03\x04")
    assert count_pages(b"%PDF-1.7 broken") == 0
    with pytest.raises(PdfError, match="cannot be drawn"):
        draw_pages(b"%PDF-1.7 broken", (1,), "x")
