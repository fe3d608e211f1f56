"""Answered where it should, refused where it should: the two by two of status.

Definition: a case is answerable or not (its author says), and is answered (`answered`, `partial`) or refused (`no_evidence`,
`out_of_scope`, `unclear`, `blocked`). Right answer and right refusal are 1; wrong answer and wrong refusal are 0. A status that the case
names as expected is right whatever it is; where a case names some, any other is wrong. An error is none of the four: unscored.
Source: the reading of unanswerable questions in SQuAD 2.0 (Rajpurkar, Jia and Liang, 2018), where abstaining is right exactly on
questions without an answer.
"""

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import ANSWERED, Answer

ABOUT = About(
    name="status",
    title="Answered or refused, rightly",
    meaning="Of all questions, the share that was answered where the library holds an answer, and refused where it does not.",
)
RIGHT_ANSWER, WRONG_ANSWER, RIGHT_REFUSAL, WRONG_REFUSAL = CELLS = ("right answer", "wrong answer", "right refusal", "wrong refusal")


def cell(case: EvalCase, status: str) -> str:
    """Which of the four a status is; "" for an error."""
    if status == "error":
        return ""
    answered = status in ANSWERED
    right = status in case.expected_status if case.expected_status else answered == case.answerable
    if right:
        return RIGHT_ANSWER if case.answerable else RIGHT_REFUSAL
    return WRONG_ANSWER if answered else WRONG_REFUSAL


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """1 for right, 0 for wrong; the cell is the score's `answer`."""
    found = cell(case, answer.status)
    if not found:
        return Score(scorer=ABOUT.name, value=None, answer="error", explanation="An error is neither an answer nor a refusal.")
    expected = " or ".join(case.expected_status) or ("an answer" if case.answerable else "a refusal")
    return Score(
        scorer=ABOUT.name,
        value=float(found in (RIGHT_ANSWER, RIGHT_REFUSAL)),
        answer=found,
        explanation=f"Expected {expected}; the status is {answer.status}{f' ({answer.reason})' if answer.reason else ''}.",
    )
