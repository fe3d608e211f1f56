"""Sources, chunks and loaded texts of our own for the hub's tests."""

import hashlib

from hub.domain import Block, Chunk, Loaded, Place, Sentence, Source, Tag
from hub.library import Held


def make_source(id: str, **fields: object) -> Source:
    return Source.model_validate(
        {"id": id, "title": f"Title of {id}", "kind": "guide", "organisation": "Larkfield", "path": f"{id}.md", **fields}
    )


def make_loaded(text: str) -> Loaded:
    return Loaded(text=text, blocks=(Block(kind="paragraph", start=0, end=len(text)),))


def make_chunk(source: str, text: str, tags: tuple[Tag, ...] = ()) -> Chunk:
    return Chunk(
        id=f"{source}-{hashlib.sha256(text.encode()).hexdigest()[:20]}",
        source=source,
        kind="paragraph",
        start=0,
        end=len(text),
        place=Place(),
        text=text,
        sentences=(Sentence(start=0, end=len(text)),),
        embed_text=f"Title of {source}\n{text}",
        tags=tags,
    )


def make_held(id: str, data: bytes, folder: str = "/library", read_at: str = "2026-01-01T00:00:00+00:00", **fields: object) -> Held:
    return Held(make_source(id, **fields), folder, hashlib.sha256(data).hexdigest(), make_loaded(data.decode()), read_at)
