"""What a person has set to be asked of: a kind of document, a trust, a phase, a region, a component. It narrows the shelf, so that
everything after it, the counts too, speaks of what is inside."""

from typing import TYPE_CHECKING, NamedTuple

from assistant.held import Held
from assistant.journey import Filters, JourneyEnds
from assistant.names import PHASES, of_phase, of_regions
from assistant.wording import kind_of, plain_organisation
from hub.components import Model
from hub.domain import CASE_STUDY, Source
from hub.places import REGIONS

if TYPE_CHECKING:  # the first screen tells of filters before what the shelf needs has been loaded
    from assistant.shelf import Shelf

NOTHING_INSIDE = "**Nothing held fits these filters together.** Clear one of them, or all, and ask again."


class Choices(NamedTuple):
    """What the library held gives to choose from."""

    kinds: tuple[str, ...]
    trusts: tuple[str, ...]
    phases: tuple[str, ...]
    regions: tuple[str, ...]


def holds(filters: Filters, source: Source) -> bool:
    """Whether a source is inside. Phase and region speak of case studies: other documents have neither, and stay."""
    if (filters.kind and source.kind != filters.kind) or (filters.trust and plain_organisation(source) != filters.trust):
        return False
    if source.kind != CASE_STUDY:
        return True
    in_phase = not filters.phase or bool(of_phase([source], filters.phase))
    return in_phase and (not filters.region or bool(of_regions([source], (filters.region,))))


def choices(shelf: Held) -> Choices:
    """Only what narrows: every choice has a source behind it."""
    sources = list(shelf.sources.values())
    studies = shelf.case_studies()
    return Choices(
        kinds=tuple(dict.fromkeys(s.kind for s in sorted(sources, key=lambda s: s.kind))),
        trusts=tuple(sorted({plain_organisation(s) for s in sources})),
        phases=tuple(p for p in PHASES if of_phase(studies, p)),
        regions=tuple(r for r in REGIONS if of_regions(studies, (r,))),
    )


def narrow(shelf: "Shelf", filters: Filters) -> "Shelf":
    """The shelf as though only what is inside were held. JourneyEnds (`no_evidence`) where nothing is."""
    if not filters:
        return shelf
    sources = {id for id, source in shelf.sources.items() if holds(filters, source)}
    chunks = None
    if filters.component:
        chunks = {c.id for c, _ in shelf.about(filters.component) if c.source in sources}
    if not sources or chunks == set():
        raise JourneyEnds("no_evidence", "filters", NOTHING_INSIDE)
    return shelf.narrowed(sources, chunks)


def narrowed(shelf: "Shelf", filters: Filters) -> "Shelf | None":
    """The shelf within the filters, or None where nothing is inside."""
    try:
        return narrow(shelf, filters)
    except JourneyEnds:
        return None


def told(filters: Filters, shelf: Held, model: Model) -> str:
    """What an answer within filters says of itself; "" without any. `shelf`: as it is without them."""
    if not filters:
        return ""
    inside = [s for s in shelf.sources.values() if holds(filters, s)]
    words = [
        next((kind_of(s) for s in inside), "") if filters.kind else "",
        filters.trust,
        filters.phase,
        filters.region,
        f"passages on {model.component(filters.component).name}" if filters.component else "",
    ]
    return f"Asked within your filters ({', '.join(w for w in words if w)}): {len(inside)} of the {len(shelf.sources)} sources held."
