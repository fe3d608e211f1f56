"""What the map's other side can be: organisations, phases, regions, kinds of document."""

from collections.abc import Callable, Mapping
from typing import Literal

from assistant.names import PHASES
from assistant.wording import kind_of
from hub.domain import CASE_STUDY, Source
from hub.places import REGIONS, regions_in

By = Literal["organisation", "phase", "region", "kind"]
BYS: tuple[By, ...] = ("organisation", "phase", "region", "kind")
NOT_STATED = "Not stated"
PHASE_GROUPS = ("Primary", "Secondary", "Special or alternative provision", "Mixed phases", NOT_STATED)
REGION_GROUPS = (*REGIONS, NOT_STATED)
_SPECIAL = "Special or alternative provision"


def phase_of(source: Source) -> str:
    """One phase a case study: special schools by themselves, primary and secondary together as mixed."""
    words = f"{source.context.phase} {source.context.school}"
    if source.context.phase.lower().startswith(("mixed", "all-through", "all through")):
        return "Mixed phases"
    if PHASES["special"].search(words):
        return _SPECIAL
    primary, secondary = bool(PHASES["primary"].search(words)), bool(PHASES["secondary"].search(words))
    if primary and secondary:
        return "Mixed phases"
    return "Primary" if primary else "Secondary" if secondary else NOT_STATED


def regions_of(source: Source) -> tuple[str, ...]:
    """The regions that a case study happened in: as its row states them, else those of the places that it names."""
    return regions_in(source.context.region) or regions_in(source.context.location) or (NOT_STATED,)


SIZE_GROUPS = ("One school", "2 to 5 schools", "6 to 15 schools", "16 schools or more", NOT_STATED)


def size_of(source: Source) -> str:
    """How many schools a case study's context gives, in four steps."""
    count = source.context.schools
    if not count.isdigit() or not int(count):
        return "One school" if source.context.school and not source.context.trust else NOT_STATED
    return next(name for name, most in zip(SIZE_GROUPS, (1, 5, 15, int(count)), strict=False) if int(count) <= most)


_GROUPS: Mapping[By, Callable[[Source], tuple[str, ...]]] = {
    "organisation": lambda s: (s.organisation,),
    "phase": lambda s: (phase_of(s),),
    "region": regions_of,
    "kind": lambda s: (kind_of(s),),
}


def groups_of(by: By, source: Source) -> tuple[str, ...]:
    """The rows of the map that a source stands in; none where it is not practice and the map is of practice."""
    return _GROUPS[by](source) if by == "kind" or source.kind == CASE_STUDY else ()


def in_order(by: By, names: set[str]) -> list[str]:
    """Rows as a reader expects them: phases by age, regions from north to south, names by the alphabet."""
    order = {"phase": PHASE_GROUPS, "region": REGION_GROUPS}.get(by)
    return (
        sorted(names, key=lambda n: (order.index(n) if n in order else len(order), n.casefold()))
        if order
        else sorted(names, key=str.casefold)
    )
