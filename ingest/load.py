"""Reads one document, by what its bytes are and then by what its name says. `ingest/reader.py` does it within bounded time and memory."""

from pathlib import PurePath

from hub.domain import Loaded
from ingest.decode import utf_16
from ingest.errors import LoadError
from ingest.text import AskTime, no_more_time

FORMATS = (".pdf", ".html", ".htm", ".docx", ".md", ".markdown", ".txt")
MAX_FILE_BYTES = 300_000_000
_MAX_TEXT_BYTES = 20_000_000
"""Of a format that is nothing but text."""
_OTHERS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word document or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"From: <Saved by": "a web archive",
    b"MIME-Version:": "a web archive",
}
"""What other kinds of files begin with."""


def load(name: str, data: bytes, ask_time: AskTime = no_more_time) -> Loaded:
    """The document in `data`; `name` gives its ending. LoadError where it cannot be read, with what to do.

    `ask_time` is called where the document will take longer than most.
    """
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        raise LoadError("the file is empty; put the document in its place")
    if ending not in FORMATS:
        raise LoadError(f"{ending or 'a file without an ending'} is not a format that is read; use one of {', '.join(FORMATS)}")
    if len(data) > MAX_FILE_BYTES:
        raise LoadError(f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB; split it and try again")
    # Each loader is imported when it is first needed: a worker that reads one format does not wait for the libraries of all.
    if ending == ".pdf":
        if b"%PDF-" not in data[:1024]:
            raise LoadError(f"the file is named .pdf but is not a PDF{_but_no_text(data)}; export the document as PDF again")
        from ingest.load_pdf import load_pdf

        return load_pdf(data, ask_time)
    if ending == ".docx":
        if not data.startswith(b"PK"):
            raise LoadError(f"the file is named .docx but is not a Word document{_but_no_text(data)}; save it as Word again")
        from ingest.load_docx import load_docx

        return load_docx(data)
    if _but(data) or (b"\x00" in data[:4096] and not _is_utf_16(data)):
        raise LoadError(f"the file is named {ending} but is not text{_but(data)}; put the right document in its place")
    if len(data) > _MAX_TEXT_BYTES:
        raise LoadError(f"the file is larger than {_MAX_TEXT_BYTES // 1_000_000} MB of text; split it and try again")
    if ending in (".html", ".htm"):
        from ingest.load_html import load_html

        return load_html(data)
    from ingest.load_markdown import load_markdown, load_plain

    return load_markdown(data) if ending in (".md", ".markdown") else load_plain(data)


def _but(data: bytes) -> str:
    kind = next((kind for start, kind in _OTHERS.items() if data.startswith(start)), "")
    return f" but {kind}" if kind else ""


def _but_no_text(data: bytes) -> str:
    head = data[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return _but(data) or (" but a web page" if head.startswith((b"<!doctype html", b"<html")) else "")


def _is_utf_16(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(utf_16(data))
