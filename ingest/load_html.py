"""Reads an HTML page's main content: headings, paragraphs, lists and tables; menus, banners, forms and comments left out."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from hub.domain import BlockKind, Loaded
from hub.plain import CELL, LINE, clean
from ingest.decode import decode_page
from ingest.errors import LoadError
from ingest.text import TextBuilder

_CODE = ("script", "style", "noscript", "template", "svg", "iframe")
_AROUND = ("nav", "header", "footer", "aside", "button", "dialog", "select", "input", "textarea", "menu")
_BOXES = r"cookies?|cookiebanner|breadcrumbs?|skip-?link|share-?(?:bar|links|buttons|this)|subscribe|sidebar|promo|pagination|site-?nav|nav-?bar|pop-?up"
_WORDS = r"consent|social|sharing|newsletter|related|comments?|advert\w*|menu|modal"
"""Names of furniture that an article's own headings may hold too."""
_PARTS = (
    r"area|banner|bar|block|box|buttons?|container|content|dialog|footer|header|icons?|links?|list|main|mobile|nav|onetrust|overlay|pages?|posts?|articles?"
    r"|primary|sdk|section|sign-?up|site|toggle|top|widget|wrapper|\d+"
)
_FURNITURE = re.compile(rf"(?:^|[\s_-])(?:{_BOXES}|{_WORDS})(?:$|[\s_-](?!based))", re.IGNORECASE)
"""The classes of furniture: design names them."""
_FURNITURE_ID = re.compile(
    rf"(?:^|[_-])(?:{_BOXES})(?:$|[_-](?!based))|^(?=.*(?:{_WORDS}))(?:(?:{_WORDS}|{_PARTS})(?:[_-]+|$))+$", re.IGNORECASE
)
"""A part's id is often made of its heading's words: "sharing-practice" is no share bar, "social-links" is one."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE)
_ALONE = re.compile(
    r"^(?:connect with us|follow us|share this|print this page|back to top|read more|click to comment|hi, what are you looking for\?|menu|search|subscribe"
    r"|download .{0,40}(?:document|pdf|text|file)|(?:docx?|odt|pdf|xlsx?|pptx?), [\d.,]+ ?[km]b.*|you must be logged in.*)$",
    re.IGNORECASE,
)
"""Lines that a site puts around its articles. Only a block that is nothing else is left out."""
_AFTER = re.compile(
    r"^(?:leave a (?:reply|comment)|post a comment|you may also like|you might also like|related (?:articles|posts|content|stories)|recommended for you|comments? ?\(\d+\)|click to comment)$",
    re.IGNORECASE,
)
"""From such a line on, the article is over."""
_BLOCKS = [
    *("p", "div", "section", "article", "main", "blockquote", "pre", "figure", "figcaption", "details", "summary", "address", "body"),
    *("dl", "dt", "dd", "ul", "ol", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
]
_BREAK = "\u2028"
"""Unicode's line separator: stands for <br> and for the edges of boxes. To `clean` it is white space, like a line end in the file."""
_STOPS = (".", ",", ";", ":", "!", "?", "”", "’", '"', "'")

Piece = tuple[BlockKind, int, str, str]
"""Kind, level, text and header of a block."""


def load_html(data: bytes) -> Loaded:
    """Read a page. LoadError where it holds no main text."""
    soup = BeautifulSoup(decode_page(data), "lxml")
    builder = TextBuilder()
    try:
        for kind, level, text, header in _pieces(soup):
            if kind in ("heading", "paragraph", "item") and _AFTER.match(text):
                break
            if not _ALONE.match(text):
                builder.add(kind, text, level=level, header=header)
    except RecursionError as error:
        raise LoadError(
            "the page's boxes stand in each other too deep to be read; save the article itself as HTML and try again"
        ) from error
    loaded = builder.finish()
    if not loaded.blocks:
        raise LoadError("the page holds no main text; save the article itself as HTML and try again")
    return loaded


def _pieces(soup: BeautifulSoup) -> Iterator[Piece]:
    _drop_furniture(soup)
    _mark_lines(soup)
    _drop_note_marks(soup)
    for root in _main_content(soup):
        yield from _block(root)


def _main_content(soup: BeautifulSoup) -> list[Tag]:
    for found in (soup.find("main"), soup.find(True, attrs={"role": "main"})):
        if found and found.get_text(strip=True):
            return [found]
    articles = [a for a in soup.find_all("article") if not a.find_parent("article") and a.get_text(strip=True)]
    return [*articles[:1], *(a for a in articles[1:] if not _is_card(a))] or [soup.body or soup]


def _is_card(article: Tag) -> bool:
    """Whether it only points to another page, whose words may be another organisation's."""
    heading = article.find(re.compile(r"^h[1-6]$"))
    return bool(heading and (heading.find("a") or heading.find_parent("a")))


def _drop_furniture(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    for tag in soup.find_all([*_CODE, *_AROUND]):
        if not tag.decomposed and not (tag.name == "header" and tag.find_parent("article") and tag.find("h1")):
            tag.decompose()
    for form in soup.find_all("form"):
        if not form.decomposed:
            _drop_form(form, soup)
    for tag in soup.find_all(True):
        if not tag.decomposed and tag.name not in ("html", "body", "main", "article") and (_is_hidden(tag) or _is_furniture(tag)):
            tag.decompose()


def _drop_form(form: Tag, soup: BeautifulSoup) -> None:
    """ASP.NET puts the whole page in a form: one with paragraphs and most of the page's words is kept."""
    if form.find(["p", "main", "article"]) and 2 * len(form.get_text().split()) > len(soup.get_text().split()):
        form.unwrap()
    else:
        form.decompose()


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or bool(_HIDING.search(str(tag.get("style") or "")))


def _is_furniture(tag: Tag) -> bool:
    if re.fullmatch(r"h[1-6]", tag.name):  # its id and classes are made of its words
        return False
    classes = " ".join(c or "" for c in tag.get_attribute_list("class"))
    return bool(_FURNITURE.search(classes) or _FURNITURE_ID.search(str(tag.get("id") or "")))


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
            yield "paragraph", 0, clean("".join(loose)), ""
            loose = []
            yield from _block(child)
    yield "paragraph", 0, clean("".join(loose)), ""


def _block(tag: Tag) -> Iterator[Piece]:
    if re.fullmatch(r"h[1-6]", tag.name):
        yield "heading", int(tag.name[1]), clean(tag.get_text()), ""
    elif tag.name == "li":
        yield from _item(tag)
    elif tag.name == "table":
        yield from _rows(tag)
    elif tag.name == "dl":
        yield from _terms(tag)
    elif tag.name in ("p", "figcaption", "summary") or not tag.find(_BLOCKS):
        if not _is_link_line(tag):
            yield "paragraph", 0, clean(tag.get_text()), ""
    else:
        yield from _blocks(tag)


def _item(item: Tag) -> Iterator[Piece]:
    """One line, then what stands in the item and has lines of its own."""
    parts = ["ul", "ol", "dl", "table"]
    inner = [p.replace_with(_BREAK) for p in item.find_all(parts) if p.find_parent([*parts, "li"]) is item]
    if not _is_link_line(item):
        yield "item", 0, clean(item.get_text()), ""
    for part in inner:
        yield from _block(part)


def _terms(listing: Tag) -> Iterator[Piece]:
    """Each term with its definitions, as one line."""
    term = ""
    for part in _own(listing, ["dt", "dd"], "dl"):
        text = clean(part.get_text())
        if part.name == "dt":
            term = text
        elif text:
            yield "item", 0, f"{term.rstrip(':')}: {text}" if term else text, ""


def _is_link_line(tag: Tag) -> bool:
    """Whether it is a few words that are all links: a way to other pages."""
    text = clean(tag.get_text())
    return len(text.split()) <= 8 and text == clean(" ".join(a.get_text() for a in tag.find_all("a")))


def _rows(table: Tag) -> Iterator[Piece]:
    for caption in _own(table, ["caption"], "table"):
        yield "paragraph", 0, clean(caption.get_text()), ""
    header = ""
    for row in _own(table, ["tr"], "table"):
        cells = _own(row, ["th", "td"], "tr")
        texts = [_cell(c) for c in cells]
        if not any(texts):
            continue
        if not header and all(c.name == "th" for c in cells) and len(cells) > 1:
            header = " | ".join(texts)
            yield "row", 0, CELL.join(texts), ""
        else:
            yield "row", 0, CELL.join(texts), header


def _own(parent: Tag, names: list[str], parent_name: str) -> list[Tag]:
    """The rows of a table, the cells of a row and so on, without those of a table inside it."""
    return [part for part in parent.find_all(names) if part.find_parent(parent_name) is parent]


def _cell(cell: Tag) -> str:
    """Its lines; those of a table inside it are its cells."""
    return LINE.join(line for part in cell.get_text().split(_BREAK) if (line := clean(part)))
