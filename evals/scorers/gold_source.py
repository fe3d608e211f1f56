"""Whether an answer cites a source that holds the answer.

Definition: 1 where one of the first six citations of an answered question is of a gold source, 0 otherwise, a refusal included; cases
without gold, and those that should be refused, are unscored. Beside it, `gold_sources`: the share of a case's gold sources that
the first six cite, for cases with several (recall over sources).
Source: citing "the expected" document, not any, after the evaluation of Azure's search demo, where any citation reached .98 and the
expected one .52; six because readers open the first ones.
"""

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import ANSWERED, Answer, Citation

FIRST = 6
"""Only so many citations count: an answer that cites everything is no answer."""
ABOUT = About(
    name="gold_source",
    title="A right source is cited",
    meaning="Of the questions that the library answers, the share whose answer cites, among its first six, a document that holds the answer.",
)
SEVERAL = About(
    name="gold_sources",
    title="Of several right sources, how many",
    meaning="For questions answered in several documents, the share of them that the first six citations reach.",
)


def first_citations(answer: Answer) -> tuple[Citation, ...]:
    """The citations that count; none of a refusal's, which are of what is nearest."""
    return answer.citations[:FIRST] if answer.status in ANSWERED else ()


def applies(case: EvalCase, answer: Answer) -> bool:
    """Whether a case has gold that an answer should show."""
    return case.answerable and bool(case.gold) and answer.status != "error"


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """1 or 0, or unscored."""
    if not applies(case, answer):
        return Score(scorer=ABOUT.name, value=None)
    wanted = {g.source for g in case.gold} | set(case.also)
    cited = [c.source for c in first_citations(answer)]
    hit = next((s for s in cited if s in wanted), "")
    return Score(
        scorer=ABOUT.name,
        value=float(bool(hit)),
        answer=hit or "none",
        explanation=f"Wanted {', '.join(sorted(wanted))}; cited {', '.join(dict.fromkeys(cited)) or 'nothing'}.",
    )


def score_several(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """The share of the gold sources cited; unscored where there is one only."""
    wanted = {g.source for g in case.gold}
    if not applies(case, answer) or len(wanted) < 2:
        return Score(scorer=SEVERAL.name, value=None)
    most = min(len(wanted), FIRST)
    cited = wanted & {c.source for c in first_citations(answer)}
    missing = ", ".join(sorted(wanted - cited))
    return Score(
        scorer=SEVERAL.name,
        value=len(cited) / most,
        answer=f"{len(cited)} of {most}",
        explanation=f"Not cited: {missing}." if missing else "All are cited.",
    )
