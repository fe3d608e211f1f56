"""From bytes to letters: old and new encodings, said and unsaid."""

import pytest

from ingest.errors import LoadError
from ingest.load import load

WORDS = "Café culture – it’s £5 for “all”."


def page(meta: str, encoding: str) -> bytes:
    return f"<html><head>{meta}</head><body><p>{WORDS}</p></body></html>".encode(encoding)


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("", "cp1252"),
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ("", "utf-8"),
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta charset="utf-8">', "cp1252"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_its_encoding(meta: str, encoding: str) -> None:
    assert load("x.html", page(meta, encoding)).text == WORDS


def test_an_encoding_that_is_said_late_is_heard() -> None:
    data = (
        b"<html><head><style>"
        + b"p { color: red } " * 1000
        + '</style><meta charset="iso-8859-2"></head><p>Łódź i Kraków</p>'.encode("iso-8859-2")
    )
    assert load("x.html", data).text == "Łódź i Kraków"


@pytest.mark.parametrize("name", ["x.html", "x.md", "x.txt"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(name: str, encoding: str) -> None:
    assert load(name, WORDS.encode(encoding)).text == WORDS


def test_letters_that_were_encoded_twice_are_put_right() -> None:
    twice = "".join(bytes([b]).decode("latin-1" if b == 0x9D else "cp1252") for b in WORDS.encode()).encode()
    assert load("x.html", b"<p>" + twice + b"</p>").text == WORDS


@pytest.mark.parametrize("words", ["Ãrea Â quoi", "Â£", "Â and â"])
def test_letters_that_were_not_are_left(words: str) -> None:
    expected = {"Â£": "£"}.get(words, words)
    assert load("x.md", words.encode()).text == expected


def test_another_encoding_is_read_where_a_page_says_it() -> None:
    data = '<meta charset="iso-8859-2"><p>Łódź i Kraków</p>'.encode("iso-8859-2")
    assert load("x.html", data).text == "Łódź i Kraków"


@pytest.mark.parametrize("name", ["x.html", "x.md"])
def test_old_letters_pasted_into_utf_8_are_read_as_well(name: str) -> None:
    assert load(name, "Café – ".encode() + "it’s £5".encode("cp1252")).text == "Café – it’s £5"


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.markdown"])
@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "cp1252",
        "utf-16",
    ],
)
def test_a_text_is_read_in_its_encoding(name: str, encoding: str) -> None:
    assert load(name, WORDS.encode(encoding)).text == WORDS


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_line_ends_of_every_system_part_paragraphs(name: str, newline: str) -> None:
    loaded = load(name, newline.join(["One line", "goes on.", "", "Two."]).encode())
    assert loaded.text == "One line goes on.\n\nTwo."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.pdf", b"", "is empty"),
        ("x.md", b" \n\t ", "is empty"),
        ("x.odt", b"words", r"\.odt is not a format that is read; use one of \.pdf"),
        ("x.doc", b"words", r"\.doc is not a format"),
        ("words", b"words", "a file without an ending is not a format"),
        ("x.pdf", b"<html>words</html>", "named .pdf but is not a PDF"),
        ("x.docx", b"words", "named .docx but is not a Word document"),
        ("x.html", b"\x00\x01\x02binary", "named .html but is not text"),
        ("x.md", b"GIF89a\x00\x00", "named .md but is not text but a picture"),
        ("x.pdf", b"PK\x03\x04 words", "not a PDF but a Word document"),
        ("x.docx", b"\xd0\xcf\x11\xe0 words", "not a Word document but an old Word document"),
        ("x.docx", b"%PDF-1.4 words", "not a Word document but a PDF"),
        ("x.pdf", b"\n<!DOCTYPE html><p>Log in</p>", "not a PDF but a web page"),
        ("x.docx", b"<html><p>Log in</p>", "not a Word document but a web page"),
        ("x.htm", b"From: <Saved by Larkfield>\r\nMIME-Version: 1.0", "not text but a web archive"),
        ("x.html", b"%PDF-1.4 words", "not text but a PDF"),
        ("x.txt", b"{\\rtf1 words}", "not text but a rich text file"),
        ("x.txt", b"\xef\xbb\xbf", "no text"),
        ("x.md", "\u200b\n".encode(), "no text"),
    ],
)
def test_bytes_that_are_no_document_are_refused_with_why(name: str, data: bytes, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        load(name, data)


@pytest.mark.parametrize("name", ["X.MD", "folder.pdf/x.Txt", "a.b.html"])
def test_the_ending_counts_in_any_case(name: str) -> None:
    assert load(name, b"Some words here.").text == "Some words here."


def test_a_pdf_may_begin_with_other_bytes() -> None:
    with pytest.raises(LoadError, match="damaged"):
        load("x.pdf", b"\n" * 100 + b"%PDF-1.4\nbut nothing else")
