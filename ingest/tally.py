"""How often the program's own tags were right, by what staff decided; and those decisions as a set of labels without a word of the texts."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from hub.domain import Chunk, Tag
from hub.library import Library
from ingest.deciding import Deciding
from ingest.decisions import Decision, from_kept, holder


class Decided(NamedTuple):
    """A passage and a component that staff decided on, as the latest of their decisions says."""

    decision: Decision
    chunk: str
    machine: Tag | None
    """The tag that the program alone gives it now; None where it gives none."""


class Tally(NamedTuple):
    """Decisions that count, and how many do not any more."""

    decided: tuple[Decided, ...]
    stale: int
    """Decisions whose words no longer stand."""

    @property
    def tagged(self) -> tuple[Decided, ...]:
        """Those on tags that the program gave: what its precision is counted over."""
        return tuple(d for d in self.decided if d.machine)

    @property
    def right(self) -> int:
        """How many of those staff agreed with."""
        return sum(d.decision.decision == "yes" for d in self.tagged)


Known = dict[tuple[str, str], tuple[tuple[Decided, ...], int]]
"""What was counted of a source, by its id and its decisions: a decision more is one source to count anew."""


def tally(library: Library, deciding: Deciding, known: Known | None = None) -> Tally:
    """What staff decided over everything that the library holds, in order of source and place. `known` is added to."""
    known = {} if known is None else known
    texts = library.texts()
    found: list[Decided] = []
    stale = 0
    for source, kept in library.decisions().items():
        if not kept:
            continue
        key = (f"{source} {texts[source]}", kept)
        if key not in known:
            known[key] = _of_source(library, deciding, source, kept)
        found += known[key][0]
        stale += known[key][1]
    return Tally(tuple(found), stale)


def _of_source(library: Library, deciding: Deciding, source: str, kept: str) -> tuple[tuple[Decided, ...], int]:
    decisions = from_kept(kept, source)
    held = library.held(source)
    if held is None:  # forgotten meanwhile
        return (), 0
    chunks = library.chunks_of(source)
    told: dict[tuple[int, str], Decision] = {}
    stale = 0
    for decision in sorted(decisions, key=lambda d: d.when):
        number = holder(chunks, decision) if decision.stands(held.loaded) else None
        if number is None:
            stale += 1
        else:
            told[number, decision.component] = decision
    about = sorted({number for number, _ in told})
    alone = dict(zip(about, deciding.machine_tags(library, held.source, [chunks[n] for n in about]), strict=True))
    return tuple(_decided(told[key], alone[key[0]]) for key in sorted(told)), stale


def _decided(decision: Decision, alone: Chunk) -> Decided:
    return Decided(decision, alone.id, next((t for t in alone.tags if t.component == decision.component), None))


def as_labels(decided: Sequence[Decided]) -> str:
    """A line of JSON a decision: ids, offsets, labels and what the program said. None of the text, and not who decided."""
    rows = [
        {
            "source": d.decision.source,
            "start": d.decision.start,
            "end": d.decision.end,
            "text_hash": d.decision.text_hash,
            "component": d.decision.component,
            "label": d.decision.decision,
            "when": d.decision.when,
            "tagged": d.machine is not None,
            "method": d.machine.method if d.machine else "",
            "score": d.machine.score if d.machine else None,
        }
        for d in decided
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
