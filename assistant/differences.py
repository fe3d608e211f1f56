"""Where organisations settle the same thing in two ways, each by its own words; said only where both quotes bear it."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from assistant.approaches import tells_a_deed
from assistant.journey import Candidate

ONE_THING = 0.35
"""Cosine of two sentences from which they are of one thing, on which organisations can differ."""


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


_IN_PART = re.compile(r"\b(?:the (?:other|others|rest)|some|within|unless|except|up to|most)\b", re.IGNORECASE)
"""A way of settling a part of the thing."""


class Difference(NamedTuple):
    """Two organisations that settle one thing in two ways."""

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
        ways: dict[str, set[str]] = {}
        for candidate in everything:
            ways.setdefault(candidate.source.organisation, set()).update(w.said for w in (one, other) if w.words.search(candidate.text))
        sides = [
            (c, ways[c.source.organisation])
            for c in candidates
            if len(ways[c.source.organisation]) == 1
            and any(w.words.search(c.text) for w in (one, other))
            and tells_a_deed(c.text)
            and not _IN_PART.search(c.text)
        ]
        for (a, says), (b, answers) in combinations(sides, 2):
            if says != answers and float(a.vector @ b.vector) >= ONE_THING:
                return Difference(about, a, min(says), b, min(answers))
    return None
