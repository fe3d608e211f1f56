"""Staff decide on single passages: kept in `tags.toml`, and in force at once.

Tags are not part of the index, so nothing is embedded and no index is built: the document's passages are tagged anew from the vectors
that the library keeps, and what staff decided is laid over them, as the next ingest would do it.
"""

import hashlib
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from llama_index.core.schema import TextNode

from hub.components import Model
from hub.domain import Chunk, Source
from hub.embedder import Embedder
from hub.library import Held, Library
from hub.plain import clean
from hub.settings import Settings
from ingest.decisions import Decision, as_kept, decide, read_decisions
from ingest.embed import Embed
from ingest.errors import IngestError
from ingest.run import alone, made_with
from ingest.tag import Tagger
from ingest.tags_file import add_row, can_write, drop_row

Verdict = Literal["yes", "no"]
WAIT_SECONDS = 5.0


class Deciding:
    """Keeps decisions over one store. Safe for several threads."""

    def __init__(self, settings: Settings, model: Model, embedder: Embedder) -> None:
        self._settings, self._model, self._embedder = settings, model, embedder
        self._sources: dict[str, Source] = {}
        self._tagger: Tagger | None = None
        self._lock = threading.RLock()

    def trouble(self, folder: Path) -> str:
        """Why decisions cannot be kept beside this folder's manifest; "" where they can."""
        return can_write(folder)

    def keep(self, source: str, chunk: str, component: str, verdict: Verdict, by: str) -> Decision:
        """Decide on a passage. IngestError, and nothing is changed, where it cannot be kept; the message says what to do."""
        who = clean(by)
        if not who:
            raise IngestError("a decision is kept with whose it is; give your name or initials")
        with self._lock, self._alone(), Library(self._settings.store) as library:
            held, passage = self._passage(library, source, chunk)
            decision = Decision(
                source=source,
                start=passage.start,
                end=passage.end,
                text_hash=hashlib.sha256(passage.text.encode()).hexdigest(),
                component=component,
                decision=verdict,
                by=who,
                when=datetime.now(UTC).isoformat(timespec="seconds"),
            )
            folder = Path(held.folder)
            add_row(folder, decision, self._model)
            try:
                self._lay_over(library, held)
            except BaseException:
                drop_row(folder, decision, self._model)  # the file and the library say the same
                raise
        return decision

    def undo(self, decision: Decision) -> None:
        """Take a decision back; what was decided before, or the machine's tag, is in force again. IngestError where its row is not there any more."""
        with self._lock, self._alone(), Library(self._settings.store) as library:
            held = self._held(library, decision.source)
            if not drop_row(Path(held.folder), decision, self._model):
                raise IngestError(f"{held.folder}/tags.toml has no such row any more; somebody has changed it, so nothing was undone")
            self._lay_over(library, held)

    def machine_tags(self, library: Library, source: Source, chunks: Sequence[Chunk]) -> list[Chunk]:
        """These passages as the program alone tags them, whatever staff say of them or of the document."""
        return self._tagged(library, source.model_copy(update={"components": ()}), chunks)

    def _alone(self) -> AbstractContextManager[None]:
        return alone(self._settings.store, "keeping a decision", WAIT_SECONDS)

    def _held(self, library: Library, source: str) -> Held:
        held = library.held(source)
        if held is None:
            raise IngestError(f'no source has the id "{source}" any more; open the page again')
        if library.fact("made_by") != made_with(self._embedder, self._model):
            raise IngestError("the library was made by another version of the program; run `python -m ingest` first, then decide again")
        return held

    def _passage(self, library: Library, source: str, chunk: str) -> tuple[Held, Chunk]:
        held = self._held(library, source)
        found = library.chunks([chunk]).get(chunk)
        if found is None or held.loaded.text[found.start : found.end] != found.text:
            raise IngestError("the document has been read in anew since, and this passage is not in it any more; open the page again")
        return held, found

    def _lay_over(self, library: Library, held: Held) -> None:
        """The document's tags, as an ingest would make them now."""
        about = held.source.id
        decisions = [d for d in read_decisions(Path(held.folder), self._model) if d.source == about]
        chunks, _ = decide(self._tagged(library, held.source, library.chunks_of(about)), held.loaded, decisions)
        with library.transaction():
            library.retag(about, chunks, as_kept(decisions))

    def _tagged(self, library: Library, source: Source, chunks: Sequence[Chunk]) -> list[Chunk]:
        with self._lock:
            self._sources[source.id] = source
            self._tagger = self._tagger or Tagger(self._model, self._embedder, self._sources)
            nodes = [TextNode(text="", metadata={"chunk": c.model_copy(update={"tags": ()})}) for c in chunks]
            tagged = self._tagger(Embed(self._embedder, library, lambda *_: None)(nodes))
            return [node.metadata["chunk"] for node in tagged]
