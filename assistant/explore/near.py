"""Which case studies are near to a reader's own trust: by phase, region and number of schools, each wish met, missed or not stated."""

import re
from typing import Literal

from assistant.explore.groups import NOT_STATED, phase_of, regions_of
from assistant.names import PHASES
from hub.domain import Noun, Source
from hub.numbers import WORDS
from hub.places import regions_in

_NUMBERS = WORDS[1:]
_NUMBER = "|".join(
    [
        r"\d{1,3}",
        *(f"{tens}[- ](?:{'|'.join(_NUMBERS[:9])})" for tens in ("twenty", "thirty", "forty")),
        *reversed(_NUMBERS),
        "thirty",
        "forty",
        "fifty",
    ]
)
_SCHOOLS = re.compile(
    rf"\b(?P<number>{_NUMBER})\s+(?:(?:of )?(?:our|the|small|large|rural|urban|local|mainstream|primary|secondary|special|infant|junior|village|church|partner)\s+){{0,3}}"
    r"(?:schools|primaries|secondaries|academies|specials)\b",
    re.IGNORECASE,
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
SIZE_FACTOR = 2.0
"""A trust of half to twice as many schools is near in size."""
Verdict = Literal["met", "in part", "missed", "not stated"]


class Own(Noun):
    """What is known of the reader's own trust; "" and 0 where nothing is."""

    phase: str = ""
    region: str = ""
    schools: int = 0
    said: tuple[str, ...] = ()
    """Where each came from, in words."""


class Wish(Noun):
    """One likeness that was looked for."""

    what: str
    verdict: Verdict
    says: str = ""
    """What the case study's context says instead."""


def read_own(text: str, phase: str = "", region: str = "", schools: int = 0) -> Own:
    """The reader's trust, from options, else from the text itself."""
    said = [f"{what}: as you chose" for what, given in (("phase", phase), ("region", region), ("number of schools", schools)) if given]
    if not phase:
        # A strategy for primaries that mentions secondary transfer once is for primaries.
        counts = {name: len(pattern.findall(text)) for name, pattern in PHASES.items()}
        phase = max(counts, key=lambda name: counts[name]) if any(counts.values()) else ""
        said += [f"phase: {phase}, the one that your text names most"] if phase else []
    if not region and (regions := regions_in(text)):
        region = regions[0]
        said.append(f"region: {region}, from the first place that your text names")
    if not schools and (found := _schools_in(text)):
        schools = found
        said.append(f"number of schools: {schools}, from your text")
    return Own(phase=phase, region=region, schools=schools, said=tuple(said))


def _schools_in(text: str) -> int:
    """The first number of schools; "four special schools and eleven primaries" are fifteen."""
    match = _SCHOOLS.search(text)
    total = 0
    while match:
        total += _as_number(match["number"])
        joined = re.compile(r",? and (?:with |our |the )?").match(text, match.end())
        match = _SCHOOLS.match(text, joined.end()) if joined else None
    return total


def _as_number(words: str) -> int:
    if words.isdigit():
        return int(words)
    parts = re.split(r"[- ]", words.lower())
    return sum(_TENS.get(p, _NUMBERS.index(p) + 1 if p in _NUMBERS else 0) for p in parts)


def nearness(own: Own, source: Source) -> tuple[Wish, ...]:
    """How a case study stands to the reader's trust, wish by wish."""
    wishes = []
    if own.phase:
        phase = phase_of(source)
        wish = _wish(own.phase, own.phase.lower() in phase.lower(), phase != NOT_STATED, source.context.phase)
        # A trust of primaries and secondaries is no primary trust, and not unlike one either.
        part = wish.verdict == "missed" and bool(PHASES[own.phase].search(source.context.phase))
        wishes.append(wish.model_copy(update={"verdict": "in part"}) if part else wish)
    if own.region:
        regions = regions_of(source)
        wishes.append(_wish(own.region, own.region in regions, regions != (NOT_STATED,), source.context.region or source.context.location))
    if own.schools:
        count = source.context.schools
        held = int(count) if count.isdigit() else 0
        near = bool(held) and max(held, own.schools) <= SIZE_FACTOR * min(held, own.schools)
        wishes.append(
            _wish(
                f"about {own.schools} schools" if own.schools > 1 else "one school",
                near,
                bool(held),
                f"{count} schools" if held > 1 else "one school",
            )
        )
    return tuple(wishes)


def _wish(what: str, met: bool, stated: bool, says: str) -> Wish:
    return Wish(what=what, verdict="met" if met else "missed" if stated else "not stated", says=says if stated else "")


def share_met(wishes: tuple[Wish, ...]) -> float:
    """How many wishes are met; one met in part is half a wish."""
    return sum({"met": 1.0, "in part": 0.5}.get(w.verdict, 0.0) for w in wishes)


def in_words(wishes: tuple[Wish, ...]) -> str:
    """ "primary: yes; South West: no (London); about 14 schools: its context does not say"."""
    parts = {"met": "yes", "in part": "in part", "missed": "no", "not stated": "its context does not say"}
    return "; ".join(
        f"{w.what}: {parts[w.verdict]}{f' ({w.says})' if w.verdict in ('missed', 'in part') and w.says else ''}" for w in wishes
    )
