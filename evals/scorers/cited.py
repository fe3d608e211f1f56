"""Whether every sentence that asserts something carries a citation.

Definition: the share of an answer's claims with at least one marker, each of whose markers is that of a citation of the answer and
stands in its text. What code frames and counts is no claim. Unscored for refusals and answers without claims.
Source: the coverage half of verifiability (Liu, Zhang and Liang, Evaluating Verifiability in Generative Search Engines, 2023):
whether every statement worth verifying is cited at all, apart from whether the citation supports it.
"""

import re

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import ANSWERED, Answer

ABOUT = About(
    name="cited",
    title="Every sentence is cited",
    meaning="The share of sentences that say something and can be opened at a source. Anything under 100% is a fault.",
)


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """The share of claims that are cited."""
    if answer.status not in ANSWERED or not answer.claims:
        return Score(scorer=ABOUT.name, value=None)
    held = {c.marker for c in answer.citations}
    shown = {int(m) for m in re.findall(r"\[(\d+)\]", answer.text)}
    bare = [c for c in answer.claims if not c.markers or not set(c.markers) <= held & shown]
    n = len(answer.claims)
    return Score(
        scorer=ABOUT.name,
        value=(n - len(bare)) / n,
        answer=f"{n - len(bare)} of {n}",
        explanation="; ".join(f"no citation: {c.text[:80]}" for c in bare) or "All are cited.",
    )
