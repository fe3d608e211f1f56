"""Reads a Word document by python-docx: headings by style, paragraphs, lists, and tables with their header row.

Read as Word shows it with all changes accepted: python-docx's own texts leave out what was inserted and what stands in content controls.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.font import Font
from docx.text.paragraph import Paragraph

from hub.domain import Loaded
from hub.plain import CELL, LINE, clean
from ingest.errors import LoadError
from ingest.text import TextBuilder

MAX_INFLATED_BYTES = 300_000_000

_CONTENTS = "w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']"
_UNREAD = f".//w:moveFrom | .//w:sdt[w:sdtPr/w:showingPlcHdr or {_CONTENTS}] | .//w:r//w:p | .//*[local-name()='Fallback']"
"""Words moved away, a control's prompt ("Click here to enter text"), the list of contents, drawings, and what only older versions draw."""


def load_docx(data: bytes) -> Loaded:
    """Read a document. LoadError where it is damaged, a bomb, or holds no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_INFLATED_BYTES:
                raise LoadError("the Word file unpacks to over 300 MB; save it without its pictures and try again")
        loaded = _read(docx.Document(io.BytesIO(data)))
    except LoadError:
        raise
    except Exception as error:  # python-docx raises whatever its XML parser and zip reader do
        raise LoadError(f"the Word file is damaged and cannot be read ({type(error).__name__}); save it anew and try again") from error
    if not loaded.blocks:
        raise LoadError("the Word file holds no text")
    return loaded


def _read(document: Document) -> Loaded:
    _drop_unread(document)
    builder = TextBuilder()
    for part in document.element.body.xpath(".//*[self::w:p or self::w:tbl][not(ancestor::w:tbl)]"):
        if part.tag == qn("w:p"):
            _add_paragraph(builder, Paragraph(part, document))
        else:
            _add_table(builder, part)
    return builder.finish()


def _drop_unread(document: Document) -> None:
    body = document.element.body
    hidden = {style.style_id for style in document.styles if getattr(style, "font", None) is not None and style.font.hidden}
    runs = [run for run in body.iter(qn("w:r")) if _is_hidden(run, hidden)]
    for part in [*runs, *body.xpath(_UNREAD)]:
        part.getparent().remove(part)


def _is_hidden(run: Any, styles: set[str]) -> bool:
    """What a run says of itself comes before its styles."""
    said = Font(run).hidden
    return bool(said) if said is not None else any(part.style in styles for part in (run, *run.iterancestors(qn("w:p"))))


def _add_paragraph(builder: TextBuilder, paragraph: Paragraph) -> None:
    text = _text(paragraph._p)
    style = (paragraph.style.name or "").lower() if paragraph.style else ""
    if style == "title":
        builder.add("heading", text, level=1)
    elif style.startswith("heading"):
        digits = "".join(c for c in style if c.isdigit())
        builder.add("heading", text, level=int(digits or 1) + 1)
    elif style.startswith("list") or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None):
        builder.add("item", text)
    else:
        builder.add("paragraph", text)


def _text(paragraph: Any) -> str:
    """A paragraph's words, in links, fields, insertions and content controls too."""
    return clean("".join(run.text for run in paragraph.iter(qn("w:r"))))


def _add_table(builder: TextBuilder, table: Any) -> None:
    rows = list(_rows(table))
    header = ""
    for number, cells in enumerate(rows):
        if not any(cells):
            continue
        builder.add("row", CELL.join(cells), header=header)
        if number == 0 and len(cells) > 1 and len(rows) > 1:
            header = " | ".join(cells)


def _rows(table: Any) -> Iterator[list[str]]:
    """The cells of each row. One that goes on from the row above says again what it said there."""
    above: dict[int, str] = {}
    for row in _own(table, "w:tr", "w:tbl"):
        cells = []
        column = row.grid_before
        for cell in _own(row, "w:tc", "w:tr"):
            if cell.vMerge != "continue":
                above[column] = LINE.join(line for p in cell.iter(qn("w:p")) if (line := _text(p)))
            cells.append(above.get(column, ""))
            column += cell.grid_span
        yield cells


def _own(parent: Any, name: str, parent_name: str) -> list[Any]:
    """The rows of a table or the cells of a row, in content controls too, but not those of a table inside it."""
    return [part for part in parent.iter(qn(name)) if next(part.iterancestors(qn(parent_name))) is parent]
