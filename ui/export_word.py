"""An export as a Word file, by python-docx: headings, numbered notes that the text links to, and a date on every page."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ui.export import INVENTED, LEGEND, Cell, Note, Paper, Part, Section
from ui.reference import DO_NOT_CITE

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEAL, _GREY, _RED = RGBColor(0x0B, 0x5C, 0x5A), RGBColor(0x50, 0x5A, 0x58), RGBColor(0x9B, 0x1C, 0x1C)


def paper_word(paper: Paper) -> bytes:
    """The whole file."""
    document: WordDocument = Document()
    _set_up(document, paper)
    document.add_heading(paper.title, 0)
    _small(document.add_paragraph(), f"Exported from the School Improvement Hub assistant on {paper.date}. {paper.evidence}".strip())
    if paper.illustrative:
        _warn(document.add_paragraph(), INVENTED)
    for section in paper.sections:
        _section(document, section, single=len(paper.sections) == 1)
    words = sorted({r.text for s in paper.sections for p in s.parts for row in p.rows for cell in row for r in cell if r.verdict})
    if words:
        document.add_heading("How far the sentences were checked", 1)
        for word in words:
            document.add_paragraph(LEGEND[word], style="List Bullet")
    if any(s.notes for s in paper.sections):
        document.add_heading("How to cite this", 1)
        document.add_paragraph(paper.how_to_cite)
        document.add_heading("Notes", 1)
    for section in paper.sections:
        for note in section.notes:
            _note(document, note)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _set_up(document: WordDocument, paper: Paper) -> None:
    document.core_properties.title = paper.title[:250]
    document.core_properties.author = "School Improvement Hub assistant"
    document.core_properties.comments = ""
    document.core_properties.language = "en-GB"
    styles = document.styles
    for name, size in (("Normal", 11), ("Title", 22), ("Heading 1", 15), ("Heading 2", 13)):
        style = styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)  # a theme's font would win
        if name != "Normal":
            style.font.color.rgb = _TEAL
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    for old in styles["Normal"].element.get_or_add_rPr().findall(qn("w:lang")):
        old.getparent().remove(old)
    styles["Normal"].element.get_or_add_rPr().append(language)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    if paper.illustrative:
        _warn(page.header.paragraphs[0], DO_NOT_CITE)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _small(foot, f"Exported on {paper.date} · page ")
    _page_number(foot)


def _section(document: WordDocument, section: Section, single: bool) -> None:
    if not single:
        document.add_heading(section.question, 1)
    for part in section.parts:
        _part(document, part)
    for notice in section.notices:
        _small(document.add_paragraph(), notice)
    if section.made_by:
        _small(document.add_paragraph(), section.made_by)


def _part(document: WordDocument, part: Part) -> None:
    if part.kind == "heading":
        document.add_heading("".join(run.text for run in part.rows[0][0]), 2)
        return
    if part.kind != "table":
        _write(document.add_paragraph(style="List Bullet" if part.kind == "bullet" else None), part.rows[0][0])
        return
    table = document.add_table(rows=0, cols=max(len(row) for row in part.rows), style="Table Grid")
    for number, row in enumerate(part.rows):
        for cell, runs in zip(table.add_row().cells, row, strict=False):
            _write(cell.paragraphs[0], runs, bold=number == 0)
    head = OxmlElement("w:tblHeader")  # read out with each cell, and repeated on each page
    table.rows[0]._tr.get_or_add_trPr().append(head)
    document.add_paragraph()


def _write(paragraph: Paragraph, runs: Cell, bold: bool = False) -> None:
    for run in runs:
        if run.note:
            _link_to_note(paragraph, run.note)
            continue
        text = paragraph.add_run(f"({run.text})" if run.verdict else run.text)
        text.bold, text.italic = run.bold or bold, run.italic or run.verdict
        if run.verdict:
            text.font.color.rgb, text.font.size = _GREY, Pt(9)


def _note(document: WordDocument, note: Note) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-1)
    _bookmark(paragraph, note.number)
    paragraph.add_run(f"{note.number}.\t").bold = True
    if note.illustrative:
        _warn(paragraph, f"{DO_NOT_CITE} ")
    if note.quote:
        paragraph.add_run(f"{note.quote} ")
    paragraph.add_run(f"{note.reference} ").bold = True
    _small(paragraph, " ".join(note.facts) + " ")
    if note.url:
        _link(paragraph, note.url, external=paragraph.part.relate_to(note.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), _GREY


def _warn(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.bold, run.font.color.rgb = True, _RED


# What python-docx has no word for: links inside the document and out of it, bookmarks, and the page's number.


def _name(number: int) -> str:
    return f"note{number}"


def _bookmark(paragraph: Paragraph, number: int) -> None:
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), str(number))
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), _name(number))
        paragraph._p.append(mark)


def _link_to_note(paragraph: Paragraph, number: int) -> None:
    _link(paragraph, f"[{number}]", anchor=_name(number))


def _link(paragraph: Paragraph, text: str, anchor: str = "", external: str = "") -> None:
    link = OxmlElement("w:hyperlink")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        link.set(qn("r:id"), external)
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = _TEAL, True
    run.font.superscript = bool(anchor)
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(9), _GREY
    paragraph._p.remove(run._r)
    field.append(run._r)
    paragraph._p.append(field)
