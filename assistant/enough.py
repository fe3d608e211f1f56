"""The fifth step: is there enough to answer?

First what the question presumes (see `presumed`). Then how near the best sentences are, and, for a question about one organisation,
how much of it that organisation's documents never speak of: nearness alone cannot tell, so each moves the bar of the other.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.journey import Evidence, Understood
from assistant.names import Names
from assistant.presumed import presumed_in_vain
from assistant.shelf import Shelf

NOTHING_NEAR = 0.40
"""Of the best sentence's cosine and half the best passage's: under it nothing held is about the question."""
HALF_NEAR = 0.56
"""Under it the nearest is shown as no more than that."""
UNSPOKEN = ((0.7, 0.6), (0.5, 0.5))
"""(share of the question's weight that the organisation's documents never speak of, cosine that makes up for it)."""


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, and what is missing."""

    status: Literal["answered", "partial", "no_evidence"]
    score: float
    reason: str = ""
    missing: str = ""
    """What the question asks for that was not found, to be said."""


def judge_evidence(understood: Understood, evidence: Evidence, shelf: Shelf, names: Names) -> Verdict:
    """Enough, half enough, or not."""
    near = evidence.signals.get("sentence", 0.0)
    score = near + 0.5 * evidence.signals.get("chunk", 0.0)
    if understood.premise:
        return Verdict("answered", score)
    reason, missing = presumed_in_vain(understood, evidence, shelf, names)
    if reason:
        return Verdict("no_evidence", score, reason, missing)
    if _is_known_to_be_held(understood, evidence, shelf):
        return Verdict("answered", score)
    if score < NOTHING_NEAR:
        return Verdict("no_evidence", score, "weak evidence")
    if understood.sources is not None and any(
        evidence.signals.get("unspoken", 0.0) >= share and near < cosine for share, cosine in UNSPOKEN
    ):
        return Verdict("no_evidence", score, "unspoken")
    return Verdict("answered" if score >= HALF_NEAR else "partial", score)


def _is_known_to_be_held(understood: Understood, evidence: Evidence, shelf: Shelf) -> bool:
    """What the library is known to have: the model's own parts, tagged passages, and the documents of whoever is named."""
    if understood.route in ("define", "examples", "list"):
        return bool(understood.components or understood.strands) or understood.route == "list"
    if understood.route in ("overview", "compare"):
        return bool(understood.names and evidence.candidates)
    return understood.route == "how_others" and bool(understood.components) and bool(shelf.about(understood.components[0]))
