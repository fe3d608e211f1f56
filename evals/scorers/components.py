"""Whether an answer is tied to the right components of the model.

Definition: precision is the share of the answer's components that the case names; recall is the share of the case's that the answer has.
Unscored where the case names none, and for refusals; with no component at all, precision is unscored and recall is 0.
Source: C. J. van Rijsbergen, Information Retrieval, 1979, chapter 7.
"""

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import ANSWERED, Answer

PRECISION = About(
    name="component_precision",
    title="Components named that belong",
    meaning="Of the components that answers are tied to, the share that the question is about.",
)
RECALL = About(
    name="component_recall",
    title="Components found",
    meaning="Of the components that questions are about, the share that the answers are tied to.",
)


def score_both(case: EvalCase, answer: Answer, grounds: Grounds) -> tuple[Score, Score]:
    """Precision and recall."""
    wanted, found = set(case.components), set(answer.components)
    if not wanted or answer.status not in ANSWERED:
        return Score(scorer=PRECISION.name, value=None), Score(scorer=RECALL.name, value=None)
    both = wanted & found
    told = f"Wanted {', '.join(sorted(wanted))}; got {', '.join(sorted(found)) or 'none'}."
    return (
        Score(scorer=PRECISION.name, value=len(both) / len(found) if found else None, answer=", ".join(sorted(found)), explanation=told),
        Score(scorer=RECALL.name, value=len(both) / len(wanted), answer=", ".join(sorted(both)) or "none", explanation=told),
    )
