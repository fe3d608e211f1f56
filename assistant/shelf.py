"""What the engine answers from: the sources in force, their index, and the vectors of their sentences, at one generation."""

import copy
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.align import Aligner
from assistant.held import EMPTY, Held, in_force
from assistant.held import ShelfError as ShelfError
from assistant.misuse import gives_orders
from assistant.words import Words
from hub.components import Model
from hub.domain import CASE_STUDY, Chunk
from hub.embedder import Embedder, EmbedderError, MiniLM, embedder_named
from hub.library import Library, sentence_text, vector_key
from hub.likeness import Likeness
from hub.quotes import canonical
from hub.settings import Settings
from vectorstore.index import BrokenIndex, Hit, Index
from vectorstore.mend import open_generation

WIDER = 20
"""So many times the chunks are searched for where only some of a source's are inside."""
ALIKE_IN_SOURCES = 4
"""A sentence that so many sources carry word for word is furniture."""
Spot = tuple[str, int]
"""A chunk's id, and the offset in its source at which a sentence of it begins."""


def _repeated(chunks: Iterable[Chunk]) -> tuple[frozenset[str], frozenset[Spot]]:
    """Such sentences in canonical form, and where they stand."""
    where: dict[str, set[str]] = defaultdict(set)
    spots: dict[str, list[Spot]] = defaultdict(list)
    for chunk in chunks:
        for sentence in chunk.sentences:
            words = canonical(chunk.text[sentence.start - chunk.start : sentence.end - chunk.start])
            where[words].add(chunk.source)
            spots[words].append((chunk.id, sentence.start))
    repeated = frozenset(words for words, sources in where.items() if len(sources) >= ALIKE_IN_SOURCES)
    return repeated, frozenset(spot for words in repeated for spot in spots[words])


_ENTRY = re.compile(r"\[\d{1,3}\]\s")
_NUMBERED = re.compile(r"\d{1,3}\.\s+[A-Z]")
_OF_A_YEAR = re.compile(r"\((?:19|20)\d\d[a-z]?\)")
MOSTLY = 0.8
"""The share of a numbered list's entries that name a work's year from which it is a list of references."""


def _for_people(chunk: Chunk) -> Chunk:
    """The chunk without what is not said to a reader: sentences for a machine, and entries of a list of references.

    They are neither quoted nor given to an llm: the entry of a list would be a citation that nobody checked.
    """
    words = [chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences]
    if _are_references(words):
        return chunk.model_copy(update={"sentences": ()})
    kept = tuple(
        s for s, said in zip(chunk.sentences, words, strict=True) if not (_ENTRY.match(said) or gives_orders(said) or gives_orders(s.lead))
    )
    return chunk if len(kept) == len(chunk.sentences) else chunk.model_copy(update={"sentences": kept})


def _are_references(sentences: Sequence[str]) -> bool:
    """Whether they are a list of references, with what each goes on with: "10. Hale, A (2015)." and then "A title." """
    entries = [said for said in sentences if _NUMBERED.match(said)]
    return len(entries) > 1 and sum(bool(_OF_A_YEAR.search(said)) for said in entries) >= MOSTLY * len(entries)


SURE = 0.62
"""A tag's score from which one passage is enough: a name, or a machine's guess of two chances in three."""


class Shelf(Held, BaseRetriever):
    """Opens the generation that the library names, and the next one once an ingest has switched.

    It is llama-index's retriever too: `retrieve(question)` gives chunks with their fused scores, best first.
    """

    def __init__(self, settings: Settings, embedder: Embedder, top_k: int = 10, reader: MiniLM | None = None) -> None:
        super().__init__()
        reader = embedder if isinstance(embedder, MiniLM) else reader
        self.reader = reader
        """MiniLM, whichever embedder is set."""
        self.aligner = Aligner(reader) if reader else None
        """None where another embedder is set and MiniLM's weights are not to be had."""
        self.settings = settings
        self._set = embedder
        self.embedder = embedder
        """The one that is set, or, as long as the store was made with another, that one."""
        self._notices: list[str] = []
        self._top_k = top_k
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._old: Index | None = None
        self._likeness: Likeness | None = None
        self._decisions: dict[str, str] = {}
        self._retagged = ""
        self._all: set[str] = set()
        self._whole: Shelf | None = None
        """The shelf that this one is a view of."""
        self._some = False
        """Whether the view holds only some of its sources' chunks."""
        self.sources = {}
        self.chunks = {}
        self.words = Words([])
        self.furniture: frozenset[str] = frozenset()
        """Sentences, in canonical form, that several sources carry alike: notices, form labels. They are never quoted."""
        self.furniture_spots: frozenset[Spot] = frozenset()
        self.library = Library(settings.store)

    def refresh(self) -> None:
        """Follow the library to its generation, mending a broken index. ShelfError where there is none, or where it cannot be used."""
        with self._lock:
            generation = self.library.fact("generation")
            if not generation or not self.library.count_chunks():
                raise ShelfError(EMPTY)
            if self._index and self._index.generation == generation:
                if self.library.fact("retagged") != self._retagged:
                    self._follow_tags()
                return
            self._follow()

    def narrowed(self, sources: Collection[str], chunks: Collection[str] | None = None) -> "Shelf":
        """This shelf, at this generation, as though only these sources, and of them only these chunks, were held."""
        view = copy.copy(self)
        view._whole, view._some = self, chunks is not None
        view.sources = {id: s for id, s in self.sources.items() if id in sources}
        view.chunks = {id: c for id, c in self.chunks.items() if c.source in sources and (chunks is None or id in chunks)}
        return view

    def notices(self) -> tuple[str, ...]:
        """What a reader should know of the store since it was last asked: each notice is given once."""
        said, self._notices = tuple(self._notices), []
        return said

    def _follow(self) -> None:
        index = self._open()
        while True:
            # One moment's view: an ingest may switch between the index and the texts.
            with Library(self.settings.store) as library, library.snapshot():
                if library.fact("generation") == index.generation:
                    self._read_in(library)
                    break
            index.close()
            index = self._open()
        if self._old:
            self._old.close()
        # The last index stays open for one more switch: another reader may be in the middle of a search.
        self._old, self._index = self._index, index

    def _follow_tags(self) -> None:
        """Take over what staff have decided since, source by source: the texts and the index are the same."""
        with Library(self.settings.store) as library, library.snapshot():
            if library.fact("generation") != self.generation:
                return  # an ingest has switched: the next look follows it
            decisions = library.decisions()
            changed = [id for id, kept in decisions.items() if kept != self._decisions.get(id) and id in self.sources]
            new = {c.id: _for_people(c) for id in changed for c in library.chunks_of(id)}
            self.chunks = {id: new.get(id, chunk) for id, chunk in self.chunks.items()}
            self._decisions, self._retagged = decisions, library.fact("retagged")

    def _open(self) -> Index:
        try:
            index, notice = open_generation(self.library, self.settings.store, self.settings.chroma_url)
        except BrokenIndex as error:
            raise ShelfError(str(error)) from error
        if notice:
            self._notices.append(notice)
        return index

    def _read_in(self, library: Library) -> None:
        self._use_embedder(library.fact("embedder"))
        self._decisions, self._retagged = library.decisions(), library.fact("retagged")
        self._all = set(library.texts())
        self.sources = in_force(library, self.settings)
        self.chunks = {c.id: _for_people(c) for c in library.all_chunks() if c.source in self.sources}
        self.words = Words(self.chunks.values())
        self.furniture, self.furniture_spots = _repeated(self.chunks.values())

    def _use_embedder(self, stored: str) -> None:
        """The one that made the store: until it is made anew with the one that is set, the old answers."""
        if stored == self.embedder.name:
            return
        mend = "set HUB_EMBEDDER back, or run `python -m ingest` over all its folders to make it anew"
        told = f"the store was made with the embedder {stored}, and {self._set.name} is set"
        try:
            self.embedder = self._set if stored == self._set.name else embedder_named(self.settings, stored)
        except EmbedderError as error:
            raise ShelfError(f"{told}; {mend}") from error
        if self.embedder is not self._set:
            self._notices.append(f"T{told[1:]}. It answers with {stored} until then: {mend}.")

    @property
    def index(self) -> Index:
        """The open index; call `refresh` first."""
        if self._index is None:
            raise ShelfError("the shelf is not open yet")
        return self._index

    @property
    def generation(self) -> str:
        """The name of the generation that is open."""
        return self.index.generation

    @property
    def state(self) -> str:
        """Names what is held, tags included: what was worked out from it holds as long as this does."""
        return f"{self.generation} {self._retagged}"

    def likeness(self, model: Model) -> Likeness:
        """What tells how much a sentence is like each component's examples; made when first asked for."""
        if self._likeness is None:
            self._likeness = Likeness(model, self.embedder)
        return self._likeness

    def search(self, vector: np.ndarray, query: str, k: int, sources: set[str] | None = None) -> list[Hit]:
        """The `k` best chunks for a question, of `sources` alone where named; never of a source that is not in force."""
        inside = set(self.sources) if sources is None else sources & set(self.sources)
        wider = WIDER * k if self._some else k  # the index knows sources, not single chunks
        try:
            hits = self.index.search(vector, query, wider, None if inside == self._all else inside)
            return [hit for hit in hits if hit.chunk in self.chunks][:k] if self._some else hits
        except BrokenIndex as error:
            (self._whole or self)._index = None  # the next question opens it anew, and mends it
            raise ShelfError(f"{error}; ask again") from error

    def described(self, component: str) -> set[str]:
        """The case studies that speak of a component: staff say so, it is named, or the machine is sure of one passage or finds two."""
        cued: Counter[str] = Counter()
        found: set[str] = set()
        for chunk, tag in self.about(component):
            source = self.sources[chunk.source]
            if source.kind != CASE_STUDY:
                continue
            cued[source.id] += 1
            if component in source.components or tag.score >= SURE or tag.method == "confirmed" or cued[source.id] > 1:
                found.add(source.id)
        return found

    def sentence_vectors(self, chunks: Sequence[Chunk]) -> list[np.ndarray]:
        """float32 [sentences of the chunk, dimensions], one array a chunk."""
        texts = [[sentence_text(c, n) for n in range(len(c.sentences))] for c in chunks]
        keys = [[vector_key(self.embedder.name, text) for text in row] for row in texts]
        held = self.library.vectors([key for row in keys for key in row])
        # An ingest that has just switched may have dropped some that this generation's texts still need.
        missing = {key: text for of, row in zip(keys, texts, strict=True) for key, text in zip(of, row, strict=True) if key not in held}
        held.update(zip(missing, self.embedder.embed(list(missing.values())) if missing else [], strict=True))
        return [np.stack([held[key] for key in row]) if row else np.zeros((0, 1), dtype=np.float32) for row in keys]

    def close(self) -> None:
        """Release files."""
        for index in (self._index, self._old):
            if index:
                index.close()
        self.library.close()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        self.refresh()
        question = query_bundle.query_str
        hits = self.search(self.embedder.embed([question])[0], question, self._top_k)
        return [
            NodeWithScore(node=TextNode(id_=chunk.id, text=chunk.text, metadata={"source": chunk.source}), score=hit.fused)
            for hit in hits
            if (chunk := self.chunks.get(hit.chunk))
        ]
