"""Typesets the manuscripts beside this file as PDFs in the folder above: `python typeset.py [ID ...]`, all of them where none is named.

A manuscript is TOML between +++ lines (`published` is a year and a month), then Markdown: headings, paragraphs, lists, footnotes, and
pipe tables, each captioned by a line "Table: ..." above it. The same manuscript always gives the same bytes.
"""
# ruff: noqa: N802  (reportlab calls these methods by these names)

import io
import re
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer, Table

HERE = Path(__file__).parent
FOOTER = "Illustrative example · do not cite"
WIDTH, HEIGHT = A4
SIDE, TOP, FOOT = 32 * mm, 30 * mm, 27 * mm
MEASURE = WIDTH - 2 * SIDE
INK, QUIET, RULE = HexColor("#1c2530"), HexColor("#5a6672"), HexColor("#b9c2ca")
WHOLE_TABLE = 80 * mm  # a higher one may part between its rows


def _style(name: str, font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    given = {"textColor": INK, "allowWidows": 0, "allowOrphans": 0} | more
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **given)


BODY = _style("body", "Times-Roman", 12, 17.4, spaceAfter=8.5)
ITEM = _style("item", "Times-Roman", 12, 17.4, spaceAfter=3.5, leftIndent=20, bulletIndent=4, bulletFontSize=12)
TITLE = _style("title", "Helvetica-Bold", 20, 25, spaceAfter=9)
BYLINE = _style("byline", "Helvetica", 10, 14, textColor=QUIET, spaceAfter=1)
HEADINGS = {
    2: _style("h2", "Helvetica-Bold", 14.5, 18.5, spaceBefore=15, spaceAfter=5, keepWithNext=1),
    3: _style("h3", "Helvetica-Bold", 12, 15.5, spaceBefore=9, spaceAfter=4, keepWithNext=1, textColor=QUIET),
}
CAPTION = _style("caption", "Helvetica-Oblique", 10.7, 14, spaceBefore=6, spaceAfter=4)
CELL, HEAD = _style("cell", "Helvetica", 10.7, 13.6), _style("head", "Helvetica-Bold", 10.7, 13.6)
NOTE = _style("note", "Times-Roman", 9.6, 12.2, spaceBefore=2)


class Page(PageTemplate):
    """One page: its text frame leaves room at the foot for the notes whose marks stand on it."""

    def beforeDrawPage(self, canv: Canvas, doc: "Document") -> None:
        """Set the frame."""
        foot = FOOT + doc.notes_height(doc.planned.get(doc.page, ()))
        self.frames = [Frame(SIDE, foot, MEASURE, HEIGHT - TOP - foot, 0, 0, 0, 0)]

    def afterDrawPage(self, canv: Canvas, doc: "Document") -> None:
        """Draw the notes at the foot of the page, the footer, and from page 2 on the running header."""
        y = FOOT + doc.notes_height(doc.placed.get(doc.page, ())) - 9
        if doc.page in doc.placed:
            canv.setStrokeColor(RULE)
            canv.line(SIDE, y + 3, SIDE + 40 * mm, y + 3)
        for number in doc.placed.get(doc.page, ()):
            note = Paragraph(f"{number}. {doc.notes[number]}", NOTE)
            y -= note.wrapOn(canv, MEASURE, HEIGHT)[1] + NOTE.spaceBefore
            note.drawOn(canv, SIDE, y)
        canv.setFont("Helvetica", 8)
        canv.setFillColor(QUIET)
        canv.drawString(SIDE, 14 * mm, FOOTER)
        canv.drawRightString(WIDTH - SIDE, 14 * mm, f"Page {doc.page} of {doc.expected}")
        if doc.page > 1:
            canv.drawString(SIDE, HEIGHT - 17 * mm, doc.title)


class Document(BaseDocTemplate):
    """One pass over a manuscript. `planned` and `expected` are the notes of each page, and the number of pages, of the pass before."""

    def __init__(self, out: io.BytesIO, row: dict[str, Any], notes: dict[str, str], planned: dict[int, list[str]], expected: int) -> None:
        about = {"title": row["title"], "author": "; ".join(row["authors"]), "creator": row["organisation"], "producer": "typeset.py"}
        super().__init__(out, pagesize=A4, pageTemplates=[Page()], invariant=1, lang="en-GB", displayDocTitle=True, **about)
        self.notes, self.planned, self.expected = notes, planned, expected
        self.placed: dict[int, list[str]] = {}

    def notes_height(self, numbers: list[str] | tuple[()]) -> float:
        """Points that these notes take up, with the rule and white space above them; 0 where there are none."""
        heights = [Paragraph(f"{n}. {self.notes[n]}", NOTE).wrap(MEASURE, HEIGHT)[1] + NOTE.spaceBefore for n in numbers]
        return sum(heights) + 16 if heights else 0

    def handle_documentBegin(self) -> None:
        """Before the first page: from now on every mark that is drawn says on which page it is."""
        self.canv.setNamedCB("mark", lambda _canv, _kind, label: self.placed.setdefault(self.page, []).append(label))
        super().handle_documentBegin()

    def afterFlowable(self, flowable: Flowable) -> None:
        """Enter a heading in the outline."""
        if key := getattr(flowable, "outline_key", None):
            self.canv.addOutlineEntry(flowable.getPlainText(), key, flowable.outline_level)


def typeset(manuscript: Path) -> bytes:
    """The PDF of a manuscript. ValueError where the notes find no page to rest on."""
    front, text = manuscript.read_text(encoding="utf-8").removeprefix("+++\n").split("\n+++\n", 1)
    row = tomllib.loads(front)
    notes = {n: _inline(_parse(note).children[0].children[0]) for n, note in re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE)}
    body = _parse(re.sub(r"^\[\^\d+\]: .+$", "", text, flags=re.MULTILINE))
    planned, pages = dict[int, list[str]](), 0
    for attempt in range(9):  # notes move text, and text moves notes: until both rest
        doc = Document(out := io.BytesIO(), row, notes, planned, pages)
        doc.build(_story(body, row))
        roomy = attempt > 4 and all(set(marks) <= set(planned.get(page, ())) for page, marks in doc.placed.items())
        if (doc.placed == planned or roomy) and doc.page == pages:
            return out.getvalue()
        if attempt >= 4:  # a mark that its own note pushes over the page end, and back: both pages keep room for it
            doc.placed = {page: sorted({*planned.get(page, ()), *doc.placed.get(page, ())}, key=int) for page in planned | doc.placed}
        planned, pages = doc.placed, doc.page
    raise ValueError(f"{manuscript.name}: the footnotes find no page to rest on; move a mark, or change the text before it")


def _parse(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("commonmark", {"typographer": True}).enable(["table", "smartquotes"]).parse(text))


def _story(root: SyntaxTreeNode, row: dict[str, Any]) -> list[Flowable]:
    byline = (f"{row['organisation']} · {date.fromisoformat(row['published'] + '-01'):%B %Y}", "; ".join(row["authors"]))
    story, caption = list[Flowable](), ""
    for number, node in enumerate(root.children):
        if node.type == "heading":
            level = int(node.tag[1])
            markup = f'<a name="h{number}"/>{_inline(node.children[0])}'
            heading = Paragraph(markup, HEADINGS[level] if level in HEADINGS else _balanced(markup))
            heading.outline_key, heading.outline_level = f"h{number}", max(level - 2, 0)
            story += [heading, *(Paragraph(escape(line), BYLINE) for line in byline), Spacer(0, 11)] if level == 1 else [heading]
        elif node.type in ("bullet_list", "ordered_list"):
            for place, item in enumerate(node.children, 1):
                # Symbol's bullet: the other fonts write theirs as the byte 127, which readers take for a control character.
                face, mark = ("Symbol", "•") if node.type == "bullet_list" else (ITEM.fontName, f"{place}.")
                story.append(Paragraph(f'<bullet><font name="{face}">{mark}</font></bullet>{_inline(item.children[0].children[0])}', ITEM))
            story.append(Spacer(0, 4))
        elif node.type == "table":
            above = [story.pop()] if hasattr(story[-1], "outline_key") else []  # a heading goes with the table that it stands over
            story += _captioned(above, caption, _table(node))
        elif node.type == "paragraph":
            markup = _inline(node.children[0])
            caption = markup.removeprefix("Table: ") if markup.startswith("Table: ") else ""
            story += [] if caption else [Paragraph(markup, BODY)]
    return story


def _inline(node: SyntaxTreeNode) -> str:
    """The node's text as the markup that Paragraph reads."""
    if node.type == "text":
        return re.sub(r"\[\^(\d+)\]", r'<onDraw name="mark" label="\1"/><super size="7">\1</super>', escape(node.content))
    tag = {"strong": "b", "em": "i"}.get(node.type, "")
    inner = " " if node.type == "softbreak" else "".join(map(_inline, node.children))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _balanced(markup: str) -> ParagraphStyle:
    """The title's style, indented from the right as far as it goes without another line, so that no word stands alone on the last."""
    styles = [ParagraphStyle("title", TITLE, rightIndent=4 * step) for step in range(40)]
    heights = [Paragraph(markup, style).wrap(MEASURE, HEIGHT)[1] for style in styles]
    return styles[heights.count(heights[0]) - 1]


def _captioned(above: list[Flowable], caption: str, table: Table) -> list[Flowable]:
    together = above + ([Paragraph(caption, CAPTION)] if caption else []) + [table]
    whole = table.wrap(MEASURE, HEIGHT)[1] <= WHOLE_TABLE
    return [*([KeepTogether(together)] if whole else [CondPageBreak(45 * mm), *together]), Spacer(0, 11)]


def _table(node: SyntaxTreeNode) -> Table:
    rows = [["".join(map(_inline, cell.children)) for cell in row.children] for part in node.children for row in part.children]
    figures = [all(re.fullmatch(r"[-−+£\d.,%]+", row[column]) for row in rows[1:]) for column in range(len(rows[0]))]
    styles = [[ParagraphStyle("cell", base, alignment=2 if figure else 0) for figure in figures] for base in (HEAD, CELL)]
    cells = [[Paragraph(text, style) for text, style in zip(row, styles[min(number, 1)], strict=True)] for number, row in enumerate(rows)]
    every, head = ((0, 0), (-1, -1)), ((0, 0), (-1, 0))
    rules = [("LINEBELOW", *every, 0.4, RULE), ("LINEBELOW", *head, 0.9, QUIET), ("VALIGN", *every, "TOP"), ("VALIGN", *head, "BOTTOM")]
    space = [("TOPPADDING", *every, 4), ("BOTTOMPADDING", *every, 5), ("LEFTPADDING", *every, 0), ("RIGHTPADDING", *every, 14)]
    return Table(cells, _column_widths(rows), repeatRows=1, hAlign="LEFT", splitByRow=1, splitInRow=0, style=rules + space)


def _column_widths(rows: list[list[str]]) -> list[float]:
    """Each column as wide as its longest cell where all fit; else as its longest word, with a share of the rest by need."""
    plain = [[re.sub(r"<[^>]+>", "", text) for text in column] for column in zip(*rows, strict=True)]
    need = [max(stringWidth(text, HEAD.fontName, HEAD.fontSize) for text in column) + 16 for column in plain]
    least = [max(stringWidth(word, HEAD.fontName, HEAD.fontSize) for text in column for word in text.split()) + 16 for column in plain]
    share = min(1.0, (MEASURE - sum(least)) / max(sum(need) - sum(least), 1.0))
    return [low + share * (high - low) for low, high in zip(least, need, strict=True)]


if __name__ == "__main__":
    for path in [HERE / f"{name}.md" for name in sys.argv[1:]] or sorted(HERE.glob("*.md")):
        (HERE.parent / f"{path.stem}.pdf").write_bytes(typeset(path))
