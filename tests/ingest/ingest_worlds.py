"""Folders of documents of our own, and what a store holds and answers after an ingest."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from hub.embedder import Embedder
from hub.library import Library, chunk_texts, vector_key
from hub.settings import Settings
from ingest.run import Report, ingest
from vectorstore.index import Index


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def toml_row(name: str, **fields: object) -> str:
    """A [[source]] row; fields replace what it says by default, and None leaves one out."""
    row = {"id": name, "title": f"Title of {name}", "kind": "guide", "organisation": "Larkfield", "path": f"{name}.md", **fields}
    return "\n".join(["[[source]]", *(f"{key} = {_toml(value)}" for key, value in row.items() if value is not None), ""])


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(v)}" for key, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def write(folder: Path, documents: Mapping[str, str | bytes], rows: str | None = None) -> Path:
    """Write documents by file name and a manifest: a row for each, unless `rows` is the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    made = "\n".join(toml_row(name.partition(".")[0], path=name) for name in documents)
    (folder / "manifest.toml").write_text(made if rows is None else rows, encoding="utf-8")
    return folder


def run(settings: Settings, *folders: Path) -> Report:
    return ingest(settings, folders, silent)


def counts(report: Report) -> tuple[int, int, int, int, int]:
    """added, changed, unchanged, removed, failed."""
    return report.added, report.changed, report.unchanged, report.removed, len(report.failed)


def texts(settings: Settings) -> dict[str, list[str]]:
    """The chunks' texts held, by source."""
    with Library(settings.store) as library:
        return {id: [c.text for c in library.chunks_of(id)] for id in library.sources()}


def found(settings: Settings, embedder: Embedder, question: str) -> list[str]:
    """The texts that a search of the generation in force finds, best first."""
    with Library(settings.store) as library:
        index = Index(settings.store, library.fact("generation"))
        hits = index.search(embedder.embed([question])[0], question, 1000)
        index.close()
        chunks = library.chunks(h.chunk for h in hits)
        return [chunks[h.chunk].text for h in hits]


def faults_of(settings: Settings, embedder: Embedder) -> list[str]:
    """What is wrong with a store: an index that is not the library's, doubles, vectors that miss or are no longer needed, spare folders."""
    wrong = []
    with Library(settings.store) as library:
        chunks = [c.id for c in library.all_chunks()]
        index = Index(settings.store, library.fact("generation"))
        hits = [h.chunk for h in index.search(embedder.embed(["anything"])[0], "anything", 10_000)]
        index.close()
    if sorted(hits) != sorted(chunks):
        wrong.append(f"the index finds {len(hits)} chunks ({len(set(hits))} of them apart) and the library holds {len(chunks)}")
    held = texts(settings)
    doubled = [f"{id}: {text[:40]}" for id, all in held.items() for text in set(all) if all.count(text) > 1]
    spare = [p.name for p in (settings.store / "index").iterdir() if p.name.startswith(".")]
    with Library(settings.store) as library:
        spare += [f"still staged: {id}" for id in library.staging.held()]
        needed = {vector_key(embedder.name, text) for chunk in library.all_chunks() for text in chunk_texts(chunk)}
    with closing(sqlite3.connect(settings.store / "library.db")) as database:
        vectors = {key for (key,) in database.execute("SELECT hash FROM vectors")}
        orphans = database.execute("SELECT COUNT(*) FROM originals WHERE hash NOT IN (SELECT original FROM sources)").fetchone()[0]
    if vectors != needed:
        wrong.append(f"{len(needed - vectors)} vectors miss and {len(vectors - needed)} are no longer needed")
    if orphans:
        wrong.append(f"{orphans} originals of no source")
    return [*wrong, *doubled, *spare]
