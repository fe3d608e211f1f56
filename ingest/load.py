"""Reads one document, by what its bytes are and then by what its name says."""

from pathlib import PurePath

from hub.domain import Loaded
from ingest.errors import LoadError
from ingest.load_docx import load_docx
from ingest.load_html import load_html
from ingest.load_markdown import load_markdown, load_plain
from ingest.load_pdf import load_pdf

FORMATS = (".pdf", ".html", ".htm", ".docx", ".md", ".markdown", ".txt")


def load(name: str, data: bytes) -> Loaded:
    """The document in `data`; `name` gives its ending. LoadError where it cannot be read, with what to do."""
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        raise LoadError("the file is empty; put the document in its place")
    if ending not in FORMATS:
        raise LoadError(f"{ending or 'a file without an ending'} is not a format that is read; use one of {', '.join(FORMATS)}")
    if ending == ".pdf":
        if b"%PDF-" not in data[:1024]:
            raise LoadError("the file is named .pdf but is not a PDF; export the document as PDF again")
        return load_pdf(data)
    if ending == ".docx":
        if not data.startswith(b"PK"):
            raise LoadError("the file is named .docx but is not a Word document; save it as Word again")
        return load_docx(data)
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LoadError(f"the file is named {ending} but is not text; put the right document in its place")
    if ending in (".html", ".htm"):
        return load_html(data)
    return load_markdown(data) if ending in (".md", ".markdown") else load_plain(data)
