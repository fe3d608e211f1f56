"""The fifth step: is there enough to answer?

First what the question presumes (see `presumed`). Then how likely it is that what was found answers the question, from several signals at
once: the best sentence's cosine, and how well the best passage answers to the question word by word (see `align`). Nearness alone cannot
tell: an unanswerable question is near to its topic too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.chance import chance
from assistant.doubt import DOUBTED, UNDOUBTED
from assistant.journey import Evidence, Understood, sets_components_side_by_side
from assistant.names import Names
from assistant.only_elsewhere import only_elsewhere
from assistant.presumed import presumed_in_vain
from assistant.shelf import Shelf
from assistant.shortlist import asks_for_context_alone
from assistant.size import size_words

LIKELY = 0.15
"""The chance of an answer under which what is shown is called the nearest, no more. Far under a half: a leader's own words for a thing
are often not the document's, and a hedged answer is then better than none."""
NOTHING_NEAR = 0.40
"""Of the best sentence's cosine and half the best passage's: under it nothing held is about the question."""
HALF_NEAR = 0.56
"""Under it the nearest is shown as no more than that."""
WEAK, DOUBT = "weak evidence", "doubt"
"""Reasons to refuse that name nothing missing: nothing is near; what is near does not say it, as far as can be told."""
ANOTHERS, ANOTHERS_ALONE = 0.6, 0.3
"""The share of the question's weight that a passage of another organisation has, and how much more that is than any passage has of the
one that is named, from which the matter is that other's."""
NEARER = 0.1
"""How much nearer, by cosine, its best sentence is than the best of the one that is named."""


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, and what is missing."""

    status: Literal["answered", "partial", "no_evidence"]
    score: float
    """The chance that what was found holds an answer, from 0 to 1."""
    reason: str = ""
    missing: str = ""
    """What the question asks for that was not found, to be said."""
    instead: frozenset[str] = frozenset()
    """The source to show where another organisation's answers to it."""

    @property
    def nearest_at_best(self) -> bool:
        """Whether nothing says what is missing, and yet nothing found is plainly an answer."""
        return self.status == "partial" or self.reason in (WEAK, DOUBT)


def judge_evidence(
    understood: Understood, evidence: Evidence, shelf: Shelf, names: Names, doubt: Callable[[], float] = lambda: UNDOUBTED
) -> Verdict:
    """Enough, half enough, or not. `doubt`: gives how doubtful an answer is (see `Doubt.of`); asked where nothing else refuses."""
    signals = evidence.signals
    nearness = signals.get("sentence", 0.0) + 0.5 * signals.get("chunk", 0.0)
    score = chance(signals) if "aligned" in signals else min(1.0, max(0.0, nearness - NOTHING_NEAR))
    if understood.premise:
        return Verdict("answered", score)
    if understood.route not in ("overview", "compare") and (other := only_elsewhere(understood, evidence, shelf)):
        return Verdict("no_evidence", score, "elsewhere", _whom(understood), frozenset({other}))
    reason, missing = presumed_in_vain(understood, evidence, shelf, names)
    if reason:
        return Verdict("no_evidence", score, reason, missing)
    if understood.route == "overview" and _is_anothers(signals):
        return Verdict("no_evidence", score, "elsewhere", " or ".join(understood.names), evidence.elsewhere)
    if _is_known_to_be_held(understood, evidence, shelf):
        return Verdict("answered", score)
    if nearness < NOTHING_NEAR and not (understood.route == "find" and _is_of_a_context(understood)):
        return Verdict("no_evidence", score, WEAK)
    if _is_anothers(signals):
        return Verdict("no_evidence", score, "elsewhere", " or ".join(understood.names), evidence.elsewhere)
    if doubt() >= DOUBTED:
        return Verdict("no_evidence", score, DOUBT)
    return Verdict("partial" if nearness < HALF_NEAR or score < LIKELY else "answered", score)


def _is_anothers(signals: Mapping[str, float]) -> bool:
    """Whether another organisation speaks of the matter, and the one that is named does not."""
    there = signals.get("elsewhere", 0.0)
    return there >= ANOTHERS and there - signals["own"] >= ANOTHERS_ALONE and signals["nearer"] > NEARER


def _whom(understood: Understood) -> str:
    """Whoever the question keeps to, to be said."""
    if understood.names:
        return " or ".join(understood.names)
    before, after = size_words(understood.size)
    school = " ".join(f"a {before} {understood.phase} school".split())
    return f"{school}{after}{''.join(f' in {region}' for region in understood.regions)}"


def _is_of_a_context(understood: Understood) -> bool:
    """Whether the question keeps to a place, phase or size: that such case studies are held was looked at already (see `presumed`)."""
    return bool(understood.regions or understood.phase or understood.size)


def _is_known_to_be_held(understood: Understood, evidence: Evidence, shelf: Shelf) -> bool:
    """What the library is known to have: the model's own parts, tagged passages, and the documents of whoever is named."""
    if understood.route in ("define", "examples", "list"):
        return bool(understood.components or understood.strands) or understood.route == "list"
    if sets_components_side_by_side(understood) or asks_for_context_alone(understood):
        return True
    if understood.route in ("overview", "compare"):
        return bool(understood.names and evidence.candidates)
    return understood.route == "how_others" and bool(understood.components) and bool(shelf.about(understood.components[0]))
