"""Documents that are small on disk and made to take all memory or time. Each is built in well under a second."""

import io
import zipfile
import zlib
from functools import cache

WORDS = "Heads of five schools met and wrote down what they had seen in the spring term of that year."


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    at = []
    for number, body in enumerate(objects, 1):
        at.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in at))
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


@cache
def zeros(megabytes: int, fill: bytes = b" ") -> bytes:
    """So many megabytes of one letter, deflated a thousandfold."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(fill * 1_000_000) for _ in range(megabytes)), packer.flush()])


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
GOOD = b"BT /F1 11 Tf 50 700 Td (%s) Tj ET" % WORDS.encode()


def paged(contents: list[bytes], *more: bytes, resources: bytes = b"/Font << /F1 3 0 R >>") -> bytes:
    """A PDF with a page for each stream; `more` objects are numbered after them."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)), FONT]
    for n, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << %s >> >>"
        objects += [page % (first + 2 * n + 1, resources), content]
    return raw_pdf(*objects, *more)


def flate_bomb() -> bytes:
    """One page that unpacks to a gigabyte, beside a good one."""
    return paged([stream(GOOD), stream(zeros(1000), b"/Filter /FlateDecode")])


def nested_flate_bomb() -> bytes:
    """The same packed twice: less than two kilobytes for each gigabyte."""
    return paged([stream(zlib.compress(zeros(1000), 9), b"/Filter [/FlateDecode /FlateDecode]")])


def many_filters() -> bytes:
    """A stream packed a thousand times."""
    return paged([stream(zeros(1), b"/Filter [%s]" % (b"/FlateDecode " * 1000))])


def many_large_pages() -> bytes:
    """A hundred pages that share one stream of thirty megabytes: each may be read, all may not."""
    kids = b" ".join([b"4 0 R"] * 100)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    large = zlib.compress(GOOD + b" " * 30_000_000, 9)
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 100 >>" % kids,
        FONT,
        page,
        stream(large, b"/Filter /FlateDecode"),
    )


def form_bomb() -> bytes:
    """Forms that place ten others, ten deep: ten thousand million in all."""
    forms = []
    for level in range(10):
        content = b"/N Do " * 10 if level < 9 else GOOD
        inner = b"/XObject << /N %d 0 R >>" % (6 + level + 1) if level < 9 else b"/Font << /F1 3 0 R >>"
        forms.append(stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % inner))
    return paged([stream(b"/N Do " * 10)], *forms, resources=b"/XObject << /N 6 0 R >>")


def form_loop() -> bytes:
    """A form that places itself, after words of its own."""
    form = stream(
        GOOD + b" /N Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /N 6 0 R >> >>",
    )
    return paged([stream(b"/N Do")], form, resources=b"/XObject << /N 6 0 R >>")


def page_loop() -> bytes:
    """A page tree that holds itself."""
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")


def deep_pages() -> bytes:
    """A page tree ten thousand deep."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % n for n in range(3, 10_003)]
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>")


def wide_pages() -> bytes:
    """A hundred thousand pages that are all the same one."""
    kids = b"3 0 R " * 100_000
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


def deep_outline() -> bytes:
    """Good words under an outline that goes down without end, and round."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    items = [b"<< /First 7 0 R /Count 1 >>", *(b"<< /Title (x) /First %d 0 R /Dest [4 0 R /Fit] >>" % n for n in range(8, 2008))]
    items.append(b"<< /Title (x) /First 7 0 R /Next 7 0 R /Dest [4 0 R /Fit] >>")
    good = paged([stream(GOOD)], *items)
    return good.replace(b"<< /Type /Catalog /Pages 2 0 R >>", catalog)


def deep_array() -> bytes:
    """A page whose stream opens a hundred thousand arrays."""
    return paged([stream(GOOD + b"[" * 100_000)])


def nested_dictionary() -> bytes:
    """A catalogue whose value is nested fifty thousand deep."""
    return raw_pdf(b"<< /Type /Catalog /X " + b"<< /X " * 50_000 + b"1" + b">>" * 50_001)


def unending_text() -> bytes:
    """A page of two million operators."""
    return paged([stream(zlib.compress(b"BT /F1 11 Tf " + b"1 0 Td(a)Tj " * 1_500_000 + b"ET", 9), b"/Filter /FlateDecode")])


PDFS = {
    f.__name__: f
    for f in (
        flate_bomb, nested_flate_bomb, many_filters, many_large_pages, form_bomb, form_loop, page_loop, deep_pages, wide_pages, deep_outline,
        deep_array, nested_dictionary, unending_text,
    )
}  # fmt: skip


def word(document: bytes, **parts: bytes) -> bytes:
    """A Word file around this document.xml."""
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_large() -> bytes:
    """A document.xml of a gigabyte."""
    document = io.BytesIO()
    with (
        zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1000):
            part.write(b" " * 1_000_000)
    return document.getvalue()


def word_lies() -> bytes:
    """The same, with a directory that says it is small."""
    data = bytearray(word(b" " * 400_000_000))
    for at, offset in ((data.rfind(b"PK\x01\x02"), 24), (data.rfind(b"PK\x03\x04"), 22)):
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def word_entities() -> bytes:
    """A thousand million laughs."""
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return word(
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">' + entities + b"]>"
        b"<w:document " + _W + b"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
    )


def word_outside() -> bytes:
    """An entity that names a file of the reader's machine."""
    return word(
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<w:document " + _W + b"><w:body><w:p><w:r><w:t>" + WORDS.encode() + b"&f;</w:t></w:r></w:p></w:body></w:document>"
    )


def word_deep() -> bytes:
    """A hundred thousand content controls in each other."""
    deep = b"<w:sdt><w:sdtContent>" * 100_000 + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * 100_000
    return word(b"<w:document " + _W + b"><w:body>" + deep + b"</w:body></w:document>")


def word_tables() -> bytes:
    """Two hundred tables in each other."""
    deep = b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" + b"</w:tc></w:tr></w:tbl>" * 60
    return word(b"<w:document " + _W + b"><w:body>" + deep * 20 + b"</w:body></w:document>")


WORDS_FILES = {f.__name__: f for f in (word_large, word_lies, word_entities, word_outside, word_deep, word_tables)}

TEXTS = {
    "deep.html": lambda: b"<div>" * 100_000 + WORDS.encode() + b"</div>" * 100_000,
    "open.html": lambda: b"<p>" + WORDS.encode() + b"<b><i><a><font>" * 30_000,
    "lists.html": lambda: b"<ul><li>" * 20_000 + WORDS.encode(),
    "tables.html": lambda: b"<table><tr><td>" * 10_000 + WORDS.encode(),
    "attributes.html": lambda: b"<p " + b"a=1 " * 500_000 + b">" + WORDS.encode() + b"</p>",
    "comment.html": lambda: b"<p>" + WORDS.encode() + b"</p><!--" + b"-" * 3_000_000,
    "spans.html": lambda: (
        b"<table><tr><td rowspan=65534 colspan=1000>" + WORDS.encode() + b"</td></tr>" + b"<tr><td>x</td></tr>" * 2000 + b"</table>"
    ),
    "style.html": lambda: b"<p style='" + b"display :" * 200_000 + b"'>" + WORDS.encode() + b"</p>",
    "quotes.md": lambda: b">" * 50_000 + WORDS.encode(),
    "brackets.md": lambda: b"[" * 50_000 + WORDS.encode() + b"](" * 50_000,
    "stars.md": lambda: b"*a **a " * 50_000 + WORDS.encode(),
    "ticks.md": lambda: b" ".join(b"`" * n for n in range(1, 1500)) + WORDS.encode(),
    "lists.md": lambda: b"\n".join(b" " * n + b"- x" for n in range(3000)) + b"\n\n" + WORDS.encode(),
    "front.md": lambda: b"---\n" + b"#\n" * 200_000 + WORDS.encode(),
    "notes.md": lambda: b"[^" * 100_000 + b"\n\n" + WORDS.encode(),
    "table.md": lambda: b"|" + b"a|" * 2000 + b"\n|" + b"-|" * 2000 + b"\n" + b"|\n" * 2000 + WORDS.encode(),
    "blank.txt": lambda: WORDS.encode() + b"\n " * 1_000_000 + b"end",
    "one-line.txt": lambda: b"a" * 5_000_000,
    "dots.txt": lambda: b"... " * 500_000 + WORDS.encode(),
}
