"""Scans: refused with what to do, or read through tesseract and marked so up to each citation."""

import io
import os
import shutil
from pathlib import Path

import pypdfium2
import pytest
from ingest_bombs import paged, stream
from ingest_looking import faults, shown, text_of
from ingest_pdfs import Line, lines, pdf
from ingest_worlds import run, toml_row, write
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import ingest.ocr
import ingest.pdf_pages
from assistant.build import build_assistant
from assistant.journey import Ask
from hub.settings import Settings
from ingest.errors import LoadError
from ingest.load import load


@pytest.fixture
def tesseract() -> None:
    """Skips without it, except where it must be there."""
    if not shutil.which("tesseract"):
        if os.environ.get("HUB_TESSERACT_REQUIRED"):
            pytest.fail("tesseract is not installed")
        pytest.skip("tesseract is not installed: apt-get install tesseract-ocr")


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.ocr, "find_program", lambda: None)
    monkeypatch.setattr(ingest.pdf_pages, "find_program", lambda: None)


WORDS = [
    "In the spring five primary schools agreed that their heads would spend one",
    "morning each fortnight in the classrooms of the others. Nobody was graded.",
]
MORE = ["Heads were asked to look for one thing alone, and to write it on a card that", "they had chosen together."]


def scanned(*pages: list[Line], also: bytes | None = None, turned: int = 0) -> bytes:
    """A PDF of pictures of these pages, each a page high, and then the pages of another PDF."""
    drawn = pypdfium2.PdfDocument(pdf(*pages))
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for page in drawn:
        canvas.drawImage(ImageReader(page.render(scale=200 / 72, rotation=turned).to_pil()), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    if not also:
        return made.getvalue()
    both = pypdfium2.PdfDocument(made.getvalue())
    both.import_pages(pypdfium2.PdfDocument(also))
    out = io.BytesIO()
    both.save(out)
    return out.getvalue()


FIRST = [Line(50, 800, "Visits in threes", 20), *lines(*WORDS, size=12, leading=16), Line(50, 40, "Larkfield Trust yearly report 1", 9)]
SECOND = [*lines(*MORE, size=12, leading=16), Line(50, 40, "Larkfield Trust yearly report 2", 9)]


@pytest.mark.usefixtures("no_tesseract")
def test_a_scan_is_refused_as_one_where_it_cannot_be_read() -> None:
    with pytest.raises(LoadError, match=r"no text layer \(a scan\?\); install tesseract"):
        load("x.pdf", scanned(FIRST))


@pytest.mark.usefixtures("no_tesseract")
def test_a_scanned_page_among_others_is_said() -> None:
    loaded = load("x.pdf", scanned(FIRST, also=pdf(lines(*MORE))))
    assert loaded.warnings == ("page 1 has no text: it is a picture, and tesseract is not installed to read it",)
    assert (loaded.text, loaded.ocr) == (" ".join(MORE), False)


@pytest.mark.usefixtures("tesseract")
def test_a_scan_is_read_with_its_heading_pages_and_furniture() -> None:
    loaded = load("x.pdf", scanned(FIRST, SECOND))
    assert shown(loaded) == [("heading", "Visits in threes"), ("paragraph", " ".join(WORDS)), ("paragraph", " ".join(MORE))]
    assert [loaded.place(b.start).page for b in loaded.blocks] == [1, 1, 2]
    assert (loaded.ocr, loaded.ocr_pages) == (True, (1, 2))
    assert faults(loaded) == []


@pytest.mark.usefixtures("tesseract")
def test_only_the_pages_that_are_pictures_are_marked() -> None:
    loaded = load("x.pdf", scanned(FIRST[:-1], also=pdf(lines(*MORE))))
    assert {text_of(loaded, b): loaded.read_by_ocr(b.start) for b in loaded.blocks if b.kind == "paragraph"} == {
        " ".join(WORDS): True,
        " ".join(MORE): False,
    }


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_scan_that_lies_on_its_head_or_side_is_read(turned: int) -> None:
    page = [*lines(*WORDS, *MORE, *WORDS, *MORE, *WORDS, *MORE, size=12, leading=16)]
    assert f"{WORDS[0]} {WORDS[1]}" in load("x.pdf", scanned(page, turned=turned)).text


@pytest.mark.usefixtures("no_tesseract")
def test_a_text_that_a_scanner_laid_under_its_picture_is_read_and_marked() -> None:
    content = b"q 595 0 0 842 0 0 cm /P Do Q BT 3 Tr /F1 11 Tf 50 700 Td (%s) Tj ET" % WORDS[1].encode()
    picture = stream(b"\xff", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    loaded = load("x.pdf", paged([stream(content)], picture, resources=b"/Font << /F1 3 0 R >> /XObject << /P 6 0 R >>"))
    assert (loaded.text, loaded.ocr_pages) == (WORDS[1], (1,))


@pytest.mark.usefixtures("tesseract")
def test_a_citation_says_that_its_quote_was_read_through_ocr(tmp_path: Path, settings: Settings) -> None:
    documents = {"scan.pdf": scanned(FIRST, SECOND), "typed.md": "# Cards\n\nThe card on the staffroom wall carried only one question."}
    rows = "\n".join(toml_row(name.partition(".")[0], path=name, kind="case-study", organisation=f"{name} school") for name in documents)
    report = run(settings, write(tmp_path / "folder", documents, rows))
    assert (report.failed, report.added) == ([], 2)
    assistant = build_assistant(settings)
    try:
        answers = [
            assistant.answer(Ask(q))
            for q in ("How often did the heads of five primary schools visit classrooms?", "What did the card on the staffroom wall carry?")
        ]
    finally:
        assistant.shelf.close()
    marked = {c.source: c.ocr for answer in answers for c in answer.citations}
    assert marked == {"scan": True, "typed": False}
