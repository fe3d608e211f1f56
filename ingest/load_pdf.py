"""Reads a PDF by pypdf: text with page numbers, headings, lists, table rows and footnotes in reading order."""

import io
from collections import Counter

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from hub.domain import Loaded
from hub.plain import clean
from ingest.errors import LoadError
from ingest.pdf_glyphs import Segment, group_segments, read_glyphs, read_operations
from ingest.pdf_layout import Layout, PageBlock, goes_on, join_lines, lay_out
from ingest.pdf_tables import Rule, read_rules
from ingest.text import TextBuilder

MAX_PAGES = 2000
ENCRYPTED = "the PDF is encrypted; save it without a password and try again"
ENOUGH_LETTERS = 0.9
"""Positions that find fewer than this share of the plain extraction's letters have missed something."""


def load_pdf(data: bytes) -> Loaded:
    """Read a PDF. LoadError where it is empty, encrypted, damaged, too long, or a scan with no text."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise LoadError(ENCRYPTED)
        if len(reader.pages) > MAX_PAGES:
            raise LoadError(f"the PDF has {len(reader.pages):,} pages; the most that is read is {MAX_PAGES:,}. Split it and try again")
        labels = reader.page_labels
        warnings: list[str] = []
        pages = [_read_page(reader, number, warnings) for number in range(len(reader.pages))]
    except LoadError:
        raise
    except DependencyError as error:  # its cipher needs a library that is not installed
        raise LoadError(ENCRYPTED) from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, NotImplementedError) as error:
        raise LoadError(f"the PDF is damaged and cannot be read ({type(error).__name__}); export it anew and try again") from error
    if not any(segments for segments, _ in pages):
        raise LoadError("the PDF has no text layer (a scan?); run it through OCR, or ask for a text version")
    warnings += [f"page {n} has no text" for n, page in enumerate(pages, 1) if not page[0]]
    return _assemble(lay_out([segments for segments, _ in pages], [rules for _, rules in pages]), labels, warnings)


def _read_page(reader: PdfReader, number: int, warnings: list[str]) -> tuple[list[Segment], list[Rule]]:
    page = reader.pages[number]
    try:
        operations = read_operations(page)
        segments, rules = group_segments(read_glyphs(page, operations)), read_rules(operations)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        segments, rules = [], []
    found = sum(c.isalnum() for s in segments for c in s.text)
    if found > 40 and not page.rotation and "/XObject" not in (page.get("/Resources") or {}):
        return segments, rules
    plain = page.extract_text()
    if found >= ENOUGH_LETTERS * sum(c.isalnum() for c in plain):
        return segments, rules
    if found:
        warnings.append(f"page {number + 1} was read without its layout: columns and tables may be out of order")
    height = 100_000.0
    return [Segment(clean(line), 0, height - 12 * i, 400, 10, False) for i, line in enumerate(plain.splitlines()) if line.strip()], []


def _assemble(layout: Layout, labels: list[str], warnings: list[str]) -> Loaded:
    levels = _heading_levels(layout)
    builder = TextBuilder()
    builder.warnings += warnings
    held: list[tuple[PageBlock, int]] = []  # a paragraph that may go on over the page end
    waiting: list[tuple[PageBlock, int]] = []  # footnotes, kept until the body's sentence is whole

    def flush() -> None:
        if held:
            pieces: list[tuple[str, int | None, str]] = [(b.text, page, _label(labels, page)) for b, page in held]
            builder.add(held[0][0].kind, _mend(pieces, layout.known_words))
        for note, page in waiting:
            builder.add("footnote", [(note.text, page, _label(labels, page))])
        held.clear()
        waiting.clear()

    for number, blocks in enumerate(layout.pages, 1):
        for block in blocks:
            if block.kind == "footnote":
                waiting.append((block, number))
                continue
            if held and held[-1][1] == number - 1 and goes_on(held[-1][0], block):
                held.append((block, number))
            else:
                flush()
                held.append((block, number))
            if block.kind in ("heading", "row"):
                flush_block, page = held.pop()
                text = [(flush_block.text, page, _label(labels, page))]
                builder.add(block.kind, list(text), level=levels.get(_style(block), 0), header=block.header)
            elif block.closed or block is not _last_body(blocks):
                flush()
    flush()
    return builder.finish()


def _last_body(blocks: list[PageBlock]) -> PageBlock | None:
    return next((b for b in reversed(blocks) if b.kind != "footnote"), None)


def _mend(pieces: list[tuple[str, int | None, str]], words: set[str]) -> list[tuple[str, int | None, str]]:
    """Hyphenation over a page end: the second half keeps its place, the hyphen goes if the document has the whole word."""
    if len(pieces) > 1 and pieces[0][0].endswith("-"):
        joined = join_lines([pieces[0][0], pieces[1][0]], words)
        rest = pieces[1][0].partition(" ")
        head = joined[: len(joined) - len(rest[2]) - (1 if rest[2] else 0)]
        return [(head, pieces[0][1], pieces[0][2]), (rest[2], pieces[1][1], pieces[1][2]), *pieces[2:]]
    return pieces


def _label(labels: list[str], page: int) -> str:
    label = labels[page - 1] if page <= len(labels) else ""
    return "" if label == str(page) else label


def _style(block: PageBlock) -> tuple[float, bool]:
    return round(block.size, 0), block.bold


def _heading_levels(layout: Layout) -> dict[tuple[float, bool], int]:
    """Larger type is a higher level; bold counts over plain of the same size."""
    styles = Counter(_style(b) for page in layout.pages for b in page if b.kind == "heading")
    return {style: level for level, style in enumerate(sorted(styles, reverse=True), 1)}
