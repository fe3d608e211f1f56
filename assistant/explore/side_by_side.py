"""What can be said of a comparison without going beyond its cells: of whom something was found, and what two quotes settle alike or in two ways."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.choose import quote_of
from assistant.differences import Difference, find_agreement, find_difference
from assistant.explore.compared import Column, ComparedRow
from assistant.explore.coverage import Map
from assistant.explore.quotable import is_quotable, text_of
from assistant.explore.quoting import Citer, Quoter
from assistant.journey import Candidate
from assistant.wording import join_names
from hub.domain import CASE_STUDY, Chunk, Citation


def what_is_held(rows: Sequence[ComparedRow], columns: Sequence[Column]) -> Iterator[str]:
    """Rows that all describe, none, or only some."""
    if all_of := [f"*{row.label}*" for row in rows if all(cell.state == "described" for cell in row.cells)]:
        yield _ended(f"{'Both' if len(columns) == 2 else f'All {len(columns)}'} describe {join_names(all_of)}")
    some: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        having = tuple(cell.column for cell in row.cells if cell.state == "described")
        if having and len(having) < len(columns):
            some.setdefault(having, []).append(f"*{row.label}*")
    for who, labels in some.items():
        yield _ended(f"Described by {join_names(list(who))} alone: {join_names(labels)}")
    if none_of := [f"*{row.label}*" for row in rows if all(cell.state == "nothing" for cell in row.cells)]:
        yield f"{'Neither' if len(columns) == 2 else 'None'} has a passage on {join_names(none_of, 'or')} in what we hold."


def _ended(line: str) -> str:
    """With its full stop; a question at its end has its own mark."""
    return line if line.endswith("?*") else f"{line}."


class Settled(NamedTuple):
    """A row with what two of its quotes settle; a quote that only this rests on is put into its cell."""

    row: ComparedRow
    alike: str = ""
    differs: str = ""


def settle(row: ComparedRow, columns: Sequence[Column], atlas: Map, citer: Citer) -> Settled:
    """What is alike and what differs: only what two sentences on the row say in words that leave no doubt, and nobody's that tells of both ways.

    What the cells show comes first, then the other passages on the component.
    """
    cited = {(c.source, c.start): c for cell in row.cells if cell.state == "described" for c in cell.quotes}
    shown = [one for c in cited.values() for one in _sentences(atlas.quoter, _chunks(atlas, [c.source], c), c)]
    sources = [id for column in columns for id in column.sources if atlas.shelf.sources[id].kind == CASE_STUDY]
    candidates = [*shown, *_others(row, sources, atlas)]
    if len({c.source.organisation for c in candidates}) < 2:
        return Settled(row)
    everything = list(_sentences(atlas.quoter, _chunks(atlas, sources)))
    alike = differs = ""
    if found := find_agreement(candidates, everything):
        row, marks = _with_quotes(row, columns, found, citer)
        whose = " and ".join(f"{c.source.organisation} [{mark}]" for c, mark in zip((found.first, found.second), marks, strict=False))
        alike = f"*{row.label}*, on {found.about}: each of {whose} {found.first_said}." if len(marks) == 2 else ""
    if found := find_difference(candidates, everything):
        row, marks = _with_quotes(row, columns, found, citer)
        sides = zip((found.first, found.second), (found.first_said, found.second_said), marks, strict=False)
        told = "; ".join(f"{c.source.organisation} {said} [{mark}]" for c, said, mark in sides)
        differs = f"*{row.label}*, on {found.about}: {told}." if len(marks) == 2 else ""
    return Settled(row, alike, differs)


def _others(row: ComparedRow, sources: Sequence[str], atlas: Map) -> Iterator[Candidate]:
    """The whole statements of the passages that describe the row's component."""
    found = atlas.on(row.component, [atlas.shelf.sources[id] for id in sources]) if row.component else []
    for of_source in found:
        if of_source.rated.level == "described":
            for one in _sentences(atlas.quoter, [chunk for chunk, _ in of_source.passages]):
                if is_quotable(one.chunk, one.sentence, atlas.shelf.furniture):
                    yield one


def _with_quotes(row: ComparedRow, columns: Sequence[Column], found: Difference, citer: Citer) -> tuple[ComparedRow, list[int]]:
    """The row with both sentences in its cells, and their markers; fewer than two where one does not stand in its source."""
    marks = []
    for one in (found.first, found.second):
        cells = {column.name: cell for column, cell in zip(columns, row.cells, strict=True) if one.source.id in column.sources}
        [(name, cell)] = cells.items()
        quotes = [q for q in cell.quotes if q.source == one.source.id and q.start <= one.sentence.start < q.end]
        if not quotes:
            quotes = list(citer.cite([quote_of(one.source, one.chunk, one.sentence.start, one.sentence.end, one.sentence.lead)]))
            cell = cell.model_copy(update={"quotes": (*cell.quotes, *quotes)})
            row = row.model_copy(update={"cells": tuple(cell if c.column == name else c for c in row.cells)})
        marks += [q.marker for q in quotes[:1]]
    return row, marks


def _chunks(atlas: Map, sources: Sequence[str], at: Citation | None = None) -> list[Chunk]:
    return [c for c in atlas.shelf.chunks.values() if c.source in sources and (at is None or c.start <= at.start < at.end <= c.end)]


def _sentences(quoter: Quoter, chunks: Sequence[Chunk], within: Citation | None = None) -> Iterable[Candidate]:
    """The sentences of these chunks, or those of them that a citation holds."""
    shelf = quoter.shelf
    for chunk, vectors in zip(chunks, shelf.sentence_vectors(chunks), strict=True):
        for sentence, vector in zip(chunk.sentences, vectors, strict=True):
            if within is None or within.start <= sentence.start < within.end:
                yield Candidate(chunk, sentence, shelf.sources[chunk.source], text_of(chunk, sentence), 1.0, vector)
