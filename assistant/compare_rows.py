"""What organisations are compared on beside what was asked: what it is for, who does it, how they know. Each by its words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.compose_practice import DEED
from assistant.explore.evidence import says_of_itself
from assistant.explore.quotable import under_results
from assistant.journey import Candidate

DEED_BONUS, MORE_BONUS = 0.1, 0.2
"""What a sentence gains that begins as deeds are told, or that gives figures or somebody else's word on what came of it."""


@dataclass(frozen=True)
class Row:
    """What is looked for in each organisation."""

    label: str
    fits: Callable[[Candidate], bool]
    gains: Callable[[Candidate], float] = lambda _: 0.0
    """What a sentence gains in this row."""


_AIM = re.compile(
    r"\b(?:in order to|(?:our|the|its|central|main) (?:\w+ )?(?:aims?|purpose|intention|vision|priority|focus) (?:is|was|of|on|were|are)|aim(?:s|ed|ing)? (?:to|for|at)|intend(?:s|ed)? to|"
    r"(?:we|they|leaders|heads|staff|the (?:trust|school)) (?:wanted|hoped|needed) |designed to|(?<!had )(?<!have )(?<!need )(?<!needs )(?<!needed )to (?:ensure|make sure|reduce|improve|support|protect|raise|free|cut|avoid|lighten|save|strengthen|enable))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:context|background|problem|challenge|introduction|why we|where we (?:started|began)|starting point)\b", re.IGNORECASE
)
"""Headings of what was so beforehand."""
_ROLE = (
    r"(?:head ?teachers?|principals?|senior leader\w*|(?:senior )?leadership team|SLT|middle leaders?|heads? of \w+|(?:(?:two|three|four|five|six|all|our|the|\d+) )?heads|"
    r"(?:\w+ )?(?:leads?(?= \w+)|leaders|practitioners?)|committee|(?:working|steering|project|focus|wellbeing) (?:group|party|team)|champions?|governors?|trustees|directors?|chief executive|co-?ordinators?|coaches)"
)
_WHO = re.compile(
    rf"^(?:[\w’'-]+,? ){{0,5}}?{_ROLE}\b|\bby (?:the |our |a |an |two |three |all |its )?(?:\w+ )?{_ROLE}\b|\b(?:chaired|led|run|set up|made up|appointed) by\b",
    re.IGNORECASE,
)


def tells_a_deed(candidate: Candidate) -> float:
    """What a sentence gains by the way it begins, where what was done is looked for."""
    return DEED_BONUS * bool(DEED.search(candidate.text))


def _says_what_came_of_it(candidate: Candidate) -> bool:
    heading = candidate.chunk.place.heading
    return not _BEFORE.search(heading) and says_of_itself(candidate.text, heading) != "none"


def _gives_more_than_an_opinion(candidate: Candidate) -> float:
    heading = candidate.chunk.place.heading
    return MORE_BONUS * ((says_of_itself(candidate.text, heading) in ("figures", "external")) + under_results(heading))


AIMED = Row("Aim", lambda c: bool(_AIM.search(c.text)))
PEOPLE = Row("Who", lambda c: bool(_WHO.search(c.text)))
KNOWN = Row("How they know", _says_what_came_of_it, _gives_more_than_an_opinion)
