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
from ingest.text import TextBuilder

_KEY = re.compile(r"[\w\"'-]+[ \t]*:")
_MAX_FRONT_LINES = 500
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*$")
_MARKED = re.compile(r"^\s*(?:[-*•–]|(\(?\d{1,2}[.)]|[a-z]\)))\s+")
"""A bullet, which is taken off, or a number, which is kept."""
_NOTE_START = re.compile(r"^ {0,3}(?=\[\^[^\]\s]+\]:)", re.MULTILINE)
_SET_APART = "\n\u200b"
"""Makes a note a paragraph of its own, and keeps CommonMark from taking one of a single word for a link's address."""
_NOTE = re.compile(r"^\u200b\[\^[^\]]+\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]]+\]")


def load_plain(data: bytes) -> Loaded:
    """Read plain text: paragraphs parted by blank lines, lists, columns set by tabs, and as headings what is underlined or stands in capitals
    over text. LoadError where there is none."""
    builder = TextBuilder()
    paragraphs = [p for p in re.split(r"\n[^\S\n]*\n", _decode(data).replace("\f", "\n\n")) if p.strip()]
    for paragraph, below in pairwise([*paragraphs, ""]):
        first, _, rest = paragraph.lstrip("\n").partition("\n")
        after = (rest if rest.strip() else below).strip().partition("\n")[0]
        if in_capitals(first) and after and not in_capitals(after) and not _UNDERLINE.match(after):
            builder.add("heading", clean(first), level=1)
            paragraph = rest
        header = ""
        for kind, text in _plain_blocks(paragraph):
            builder.add(kind, text, level=1 if kind == "heading" else 0, header=header)
            header = header or (text.replace(CELL, " | ") if kind == "row" and not re.search(r"\d", text) else "")
    return _finish(builder)


def _plain_blocks(paragraph: str) -> Iterator[tuple[BlockKind, str]]:
    lines = [line for line in paragraph.split("\n") if line.strip()]
    if len(lines) == 2 and _UNDERLINE.match(lines[1]) and not _UNDERLINE.match(lines[0]):
        yield "heading", clean(lines[0])
        return
    if lines and _MARKED.match(lines[0]) and len([line for line in lines if _MARKED.match(line)]) > 1:
        item = ""
        for line in lines:
            marked = _MARKED.match(line)
            if marked and item:
                yield "item", clean(item)
                item = ""
            item += f" {line[marked.end() :] if marked and not marked[1] else line}"
        yield "item", clean(item)
        return
    cells = [[clean(cell) for cell in line.strip().split("\t")] for line in lines]
    if len(lines) > 1 and len(cells[0]) > 1 and len({len(row) for row in cells}) == 1:
        yield from (("row", CELL.join(row)) for row in cells)
        return
    if lines:
        yield "paragraph", clean(" ".join(lines))


def load_markdown(data: bytes) -> Loaded:
    """Read Markdown. Front matter and raw HTML are left out. LoadError where no text is left."""
    text = _NOTE_START.sub(_SET_APART, _without_front_matter(_decode(data)))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
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
            case "fence" | "code_block":
                builder.add("paragraph", clean(token.content))
    return _finish(builder)


def _without_front_matter(text: str) -> str:
    """Front matter stands between two rules. Between rules of hyphens it begins with a key: other words there are the document's own."""
    lines = text.split("\n", _MAX_FRONT_LINES)
    rule = lines[0].rstrip()
    if rule not in ("---", "+++"):
        return text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == rule), 0)
    first = next((line for line in lines[1:end] if line.strip() and not line.startswith("#")), "")
    return "\n".join(lines[end + 1 :]) if end and (rule == "+++" or _KEY.match(first)) else text


def _decode(data: bytes) -> str:
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")


def _text(token: Token) -> str:
    """The words of a line, without the marks of notes."""
    parts = []
    for child in token.children or []:
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
