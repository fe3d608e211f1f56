"""What organisations are compared on beside what was asked: what it is for, who does it, how they know. Each by its words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.approaches import advises, tells_a_deed
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
    r"\b(?:(?:our|the|its|central|main|sole|only) (?:\w+ )?(?:aims?|purpose|intention|vision|priority|focus)(?: of (?:\w+ ){1,3}?)? ?(?:is|was|of|on|were|are)\b|aim(?:s|ed|ing)? (?:to|for|at)|intend(?:s|ed)? to|"
    r"(?:we|they|leaders|heads|staff|trustees|the (?:trust|school)) (?:wanted|hoped|needed) |designed to)",
    re.IGNORECASE,
)
"""Words by which an aim is said to be one."""
_PURPOSE = re.compile(
    r"\b(?:in order to|so that|(?<!had )(?<!have )(?<!need )(?<!needs )(?<!needed )(?<!expected )(?<!likely )(?<!essential )(?<!attempt )"
    r"to (?:ensure|make sure|reduce|improve|support|protect|raise|free|cut|avoid|lighten|save|strengthen|enable|help|give|build|prevent))\b",
    re.IGNORECASE,
)
"""What something was done for, where a deed is told."""
_DENIED = re.compile(r"\b(?:never|not|no longer|nobody|none|failed)\b|n[’']t\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:context|background|problem|challenge|introduction|why we|where we (?:started|began)|starting point)\b", re.IGNORECASE
)
"""Headings of what was so beforehand."""
_AFTER = re.compile(
    r"\b(?:did not work|didn[’']t work|went wrong|would not|stopped|lessons? learn\w+|next steps?|evaluat\w+)\b", re.IGNORECASE
)
"""Headings of what went wrong, or comes next."""
_RULED = re.compile(r"\b(?:should|must|could|would|is to|are to)\b", re.IGNORECASE)
"""What is laid down or wished, and not yet told as done."""
_BEGINS = re.compile(
    rf"(?i:{DEED.pattern}|^(?:I|since|the (?:trust|school|head\w*|deputy|committee|federation))\b)"
    r"|^[A-Z][\w’']+ (?:[A-Z][\w’']+ )*(?:created|uses?|used|introduced|set|has|have|holds?|runs?|began)\b"
)
"""How a sentence begins that tells what was done."""
_ROLE = (
    r"(?:head ?teachers?|principals?|senior leader\w*|(?:senior )?leadership team|SLT|middle leaders?|heads? of \w+|(?:(?:two|three|four|five|six|all|our|the|\d+) )?heads|"
    r"(?:\w+ )?(?:leads?(?= \w+)|leaders|practitioners?)|committee|(?:working|steering|project|focus|wellbeing) (?:group|party|team)|champions?|governors?|trustees|directors?|chief executive|co-?ordinators?|coaches)"
)
_WHO = re.compile(
    rf"^(?:[\w’'-]+,? ){{0,5}}?{_ROLE}\b|\bby (?:the |our |a |an |two |three |all |its )?(?:\w+ )?{_ROLE}\b|\b(?:chaired|led|run|set up|made up|appointed) by\b",
    re.IGNORECASE,
)


def tells_how(candidate: Candidate) -> float:
    """What a sentence gains that tells what was done, or loses that tells what should be."""
    if advises(candidate.text) or _RULED.search(candidate.text):
        return -DEED_BONUS
    return DEED_BONUS * (bool(_BEGINS.match(candidate.text)) + tells_a_deed(candidate.text)) / 2


def in_the_doing(candidate: Candidate) -> bool:
    """Whether a sentence stands neither under what was so beforehand, nor under what came of it or went wrong."""
    heading = candidate.chunk.place.heading
    return not (_BEFORE.search(heading) or _AFTER.search(heading) or under_results(heading))


def _says_what_for(candidate: Candidate) -> bool:
    text = candidate.text
    if _DENIED.search(text):
        return False
    return bool(_AIM.search(text)) or (
        bool(_PURPOSE.search(text)) and bool(_BEGINS.match(text)) and tells_a_deed(text) and in_the_doing(candidate)
    )


def _says_what_came_of_it(candidate: Candidate) -> bool:
    heading = candidate.chunk.place.heading
    return not _BEFORE.search(heading) and says_of_itself(candidate.text, heading) != "none"


def _gives_more_than_an_opinion(candidate: Candidate) -> float:
    heading = candidate.chunk.place.heading
    return MORE_BONUS * ((says_of_itself(candidate.text, heading) in ("figures", "external")) + under_results(heading))


AIMED = Row("Aim", _says_what_for)
PEOPLE = Row("Who", lambda c: bool(_WHO.search(c.text)))
KNOWN = Row("How they know", _says_what_came_of_it, _gives_more_than_an_opinion)
