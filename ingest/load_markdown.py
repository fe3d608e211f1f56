"""Reads Markdown by markdown-it, and plain text: blank lines part its paragraphs."""

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hub.domain import BlockKind, Loaded
from hub.plain import CELL, clean
from ingest.capitals import in_capitals
from ingest.decode import decode
from ingest.errors import LoadError
from ingest.line_ends import join_lines
from ingest.listed import items
from ingest.text import TextBuilder

_KEY = re.compile(r"[\w\"'-]+[ \t]*:")
_MAX_FRONT_LINES = 500
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*$")
_LONGEST_LINE = 120
"""Letters: longer ones are rarely broken by hand."""
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_OTHER_LINE_ENDS = str.maketrans({"\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"})
_PAGE_END = re.compile(r"(?<=[^\s.!?:;])\s*\f\s*(?=[a-z])")
"""Within a sentence."""
_GAP = re.compile(r"\t| {3,}")
_NOTE_START = re.compile(r"^ {0,3}(?=\[\^[^\]\s]+\]:)", re.MULTILINE)
_SET_APART = "\n\u200b"
"""Makes a note a paragraph of its own, and keeps CommonMark from taking one of a single word for a link's address."""
_NOTE = re.compile(r"^\u200b\[\^[^\]]+\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]]+\]")


def load_plain(data: bytes) -> Loaded:
    """Read plain text: paragraphs parted by blank lines, lists, columns set by tabs, and as headings what is underlined or stands in capitals
    over text. LoadError where there is none."""
    builder = TextBuilder()
    text = _PAGE_END.sub("\n", _decode(data)).replace("\f", "\n\n")
    words = {w for w in re.findall(r"[a-z][a-z-]+", text.lower()) if not w.endswith("-")}
    paragraphs = [p for p in re.split(r"\n[^\S\n]*\n", text) if p.strip()]
    for paragraph, below in pairwise([*paragraphs, ""]):
        first, _, rest = paragraph.lstrip("\n").partition("\n")
        after = (rest if rest.strip() else below).strip().partition("\n")[0]
        if in_capitals(first) and after and not in_capitals(after) and not _UNDERLINE.match(after):
            builder.add("heading", clean(first), level=1)
            paragraph = rest
        header = ""
        for kind, text in _plain_blocks(paragraph, words):
            builder.add(kind, text, level=1 if kind == "heading" else 0, header=header)
            header = header or (text.replace(CELL, " | ") if kind == "row" and not re.search(r"\d", text) else "")
    return _finish(builder)


def _plain_blocks(paragraph: str, words: set[str]) -> Iterator[tuple[BlockKind, str]]:
    lines = [line for line in paragraph.split("\n") if line.strip()]
    if len(lines) == 2 and _UNDERLINE.match(lines[1]) and not _UNDERLINE.match(lines[0]):
        yield "heading", clean(lines[0])
        return
    if listed := list(items(lines)):
        yield from listed
        return
    cells = [[clean(cell) for cell in _GAP.split(line.strip())] for line in lines]
    if len(lines) > 1 and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1:
        yield from (("row", CELL.join(row)) for row in cells)
    elif _are_paragraphs(lines):
        yield from (("paragraph", clean(line)) for line in lines)
    elif lines:
        yield "paragraph", join_lines(lines, words)


def _are_paragraphs(lines: list[str]) -> bool:
    """Whether each line is a paragraph: some are longer than any that was broken by hand, and most of these end where a sentence does."""
    long = [line for line in lines if len(line) > _LONGEST_LINE]
    return bool(long) and 2 * sum(bool(_ENDED.search(line)) for line in long) > len(long)


def load_markdown(data: bytes) -> Loaded:
    """Read Markdown, and the HTML in it; front matter is left out. LoadError where no text is left."""
    text = _NOTE_START.sub(_SET_APART, _without_front_matter(_decode(data)))
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    builder = TextBuilder()
    items = 0
    row: list[str] = []
    header = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        match token.type:
            case "list_item_open":
                items += 1
            case "list_item_close":
                items -= 1
            case "table_open":
                header = ""
            case "tr_open":
                row = []
            case "tr_close":
                builder.add("row", CELL.join(row), header=header)
                header = header or " | ".join(row)
            case "inline":
                opened = before.type if before else ""
                if opened in ("th_open", "td_open"):
                    row.append(_text(token))
                elif opened == "heading_open" and before:
                    builder.add("heading", _text(token), level=int(before.tag[1]))
                elif _NOTE.match(token.content):
                    builder.add("footnote", _text(token))
                else:
                    builder.add("item" if items else "paragraph", _text(token))
            case "html_block":
                _add_html(builder, token.content)
            case "fence" | "code_block":
                builder.add("paragraph", clean(token.content))
    return _finish(builder)


def _add_html(builder: TextBuilder, html: str) -> None:
    from ingest.load_html import read_part  # its parser is imported only where there is something for it

    for piece in read_part(html):
        builder.add(piece.kind, piece.text, level=piece.level, header=piece.header)


def _without_front_matter(text: str) -> str:
    """Front matter stands between two rules. Between rules of hyphens it begins with a key: other words there are the document's own."""
    lines = text.split("\n", _MAX_FRONT_LINES)
    rule = lines[0].rstrip()
    if rule not in ("---", "+++"):
        return text
    ends = (rule, "...") if rule == "---" else (rule,)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ends), 0)
    first = next((line for line in lines[1:end] if line.strip() and not line.startswith("#")), "")
    return "\n".join(lines[end + 1 :]) if end and (rule == "+++" or _KEY.match(first)) else text


def _decode(data: bytes) -> str:
    return decode(data).replace("\r\n", "\n").replace("\r", "\n").translate(_OTHER_LINE_ENDS)


def _text(token: Token) -> str:
    """The words of a line, without the marks of notes and what is struck out."""
    parts = []
    struck = 0
    for child in token.children or []:
        struck += child.nesting if child.type in ("s_open", "s_close") else 0
        if struck:
            continue
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or re.match(r"<br\b", child.content, re.IGNORECASE):
            parts.append(" ")
    return clean(_NOTE_MARK.sub("", _NOTE.sub("", "".join(parts))))


def _finish(builder: TextBuilder) -> Loaded:
    loaded = builder.finish()
    if not loaded.blocks:
        raise LoadError("the file holds no text")
    return loaded
