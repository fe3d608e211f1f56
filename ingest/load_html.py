"""Reads an HTML page's main content: headings, paragraphs, lists and tables; menus, banners, forms and comments left out."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from hub.domain import Loaded
from hub.plain import CELL, LINE, clean
from ingest.errors import LoadError
from ingest.text import TextBuilder

OUTSIDE = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "iframe",
    "dialog",
    "select",
    "input",
    "textarea",
    "menu",
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookiebanner|consent|breadcrumbs?|skip-?link|social|share-?(?:bar|links|buttons|this)|sharing|newsletter|subscribe|sidebar|related|comments?|advert\w*"
    r"|promo|pagination|site-?nav|nav-?bar|menu|pop-?up|modal)(?:$|[\s_-](?!based))",
    re.IGNORECASE,
)
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
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "address",
    "body",
    "ul",
    "ol",
    "li",
    "table",
    *(f"h{n}" for n in range(1, 7)),
}


def load_html(data: bytes) -> Loaded:
    """Read a page. LoadError where it holds no main text."""
    soup = BeautifulSoup(data, "lxml")
    _drop_furniture(soup)
    root = _main_content(soup)
    builder = TextBuilder()
    for kind, level, text, header in _blocks(root):
        if kind in ("heading", "paragraph", "item") and _AFTER.match(text):
            break
        if _ALONE.match(text):
            continue
        builder.add(kind, text, level=level, header=header)  # type: ignore[arg-type]
    loaded = builder.finish()
    if not loaded.blocks:
        raise LoadError("the page holds no main text; save the article itself as HTML and try again")
    return loaded


def _main_content(soup: BeautifulSoup) -> Tag:
    for found in (soup.find("main"), soup.find(True, attrs={"role": "main"}), soup.find("article")):
        if isinstance(found, Tag) and found.get_text(strip=True):
            return found
    return soup.body or soup


def _drop_furniture(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()
    for tag in soup.find_all(OUTSIDE):
        if not tag.decomposed and not (tag.name == "header" and tag.find_parent("article") and tag.find("h1")):
            tag.decompose()
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body", "main", "article"):
            continue
        # A heading's id is made of its words: "sharing-subject-leads" is no share bar.
        names = (
            ""
            if re.fullmatch(r"h[1-6]", tag.name)
            else " ".join([*(c or "" for c in tag.get_attribute_list("class")), str(tag.get("id") or "")])
        )
        if (
            tag.has_attr("hidden")
            or tag.get("aria-hidden") == "true"
            or _HIDING.search(str(tag.get("style") or ""))
            or _FURNITURE.search(names)
        ):
            tag.decompose()


def _blocks(root: Tag) -> Iterator[tuple[str, int, str, str]]:
    """(kind, level, text, header) in reading order. Text that stands outside any block is a paragraph of its own."""
    loose: list[str] = []
    for child in root.children:
        if isinstance(child, NavigableString):
            loose.append(str(child))
            continue
        if not isinstance(child, Tag):
            continue
        if child.name not in _BLOCKS and not child.find(list(_BLOCKS)):
            loose.append("\n" if child.name == "br" else child.get_text())
            continue
        if text := clean("".join(loose)):
            yield "paragraph", 0, text, ""
        loose = []
        yield from _block(child)
    if text := clean("".join(loose)):
        yield "paragraph", 0, text, ""


def _block(tag: Tag) -> Iterator[tuple[str, int, str, str]]:
    if re.fullmatch(r"h[1-6]", tag.name):
        yield "heading", int(tag.name[1]), clean(tag.get_text()), ""
    elif tag.name in ("ul", "ol"):
        for item in tag.find_all("li", recursive=False):
            nested = item.find_all(["ul", "ol"], recursive=False)
            lists = [n.extract() for n in nested]
            if not _only_links(item) or len(item.get_text().split()) > 8:
                yield "item", 0, clean(item.get_text(" " if item.find("p") else "")), ""
            for inner in lists:
                yield from _block(inner)
    elif tag.name == "table":
        yield from _rows(tag)
    elif tag.name == "dl":
        yield from _terms(tag)
    elif tag.name in ("p", "figcaption", "summary") or not tag.find(list(_BLOCKS)):
        text = clean(tag.get_text())
        if text and not (_only_links(tag) and len(text.split()) <= 8):
            yield "paragraph", 0, text, ""
    else:
        yield from _blocks(tag)


def _terms(listing: Tag) -> Iterator[tuple[str, int, str, str]]:
    """Each term with its definitions, as one line."""
    term = ""
    for part in listing.find_all(["dt", "dd"]):
        text = clean(part.get_text())
        if part.name == "dt":
            term = text
        elif text:
            yield "item", 0, f"{term.rstrip(':')}: {text}" if term else text, ""


def _only_links(tag: Tag) -> bool:
    text = clean(tag.get_text())
    return bool(text) and text == clean(" ".join(a.get_text() for a in tag.find_all("a")))


def _rows(table: Tag) -> Iterator[tuple[str, int, str, str]]:
    caption = table.find("caption")
    if caption and (text := clean(caption.get_text())):
        yield "paragraph", 0, text, ""
    header = ""
    for row in table.find_all("tr"):
        cells = row.find_all(["th", "td"])
        texts = [_cell(c) for c in cells]
        if not any(texts):
            continue
        if not header and all(c.name == "th" for c in cells) and len(cells) > 1:
            header = " | ".join(texts)
            yield "row", 0, CELL.join(texts), ""
        else:
            yield "row", 0, CELL.join(texts), header


def _cell(cell: Tag) -> str:
    lines = [clean(part.get_text()) for part in cell.find_all(["li", "p"])] or [
        clean(part) for part in cell.get_text("\n" if cell.find("br") else "").split("\n")
    ]
    return LINE.join(line for line in lines if line)
