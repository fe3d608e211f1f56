"""How far a source speaks of a component, by a rule that a reader can check: described, mentioned, nothing found."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from assistant.explore.quotable import is_quotable, text_of
from assistant.shelf import SURE, Shelf
from assistant.wording import counted
from hub.components import Model
from hub.domain import Chunk, Source, Tag

Level = Literal["described", "mentioned", "nothing"]
Basis = Literal["confirmed", "machine", ""]

LEVEL_WORDS: dict[Level, str] = {"described": "described", "mentioned": "mentioned", "nothing": "nothing found"}
RANK: dict[Level, int] = {"nothing": 0, "mentioned": 1, "described": 2}
RULE = (
    "Described: staff confirmed the component for the document or for a passage of it; or a heading, a table row or the text names it; or "
    "the program is sure of one passage, or finds two. Mentioned: the program finds one passage and is not sure of it. Nothing found: neither. "
    "What only touches on a component, in a sentence about something else, is not counted. "
    "A document may still speak of a component in words that the program does not know, so “nothing found” never means “does not do it”. "
    "Only what opens at a quote is counted. Figures: a sentence in those passages counts or measures what came of something."
)
PRACTICE_ALONE = "Only case studies are counted: what the model paper and guides say is not practice."
LIFTED = 0.5
"""A tag of no more than this score may rest on what staff confirmed for the whole document, and on little in the passage."""
_NAMED = {"row": "a row of a table", "heading": "a heading", "named": "the text"}


class Rated(NamedTuple):
    """A level, and what it rests on."""

    level: Level
    basis: Basis
    """Whether staff say so, or the program alone."""
    why: str


class Found(NamedTuple):
    """What one source has on one component."""

    source: Source
    component: str
    rated: Rated
    passages: tuple[tuple[Chunk, Tag], ...]
    """Surest first."""


def rate(tags: Sequence[Tag], confirmed: bool) -> Rated:
    """The level of one source on one component, from the tags of its passages. `confirmed`: staff say so of the whole document."""
    if not tags:
        return Rated("nothing", "confirmed", "staff confirmed it for the document; no passage of it was found") if confirmed else _NOTHING
    if confirmed:
        return Rated("described", "confirmed", "confirmed by staff for the document; the program chose the passages")
    if any(t.method == "confirmed" for t in tags):
        return Rated("described", "confirmed", "a passage confirmed by staff")
    for method, where in _NAMED.items():
        if any(t.method == method for t in tags):
            return Rated("described", "machine", f"named in {where}; not confirmed by staff")
    if max(t.score for t in tags) >= SURE:
        return Rated(
            "described", "machine", f"the program is sure of a passage ({counted(len(tags), 'passage')} in all); not confirmed by staff"
        )
    if len(tags) > 1:
        return Rated("described", "machine", f"the program found {len(tags)} passages; not confirmed by staff")
    return Rated("mentioned", "machine", "the program found one passage and is not sure of it; not confirmed by staff")


_NOTHING = Rated("nothing", "", "nothing found")


def find_all(shelf: Shelf, model: Model, only: Collection[str] | None = None) -> dict[tuple[str, str], Found]:
    """What every source in force (or `only` these) has on every component that it speaks of, by source and component."""
    passages: dict[tuple[str, str], list[tuple[Chunk, Tag]]] = defaultdict(list)
    for chunk in shelf.chunks.values():
        if (
            (only is not None and chunk.source not in only)
            or not chunk.tags
            or not any(is_quotable(chunk, s, shelf.furniture) for s in chunk.sentences)
        ):
            continue
        for tag in chunk.tags:
            # "You can use evidence such as:" has a component's name and no statement to open it at.
            if tag.method != "named" or _names_it(chunk, tag.component, shelf, model):
                passages[chunk.source, tag.component].append((chunk, tag))
    for source in shelf.sources.values():
        for component in source.components if only is None or source.id in only else ():
            passages.setdefault((source.id, component), [])
    found = {}
    for (id, component), pairs in passages.items():
        source = shelf.sources[id]
        pairs.sort(key=lambda pair: (-pair[1].score, pair[0].start))
        found[id, component] = Found(source, component, rate([t for _, t in pairs], component in source.components), tuple(pairs))
    return found


def _names_it(chunk: Chunk, component: str, shelf: Shelf, model: Model) -> bool:
    return any(component in model.named_in(text_of(chunk, s)) and is_quotable(chunk, s, shelf.furniture) for s in chunk.sentences)
