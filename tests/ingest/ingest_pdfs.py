"""PDFs of our own, made with reportlab."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

pdfmetrics.registerFont(TTFont("Vera", Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
STYLES = getSampleStyleSheet()


FULL = [
    "The first line of the body runs on to the right edge of the column and",
    "the second line goes on from it in the same way, as a paragraph does, and",
]
"""Two full lines of a paragraph that goes on."""
NAMES = ["Ash", "Birch", "Cedar", "Dogwood"]


class Line(NamedTuple):
    """Words on a page: points from the left and from the foot."""

    x: float
    y: float
    text: str
    size: float = 11
    font: str = "Helvetica"


def pdf(*pages: Sequence[Line], prepare: Callable[[Canvas], None] | None = None, **canvas: object) -> bytes:
    """A PDF of these lines, each where it says."""
    file = io.BytesIO()
    drawn = Canvas(file, pagesize=A4, **canvas)
    if prepare:
        prepare(drawn)
    for page in pages:
        for line in page:
            drawn.setFont(line.font, line.size)
            drawn.drawString(line.x, line.y, line.text)
        drawn.showPage()
    drawn.save()
    return file.getvalue()


def lines(*texts: str, x: float = 50, top: float = 760, leading: float = 14, size: float = 11, font: str = "Helvetica") -> list[Line]:
    """Lines below each other."""
    return [Line(x, top - leading * n, text, size, font) for n, text in enumerate(texts)]


def body(name: str) -> list[str]:
    """Lines of a page, unlike those of another name."""
    return [f"{name} school wrote the first line of its page, which runs on to the edge and", f"{name} pupils wrote", f"what {name} saw."]


def furniture(number: int, of: int) -> list[Line]:
    """A running header and a footer."""
    return [Line(50, 812, "Larkfield Trust yearly report", 9), Line(50, 28, f"Page {number} of {of}", 9)]


def flowing(*parts: Flowable | str) -> bytes:
    """A PDF that reportlab lays out; a string is a paragraph."""
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4).build([Paragraph(p, STYLES["Normal"]) if isinstance(p, str) else p for p in parts])
    return file.getvalue()


def title(text: str) -> Paragraph:
    return Paragraph(text, STYLES["Heading1"])


def table(*rows: Sequence[str], widths: Sequence[float] = (110, 300), valign: str = "TOP", wrapped: bool = True) -> Table:
    """A table with a bold header and ruled cells; long cells run over several lines."""
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), valign),
            ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
        ]
    )
    if not wrapped:
        return Table([list(row) for row in rows], colWidths=list(widths), style=style)
    cells = [[Paragraph(f"<b>{c}</b>" if not n else c, STYLES["Normal"]) for c in row] for n, row in enumerate(rows)]
    return Table(cells, colWidths=list(widths), style=style)
