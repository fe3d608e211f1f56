"""Whether an answer answers the question, in a judge llm's reading.

Definition: yes is 1, partly one half, no 0; the mean over the repeats, with their spread. Unscored for refusals: whether to refuse is the status's business.
Source: the answer relevance of RAG evaluation (Es et al., RAGAS, EACL 2024), asked outright and on three steps, in place of the likeness of questions made
from the answer, which cannot tell a near answer from a right one.
"""

from evals.domain import Score
from evals.judge.about import RESPONSIVE
from evals.judge.ask import AnyJudge, ask
from hub.domain import ANSWERED, Answer

ALLOWED = ("yes", "partly", "no")
WORTH = {"yes": 1.0, "partly": 0.5, "no": 0.0}


def score(answer: Answer, judge: AnyJudge, repeats: int) -> Score:
    """1, one half or 0, on average; unscored where no verdict came."""
    if answer.status not in ANSWERED:
        return Score(scorer=RESPONSIVE.name, value=None)
    said = ask(judge, "judge-responsive", ALLOWED, repeats, question=answer.standalone_question, answer=answer.text)
    if not said.verdicts:
        return Score(scorer=RESPONSIVE.name, value=None, explanation="The judge gave no verdict that could be read.")
    return Score(
        scorer=RESPONSIVE.name,
        value=said.mean(WORTH),
        answer=said.most,
        explanation=said.reasons[0],
        metadata={
            "verdicts": list(said.verdicts), "reasons": list(said.reasons), "spread": round(said.spread, 3), "contradicted": said.contradicted,
            "unread": said.unread, "repeats": repeats, "judge": judge.name,
        },
    )  # fmt: skip
