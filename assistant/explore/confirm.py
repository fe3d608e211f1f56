"""What staff might confirm first: tags that a cell of the map rests on alone, then those that the program is least sure of."""

from collections import defaultdict
from typing import Literal

from assistant.explore.coverage import Map
from assistant.explore.levels import Found
from assistant.wording import name_of
from hub.domain import CASE_STUDY, Chunk, Noun, Tag

GUESSED = frozenset({"cue", "meaning"})
"""How a tag is found where no name settles it."""
CONFIRMED = "confirmed"
Why = Literal["alone", "unsure"]


class Doubt(Noun):
    """One machine tag on one passage, to be looked at by a person."""

    source: str
    chunk: str
    component: str
    start: int
    end: int
    method: str
    score: float
    why: Why
    line: str
    """Why it is asked, for the page."""

    @property
    def key(self) -> str:
        """Names it as long as the document is not read in anew."""
        return f"{self.chunk} {self.component}"


def doubts(atlas: Map) -> tuple[Doubt, ...]:
    """The queue: cells of one passage first, then guesses; in each the least certain first. What staff decided is not in it."""
    cells: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for found in atlas.found.values():
        if found.source.kind == CASE_STUDY:
            cells[found.source.organisation, found.component].append(found)
    lone = {
        (chunk.id, found.component)
        for of_cell in cells.values()
        for found in of_cell
        for chunk, _ in found.passages
        if sum(len(f.passages) for f in of_cell) == 1
    }
    queue = [
        _doubt(atlas, found, chunk, tag, (chunk.id, found.component) in lone)
        for found in atlas.found.values()
        for chunk, tag in found.passages
        if tag.method != CONFIRMED and ((chunk.id, found.component) in lone or tag.method in GUESSED)
    ]
    return tuple(sorted(queue, key=lambda d: (d.why != "alone", d.score, d.source, d.start, d.component)))


def _doubt(atlas: Map, found: Found, chunk: Chunk, tag: Tag, alone: bool) -> Doubt:
    name = atlas.model.component(found.component).name
    line = (
        f"All that the map has on {name} from {found.source.organisation} rests on this passage."
        if alone
        else f"The program is not sure of this one, in {name_of(found.source)}."
    )
    return Doubt(
        source=found.source.id,
        chunk=chunk.id,
        component=found.component,
        start=chunk.start,
        end=chunk.end,
        method=tag.method,
        score=tag.score,
        why="alone" if alone else "unsure",
        line=line,
    )
