"""Word documents that we make: headings by style, lists, tables, and what Word keeps besides."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from ingest_looking import faults, shown

import ingest.load_docx
from hub.domain import Loaded
from ingest.errors import LoadError
from ingest.load import load


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def made(*write: Callable[[Document], object]) -> Loaded:
    document = docx.Document()
    for step in write:
        step(document)
    return load("x.docx", saved(document))


def test_headings_nest_under_the_title() -> None:
    loaded = made(
        lambda d: d.add_heading("Visits in threes", 0),
        lambda d: d.add_paragraph("Words."),
        lambda d: d.add_heading("How", 1),
        lambda d: d.add_heading("Then", 2),
        lambda d: d.add_paragraph("More words."),
        lambda d: d.add_heading("Why", 1),
        lambda d: d.add_paragraph("Last words."),
    )
    assert [(b.level, b.heading) for b in loaded.blocks] == [
        (1, "Visits in threes"),
        (0, "Visits in threes"),
        (2, "Visits in threes › How"),
        (3, "Visits in threes › How › Then"),
        (0, "Visits in threes › How › Then"),
        (2, "Visits in threes › Why"),
        (0, "Visits in threes › Why"),
    ]


@pytest.mark.parametrize("style", ["List Bullet", "List Number", "List Bullet 2", "List Paragraph"])
def test_a_paragraph_in_a_list_style_is_an_item(style: str) -> None:
    loaded = made(lambda d: d.add_paragraph("We did two things:"), lambda d: d.add_paragraph("One", style=style))
    assert shown(loaded) == [("paragraph", "We did two things:"), ("item", "One")]


def test_a_paragraph_with_words_own_numbering_is_an_item() -> None:
    def numbered(document: Document) -> None:
        paragraph = document.add_paragraph("One")
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))

    assert shown(made(numbered)) == [("item", "One")]


def test_runs_breaks_and_tabs_make_one_line() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("One ")
        paragraph.add_run("bold").bold = True
        paragraph.add_run().add_break()
        paragraph.add_run("line\ttab\u00a0and im\u00adprove")

    assert shown(made(write)) == [("paragraph", "One bold line tab and improve")]


def table(*rows: tuple[str, ...]) -> Callable[[Document], None]:
    def write(document: Document) -> None:
        drawn = document.add_table(len(rows), len(rows[0]))
        for n, row in enumerate(rows):
            for m, text in enumerate(row):
                drawn.cell(n, m).text = text

    return write


def test_a_table_is_rows_with_its_first_row_as_header() -> None:
    loaded = made(table(("Step", "Who"), ("Plan", "Heads\nand deputies"), ("", ""), ("Do", "")))
    assert shown(loaded) == [("row", "Step\tWho"), ("row", "Plan\tHeads and deputies"), ("row", "Do\t")]
    assert [b.header for b in loaded.blocks] == ["", "Step | Who", "Step | Who"]


def test_paragraphs_of_a_cell_are_lines() -> None:
    def write(document: Document) -> None:
        table(("Step", "Who"), ("Plan", "Heads"))(document)
        document.tables[0].cell(1, 1).add_paragraph("Deputies")

    assert shown(made(write))[1] == ("row", "Plan\tHeads\nDeputies")


def test_a_merged_cell_is_given_once_in_a_row() -> None:
    def write(document: Document) -> None:
        table(("a", "b", "c"), ("d", "e", "f"))(document)
        drawn = document.tables[0]
        drawn.cell(0, 0).merge(drawn.cell(0, 2)).text = "Wide"

    assert shown(made(write)) == [("row", "Wide"), ("row", "d\te\tf")]


def test_a_cell_merged_over_rows_is_said_in_each_of_them() -> None:
    def write(document: Document) -> None:
        table(("Step", "Who"), ("Plan", "Heads"), ("", "Deputies"), ("Do", "Staff"))(document)
        drawn = document.tables[0]
        drawn.cell(1, 0).merge(drawn.cell(2, 0))

    assert [text for _, text in shown(made(write))] == ["Step\tWho", "Plan\tHeads", "Plan\tDeputies", "Do\tStaff"]


def test_running_headers_and_footers_are_left_out() -> None:
    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Larkfield Trust"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.add_paragraph("Body.")

    assert shown(made(write)) == [("paragraph", "Body.")]


W = nsdecls("w")
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
RUN = "<w:r><w:t>inner words</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param(f"<w:hyperlink {W}>{RUN}</w:hyperlink>", "Before inner words", id="a link"),
        pytest.param(f"<w:del {W} w:id='1' w:author='x'><w:r><w:delText>gone</w:delText></w:r></w:del>", "Before", id="a deletion"),
        pytest.param(f"<w:moveFrom {W} w:id='3' w:author='x'>{RUN}</w:moveFrom>", "Before", id="words moved away"),
        pytest.param(f"<w:moveTo {W} w:id='4' w:author='x'>{RUN}</w:moveTo>", "Before inner words", id="words moved here"),
        pytest.param(f"<w:fldSimple {W} w:instr='PAGE'>{RUN}</w:fldSimple>", "Before inner words", id="a field"),
        pytest.param(f"<w:ins {W} w:id='1' w:author='x'>{RUN}</w:ins>", "Before inner words", id="an insertion"),
        pytest.param(f"<w:sdt {W}><w:sdtContent>{RUN}</w:sdtContent></w:sdt>", "Before inner words", id="a control"),
        pytest.param(f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>", "Before", id="hidden"),
        pytest.param(f"<w:r {W}><w:rPr><w:strike/></w:rPr><w:t>taken back</w:t></w:r>", "Before", id="struck out"),
        pytest.param(f"<w:r {W}><w:rPr><w:dstrike/></w:rPr><w:t>taken back</w:t></w:r>", "Before", id="struck out twice"),
        pytest.param(f"<m:oMath {MATH}><m:r><m:t>d = 0.4</m:t></m:r></m:oMath>", "Before d = 0.4", id="a formula"),
    ],
)  # fmt: skip
def test_a_paragraph_is_what_a_reader_of_it_sees(xml: str, expected: str) -> None:
    def write(document: Document) -> None:
        document.add_paragraph("Before ")._p.append(parse_xml(xml))

    assert shown(made(write)) == [("paragraph", expected)]


def test_paragraphs_in_a_content_control_are_read() -> None:
    xml = f"<w:sdt {W}><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>"
    loaded = made(lambda d: d.add_paragraph("After."), lambda d: d.element.body.insert(0, parse_xml(xml)))
    assert shown(loaded) == [("paragraph", "inner words"), ("paragraph", "After.")]


def test_a_table_inside_a_cell_is_read() -> None:
    def write(document: Document) -> None:
        table(("Step", "Who"), ("Plan", ""))(document)
        document.tables[0].cell(1, 1).add_table(1, 1).cell(0, 0).text = "inner words"

    assert "inner words" in made(write).text


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (zipped(words=b"not a document"), "not a Word document; save it as Word"),
        (zipped(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "not a Word document but a spreadsheet"),
        (zipped(**{"mimetype": b"", "content.xml": b""}), "not a Word document but an OpenDocument file"),
        (
            zipped(**{"[Content_Types].xml": b"ms-word.document.macroEnabled.main+xml", "word/document.xml": b""}),
            "holds macros; save it as a plain",
        ),
        (
            zipped(**{"[Content_Types].xml": b"", "_rels/.rels": b"http://purl.oclc.org/ooxml/", "word/document.xml": b""}),
            "Strict Open XML",
        ),
        (saved(docx.Document())[:2000], "damaged"),
        (saved(docx.Document()), "holds no text"),
    ],
    ids=["no zip", "another zip", "sheet", "text of another program", "macros", "strict", "cut", "blank"],
)
def test_a_document_that_cannot_be_read_is_refused_with_why(data: bytes, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        load("x.docx", data)


def test_a_document_that_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.load_docx, "MAX_INFLATED_BYTES", 1_000_000)
    with pytest.raises(LoadError, match="unpacks to over"):
        load("x.docx", zipped(bomb=b"\0" * 2_000_000))


def test_offsets_hold() -> None:
    loaded = made(lambda d: d.add_heading("T", 0), lambda d: d.add_paragraph("Words."), table(("a", "b"), ("c", "d")))
    assert faults(loaded) == []
    assert loaded.pages == ()


def _outlined(document: Document) -> None:
    document.add_paragraph("Words.")
    paragraph = document.add_paragraph("How")
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:outlineLvl {W} w:val='1'/>"))


def _own_style(document: Document) -> None:
    document.add_paragraph("Words.")
    style = document.styles.add_style("School head", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("How", style=style)


@pytest.mark.parametrize("write", [_outlined, _own_style], ids=["an outline level", "a style that rests on a heading's"])
def test_a_heading_is_told_by_its_level_too(write: Callable[[Document], None]) -> None:
    assert [(b.kind, b.level) for b in made(write).blocks] == [("paragraph", 0), ("heading", 3)]


def test_bold_lines_are_headings_only_where_a_document_has_no_others() -> None:
    def bold(document: Document) -> None:
        document.add_paragraph().add_run("How it began").bold = True
        document.add_paragraph("Words.")
        document.add_paragraph().add_run("We met in May.").bold = True

    assert [b.kind for b in made(bold).blocks] == ["heading", "paragraph", "paragraph"]
    assert [b.kind for b in made(lambda d: d.add_heading("T", 1), bold).blocks] == ["heading", "paragraph", "paragraph", "paragraph"]


def test_a_number_taken_away_is_no_item() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("Words.", style="List Number")
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {W}><w:ilvl w:val='0'/><w:numId w:val='0'/></w:numPr>"))

    assert shown(made(write)) == [("paragraph", "Words.")]


BOX = (
    "<w:r xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
    f"{W}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed words</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>boxed words</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("Before.")._p.append(parse_xml(BOX))
        document.add_paragraph("After.")

    assert shown(made(write)) == [("paragraph", "Before."), ("paragraph", "boxed words"), ("paragraph", "After.")]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_read_where_they_belong(kind: str) -> None:
    def write(document: Document) -> None:
        part = Part(
            PackURI(f"/word/{kind}s.xml"), f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
            f"<w:{kind}s {W}><w:{kind} w:type='separator' w:id='0'><w:p/></w:{kind}><w:{kind} w:id='2'><w:p><w:r><w:t>Our own returns.</w:t></w:r></w:p></w:{kind}></w:{kind}s>".encode(),
            document.part.package,
        )  # fmt: skip
        document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s")
        document.add_paragraph("It rose.")._p.append(parse_xml(f"<w:r {W}><w:{kind}Reference w:id='2'/></w:r>"))
        document.add_paragraph("Then it fell.")

    note, words = ("footnote", "Our own returns."), [("paragraph", "It rose."), ("paragraph", "Then it fell.")]
    assert shown(made(write)) == ([words[0], note, words[1]] if kind == "footnote" else [*words, note])


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ((("School", "Moss Primary, a school of two hundred pupils on the moor"), ("Phase", "Primary")), ""),
        ((("School:", "Moss Primary"), ("Phase:", "Primary")), ""),
        ((("Pupils", "1,120"), ("Schools", "5")), ""),
        ((("Step", "Who"), ("Plan", "Heads")), "Step | Who"),
    ],
)
def test_labels_and_values_have_no_header(rows: tuple[tuple[str, ...], ...], header: str) -> None:
    assert [b.header for b in made(table(*rows)).blocks] == ["", header]


def test_a_table_of_one_cell_is_a_box_around_text() -> None:
    def write(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "First."
        cell.add_paragraph("One", style="List Bullet")

    assert shown(made(write)) == [("paragraph", "First."), ("item", "One")]


def test_a_row_that_was_deleted_and_a_comment_are_not_read() -> None:
    def write(document: Document) -> None:
        table(("Step", "Who"), ("Plan", "Heads"), ("Gone", "Nobody"))(document)
        row = document.tables[0].rows[2]._tr
        row.get_or_add_trPr().append(parse_xml(f"<w:del {W} w:id='9' w:author='x'/>"))
        paragraph = document.add_paragraph("Words.")
        document.add_comment(paragraph.runs, text="Is this so?", author="x")

    assert [text for _, text in shown(made(write))] == ["Step\tWho", "Plan\tHeads", "Words."]


@pytest.mark.parametrize("hide", ["<w:color w:val='FFFFFF'/>", "<w:sz w:val='2'/>"])
def test_words_that_nobody_sees_are_not_read(hide: str) -> None:
    xml = f"<w:r {W}><w:rPr>{hide}</w:rPr><w:t>unseen</w:t></w:r>"
    shaded = f"<w:r {W}><w:rPr><w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='102030'/></w:rPr><w:t>seen</w:t></w:r>"

    def write(document: Document) -> None:
        paragraph = document.add_paragraph("Before ")._p
        paragraph.append(parse_xml(xml))
        paragraph.append(parse_xml(shaded))

    assert shown(made(write)) == [("paragraph", "Before seen")]


def test_comments_and_files_inside_are_said() -> None:
    def write(document: Document) -> None:
        document.add_comment(document.add_paragraph("Some words.").runs, text="I doubt it", author="Ms Ash")
        document.element.body.insert(0, parse_xml(f"<w:altChunk {W}/>"))

    loaded = made(write)
    assert loaded.text == "Some words."
    assert loaded.warnings[0] == "1 comment was not read"
    assert loaded.warnings[1].startswith("another file that was put into the document was not read")


def test_a_bold_caption_is_no_heading() -> None:
    def write(document: Document) -> None:
        document.add_paragraph().add_run("Table 2: Who met").bold = True
        document.add_paragraph().add_run("Who met").bold = True
        document.add_paragraph("Words.")

    assert [kind for kind, _ in shown(made(write))] == ["paragraph", "heading", "paragraph"]
