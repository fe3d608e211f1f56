"""Case studies to look through: narrowed by what they are, found by their words and by meaning, nearest first. None is scored or ranked."""

from collections.abc import Iterable, Sequence
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from assistant.choose import quote_of
from assistant.explore.coverage import Map
from assistant.explore.evidence import LABEL_WORDS, Label, labels_of
from assistant.explore.groups import PHASE_GROUPS, REGION_GROUPS, SIZE_GROUPS, phase_of, regions_of, size_of
from assistant.explore.quotable import is_quotable, text_of
from assistant.explore.quoting import Citer
from assistant.wording import counted, name_of
from hub.domain import Chunk, Citation, Noun, Source
from vectorstore.lexical import tokenize

Facet = Literal["component", "phase", "size", "region", "evidence"]
FACETS: tuple[Facet, ...] = ("component", "phase", "size", "region", "evidence")
MOST_HITS = 120
"""Passages looked at for one search."""
MOST_NEAR = 8
"""Case studies without the reader's words, nearest in meaning, that are shown beside those that have them."""
_LABELS: "WeakKeyDictionary[Map, dict[str, tuple[Label, ...]]]" = WeakKeyDictionary()


class Hit(Noun):
    """One case study that was found, with the passage that it was found by."""

    source: str
    by: Literal["words", "meaning", ""]
    """ "words": all that was typed stands in one passage, or in its title or context. "" where nothing was searched for."""
    quotes: tuple[Citation, ...] = ()


class Search(Noun):
    """The case studies that fit, and what was done to find them, in a sentence."""

    hits: tuple[Hit, ...]
    held: int
    line: str


def values_of(facet: Facet, source: Source, atlas: Map) -> tuple[str, ...]:
    """What a case study is under one facet: component ids, groups, or labels of evidence."""
    if facet == "component":
        return tuple(c.id for c in atlas.model.components if any(f.rated.level == "described" for f in atlas.on(c.id, [source])))
    if facet == "evidence":
        return tuple(labels_by(atlas)[source.id])
    if facet == "region":
        return regions_of(source)
    return (phase_of(source) if facet == "phase" else size_of(source),)


def labels_by(atlas: Map) -> dict[str, tuple[Label, ...]]:
    """What every case study says of how it knows; worked out once a map."""
    if atlas not in _LABELS:
        chunks: dict[str, list[Chunk]] = {s.id: [] for s in atlas.shelf.case_studies()}
        for chunk in atlas.shelf.chunks.values():
            if chunk.source in chunks:
                chunks[chunk.source].append(chunk)
        _LABELS[atlas] = {id: labels_of(own, atlas.shelf) for id, own in chunks.items()}
    return _LABELS[atlas]


def choices(facet: Facet, atlas: Map) -> tuple[str, ...]:
    """The values of a facet that a case study held has, in the order that a reader expects."""
    held = {v for s in atlas.shelf.case_studies() for v in values_of(facet, s, atlas)}
    order: dict[Facet, Sequence[str]] = {
        "component": [c.id for c in atlas.model.components], "phase": PHASE_GROUPS, "size": SIZE_GROUPS, "region": REGION_GROUPS, "evidence": list(LABEL_WORDS),
    }  # fmt: skip
    return tuple(v for v in order[facet] if v in held)


def find_studies(atlas: Map, words: str = "", wanted: dict[Facet, str] | None = None) -> Search:
    """The case studies that fit every facet; where words are given, those that have them first, then the nearest in meaning."""
    studies = atlas.shelf.case_studies()
    chosen = {facet: value for facet, value in (wanted or {}).items() if value}
    inside = [s for s in studies if all(value in values_of(facet, s, atlas) for facet, value in chosen.items())]
    fits = f"{counted(len(inside), 'case study', 'case studies')} of the {len(studies)} held {'fits' if len(inside) == 1 else 'fit'}"
    if not words.strip() or not inside:
        line = f"{fits}." if chosen else f"{counted(len(studies), 'case study', 'case studies')} held."
        ordered = sorted(inside, key=lambda s: (name_of(s).casefold(), s.title))
        return Search(hits=tuple(Hit(source=s.id, by="") for s in ordered), held=len(studies), line=line)
    hits = _search(atlas, words, inside)
    return Search(hits=hits, held=len(studies), line=_line(hits, f"{len(inside)} {'that fit' if chosen else 'held'}"))


def _line(hits: Sequence[Hit], of: str) -> str:
    """How many have what was typed, and what stands after them."""
    have = sum(h.by == "words" for h in hits)
    near = len(hits) - have
    if not have:
        return f"No case study of the {of} has your words; {f'the {near} nearest in meaning are shown' if near else 'none is near in meaning'}."
    line = f"{counted(have, 'case study', 'case studies')} of the {of} {'has' if have == 1 else 'have'} your words"
    return f"{line}; after {'it' if have == 1 else 'them'} come {counted(near, 'other')}, nearest in meaning first." if near else f"{line}."


def _search(atlas: Map, words: str, inside: Sequence[Source]) -> tuple[Hit, ...]:
    shelf, held = atlas.shelf, {s.id: s for s in inside}
    vector = shelf.embedder.embed([words])[0]
    found: dict[str, list[Chunk]] = {}
    for hit in shelf.search(vector, words, MOST_HITS, set(held)):
        if (chunk := shelf.chunks.get(hit.chunk)) is not None:
            found.setdefault(chunk.source, []).append(chunk)
    exact = _with_words(atlas, words, held)
    order = [*(id for id in found if id in exact), *(id for id in exact if id not in found)]
    near = [id for id in found if id not in exact][:MOST_NEAR]
    citer, hits = Citer(atlas.quoter), []
    for id in order + near:
        passages = (exact.get(id) or [])[:3] or found.get(id, [])[:2]
        hits.append(Hit(source=id, by="words" if id in exact else "meaning", quotes=_best(atlas, citer, held[id], passages, vector)))
    return tuple(hits)


def _with_words(atlas: Map, words: str, held: dict[str, Source]) -> dict[str, list[Chunk]]:
    """By source, the passages in which every telling word stands; none for a source whose title or context has them."""
    wanted = set(tokenize([words])[0])
    if not wanted:
        return {}
    about = tokenize([f"{s.title} {s.organisation} {' '.join(s.context.model_dump().values())}" for s in held.values()])
    exact: dict[str, list[Chunk]] = {id: [] for id, own in zip(held, about, strict=True) if wanted <= set(own)}
    chunks = [c for c in atlas.shelf.chunks.values() if c.source in held]
    for chunk, own in zip(chunks, tokenize([c.text for c in chunks]), strict=True):
        if wanted <= set(own):
            exact.setdefault(chunk.source, []).append(chunk)
    return exact


def _best(atlas: Map, citer: Citer, source: Source, chunks: Iterable[Chunk], vector: np.ndarray) -> tuple[Citation, ...]:
    """The sentence nearest to what was typed, where one can be quoted."""
    chunks = list(chunks)
    rows = [
        (float(v @ vector), chunk, sentence)
        for chunk, vectors in zip(chunks, atlas.shelf.sentence_vectors(chunks), strict=True)
        for sentence, v in zip(chunk.sentences, vectors, strict=True)
        if is_quotable(chunk, sentence, atlas.shelf.furniture) and text_of(chunk, sentence)
    ]
    if not rows:
        return ()
    _, chunk, sentence = max(rows, key=lambda row: (row[0], -row[2].start))
    return citer.cite([quote_of(source, chunk, sentence.start, sentence.end, sentence.lead)])
