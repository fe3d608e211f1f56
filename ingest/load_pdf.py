"""Reads a PDF by pypdf: text with page numbers, headings, lists, table rows and footnotes in reading order."""

import io

import pypdfium2
from pypdf import Configuration, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError

from hub.domain import Loaded
from ingest.errors import LoadError
from ingest.pdf_assemble import assemble
from ingest.pdf_errors import READ_ERRORS
from ingest.pdf_layout import lay_out
from ingest.pdf_outline import read_outline
from ingest.pdf_pages import Pages
from ingest.text import AskTime, no_more_time

MAX_PAGES = 2000
ENCRYPTED = "the PDF is encrypted; save it without a password and try again"
SCAN = "the PDF has no text layer (a scan?); install tesseract to have scans read, run it through OCR, or ask for a text version"
_MAX_STREAM_BYTES = 40_000_000
_LIMITS = Configuration(
    maximum_declared_stream_length=200_000_000,  # a picture may be large: it is not unpacked
    array_based_stream_maximum_output_length=_MAX_STREAM_BYTES,
    lzw_maximum_output_length=_MAX_STREAM_BYTES,
    run_length_maximum_output_length=_MAX_STREAM_BYTES,
    zlib_maximum_output_length=_MAX_STREAM_BYTES,
    stream_decoding_work_maximum_length=3 * _MAX_STREAM_BYTES,
    stream_filters_maximum_length=8,
    page_tree_maximum_entries=20_000,
)
"""pypdf's own limits, set for text: what a page draws is rarely a megabyte."""
SECONDS_A_PAGE = 0.5
_END_BYTES = 2048
"""How near to its end a whole file says that it ends."""


def load_pdf(data: bytes, ask_time: AskTime = no_more_time) -> Loaded:
    """Read a PDF. LoadError where it is empty, encrypted, damaged, too long, a bomb, or a scan that cannot be read."""
    try:
        with apply_configuration(_LIMITS):
            return _load(data, ask_time)
    except LoadError:
        raise
    except LimitReachedError as error:
        raise LoadError("the PDF unpacks to far more than a document holds; print it to a new PDF and try again") from error
    except (*READ_ERRORS, RecursionError, OSError) as error:
        raise LoadError(f"the PDF is damaged and cannot be read ({type(error).__name__}); export it anew and try again") from error


def _load(data: bytes, ask_time: AskTime) -> Loaded:
    reader, data, mended = _open(data)
    try:
        count = len(reader.pages)
    except LimitReachedError as error:
        raise LoadError(f"the PDF lists far more pages than the {MAX_PAGES:,} that are read; split it and try again") from error
    if count > MAX_PAGES:
        raise LoadError(f"the PDF has {count:,} pages; the most that is read is {MAX_PAGES:,}. Split it and try again")
    ask_time(SECONDS_A_PAGE * count)
    labels = reader.page_labels
    source = Pages(reader, data, ask_time)
    if mended:
        source.warnings.append("the PDF is damaged: it was mended to be read; compare its quotes with the pages")
    pages = source.read_all()
    if not any(page.segments for page in pages):
        if source.cut_at or any("more than can be read" in w for w in source.warnings):
            raise LoadError("the PDF unpacks to far more than a document holds; print it to a new PDF and try again")
        if all(page.blank for page in pages):
            raise LoadError("the PDF's pages are blank; put the right document in its place")
        raise LoadError(SCAN)
    layout = lay_out(pages, read_outline(reader))
    return assemble(layout, labels, source.warnings, [n for n, page in enumerate(pages, 1) if page.ocr and page.segments])


def _open(data: bytes) -> tuple[PdfReader, bytes, bool]:
    """The reader, the bytes that it reads, and whether they had to be mended."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if not reader.is_encrypted or reader.decrypt("") != PasswordType.NOT_DECRYPTED:
            return reader, data, False
    except DependencyError:  # pypdf needs a library for its cipher; pdfium has it built in
        opened = _unlocked(data)
        if opened:
            return PdfReader(io.BytesIO(opened)), opened, False
    except READ_ERRORS:
        # Where the list of its parts is lost, pdfium finds them again. Of a file that was cut off, they would not be all.
        opened = _unlocked(data) if b"%%EOF" in data[-_END_BYTES:] else None
        if not opened:
            raise
        return PdfReader(io.BytesIO(opened)), opened, True
    raise LoadError(ENCRYPTED)


def _unlocked(data: bytes) -> bytes | None:
    """A copy without its lock, where it opens without a password."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        copy = io.BytesIO()
        document.save(copy, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
        return copy.getvalue()
    finally:
        document.close()
