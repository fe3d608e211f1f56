"""Makes ready what changed: split, embed, tag, and put into the library's staging, a few documents at a time.

Nothing here grows with the number of documents, and no reader sees any of it until `keep.switch`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import TextNode

from hub.components import Model
from hub.domain import Chunk, Loaded, Source
from hub.embedder import Embedder
from hub.library import Held, Library
from ingest.decisions import Decision, as_kept, decide
from ingest.embed import Embed
from ingest.report import Progress
from ingest.split import Split
from ingest.tag import Tagger
from vectorstore.chroma import load_index_library

LETTERS = 150_000
"""Of documents that are split, embedded and tagged together: enough to keep every core at work."""


@dataclass(frozen=True)
class Document:
    """A document as read, on its way into the library."""

    source: Source
    folder: str
    original: str
    loaded: Loaded
    decisions: tuple[Decision, ...] = ()
    data: bytes | None = None
    """None where the library has the original already."""
    read_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


class Stager:
    """Stages documents for one ingest."""

    def __init__(
        self, library: Library, embedder: Embedder, model: Model, sources: dict[str, Source], made_by: str, progress: Progress
    ) -> None:
        self._library = library
        self._made_by = made_by
        self._embed = Embed(embedder, library, progress)
        self._tagger: Tagger | None = None
        self._make_tagger: Callable[[], Tagger] = lambda: Tagger(model, embedder, sources)
        self.warnings: list[str] = []
        """Decisions of staff that do not count any more."""

    @property
    def embedded(self) -> int:
        """How many texts the embedder was asked for."""
        return self._embed.embedded

    def prepare(self) -> None:
        """Load what the first document will need, while it is being read."""
        self._tagger = self._tagger or self._make_tagger()
        load_index_library()

    def stage(self, documents: Sequence[Document]) -> None:
        """Make documents ready and keep them staged, each whole or not at all."""
        for together in _parted(documents):
            chunks = self._process(together)
            with self._library.transaction():
                for document in together:
                    own, warnings = decide(chunks.get(document.source.id, []), document.loaded, document.decisions)
                    self.warnings += warnings
                    held = Held(
                        document.source, document.folder, document.original, document.loaded, document.read_at, as_kept(document.decisions)
                    )
                    self._library.stage(held, document.data, own, self._made_by)

    def _process(self, documents: Sequence[Document]) -> dict[str, list[Chunk]]:
        """Chunks by source id, embedded and tagged, through llama-index's pipeline."""
        self._tagger = self._tagger or self._make_tagger()  # it embeds: not where nothing has changed
        pipeline = IngestionPipeline(transformations=[Split(), self._embed, self._tagger], disable_cache=True)
        nodes = [TextNode(text="", metadata={"source": d.source, "loaded": d.loaded}) for d in documents]
        chunks: dict[str, list[Chunk]] = {}
        for node in pipeline.run(nodes=nodes):
            chunk: Chunk = node.metadata["chunk"]
            chunks.setdefault(chunk.source, []).append(chunk)
        return chunks


def _parted(documents: Iterable[Document]) -> Iterator[list[Document]]:
    together: list[Document] = []
    for document in documents:
        together.append(document)
        if sum(len(d.loaded.text) for d in together) >= LETTERS:
            yield together
            together = []
    if together:
        yield together
