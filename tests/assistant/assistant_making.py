"""What the assistant's tests share: small stores of our own documents, made by the real ingest, and hand-made nouns."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from assistant.build import build_assistant
from assistant.choose import Quote, quote_of
from assistant.engine import Assistant
from assistant.journey import Ask, Candidate, Understood
from assistant.names import Names
from assistant.rewrite import Standalone
from assistant.route import route
from hub.domain import Answer, Chunk, Context, Kind, Place, Sentence, Source
from hub.sentences import split_sentences
from hub.settings import Settings
from ingest.run import ingest


def known_bug(reason: str, raises: type[BaseException] = AssertionError) -> pytest.MarkDecorator:
    """Marks a test of what should be and is not; mending the bug makes the test fail until the mark is taken away."""
    return pytest.mark.xfail(strict=True, reason=reason, raises=raises)


@dataclass(frozen=True)
class Document:
    """A document to write and its manifest row, in TOML after the id and path."""

    id: str
    row: str
    text: str


def write_folder(folder: Path, documents: Sequence[Document]) -> Path:
    """A sources folder with its manifest."""
    folder.mkdir(parents=True)
    rows = []
    for document in documents:
        (folder / f"{document.id}.md").write_text(document.text, encoding="utf-8")
        rows.append(f'[[source]]\nid = "{document.id}"\npath = "{document.id}.md"\n{document.row.strip()}\n')
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder


def make_assistant(settings: Settings, folders: Sequence[Path]) -> Assistant:
    """An assistant over what the real ingest makes of the folders. Close its shelf after use."""
    report = ingest(settings, list(folders), lambda step, done, total: None)
    assert report.failed == []
    return build_assistant(settings)


def understand(assistant: Assistant, question: str, **limits: str) -> Understood:
    """How the route step reads a question that stands alone."""
    assistant.shelf.refresh()
    return route(Ask(question, **limits), Standalone(question), assistant.model, Names(assistant.shelf.sources))


def make_source(organisation: str = "Larkfield Learning Trust", kind: Kind = "case-study", **fields: object) -> Source:
    id = "-".join(organisation.lower().split())
    return Source.model_validate({"id": id, "title": "How we did it", "kind": kind, "organisation": organisation, "path": "x.md", **fields})


def make_chunk(text: str, source: Source, heading: str = "", start: int = 0, kind: str = "paragraph", lead: str = "") -> Chunk:
    """A chunk whose sentences are found by the real splitter, at `start` of its source's text."""
    spans = [(start + a, start + b) for a, b in split_sentences(text)]
    return Chunk.model_validate(
        {
            "id": f"{source.id}-{start}", "source": source.id, "kind": kind, "start": start, "end": start + len(text),
            "place": Place(heading=heading), "text": text, "embed_text": text, "sentences": [Sentence(start=a, end=b, lead=lead) for a, b in spans],
        }
    )  # fmt: skip


def make_quote(text: str, organisation: str = "Larkfield Learning Trust", lead: str = "", **fields: object) -> Quote:
    """A quote of a whole one-sentence chunk."""
    context = fields.pop("context", Context())
    source = make_source(organisation, context=context, **fields)
    return quote_of(source, make_chunk(text, source), 0, len(text), lead)


def make_candidates(chunk: Chunk, source: Source, scores: Sequence[float], vectors: Sequence[Sequence[float]] = ()) -> list[Candidate]:
    """A candidate for each sentence of a chunk. Without vectors, no two are alike."""
    made = []
    for n, (sentence, score) in enumerate(zip(chunk.sentences, scores, strict=True)):
        vector = np.asarray(vectors[n], dtype=np.float32) if vectors else np.zeros(4, dtype=np.float32)
        text = chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]
        made.append(Candidate(chunk, sentence, source, text, score, vector))
    return made


def answer_to(question: str = "What does Connect mean?", **fields: object) -> Answer:
    """An answer to keep; each has its own id."""
    made = {
        "id": uuid4().hex,
        "question": question,
        "standalone_question": question,
        "route": "define",
        "status": "answered",
        "text": "So.",
    }
    return Answer.model_validate({**made, **fields})
