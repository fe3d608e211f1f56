"""What to ask next: only what the library can answer."""

from typing import TYPE_CHECKING

from assistant.held import Held
from assistant.journey import Understood
from hub.components import Model
from hub.domain import CASE_STUDY, Chunk, Tag

if TYPE_CHECKING:  # the first screen shows questions before what the shelf needs has been loaded
    from assistant.shelf import Shelf

MOST = 3


def suggest_follow_ups(understood: Understood, cited: tuple[str, ...], shelf: "Shelf", model: Model) -> tuple[str, ...]:
    """Up to three questions on the components in play, each with tagged passages behind it."""
    found: list[str] = []
    for id in dict.fromkeys((*understood.components, *cited)):
        name = model.component(id).name
        chunks = [c for c, _ in shelf.about(id)]
        practice = shelf.described(id)
        defined = any(t.method == "row" for c in chunks for t in c.tags)
        if practice and understood.route != "how_others":
            found.append(f"How have others handled {name}?")
        if defined and understood.route not in ("define", "examples"):
            found.append(f"What does {name} mean?")
        if defined and understood.route == "define":
            found.append(f"What examples does the model give of {name}?")
    return tuple(dict.fromkeys(found))[:MOST]


def opening_questions(shelf: Held, model: Model) -> tuple[str, ...]:
    """Up to four questions that this library can answer, of different kinds, made from what it holds."""
    practice = {
        c.id: {chunk.source for chunk, _ in shelf.about(c.id) if shelf.sources[chunk.source].kind == CASE_STUDY} for c in model.components
    }
    richest = sorted(model.components, key=lambda c: -len(practice[c.id]))
    found = [f"How have others handled {c.name}?" for c in richest[:1] if practice[c.id]]
    defined = [c for c in model.components if any(_defines(chunk, t, shelf) for chunk, t in shelf.about(c.id))]
    found += [f"What does {c.name} mean?" for c in defined[-1:]]
    told = {chunk.source for chunk in shelf.chunks.values()}  # within filters, not all of a source may be
    studies = sorted((s for s in shelf.case_studies() if s.id in told), key=lambda s: (s.published, s.id), reverse=True)
    if studies:
        name = studies[0].context.school or studies[0].organisation.removesuffix("(illustrative)").strip()
        found.append(f"What did {name} do, and what changed?")
    small = [s for s in studies if s.context.phase.lower().startswith("primary")]
    if small:
        found.append("Is there a primary that has cut workload?")
    return tuple(dict.fromkeys(found))[:4]


def _defines(chunk: Chunk, tag: Tag, shelf: Held) -> bool:
    """Whether a passage says what a component is: its row in the paper, or what stands under its name in a guide."""
    return tag.method == "row" or (tag.method == "heading" and shelf.sources[chunk.source].kind != CASE_STUDY)
