"""Whether an answer tells the facts that it should, in a judge llm's reading.

Definitions are those of TREC's RAG track and its AutoNuggetizer (Pradeep et al., Initial Nugget Evaluation Results for the TREC 2024 RAG Track, 2024,
section 4): a nugget is vital, or okay (worth having); the judge says support (1), partial support (0.5) or not support (0) of each. The vital score is the mean over
the vital nuggets; the weighted score is the sum over the vital and half the sum over the okay ones, divided by the number of vital and half the number of
okay ones. A refusal tells no nugget: 0 where the question is answerable. Cases without nuggets are unscored.
"""

from collections.abc import Sequence
from typing import Any

from evals.domain import EvalCase, Score
from evals.judge.about import NUGGETS_ALL, NUGGETS_VITAL
from evals.judge.ask import AnyJudge, ask
from hub.domain import ANSWERED, Answer

ALLOWED = ("support", "partial support", "not support")
WORTH = {"support": 1.0, "partial support": 0.5, "not support": 0.0}


def vital_score(told: Sequence[tuple[str, float]]) -> float | None:
    """Of (importance, worth) pairs: the mean over the vital; None where none is vital."""
    vital = [worth for importance, worth in told if importance == "vital"]
    return sum(vital) / len(vital) if vital else None


def weighted_score(told: Sequence[tuple[str, float]]) -> float | None:
    """Of (importance, worth) pairs: vital ones count one, okay ones a half."""
    weights = [1.0 if importance == "vital" else 0.5 for importance, _ in told]
    return sum(w * worth for w, (_, worth) in zip(weights, told, strict=True)) / sum(weights) if told else None


def score(case: EvalCase, answer: Answer, judge: AnyJudge, repeats: int) -> tuple[Score, Score]:
    """The vital and the weighted score."""
    if not case.nuggets or answer.status == "error" or not case.answerable:
        return Score(scorer=NUGGETS_VITAL.name, value=None), Score(scorer=NUGGETS_ALL.name, value=None)
    kept: list[dict[str, Any]] = []
    told: list[tuple[str, float]] = []
    for nugget in case.nuggets:
        if answer.status not in ANSWERED:
            told.append((nugget.importance, 0.0))
            continue
        said = ask(judge, "judge-nugget", ALLOWED, repeats, nugget=nugget.text, answer=answer.text)
        kept.append(
            {
                "sentence": nugget.text, "importance": nugget.importance, "verdict": said.most, "verdicts": list(said.verdicts),
                "reasons": list(said.reasons), "spread": round(said.spread, 3), "contradicted": said.contradicted, "unread": said.unread,
            }
        )  # fmt: skip
        if said.verdicts:
            told.append((nugget.importance, said.mean(WORTH)))
    missing = [k["sentence"] for k in kept if k["verdict"] == "not support"]
    metadata = {"verdicts": kept, "repeats": repeats, "judge": judge.name, "contradicted": sum(k["contradicted"] for k in kept)}
    explanation = f"Not told: {'; '.join(missing)}." if missing else ""
    return (
        Score(scorer=NUGGETS_VITAL.name, value=vital_score(told), explanation=explanation, metadata=metadata),
        Score(scorer=NUGGETS_ALL.name, value=weighted_score(told)),
    )
