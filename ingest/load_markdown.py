"""Reads Markdown by markdown-it, and plain text: blank lines part its paragraphs."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hub.domain import BlockKind, Loaded
from hub.plain import CELL, clean
from ingest.errors import LoadError
from ingest.text import TextBuilder

_FRONT_MATTER = re.compile(r"\A(\+\+\+|---)\n.*?\n\1\s*\n", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:\s*")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]]+\]")


def decode(data: bytes) -> str:
    """Text in UTF-8, else in Windows-1252, as older files are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def load_plain(data: bytes) -> Loaded:
    """Read plain text. LoadError where there is none."""
    builder = TextBuilder()
    for paragraph in re.split(r"\n\s*\n", decode(data).replace("\r\n", "\n")):
        builder.add("paragraph", clean(paragraph))
    return _finish(builder)


def load_markdown(data: bytes) -> Loaded:
    """Read Markdown. Front matter and raw HTML are left out. LoadError where no text is left."""
    text = _FRONT_MATTER.sub("", decode(data).replace("\r\n", "\n"))
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
                else:
                    _add(builder, "item" if items else "paragraph", token)
            case "fence" | "code_block":
                builder.add("paragraph", clean(token.content))
    return _finish(builder)


def _add(builder: TextBuilder, kind: BlockKind, token: Token) -> None:
    note = _FOOTNOTE.match(token.content)
    if note:
        builder.add("footnote", clean(_FOOTNOTE.sub("", _text(token, keep_marks=True))))
    else:
        builder.add(kind, _text(token))


def _text(token: Token, keep_marks: bool = False) -> str:
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    text = "".join(parts)
    return clean(text if keep_marks else _FOOTNOTE_MARK.sub("", text))


def _finish(builder: TextBuilder) -> Loaded:
    loaded = builder.finish()
    if not loaded.blocks:
        raise LoadError("the file holds no text")
    return loaded
