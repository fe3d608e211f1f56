"""Reads a Word document by python-docx: headings by style, paragraphs, lists, and tables with their header row."""

import io
import zipfile

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from hub.domain import Loaded
from hub.plain import CELL, LINE, clean
from ingest.errors import LoadError
from ingest.text import TextBuilder

MAX_INFLATED_BYTES = 300_000_000


def load_docx(data: bytes) -> Loaded:
    """Read a document. LoadError where it is damaged, a bomb, or holds no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_INFLATED_BYTES:
                raise LoadError("the Word file unpacks to over 300 MB; save it without its pictures and try again")
        document = docx.Document(io.BytesIO(data))
    except LoadError:
        raise
    except Exception as error:  # python-docx raises whatever its XML parser and zip reader do
        raise LoadError(f"the Word file is damaged and cannot be read ({type(error).__name__}); save it anew and try again") from error
    builder = TextBuilder()
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            _add_paragraph(builder, part)
        else:
            _add_table(builder, part)
    loaded = builder.finish()
    if not loaded.blocks:
        raise LoadError("the Word file holds no text")
    return loaded


def _add_paragraph(builder: TextBuilder, paragraph: Paragraph) -> None:
    text = clean(paragraph.text)
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


def _add_table(builder: TextBuilder, table: Table) -> None:
    header = ""
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        seen = None
        for cell in row.cells:
            if cell._tc is not seen:  # a merged cell is given once for each column it spans
                cells.append(LINE.join(line for p in cell.paragraphs if (line := clean(p.text))))
            seen = cell._tc
        if not any(cells):
            continue
        builder.add("row", CELL.join(cells), header=header)
        if number == 0 and len(cells) > 1 and len(table.rows) > 1:
            header = " | ".join(cells)
