"""What kind of thing an organisation did, where its own words say so: a few general approaches, each known by cue words.

A heading that does not fit is worse than none. So a sentence has an approach only where the words of exactly one stand in it, and an
answer is set by approach only where several organisations fall into at least two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.journey import Candidate

LEAST_GROUPS, LEAST_TOGETHER = 2, 2
"""An answer is set by approach where there are so many, one of them told by so many organisations."""
NEAR_ENOUGH = 0.6
"""A sentence is set under an approach that has this share, at least, of the best one's score."""


@dataclass(frozen=True)
class Approach:
    """A heading of our own, and the words by which a sentence falls under it."""

    name: str
    components: frozenset[str]
    """The components of which it is a way; others have their own."""
    words: re.Pattern[str]


def _approach(name: str, components: str, words: str) -> Approach:
    return Approach(name, frozenset(components.split()), re.compile(words, re.IGNORECASE))


_DOER = r"(?:we|they|heads|leaders|trustees|teachers|(?:the |our |all )?(?:trust|schools?|federation))"
STOPPING = "Stopping a practice outright"
APPROACHES = (
    _approach(
        STOPPING,
        "de-implement anticipate-and-adapt",
        rf"\b{_DOER} (?:have |has |had |also |then |therefore |relentlessly ){{0,2}}(?:stopped|withdrew|withdrawn|scrapped|abolished|discontinued|dropped|gave up|given up|removed)\b"
        r"|\b(?:was|were|has been|have been) (?:stopped|withdrawn|scrapped|abolished|discontinued|dropped|removed)\b|\b(?:no need|do not need|don't need) (?:to|for)\b",
    ),
    _approach(
        "Making it smaller or lighter",
        "de-implement leverage-capacity",
        r"\bin favour of (?:one|a single|a shorter|fewer)\b|\b(?:shortened|halved|streamlined|trimmed|slimmed)\b|\b(?:cut|reduced|fell|went|down) from (?:\w+ )?[\d\w,.]+ to\b|\bno more than \w+ (?:minutes|pages|hours)\b"
        r"|\b(?:brief|shorter) (?:meetings?|reports?|plans?)\b",
    ),
    _approach(
        "A rule before anything new",
        "de-implement leverage-capacity use-evidence anticipate-and-adapt",
        r"\bone in,? one out\b|\bbefore (?:(?:anyone|anybody|anything|any|we|a school|they) )?(?:new|adds?|adding|buys?|buying|bought|adopts?|adopting|starts?|starting|launch(?:es|ing)?)\b"
        r"|\bnothing (?:new )?(?:is|was|may be|can be) (?:added|bought|started)\b|\b(?:each|every|any) new \w+ (?:must|has to|needs)\b",
    ),
    _approach(
        "A standing group of staff",
        "connect grow-culture-and-leadership evaluate-insights use-evidence empower-horizontal-improvement",
        r"\b(?:committee|focus group|working group|working party|steering group|wellbeing team|reading group|panel)\b",
    ),
    _approach(
        "Working with other schools",
        "connect empower-horizontal-improvement develop-expertise leverage-capacity",
        r"\b(?:with|between|to|in|from) (?:other|another|both|partner|neighbouring) (?:local |trusts?|schools?)|\bjoint (?:\w+ ){0,2}(?:meetings?|training)\b|\b(?:subject|local) networks?\b|\bin all (?:\w+ )schools\b|\bwith a trust in\b|\bvisits? (?:each|one an)other\b",
    ),
    _approach("Coaching", "develop-expertise grow-culture-and-leadership", r"\bcoach(?:es|ing|ed)?\b"),
    _approach("Training", "develop-expertise", r"\b(?:trained|training)\b"),
    _approach("Practising together", "develop-expertise", r"\b(?:rehears\w+|practice groups?|practise[sd]? (?:with|together|on))\b"),
    _approach(
        "Asking staff",
        "evaluate-insights grow-culture-and-leadership use-evidence adopt-a-cycle",
        r"\b(?:surveys?|questionnaires?|staff voice|listening sessions|staff feedback)\b|\bwe asked (?:our|all|the|every) [\w ]{0,12}(?:staff|teachers)\b",
    ),
    _approach(
        "Looking at pupils’ progress",
        "evaluate-insights",
        r"\b(?:assessment (?:information|data)|(?:reading|common|standardised) (?:tests?|assessments?)|test scores?|pupils[’'] progress)\b",
    ),
    _approach(
        "Starting from research",
        "use-evidence adopt-a-cycle",
        r"\b(?:the|most recent|read|used|of) (?:\w+ )?(?:research|studies)\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|several) studies\b",
    ),
    _approach(
        "Few goals, shared by all",
        "set-quality-goals align-strategy",
        r"(?<![\w-])(?:two|three|four|[2-4]) (?:goals|priorities|aims|objectives)\b|\bone objective for each goal\b",
    ),
    _approach(
        "Saying what good looks like",
        "set-quality-goals",
        r"\bwhat good (?:\w+ )?looks like\b|\bour vision\b|\bwhat (?:\w+ ){1,3}looks like\b",
    ),
    _approach(
        "Settling who decides",
        "align-strategy",
        r"\b(?:trust|schools?) (?:decides?|fixed|fixes|chooses?|chose)\b|\bneed not\b|\b(?:their|its) own (?:needs|ways?|measures?)\b",
    ),
    _approach(
        "Time set aside",
        "leverage-capacity develop-expertise",
        r"\b(?:release (?:time|hours|days?)|protected time|time off|off timetable|PPA|(?:half )?a day a week|timetable with)\b",
    ),
    _approach(
        "Warning signs agreed beforehand",
        "anticipate-and-adapt",
        r"\b(?:tripwires?|warning signs?|trigger points?|either limit|limits? (?:was|were) (?:crossed|agreed|set)|prepare for)\b",
    ),
    _approach(
        "Fixed stages",
        "adopt-a-cycle",
        r"\b(?:exploring|preparing|delivering|explore|prepare|deliver) (?:stage |phase )?(?:ran|took|lasted|began)\b",
    ),
    _approach(
        "Short cycles",
        "adopt-a-cycle",
        r"\b(?:\w+|\d+)-week cycles?\b|\bcycles? of (?:half a term|\w+ weeks)\b|\bran (?:\d+|\w+) cycles\b",
    ),
    _approach("A written plan or policy", "adopt-a-cycle", r"\b(?:action plan|policy draft|draft policy|final policy)\b"),
)


_NO_DEED = re.compile(
    r"\b(?:would(?: never)?|could|should|cannot|can|(?-i:may)|might|must|never|hope|if|whether|argued|guidance)\b|^(?:there|when you|for example)\b|\?$",
    re.IGNORECASE,
)
"""What was wished, regretted, feared or laid down for others is not what was done."""
_ENDED = re.compile(r"\b(?:stopp?ed|withdrew|withdrawn|ended|gave up|given up|dropped|scrapped|no longer|until 20\d\d)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"^(?:allow|ask|avoid|check|choose|consider|create|decide|determine|encourage|ensure|find|give|have|hold|identify|include|keep|look|make|meet|plan|provide|remember|review|set|share|start|"
    r"take|talk|think|try|use|work)\b",
    re.IGNORECASE,
)
LEAST_WORDS = 6


def advises(text: str) -> bool:
    """Whether a sentence tells the reader what to do, and not what was done."""
    return bool(_ADVICE.match(text))


def tells_a_deed(text: str) -> bool:
    """Whether a sentence tells what somebody did: not what was wished, feared or advised."""
    return len(text.split()) >= LEAST_WORDS and not _NO_DEED.search(text) and not advises(text)


def approach_of(text: str, component: str) -> str:
    """The approach to a component whose words alone stand in what somebody did; "" where there is none, or several."""
    if not tells_a_deed(text):
        return ""
    found = [a.name for a in APPROACHES if component in a.components and a.words.search(text)]
    if _ENDED.search(text) and found != [STOPPING]:
        return ""  # what was given up is no way of doing it
    return found[0] if len(found) == 1 else ""


def near_the_best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those of the candidates (best first) that say much of what the best one does."""
    return [c for c in candidates if c.score >= NEAR_ENOUGH * candidates[0].score]


def by_approach(candidates: Sequence[Candidate], component: str, most: int) -> list[tuple[str, list[Candidate]]]:
    """The candidates (best first) that fall under an approach, one of each organisation, in groups; none where they make no two groups.

    An organisation that speaks of several stands under the rarest: it is what tells it from the others.
    """
    told: dict[str, dict[str, Candidate]] = {}
    for candidate in near_the_best(candidates):
        if not candidate.sentence.row and (name := approach_of(candidate.text, component)):
            told.setdefault(name, {}).setdefault(candidate.source.organisation, candidate)
    groups: dict[str, list[Candidate]] = {}
    placed: set[str] = set()
    for name in sorted(told, key=lambda n: (len(told[n]), n)):
        groups[name] = [c for organisation, c in told[name].items() if organisation not in placed]
        placed |= set(told[name])
    largest = sorted((g for g in groups.items() if g[1]), key=lambda g: (-len(g[1]), -g[1][0].score))
    if len(largest) < LEAST_GROUPS or len(largest[0][1]) < LEAST_TOGETHER:
        return []
    return _within(largest, most)


def _within(groups: Sequence[tuple[str, list[Candidate]]], most: int) -> list[tuple[str, list[Candidate]]]:
    """As many of each as there is room for, taken in turn."""
    kept: dict[str, int] = dict.fromkeys((name for name, _ in groups[:most]), 0)
    while sum(kept.values()) < most and any(kept[name] < len(own) for name, own in groups if name in kept):
        for name, own in groups:
            if name in kept and kept[name] < len(own) and sum(kept.values()) < most:
                kept[name] += 1
    return [(name, own[: kept[name]]) for name, own in groups if name in kept]
