"""Splits a loaded document into chunks, and each chunk into quotable sentences.

Chunks end where blocks end, keep a list with the line that introduces it, and hold one table row each. The title and the
headings above go into what is embedded, never into what is quoted.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.schema import BaseNode, TextNode, TransformComponent

from hub.domain import Block, Chunk, Loaded, Sentence, Source
from hub.plain import CELL, LINE
from hub.quotes import canonical
from hub.sentences import split_sentences

CHUNKING = "blocks v2, 130 words"
"""Names how chunks are made; a library made otherwise is made anew."""
CHUNK_WORDS = 130
LONGEST_WORDS = 200
LABEL_WORDS = 3
"""So few words alone over a document's title say what kind of document it is: no statement."""
THIN_CHARACTERS = 14
MOST_SENTENCES = 2
"""In one quote."""
ROW_QUOTE_WORDS = 60
"""A longer row is quoted cell by cell only."""


class Split(TransformComponent):
    """llama-index's step from whole documents to chunks: nodes in and out carry ours in their metadata."""

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        """One node a chunk, with metadata `chunk`, from nodes with metadata `source` and `loaded`."""
        return [
            TextNode(id_=chunk.id, text=chunk.embed_text, metadata={"chunk": chunk})
            for node in nodes
            for chunk in split(node.metadata["source"], node.metadata["loaded"])
        ]


def split(source: Source, loaded: Loaded) -> list[Chunk]:
    """The chunks of one document, in order. Headings are in their chunks' places, not chunks themselves."""
    seen: dict[str, int] = {}
    chunks = []
    title = _title(loaded)
    first = next((b.start for b in loaded.blocks if b.kind == "heading"), 0)
    for blocks in _groups(loaded):
        start, end = blocks[0].start, blocks[-1].end
        text = loaded.text[start:end]
        if end < first and len(text.split()) <= LABEL_WORDS and not text.endswith((".", "!", "?")):
            continue
        times = seen[text] = seen.get(text, 0) + 1
        digest = hashlib.sha256(f"{source.id}\n{times}\n{text}".encode()).hexdigest()[:20]
        path = blocks[0].heading
        under = path[len(title) :].removeprefix(" › ") if title and (path == title or path.startswith(f"{title} › ")) else path
        place = loaded.place(start, under)
        chunks.append(
            Chunk(
                id=f"{source.id}-{digest}",
                source=source.id,
                kind=blocks[0].kind,
                start=start,
                end=end,
                place=place,
                text=text,
                sentences=tuple(s for s in _sentences(loaded.text, blocks) if not _is_cut_thin(s, loaded)),
                embed_text=_embed_text(source, path, blocks[0].header, text),
            )
        )
    return chunks


def _title(loaded: Loaded) -> str:
    """The document's own title: its one heading of the first level, at its head. It says nothing of where in it a chunk stands."""
    first = [b for b in loaded.blocks if b.kind == "heading" and b.level == 1]
    return first[0].heading if len(first) == 1 else ""


def _groups(loaded: Loaded) -> Iterator[list[Block]]:
    group: list[Block] = []
    words = 0
    for block in _no_longer_than(LONGEST_WORDS, loaded):
        size = len(loaded.text[block.start : block.end].split())
        alone = block.kind in ("row", "footnote")
        if group and (
            block.kind == "heading"
            or alone
            or group[-1].kind in ("row", "footnote")
            or group[0].heading != block.heading
            or words + size > (LONGEST_WORDS if block.kind == "item" else CHUNK_WORDS)
        ):
            yield group
            group, words = [], 0
        if block.kind == "heading" or (block.kind == "row" and _is_header(block, loaded)):
            continue
        group.append(block)
        words += size
    if group:
        yield group


def _no_longer_than(words: int, loaded: Loaded) -> Iterator[Block]:
    """The blocks, a very long paragraph as several that end at sentence ends: the embedder sees only so much of one."""
    for block in loaded.blocks:
        body = loaded.text[block.start : block.end]
        if block.kind in ("row", "heading") or len(body.split()) <= words:
            yield block
            continue
        start, count = 0, 0
        for first, last in split_sentences(body):
            size = len(body[first:last].split())
            if count and count + size > words:
                yield block.model_copy(update={"start": block.start + start, "end": block.start + len(body[:first].rstrip())})
                start, count = first, 0
            count += size
        yield block.model_copy(update={"start": block.start + start})


def _is_header(block: Block, loaded: Loaded) -> bool:
    """A header row is context for the rows below it, not a statement."""
    text = loaded.text[block.start : block.end].replace(CELL, " | ")
    return any(b.header == text for b in loaded.blocks)


def _sentences(text: str, blocks: list[Block]) -> Iterator[Sentence]:
    lead = ""
    for block in blocks:
        body = text[block.start : block.end]
        if block.kind == "row":
            yield from _row_sentences(body, block)
            continue
        spans = split_sentences(body)
        if block.kind in ("footnote", "item") and len(body.split()) <= ROW_QUOTE_WORDS and len(spans) <= MOST_SENTENCES:
            yield Sentence(start=block.start, end=block.end, lead=lead if block.kind == "item" else "")
        else:
            for start, end in spans:
                yield Sentence(start=block.start + start, end=block.start + end, lead=lead if block.kind == "item" else "")
        if block.kind == "paragraph":
            last = body[spans[-1][0] : spans[-1][1]] if spans else ""
            lead = last if last.endswith(":") else ""


def _is_cut_thin(sentence: Sentence, loaded: Loaded) -> bool:
    """A page end leaves only a word or two of it on one side: nobody could find it again on that page."""
    for offset, _, _ in loaded.pages:
        if sentence.start < offset < sentence.end:
            halves = loaded.text[sentence.start : offset], loaded.text[offset : sentence.end]
            if min(len(canonical(half)) for half in halves) < THIN_CHARACTERS:
                return True
    return False


def _row_sentences(body: str, block: Block) -> Iterator[Sentence]:
    """A short row whole; of one with running text in its cells, each sentence or line of them."""
    cells = body.split(CELL)
    prose = any(len(c.split()) > 12 or LINE in c for c in cells)
    if not prose or len(cells) == 1:
        yield Sentence(start=block.start, end=block.end, lead=block.header, row=True)
        return
    name = cells[0].replace(LINE, " ")
    offset = block.start
    for number, cell in enumerate(cells):
        for line in cell.split(LINE):
            if number or len(line.split()) > 6:
                for start, end in _pairs(split_sentences(line)) if number == 1 else split_sentences(line):
                    yield Sentence(start=offset + start, end=offset + end, lead=name)
            offset += len(line) + 1


def _pairs(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A cell of two sentences is one quote: a definition's second half belongs to it."""
    return [(spans[0][0], spans[1][1])] if len(spans) == 2 else spans


def _embed_text(source: Source, heading: str, header: str, text: str) -> str:
    path = [part for part in heading.split(" › ") if part and part != source.title]
    context = [source.title, *path]
    if source.voice == "practice":
        context.insert(1, source.context.school or source.organisation)
    return f"{' › '.join(context)}\n{header + chr(10) if header else ''}{text.replace(CELL, ' | ')}"
