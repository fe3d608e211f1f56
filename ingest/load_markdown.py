"""Reads Markdown by markdown-it, and plain text: blank lines part its paragraphs."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hub.domain import Loaded
from hub.plain import CELL, clean
from ingest.decode import decode
from ingest.errors import LoadError
from ingest.text import TextBuilder

_FRONT_MATTER = re.compile(r"\A(?:\+\+\+\s*\n.*?\n\+\+\+|---[ \t]*\n(?:#.*\n)*[\w\"'-]+[ \t]*:.*?\n---)[ \t]*(?:\n|\Z)", re.DOTALL)
"""Between rules of hyphens it begins with a key: words between two rules are the document's own."""
_NOTE_START = re.compile(r"^ {0,3}(?=\[\^[^\]\s]+\]:)", re.MULTILINE)
_SET_APART = "\n\u200b"
"""Makes a note a paragraph of its own, and keeps CommonMark from taking one of a single word for a link's address."""
_NOTE = re.compile(r"^\u200b\[\^[^\]]+\]:\s*")
_NOTE_MARK = re.compile(r"\[\^[^\]]+\]")


def load_plain(data: bytes) -> Loaded:
    """Read plain text. LoadError where there is none."""
    builder = TextBuilder()
    for paragraph in re.split(r"\n\s*\n", _decode(data)):
        builder.add("paragraph", clean(paragraph))
    return _finish(builder)


def load_markdown(data: bytes) -> Loaded:
    """Read Markdown. Front matter and raw HTML are left out. LoadError where no text is left."""
    text = _NOTE_START.sub(_SET_APART, _FRONT_MATTER.sub("", _decode(data)))
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
