"""Reads a Word document by python-docx: headings, paragraphs, lists, text boxes, notes, and tables with their header row.

Read as Word shows it with all changes accepted: python-docx's own texts leave out what was inserted and what stands in content controls.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree  # type: ignore[import-untyped]

from hub.domain import BlockKind, Loaded
from hub.plain import clean
from ingest.docx_styles import Styles
from ingest.docx_tables import is_box, read_table
from ingest.errors import LoadError
from ingest.text import TextBuilder

MAX_INFLATED_BYTES = 300_000_000
MAX_XML_BYTES = 60_000_000
"""Of one part that is parsed: as a tree it takes ten times the room."""
MAX_PARTS = 5000

_CONTENTS = "w:sdtPr/w:docPartObj/w:docPartGallery[@w:val='Table of Contents']"
_UNREAD = (
    f".//w:moveFrom | .//w:del | .//w:sdt[w:sdtPr/w:showingPlcHdr or {_CONTENTS}] | .//*[local-name()='Fallback'] | .//w:tr[w:trPr/w:del]"
    " | .//*[local-name()='docPr'] | .//w:pict//*[local-name()='textpath']"
)
"""Words moved away or deleted, a control's prompt ("Click here to enter text"), the list of contents, what only older versions draw."""
_unread = etree.XPath(_UNREAD, namespaces=nsmap)
_HEADING_WORDS = 12
_CAPTION = re.compile(r"(?:table|figure|fig\.|chart|box) \d", re.IGNORECASE)
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def load_docx(data: bytes) -> Loaded:
    """Read a document. LoadError where it is damaged, a bomb, or holds no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            _check_kind(archive)
        loaded = _Reading(docx.Document(io.BytesIO(data))).read()
    except LoadError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises whatever its XML parser and zip reader do
        raise LoadError(f"the Word file is damaged and cannot be read ({type(error).__name__}); save it anew and try again") from error
    if not loaded.blocks:
        raise LoadError("the Word file holds no text")
    return loaded


def _check_size(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise LoadError("the Word file is encrypted; save it without a password and try again")
    if sum(part.file_size for part in parts) > MAX_INFLATED_BYTES or len(parts) > MAX_PARTS:
        raise LoadError(f"the Word file unpacks to over {MAX_INFLATED_BYTES // 1_000_000} MB; save it without its pictures and try again")
    if any(part.file_size > MAX_XML_BYTES for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise LoadError(f"the Word file holds over {MAX_XML_BYTES // 1_000_000} MB of text and settings; split it and try again")


_KINDS = {
    "xl/": "a spreadsheet",
    "ppt/": "a set of slides",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an e-book",
}
"""What other packed files hold."""
_STRICT = b"http://purl.oclc.org/ooxml/"


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    other = next((kind for start, kind in _KINDS.items() if any(name.startswith(start) for name in names)), "")
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise LoadError(f"the file is named .docx but is not a Word document{f' but {other}' if other else ''}; save it as Word again")
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or b"template.main+xml" in types:
        raise LoadError("the Word file is a template or holds macros; save it as a plain Word document (.docx) and try again")
    if _STRICT in archive.read("_rels/.rels"):
        raise LoadError('the Word file is saved as "Strict Open XML"; save it as a plain Word document (.docx) and try again')


class _Reading:
    """One document on its way into a text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles = Styles(document)
        self._builder = TextBuilder()
        self._notes = {name: self._read_notes(name) for name in ("footnote", "endnote")}
        self._ends: list[str] = []

    def read(self) -> Loaded:
        body = self._document.element.body
        self._drop_unread(body)
        self._warn(body)
        self._bold_heads = not any(self._styles.level(p) for p in body.iter(qn("w:p")))
        self._read_parts(body)
        for note in self._ends:
            self._builder.add("footnote", note)
        return self._builder.finish()

    def _warn(self, body: Any) -> None:
        """Say what the document has besides its own words."""
        try:
            held = parse_xml(self._document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS).blob)
            comments = sum(bool(_text(comment)) for comment in held.iter(qn("w:comment")))
        except KeyError:
            comments = 0
        if comments:
            self._builder.warnings.append(f"{comments} comment{'s were' if comments > 1 else ' was'} not read")
        if next(body.iter(qn("w:altChunk")), None) is not None:
            self._builder.warnings.append(
                "another file that was put into the document was not read; save it anew in Word to make it a part"
            )

    def _drop_unread(self, body: Any) -> None:
        runs = [run for run in body.iter(qn("w:r")) if self._styles.hides(run)]
        for part in [*runs, *_unread(body)]:
            if part.getparent() is not None:
                part.getparent().remove(part)

    def _read_parts(self, parent: Any) -> None:
        """The paragraphs and tables of the body, a text box or a box around a cell, in order."""
        for part in list(_top(parent)):
            if part.tag == qn("w:p"):
                self._read_paragraph(part)
            elif is_box(part):
                self._read_parts(next(part.iter(qn("w:tc"))))
            else:
                self._read_table(part)

    def _read_paragraph(self, paragraph: Any) -> None:
        boxes = [box for box in paragraph.iter(qn("w:txbxContent")) if next(box.iterancestors(qn("w:txbxContent")), None) is None]
        for box in boxes:
            box.getparent().remove(box)
        text = _text(paragraph)
        level = self._styles.level(paragraph)
        kind: BlockKind = "paragraph"
        if level:
            kind = "heading"
        elif self._styles.is_item(paragraph):
            kind = "item"
        elif self._bold_heads and self._is_bold_head(paragraph, text):
            kind, level = "heading", 2
        self._builder.add(kind, text, level=level)
        self._add_notes(paragraph)
        for box in boxes:
            self._read_parts(box)

    def _is_bold_head(self, paragraph: Any, text: str) -> bool:
        """In a document without a heading style, a short bold line is one."""
        short = 0 < len(text.split()) <= _HEADING_WORDS and text[-1] not in ".;,:?!" and not _CAPTION.match(text)
        return short and self._styles.all_bold(paragraph)

    def _read_table(self, table: Any) -> None:
        for row in read_table(table, _text, self._styles.all_bold):
            self._builder.add("row", row.text, header=row.header)
        self._add_notes(table)

    # Notes: each after the paragraph or table that refers to it, an endnote at the end.

    def _read_notes(self, name: str) -> dict[str, str]:
        relation = RELATIONSHIP_TYPE.FOOTNOTES if name == "footnote" else RELATIONSHIP_TYPE.ENDNOTES
        try:
            root = parse_xml(self._document.part.part_related_by(relation).blob)
        except KeyError:
            return {}
        self._drop_unread(root)
        notes = {}
        for note in root.iter(qn(f"w:{name}")):
            if note.get(qn("w:type")) in (None, "normal"):
                notes[note.get(qn("w:id"))] = clean(" ".join(_text(p) for p in note.iter(qn("w:p"))))
        return notes

    def _add_notes(self, part: Any) -> None:
        for mark in part.iter(qn("w:footnoteReference"), qn("w:endnoteReference")):
            name = "footnote" if mark.tag == qn("w:footnoteReference") else "endnote"
            note = self._notes[name].pop(mark.get(qn("w:id")), "")
            if name == "footnote":
                self._builder.add("footnote", note)
            elif note:
                self._ends.append(note)


def _top(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables in a part, in content controls too, but not those inside another table or a text box."""
    for part in parent.iter(qn("w:p"), qn("w:tbl")):
        holder = next(part.iterancestors(qn("w:tbl"), qn("w:p"), qn("w:txbxContent"), parent.tag), None)
        if holder is parent:
            yield part


def _text(paragraph: Any) -> str:
    """A paragraph's words, in links, fields, formulas, insertions and content controls too."""
    return clean("".join(part.text or "" for part in paragraph.iter(qn("w:r"), _FORMULA)))
