"""What can be said of a comparison without going beyond its cells: of whom something was found, and what two quotes settle alike or in two ways."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.differences import find_agreement, find_difference
from assistant.explore.compared import Column, ComparedRow
from assistant.explore.coverage import Map
from assistant.explore.quotable import text_of
from assistant.explore.quoting import Quoter
from assistant.journey import Candidate
from assistant.wording import join_names
from hub.domain import CASE_STUDY, Chunk, Citation


def what_is_held(rows: Sequence[ComparedRow], columns: Sequence[Column]) -> Iterator[str]:
    """Rows that all describe, none, or only some."""
    if all_of := [f"*{row.label}*" for row in rows if all(cell.state == "described" for cell in row.cells)]:
        yield f"{'Both' if len(columns) == 2 else f'All {len(columns)}'} describe {join_names(all_of)}."
    some: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        having = tuple(cell.column for cell in row.cells if cell.state == "described")
        if having and len(having) < len(columns):
            some.setdefault(having, []).append(f"*{row.label}*")
    for who, labels in some.items():
        yield f"Described by {join_names(list(who))} alone: {join_names(labels)}."
    if none_of := [f"*{row.label}*" for row in rows if all(cell.state == "nothing" for cell in row.cells)]:
        yield f"{'Neither' if len(columns) == 2 else 'None'} has a passage on {join_names(none_of, 'or')} in what we hold."


def what_quotes_settle(rows: Sequence[ComparedRow], columns: Sequence[Column], atlas: Map) -> tuple[list[str], list[str]]:
    """What is alike and what differs: only what two quotes of a row say in words that leave no doubt, and nobody's that tells of both ways."""
    alike, differs = [], []
    for row in rows:
        cited = {(c.source, c.start): c for cell in row.cells if cell.state == "described" for c in cell.quotes}
        shown = [(one, c) for c in cited.values() for one in _sentences(atlas.quoter, _chunks(atlas, [c.source], c), c)]
        marks = {id(one): c.marker for one, c in shown}
        candidates = [one for one, _ in shown]
        if len({c.source.organisation for c in candidates}) < 2:
            continue
        sources = [id for column in columns for id in column.sources if atlas.shelf.sources[id].kind == CASE_STUDY]
        everything = list(_sentences(atlas.quoter, _chunks(atlas, sources)))
        if found := find_agreement(candidates, everything):
            whose = " and ".join(f"{c.source.organisation} [{marks[id(c)]}]" for c in (found.first, found.second))
            alike.append(f"*{row.label}*, on {found.about}: each of {whose} {found.first_said}.")
        if found := find_difference(candidates, everything):
            sides = ((found.first, found.first_said), (found.second, found.second_said))
            differs.append(
                f"*{row.label}*, on {found.about}: {'; '.join(f'{c.source.organisation} {said} [{marks[id(c)]}]' for c, said in sides)}."
            )
    return alike, differs


def _chunks(atlas: Map, sources: Sequence[str], at: Citation | None = None) -> list[Chunk]:
    return [c for c in atlas.shelf.chunks.values() if c.source in sources and (at is None or c.start <= at.start < at.end <= c.end)]


def _sentences(quoter: Quoter, chunks: Sequence[Chunk], within: Citation | None = None) -> Iterable[Candidate]:
    """The sentences of these chunks, or those of them that a citation holds."""
    shelf = quoter.shelf
    for chunk, vectors in zip(chunks, shelf.sentence_vectors(chunks), strict=True):
        for sentence, vector in zip(chunk.sentences, vectors, strict=True):
            if within is None or within.start <= sentence.start < within.end:
                yield Candidate(chunk, sentence, shelf.sources[chunk.source], text_of(chunk, sentence), 1.0, vector)
