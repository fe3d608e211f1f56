"""One ingest: what the folders' manifests say becomes what the library holds and the index finds.

Read what changed, split, embed what is new, tag, then keep it all in one transaction together with the name of the index
generation built from it. Until that moment every reader sees the old state; after it, the new.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from filelock import AcquireReturnProxy, FileLock, Timeout
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, TextNode, TransformComponent
from pydantic import PrivateAttr

from hub.components import Model, describe, load_model
from hub.domain import Chunk, Loaded, Source
from hub.embedder import Embedder, make_embedder
from hub.library import Held, Library, chunk_texts, vector_key
from hub.settings import ROOT, Settings
from ingest.errors import IngestError, LoadError, ManifestError
from ingest.load import load
from ingest.manifest import read_manifest
from ingest.split import CHUNKING, Split
from ingest.tag import Tagger
from vectorstore.index import BrokenIndex, Index, build_index, drop_generations

READING = "reading v2"
"""Names how documents are read; a library read otherwise is read anew."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


@dataclass
class Failure:
    """A document that could not be read."""

    source: str
    path: str
    reason: str


@dataclass
class Report:
    """What an ingest did: the contract of `--json`."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    chunks: int = 0
    embedded: int = 0
    seconds: float = 0.0


@dataclass
class _Read:
    """A document read anew, on its way into the library."""

    held: Held
    data: bytes
    chunks: list[Chunk] = field(default_factory=list)


class Embed(TransformComponent):
    """llama-index's step that embeds chunks and their sentences, asking the embedder only for what the library lacks."""

    _embedder: Embedder = PrivateAttr()
    _library: Library = PrivateAttr()
    _progress: Progress = PrivateAttr()
    _embedded: int = PrivateAttr(default=0)

    def __init__(self, embedder: Embedder, library: Library, progress: Progress) -> None:
        super().__init__()
        self._embedder, self._library, self._progress = embedder, library, progress

    @property
    def embedded(self) -> int:
        """How many texts the embedder was asked for."""
        return self._embedded

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The same nodes, each with its vector."""
        texts: dict[str, str] = {}
        for node in nodes:
            for text in chunk_texts(node.metadata["chunk"]):
                texts[vector_key(self._embedder.name, text)] = text
        held = self._library.vectors(list(texts))
        missing = [key for key in texts if key not in held]
        for start in range(0, len(missing), 256):
            keys = missing[start : start + 256]
            new = dict(zip(keys, self._embedder.embed([texts[k] for k in keys]), strict=True))
            self._library.put_vectors(new)
            held.update(new)
            self._embedded += len(keys)
            self._progress("embedding", min(start + 256, len(missing)), len(missing))
        for node in nodes:
            node.embedding = held[vector_key(self._embedder.name, node.metadata["chunk"].embed_text)].tolist()
        return nodes


def default_folders(settings: Settings) -> list[Path]:
    """The folders that are ingested when none is named."""
    if not settings.sources:
        return [ROOT / "sources"]
    return [Path(part) for part in settings.sources.split(os.pathsep) if part]


def ingest(settings: Settings, folders: Sequence[Path], progress: Progress) -> Report:
    """Bring the library and its index up to the manifests of `folders`.

    Raises ManifestError before anything is written, IngestError where another ingest holds the lock. A document that cannot be
    read is reported, and what the library held of it stays.
    """
    began = time.monotonic()
    model = load_model()
    folders = [f.resolve() for f in folders]
    rows = _gather(folders, model)
    with store_lock(settings.store), Library(settings.store) as library:
        report = Report()
        embedder = make_embedder(settings)
        made_by = made_with(embedder, model)
        anew = library.fact("made_by") != made_by
        read = _read_changed(library, rows, anew, report, progress)
        gone = _gone(library, folders, rows)
        if anew:
            read += _read_from_library(library, {r.held.source.id for r in read} | set(gone), report, progress)
        report.removed = len(gone)
        if read or gone or not _index_is_whole(settings, library):
            embed = _process(read, library, embedder, model, progress)
            report.embedded = embed.embedded
            _keep(settings, library, embedder, read, gone, made_by, progress)
        report.chunks = library.count_chunks()
        _note_state(library, rows, report)
    report.seconds = round(time.monotonic() - began, 2)
    return report


def is_empty(settings: Settings) -> bool:
    """Whether the store holds nothing yet."""
    if not (settings.store / "library.db").exists():
        return True
    with Library(settings.store) as library:
        return not library.count_chunks()


def made_with(embedder: Embedder, model: Model) -> str:
    """Names what makes the library's chunks, tags and vectors: a change of any makes them anew."""
    described = hashlib.sha256("\n".join(describe(c) + repr(c) for c in model.components).encode()).hexdigest()[:8]
    return f"{READING}; {CHUNKING}; model {described}; {embedder.name}; pypdf {version('pypdf')}"


def store_lock(store: Path) -> AcquireReturnProxy:
    """The one writer's lock. IngestError where another holds it."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        return FileLock(store / ".ingest.lock").acquire(timeout=0)
    except Timeout as error:
        raise IngestError(f"another ingest is writing to {store}; wait until it has ended") from error
    except OSError as error:
        raise IngestError(f"{store} cannot be used as the store ({error.strerror}); check HUB_STORE") from error


def _gather(folders: Iterable[Path], model: Model) -> list[tuple[Path, Source]]:
    rows: list[tuple[Path, Source]] = []
    seen: dict[str, Path] = {}
    for folder in folders:
        for source in read_manifest(folder, model):
            if source.id in seen:
                raise ManifestError(f'{folder}/manifest.toml, row "{source.id}": {seen[source.id]} has a row of that id too; rename one')
            seen[source.id] = folder
            rows.append((folder, source))
    return rows


def _read_changed(library: Library, rows: list[tuple[Path, Source]], anew: bool, report: Report, progress: Progress) -> list[_Read]:
    """Read what is new or changed; what a folder's row says counts as much as its file."""
    held, originals = library.sources(), library.originals()
    folders = library.folders()
    read: list[_Read] = []
    for number, (folder, source) in enumerate(rows, 1):
        progress("reading", number, len(rows))
        if source.id in folders and folders[source.id] != str(folder):
            report.warnings.append(f'"{source.id}" moved from {folders[source.id]} to {folder}')
        try:
            data = _read_file(folder, source)
            digest = hashlib.sha256(data).hexdigest()
            same = (
                not anew and held.get(source.id) == source and originals.get(source.id) == digest and folders.get(source.id) == str(folder)
            )
            if same:
                report.unchanged += 1
                continue
            loaded = load(source.path, data)
        except LoadError as error:
            report.failed.append(Failure(source.id, str(folder / source.path), str(error)))
            continue
        report.warnings += [f"{source.id}: {warning}" for warning in loaded.warnings]
        read.append(_Read(Held(source, str(folder), digest, loaded, datetime.now(UTC).isoformat(timespec="seconds")), data))
        if source.id in held:
            report.changed += 1
        else:
            report.added += 1
    return read


def _read_from_library(library: Library, done: set[str], report: Report, progress: Progress) -> list[_Read]:
    """What the library holds of other folders, and of files that cannot be read now, from the originals that it kept."""
    rest = [id for id in library.sources() if id not in done]
    read = []
    for number, id in enumerate(rest, 1):
        progress("reading what is held", number, len(rest))
        held, data = library.held(id), library.original(id)
        if held is None or data is None:
            continue
        try:
            loaded = load(held.source.path, data)
        except LoadError as error:
            report.warnings.append(f"{id}: what is held of it cannot be read anew ({error}); it stays as it was read before")
            loaded = held.loaded
        read.append(_Read(held._replace(loaded=loaded), data))
    return read


def _read_file(folder: Path, source: Source) -> bytes:
    path = folder / source.path
    if not path.is_file():
        raise LoadError(f'{folder}/manifest.toml, row "{source.id}": no file {source.path}; put it beside the manifest or remove the row')
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadError(f"the file cannot be read ({error.strerror}); check who may read it") from error


def _gone(library: Library, folders: Sequence[Path], rows: list[tuple[Path, Source]]) -> list[str]:
    """Sources that came from one of these folders and have no row any more."""
    named = {str(folder) for folder in folders}
    kept = {source.id for _, source in rows}
    return [id for id, folder in library.folders().items() if folder in named and id not in kept]


def _process(read: list[_Read], library: Library, embedder: Embedder, model: Model, progress: Progress) -> Embed:
    """Split, embed and tag what was read, through llama-index's pipeline."""
    embed = Embed(embedder, library, progress)
    sources = {r.held.source.id: r.held.source for r in read}
    pipeline = IngestionPipeline(transformations=[Split(), embed, Tagger(model, embedder, sources)], disable_cache=True)
    documents = [TextNode(text="", metadata={"source": r.held.source, "loaded": r.held.loaded}) for r in read]
    by_source: dict[str, list[Chunk]] = {}
    for node in pipeline.run(nodes=documents) if documents else []:
        chunk: Chunk = node.metadata["chunk"]
        by_source.setdefault(chunk.source, []).append(chunk)
    for document in read:
        document.chunks = by_source.get(document.held.source.id, [])
    return embed


def _keep(
    settings: Settings, library: Library, embedder: Embedder, read: list[_Read], gone: list[str], made_by: str, progress: Progress
) -> None:
    before = library.fact("generation")
    with library.transaction():
        library.remove_sources(gone)
        for document in read:
            library.put_source(document.held, document.data, document.chunks)
        generation = _index(settings, library, embedder, progress)
        library.set_fact("made_by", made_by)
        library.set_fact("embedder", embedder.name)
        library.set_fact("generation", generation)
        library.drop_unused_originals()
        library.drop_vectors_except(vector_key(embedder.name, text) for chunk in library.all_chunks() for text in chunk_texts(chunk))
    # The generation before stays for readers that still have it open.
    drop_generations(settings.store, {generation, before}, settings.chroma_url)


def _index(settings: Settings, library: Library, embedder: Embedder, progress: Progress) -> str:
    progress("indexing", 0, 1)
    chunks = list(library.all_chunks())
    keys = [vector_key(embedder.name, c.embed_text) for c in chunks]
    vectors = library.vectors(keys)
    missing = [c for c, key in zip(chunks, keys, strict=True) if key not in vectors]
    if missing:
        raise IngestError(f"{len(missing)} chunks have no vector of {embedder.name}; name all folders: python -m ingest FOLDER ...")
    matrix = np.stack([vectors[key] for key in keys]) if keys else np.zeros((0, 1), dtype=np.float32)
    generation = build_index(settings.store, chunks, matrix, library.sources(), embedder.name, settings.chroma_url)
    progress("indexing", 1, 1)
    return generation


def _index_is_whole(settings: Settings, library: Library) -> bool:
    generation = library.fact("generation")
    if not generation:
        return False
    try:
        Index(settings.store, generation, settings.chroma_url).close()
    except BrokenIndex:
        return False
    return True


def _note_state(library: Library, rows: list[tuple[Path, Source]], report: Report) -> None:
    by_original: dict[str, list[str]] = {}
    for id, original in library.originals().items():
        by_original.setdefault(original, []).append(id)
    report.warnings += [f"the same document stands under {' and '.join(ids)}" for ids in by_original.values() if len(ids) > 1]
    if not rows:
        report.warnings.append("the manifests hold no rows")


def rebuild(settings: Settings, progress: Progress) -> Report:
    """A new index from the library; nothing is read or embedded."""
    began = time.monotonic()
    with store_lock(settings.store), Library(settings.store) as library:
        if not library.count_chunks():
            raise IngestError(f"the library in {settings.store} holds nothing; run `python -m ingest` first")
        embedder = make_embedder(settings)
        if library.fact("embedder") != embedder.name:
            raise IngestError(mismatch(library.fact("embedder"), embedder.name))
        _keep(settings, library, embedder, [], [], library.fact("made_by"), progress)
        return Report(unchanged=len(library.sources()), chunks=library.count_chunks(), seconds=round(time.monotonic() - began, 2))


def mismatch(stored: str, named: str) -> str:
    """What to say where the store was made by another embedder."""
    return f"the store was made with the embedder {stored}, and {named} is set; set HUB_EMBEDDER back, or run `python -m ingest` over all its folders to make it anew"


def forget(settings: Settings, folder: Path, progress: Progress) -> Report:
    """Drop every source that came from `folder`."""
    with store_lock(settings.store), Library(settings.store) as library:
        ids = [id for id, held in library.folders().items() if held == str(folder.resolve())]
        if not ids:
            raise IngestError(
                f"nothing in the store came from {folder}; it holds: {', '.join(sorted(set(library.folders().values()))) or 'nothing'}"
            )
        _keep(settings, library, make_embedder(settings), [], ids, library.fact("made_by"), progress)
        return Report(removed=len(ids), chunks=library.count_chunks())


def loaded_text(settings: Settings, id: str) -> Loaded:
    """The text of a source as it was loaded. IngestError where it is not held."""
    with Library(settings.store) as library:
        held = library.held(id)
    if held is None:
        raise IngestError(f'no source has the id "{id}"; `python -m ingest --check` lists them')
    return held.loaded
