"""Pages of PDFs that we draw: what runs over their ends, stands at their edges, and how they are turned, labelled and locked."""

import pytest
from ingest_looking import faults, read, shown, text_of
from ingest_pdfs import FULL, NAMES, Line, body, furniture, lines, pdf
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import ingest.load_pdf
from hub.domain import Source
from ingest.errors import LoadError
from ingest.load import load
from ingest.split import split

FIRST = [*FULL, "the third line of it leads on over the page end to what the schools then"]
SECOND = ["did in the spring. A new sentence begins on the second page and it is long", "enough to fill one line and more."]


def noted(y: float, text: str) -> list[Line]:
    return [Line(50, y, text, 7)]


SOURCE = Source(id="a", title="A", kind="guide", organisation="Larkfield", path="x.pdf")


def test_a_sentence_over_a_page_end_is_one_and_begins_on_the_first_page() -> None:
    first = [*lines(*FIRST), *noted(60, "1. A note at the foot of the page."), *furniture(1, 2)]
    loaded = load("x.pdf", pdf(first, [*lines(*SECOND), *furniture(2, 2)]))
    assert shown(loaded) == [("paragraph", " ".join([*FIRST, *SECOND])), ("footnote", "1. A note at the foot of the page.")]
    sentence = split(SOURCE, loaded)[0].sentences[0]
    assert loaded.text[sentence.start : sentence.end] == " ".join([*FIRST, "did in the spring."])
    assert (loaded.place(sentence.start).page, loaded.place(sentence.end - 1).page) == (1, 2)
    assert loaded.place(loaded.blocks[1].start).page == 1


def test_a_whole_sentence_at_a_page_end_does_not_run_on() -> None:
    found = read("x.pdf", pdf(lines(*FULL, "the third line ends here, at the foot of the first of the two pages it has."), lines(*SECOND)))
    assert [text[:14] for _, text in found] == ["The first line", "did in the spr"]


@pytest.mark.parametrize(
    ("end", "begin", "whole", "between"),
    [
        ("imple-", "mentation ended", "implementation ended", []),
        ("imple\u00ad", "mentation ended", "implementation ended", []),
        ("xylopho\u00ad", "nists ended", "xylophonists ended", []),  # stands whole nowhere
        ("xylo-", "phone ended", "xylo-phone ended", []),
        ("pre-", "and post-tests ended", "pre- and post-tests ended", []),
        ("imple-", "mentation ended", "implementation ended", [[]]),  # a page without a word stands between
        ("what they", "then saw ended", "what they then saw ended", [[]]),
    ],
)
def test_a_word_that_is_cut_at_a_page_end_is_mended(end: str, begin: str, whole: str, between: list[list[Line]]) -> None:
    first = lines(*FULL, f"the implementation of it all ran on over the page end, where the {end}", font="Vera", size=10)
    notes = [*noted(60, "1. A note at the foot of the page."), Line(50, 30, "Larkfield Trust", 9)]
    last = lines(f"{begin}. Then a new one began, on the second of the pages here.", font="Vera", size=10)
    loaded = load("x.pdf", pdf([*first, *notes], *between, [*last, Line(50, 30, "Larkfield Trust", 9)]))
    assert f"where the {whole}. Then" in loaded.text
    assert faults(loaded) == []
    at = loaded.text.index(f"{whole}. Then")
    assert (loaded.place(at).page, loaded.place(at + len(whole)).page) == (1, 2 + len(between))


def test_a_soft_hyphen_at_a_column_end_goes() -> None:
    left = [f"left line {n} fills the whole of its column" for n in range(7)]
    right = [f"then right line {n} fills the whole of it too" for n in range(7)]
    page = [*lines(*left, "it was a xyloph\u00ad", font="Vera", size=10), *lines("onic way to begin", *right, x=320, font="Vera", size=10)]
    assert "a xylophonic way" in load("x.pdf", pdf(page)).text


def test_footnotes_are_blocks_of_their_own_and_their_marks_leave_no_digit() -> None:
    mark = Canvas("unused").stringWidth("Attendance rose", "Helvetica", 11)
    page = [
        Line(50, 760, "Attendance rose"),
        Line(50 + mark, 764, "7", 6),
        Line(50 + mark + 7, 760, "in Key Stage 2 and stayed there for two years."),
        *lines(*FULL, "ends here.", top=730),
        *noted(70, "7. Our own returns to the board, in the second year"),
        *noted(62, "and in the third."),
        *noted(54, "8. A second note."),
    ]
    assert read("x.pdf", pdf(page)) == [
        ("paragraph", "Attendance rose in Key Stage 2 and stayed there for two years."),
        ("paragraph", " ".join([*FULL, "ends here."])),
        ("footnote", "7. Our own returns to the board, in the second year and in the third."),
        ("footnote", "8. A second note."),
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_turned_is_read(degrees: int) -> None:
    turned = pdf(lines(*FULL, "and so on."), prepare=lambda c: c.setPageRotation(degrees))
    assert " ".join(text for _, text in read("x.pdf", turned)) == " ".join([*FULL, "and so on."])


def test_a_page_with_no_text_is_said_and_the_rest_keep_their_numbers() -> None:
    loaded = load("x.pdf", pdf(lines("First page here."), [], lines("Third page here.")))
    assert loaded.warnings == ("page 2 has no text",)
    assert [(text, loaded.place(b.start).page) for b, (_, text) in zip(loaded.blocks, shown(loaded), strict=True)] == [
        ("First page here.", 1),
        ("Third page here.", 3),
    ]


def test_printed_page_labels_are_kept_where_they_differ() -> None:
    def prepare(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(2, style="ARABIC", start=1)

    loaded = load("x.pdf", pdf(*(lines(*body(name)) for name in NAMES), prepare=prepare))
    assert [(number, label) for _, number, label in loaded.pages] == [(1, "i"), (2, "ii"), (3, "1"), (4, "2")]


@pytest.mark.parametrize(("user", "opens"), [("", True), ("secret", False)])
def test_a_locked_pdf_is_read_only_where_it_opens_without_a_password(user: str, opens: bool) -> None:
    data = pdf(lines("Locked words here."), encrypt=StandardEncryption(user, ownerPassword="owner"))
    if opens:
        assert read("x.pdf", data) == [("paragraph", "Locked words here.")]
        return
    with pytest.raises(LoadError, match=r"encrypted; save it without a password"):
        load("x.pdf", data)


def test_a_pdf_of_too_many_pages_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.load_pdf, "MAX_PAGES", 3)
    pages = [lines(*body(name)) for name in NAMES]
    assert len(load("x.pdf", pdf(*pages[:3])).pages) == 3
    with pytest.raises(LoadError, match=r"4 pages; the most that is read is 3"):
        load("x.pdf", pdf(*pages))


def test_text_in_a_form_that_the_page_places_is_read() -> None:
    def prepare(canvas: Canvas) -> None:
        canvas.beginForm("box")
        canvas.drawString(50, 400, "Words that stand inside a form of their own, placed on the page by its name.")
        canvas.endForm()
        canvas.doForm("box")

    loaded = load("x.pdf", pdf(lines(*FULL, "and so on."), prepare=prepare))
    assert [s for s in ("inside a form", "runs on to the right") if s not in loaded.text] == []
    assert faults(loaded) == []


def test_blocks_of_a_page_are_told_by_their_text() -> None:
    loaded = load("x.pdf", pdf([Line(50, 790, "A heading", 18), *lines(*FULL, "and so on.")]))
    assert [text_of(loaded, b) for b in loaded.blocks] == [text for _, text in shown(loaded)]
    assert faults(loaded) == []
