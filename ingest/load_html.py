"""Reads an HTML page's main content: headings, paragraphs, lists and tables; menus, banners, forms and comments left out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from hub.domain import BlockKind, Loaded
from hub.plain import CELL, LINE, clean
from ingest.decode import decode_page
from ingest.errors import LoadError
from ingest.html_furniture import drop_furniture, ends_article, main_content, stands_alone
from ingest.html_tables import is_layout, own, read_rows
from ingest.listed import items
from ingest.text import TextBuilder

_BLOCKS = [
    *("p", "div", "section", "article", "main", "blockquote", "pre", "figure", "figcaption", "details", "summary", "address", "body"),
    *("dl", "dt", "dd", "ul", "ol", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
]
_BREAK = "\u2028"
"""Unicode's line separator: stands for <br> and for the edges of boxes. To `clean` it is white space, like a line end in the file."""
_STOPS = (".", ",", ";", ":", "!", "?", "”", "’", '"', "'")

MOST_BESIDE = 50
"""Items of a list that are looked at to tell what it is a list of."""


class Piece(NamedTuple):
    """A block before it has its offsets."""

    kind: BlockKind
    text: str
    level: int = 0
    header: str = ""
    anchor: str = ""


MAX_DEPTH = 400
"""Boxes in boxes. Real pages have tens; each more makes every search through the page longer."""
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNCLOSED = frozenset(
    b"p li td th tr dt dd option tbody thead tfoot br img hr input meta link col area base source track wbr embed param html head body".split()
)
"""Elements that need no end."""
_ENOUGH_WORDS = 8
"""Before so many words an article cannot be over: "3 comments" may stand at its head."""


def load_html(data: bytes) -> Loaded:
    """Read a page. LoadError where it holds no main text."""
    _check_depth(data)
    soup = BeautifulSoup(decode_page(data), "lxml")
    builder = TextBuilder()
    words = 0
    try:
        for piece in _pieces(soup):
            if piece.kind in ("heading", "paragraph", "item") and words >= _ENOUGH_WORDS and ends_article(piece.text):
                break
            if not stands_alone(piece.text) and not (ends_article(piece.text) and piece.kind != "row"):
                builder.add(piece.kind, piece.text, level=piece.level, header=piece.header, anchor=piece.anchor)
                words += len(piece.text.split()) if piece.kind != "heading" else 0
    except RecursionError as error:
        raise LoadError(_DEEP) from error
    loaded = builder.finish()
    if not loaded.blocks:
        raise LoadError("the page holds no main text; save the article itself as HTML and try again")
    return loaded


def read_part(html: str) -> list[Piece]:
    """The pieces of some HTML inside another document. LoadError where it is too deep."""
    _check_depth(html.encode())
    try:
        return [piece for piece in _pieces(BeautifulSoup(html, "lxml")) if piece.text]
    except RecursionError as error:
        raise LoadError(_DEEP) from error


_DEEP = "the page's boxes stand in each other too deep to be read; save the article itself as HTML and try again"


def _check_depth(data: bytes) -> None:
    depth = 0
    for closing, name in _TAG.findall(data.replace(b"\x00", b"")):
        if name.lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > MAX_DEPTH:
            raise LoadError(_DEEP)


def _pieces(soup: BeautifulSoup) -> Iterator[Piece]:
    drop_furniture(soup)
    _mark_lines(soup)
    _drop_note_marks(soup)
    for root in main_content(soup):
        yield from _block(root)


def _mark_lines(soup: BeautifulSoup) -> None:
    for line_end in soup.find_all("br"):
        line_end.replace_with(_BREAK)
    for tag in soup.find_all([*_BLOCKS, "caption", "td", "th"]):
        tag.insert(0, _BREAK)
        tag.append(_BREAK)


def _drop_note_marks(soup: BeautifulSoup) -> None:
    """A raised number is the mark of a note where it links to one or follows a stop; else it may be a power."""
    to_note = re.compile("#")
    for mark in soup.find_all("sup"):
        linked = mark.find("a", href=to_note) or mark.find_parent("a", href=to_note)
        after_stop = str(mark.find_previous(string=True) or "").endswith(_STOPS)
        if (linked or after_stop) and re.fullmatch(r"[\s\d,\[\]()*†‡§]+", mark.get_text()):
            mark.decompose()


def _blocks(root: Tag) -> Iterator[Piece]:
    """The pieces in reading order. Text that stands outside any block is a paragraph of its own."""
    loose: list[str] = []
    for child in root.children:
        if isinstance(child, NavigableString):
            loose.append(str(child))
        elif isinstance(child, Tag) and child.name not in _BLOCKS and not child.find(_BLOCKS):
            loose.append(child.get_text())
        elif isinstance(child, Tag):
            yield from _lines("".join(loose))
            loose = []
            yield from _block(child)
    yield from _lines("".join(loose))


def _lines(text: str) -> Iterator[Piece]:
    """A paragraph, or the list that its lines are."""
    listed = [Piece(kind, line) for kind, line in items(text.split(_BREAK))]
    yield from listed or [Piece("paragraph", clean(text))]


def _block(tag: Tag) -> Iterator[Piece]:
    if level := _level(tag):
        yield Piece("heading", clean(tag.get_text()), level, anchor=_anchor(tag))
    elif tag.name == "li":
        yield from _item(tag)
    elif tag.name == "table":
        yield from _cells_in_order(tag) if is_layout(tag) else _rows(tag)
    elif tag.name == "dl":
        yield from _terms(tag)
    elif tag.name in ("p", "figcaption", "summary") or not tag.find(_BLOCKS):
        if not _is_link_line(tag):
            yield from _lines(tag.get_text())
    else:
        yield from _blocks(tag)


def _level(tag: Tag) -> int:
    """A heading's, or 0."""
    if re.fullmatch(r"h[1-6]", tag.name):
        return int(tag.name[1])
    said = str(tag.get("aria-level") or "2")
    return int(said) if tag.get("role") == "heading" and re.fullmatch("[1-9]", said) else 0


def _anchor(heading: Tag) -> str:
    """The name by which a link opens the page at this heading."""
    inner = heading.find(["a", "span"], attrs={"id": True}) or heading.find("a", attrs={"name": True})
    around = heading.find_parent(["section", "div", "article"])
    if around and around.find(re.compile(r"^h[1-6]$")) is not heading:
        around = None
    for part, key in ((heading, "id"), (inner, "id"), (inner, "name"), (around, "id")):
        name = str(part.get(key) or "") if part else ""
        if re.fullmatch(r"[\w.:~-]{1,100}", name):
            return name
    return ""


def _item(item: Tag) -> Iterator[Piece]:
    """One line, then what stands in the item and has lines of its own."""
    parts = ["ul", "ol", "dl", "table"]
    inner = [p.replace_with(_BREAK) for p in item.find_all(parts) if p.find_parent([*parts, "li"]) is item]
    if not _is_link_line(item) or _is_of_a_list(item):
        yield Piece("item", clean(item.get_text()))
    for part in inner:
        yield from _block(part)


def _is_of_a_list(item: Tag) -> bool:
    """Whether another item of its list is no link: then it is one of the list's items, and no way to another page. Left out, what is quoted of
    the list would not stand in the page."""
    around = item.parent
    beside = around.find_all("li", recursive=False, limit=MOST_BESIDE) if around else []
    return any(not _is_link_line(other) for other in beside)


def _terms(listing: Tag) -> Iterator[Piece]:
    """Each term, or several together, with its definitions, as one line."""
    terms: list[str] = []
    before = ""
    for part in own(listing, ["dt", "dd"], "dl"):
        text = clean(part.get_text())
        if part.name == "dt":
            terms = [*terms, text] if before == "dt" else [text]
        elif text:
            term = " / ".join(t.rstrip(":") for t in terms if t)
            yield Piece("item", f"{term}: {text}" if term else text)
        before = part.name


def _is_link_line(tag: Tag) -> bool:
    """Whether it is a few words that are all links: a way to other pages."""
    text = clean(tag.get_text())
    return len(text.split()) <= 8 and text == clean(" ".join(a.get_text() for a in tag.find_all("a")))


def _cells_in_order(table: Tag) -> Iterator[Piece]:
    for row in own(table, ["tr"], "table"):
        for cell in own(row, ["th", "td"], "tr"):
            yield from _blocks(cell)


def _rows(table: Tag) -> Iterator[Piece]:
    for caption in own(table, ["caption"], "table"):
        yield Piece("paragraph", clean(caption.get_text()))
    names: list[str] = []
    said = True
    for row in read_rows(table):
        texts = [_cell(c) for c in row.cells]
        if not any(texts):
            continue
        if row.header and len(texts) > 1:
            names, said = _under(names, texts), False
            continue
        if not said:
            yield Piece("row", CELL.join(names))
            said = True
        yield Piece("row", CELL.join(texts), header=" | ".join(names))
    if not said:
        yield Piece("row", CELL.join(names))


def _under(above: list[str], names: list[str]) -> list[str]:
    """A header's second row says more of the columns that the first names."""
    if len(above) != len(names):
        return names
    return [new if old == new or not old else f"{old} {new}".strip() for old, new in zip(above, names, strict=True)]


def _cell(cell: Tag) -> str:
    """Its lines; those of a table inside it are its cells."""
    return LINE.join(line for part in cell.get_text().split(_BREAK) if (line := clean(part)))
