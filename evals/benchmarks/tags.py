"""`python -m evals.benchmarks.tags`: component tags of the real documents in ../shared against author labels.

`component-tags.jsonl` beside this file holds, for passages chosen at random from each source, the components that they are about, by two
readers who did not see each other's labels, each in an order of their own: the first words of the id, offsets and labels, none of the text. What both say is a
label; what one says alone is counted neither for nor against. Sources in even places of their alphabet are the half that was tuned on.
"""

import json
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.schema import TextNode

from evals.benchmarks.answers import SOURCES, share
from hub.components import load_model
from hub.embedder import make_embedder
from hub.library import Library, chunk_texts, vector_key
from hub.settings import Settings, load_settings
from ingest.run import ingest
from ingest.tag import Tagger

LABELS = Path(__file__).with_name("component-tags.jsonl")
OVERLAP = 0.5
"""Share of a chunk that lies in the labelled passage, from which its tags count as the passage's."""


TIMED = 100
"""Chunks that are embedded and tagged once more, to time both."""


@dataclass(frozen=True)
class Labelled:
    """A passage with what two readers say it is about, and the tags that the machine gave it."""

    source: str
    first: frozenset[str]
    second: frozenset[str]
    tags: frozenset[str]


def main() -> None:
    """Print agreement of the readers, then precision and recall of the tags."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    with library_of([SOURCES, SOURCES / "case-studies"]) as library:
        passages = [_with_tags(row, library) for row in rows]
        print(f"tagging takes {share_of_embedding(library):.1%} of the time that embedding the same chunks takes")
    components = sorted({c for p in passages for c in p.first | p.second})
    print(
        f"{len(passages)} passages of {len({p.source for p in passages})} sources; two readers agree at Cohen's kappa {kappa(passages, components):.2f}"
    )
    sources = sorted({p.source for p in passages})
    for name, tuned in (("tuned half", True), ("other half", False)):
        report(name, [p for p in passages if is_tuned(p.source, sources) == tuned], components)
    for component in components:
        report(component, passages, [component])


@contextmanager
def library_of(folders: Sequence[Path]) -> Iterator[Library]:
    """A library with what these folders hold, for the time being."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(**{**load_settings().model_dump(), "store": Path(folder), "chroma_url": ""})
        ingest(settings, folders, lambda *_: None)
        with Library(settings.store) as library:
            yield library


def share_of_embedding(library: Library) -> float:
    """Processor time of tagging, as a share of that of embedding the same chunks and their sentences."""
    embedder = make_embedder(load_settings())
    tagger = Tagger(load_model(), embedder, library.sources())
    nodes = []
    for chunk in islice(library.all_chunks(), TIMED):
        keys = [vector_key(embedder.name, text) for text in chunk_texts(chunk)]
        held = library.vectors(keys)
        own, *sentences = (held[key] for key in keys)
        nodes.append(TextNode(text="", metadata={"chunk": chunk, "sentences": np.array(sentences)}, embedding=own.tolist()))
    began = time.process_time()
    tagger(nodes)
    tagged = time.process_time()
    embedder.embed([text for node in nodes for text in chunk_texts(node.metadata["chunk"])])
    return (tagged - began) / (time.process_time() - tagged)


def is_tuned(source: str, sources: Sequence[str]) -> bool:
    """Whether a source, of all in alphabetical order, is in the half that may be tuned on."""
    return sources.index(source) % 2 == 0


def _with_tags(row: dict[str, Any], library: Library) -> Labelled:
    source, start, end = row["source"], row["start"], row["end"]
    tags = set()
    for chunk in library.all_chunks():
        shared = min(end, chunk.end) - max(start, chunk.start)
        if chunk.source.startswith(source) and shared >= OVERLAP * (chunk.end - chunk.start):
            tags |= {tag.component for tag in chunk.tags}
    return Labelled(source, frozenset(row["first"]), frozenset(row["second"]), frozenset(tags))


def report(name: str, passages: Collection[Labelled], components: Collection[str]) -> None:
    """Print precision and recall over these passages and components."""
    right = sum(len(p.tags & p.first & p.second & set(components)) for p in passages)
    wrong = sum(len((p.tags - (p.first | p.second)) & set(components)) for p in passages)
    missed = sum(len(((p.first & p.second) - p.tags) & set(components)) for p in passages)
    print(f"{name:32} precision {share(right, right + wrong):28} recall {share(right, right + missed)}")


def kappa(passages: Collection[Labelled], components: Collection[str]) -> float:
    """Agreement beyond chance of two readers, over every passage and component (Cohen, 1960)."""
    n = len(passages) * len(components)
    first, second, both = (sum(len(take(p)) for p in passages) for take in _TAKES)
    observed = (n - first - second + 2 * both) / n
    expected = (first * second + (n - first) * (n - second)) / n**2
    return (observed - expected) / (1 - expected)


_TAKES: tuple[Callable[[Labelled], frozenset[str]], ...] = (lambda p: p.first, lambda p: p.second, lambda p: p.first & p.second)


if __name__ == "__main__":
    main()
