"""Where organisations settle the same thing in two ways, each by its own words; said only where both quotes bear it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from assistant.approaches import tells_a_deed
from assistant.journey import Candidate
from assistant.rhythms import apart, rhythms_in

ONE_THING, SAME_MATTER = 0.35, 0.5
"""Cosine of two sentences from which they are of one thing, on which organisations can differ; and where a thing named alike must be the same too."""


class Choice(NamedTuple):
    """One of two ways of settling the same thing, as a few words after a name."""

    said: str
    words: re.Pattern[str]


def _choice(said: str, words: str) -> Choice:
    return Choice(said, re.compile(words, re.IGNORECASE))


CONTRASTS: tuple[tuple[str, Choice, Choice], ...] = (
    (
        "who decides",
        _choice(
            "has the trust decide",
            r"\b(?:the trust|the central team|trustees|the board) (?:itself |always )?(?:decides?|decided|sets?|fixed|fixes|chooses?|chose|requires?|required)\b|\b(?:decided|settled|set|fixed|chosen) (?:centrally|by the trust|once for all)\b",
        ),
        _choice(
            "leaves it to those who do it",
            r"\b(?:schools?|teachers?|departments?|heads?|staff) (?:may |can )?(?:decides?|decided|chooses?|chose|choose (?:their|its) own|are free to)\b"
            r"|\btheir (?:own )?professional judge?ments?\b|\bto make professional judge?ments\b|\b(?:focused on|to) their own needs\b|\bleft to (?:each|the|schools|teachers|heads)\b",
        ),
    ),
    (
        "who does it",
        _choice(
            "brings people in from outside",
            r"\b(?:external|outside) (?:provider|trainer|consultant|reviewer|facilitator|expert)s?\b|\bpaid an outside\b",
        ),
        _choice(
            "uses its own people",
            r"\bour own (?:staff|teachers|leaders|people)\b|\bin-house\b|\bby our (?:staff|teachers|leaders)\b|\bone of our own\b",
        ),
    ),
)
"""What organisations may settle in two ways, each by its own words."""


_COMPELLED = re.compile(
    r"\b(?P<thing>\w{4,}) (?:is|are|was|were|became) (?:now |still |always )?(?:(?P<must>compulsory|mandatory|required of|expected of)|(?P<may>optional|voluntary|not (?:compulsory|required|expected)))\b",
    re.IGNORECASE,
)
_IN_PART = re.compile(r"\b(?:the (?:other|others|rest)|some|within|unless|except|up to|most)\b", re.IGNORECASE)
"""A way of settling a part of the thing."""


class Difference(NamedTuple):
    """Two organisations that settle one thing in two ways, or, where it is an agreement, in one."""

    about: str
    first: Candidate
    first_said: str
    second: Candidate
    second_said: str


def find_difference(candidates: Sequence[Candidate], everything: Sequence[Candidate]) -> Difference | None:
    """The first two sentences, best first, of two organisations that settle the same thing in two ways.

    Never of one that tells of both ways anywhere in `everything`: it would be shown as half of what it does.
    """
    for about, one, other in CONTRASTS:
        ways = partial(_ways, one, other)
        if found := _opposed(candidates, everything, {about: ways}, ONE_THING):
            return found
    things = dict.fromkeys(about for c in candidates for about, _ in _settled(c.text))
    return _opposed(candidates, everything, {about: partial(_of_thing, about) for about in things}, SAME_MATTER)


def find_agreement(candidates: Sequence[Candidate], everything: Sequence[Candidate]) -> Difference | None:
    """The first two sentences, best first, of two organisations that settle the same named thing in one way, and tell of no other."""
    for about in dict.fromkeys(about for c in candidates for about, _ in _settled(c.text)):
        sides = _sides(candidates, everything, partial(_of_thing, about))
        for (a, says), (b, answers) in combinations(sides, 2):
            if says == answers and a.source.organisation != b.source.organisation and float(a.vector @ b.vector) >= SAME_MATTER:
                return Difference(about, a, min(says), b, min(answers))
    return None


def _opposed(
    candidates: Sequence[Candidate], everything: Sequence[Candidate], matters: Mapping[str, Callable[[str], set[str]]], alike: float
) -> Difference | None:
    """The first two that differ on one of the matters; each tells which ways of settling it stand in a text."""
    for about, ways_in in matters.items():
        sides = _sides(candidates, everything, ways_in)
        for (a, says), (b, answers) in combinations(sides, 2):
            if apart(min(says), min(answers)) and float(a.vector @ b.vector) >= alike:
                return Difference(about, a, min(says), b, min(answers))
    return None


def _sides(
    candidates: Sequence[Candidate], everything: Sequence[Candidate], ways_in: Callable[[str], set[str]]
) -> list[tuple[Candidate, set[str]]]:
    """The candidates that tell of the one way that their organisation has, as something done, and of the whole of it."""
    ways: dict[str, set[str]] = {}
    for candidate in everything:
        ways.setdefault(candidate.source.organisation, set()).update(ways_in(candidate.text))
    return [
        (c, ways[c.source.organisation])
        for c in candidates
        if len(ways.get(c.source.organisation, ())) == 1 and ways_in(c.text) and tells_a_deed(c.text) and not _IN_PART.search(c.text)
    ]


def _ways(one: Choice, other: Choice, text: str) -> set[str]:
    return {way.said for way in (one, other) if way.words.search(text)}


def _of_thing(about: str, text: str) -> set[str]:
    return {said for matter, said in _settled(text) if matter == about}


def _settled(text: str) -> Iterator[tuple[str, str]]:
    """What a text settles of a thing that it names: how often it is done or meets, who has what time for it, and whether it is required."""
    yield from rhythms_in(text)
    for match in _COMPELLED.finditer(text):
        yield f"whether {match['thing'].lower()} must be done", "requires it" if match["must"] else "leaves it open"
