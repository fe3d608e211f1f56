"""Whether sentences follow from the quotes that they cite, in a judge llm's reading.

Definitions are ALCE's (Gao, Yen, Yu and Chen, Enabling Large Language Models to Generate Text with Citations, EMNLP 2023, section 4). With phi(premise,
statement) 1 where the premise entails the statement: a statement's citation recall is 1 where it has at least one citation and phi(all its citations
together, statement) is 1; an answer's is the mean over its statements. A citation is irrelevant where phi of it alone is 0 and phi of the statement's other
citations together is 1. Its citation precision is 1 where the statement's recall is 1 and it is not irrelevant; an answer's is the mean over its citations.
Where ALCE's phi is an entailment network, ours is a judge llm's most frequent verdict; its repeats and their spread are kept. Claims that
are word for word what they cite are not asked about: their recall is 1. Judge's calls that gave no verdict leave their statement out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.domain import Score
from evals.judge.about import SUPPORT_PRECISION, SUPPORT_RECALL
from evals.judge.ask import AnyJudge, Verdicts, ask
from hub.domain import ANSWERED, Answer, Citation, Claim

SUPPORTED, NOT_SUPPORTED = ALLOWED = ("supported", "not supported")
Entails = Callable[[Sequence[str], str], bool | None]
"""phi: whether these premises together entail a statement; None where it could not be told."""


@dataclass(frozen=True)
class Statement:
    """A statement with what it cites."""

    text: str
    citations: tuple[str, ...]


def statement_scores(statement: Statement, entails: Entails) -> tuple[float | None, list[float]]:
    """A statement's citation recall, and the precision of each of its citations. Recall is None where phi could not be told."""
    if not statement.citations:
        return 0.0, []
    whole = entails(statement.citations, statement.text)
    if whole is None:
        return None, []
    if not whole:
        return 0.0, [0.0] * len(statement.citations)
    if len(statement.citations) == 1:
        return 1.0, [1.0]
    precise = []
    for number, own in enumerate(statement.citations):
        others = [c for n, c in enumerate(statement.citations) if n != number]
        irrelevant = entails([own], statement.text) is False and entails(others, statement.text) is True
        precise.append(0.0 if irrelevant else 1.0)
    return 1.0, precise


def score(answer: Answer, judge: AnyJudge, repeats: int) -> tuple[Score, Score]:
    """Citation recall and precision of an answer; unscored for refusals."""
    if answer.status not in ANSWERED or not answer.claims:
        return Score(scorer=SUPPORT_RECALL.name, value=None), Score(scorer=SUPPORT_PRECISION.name, value=None)
    held = {c.marker: c for c in answer.citations}
    kept: list[dict[str, Any]] = []
    recalls: list[float] = []
    precisions: list[float] = []
    for claim in answer.claims:
        quotes = [held[m] for m in claim.markers if m in held]
        found, told = _judge(claim, quotes, judge, repeats)
        kept += told
        if found[0] is not None:
            recalls.append(found[0])
            precisions += found[1]
    metadata = {"verdicts": kept, "repeats": repeats, "judge": judge.name, "contradicted": sum(k["contradicted"] for k in kept)}
    weak = [k["sentence"][:80] for k in kept if k["verdict"] == NOT_SUPPORTED and k["whole"]]
    told_weak = "Not borne out: " + "; ".join(weak) if weak else "Every sentence that was judged is borne out."
    return (
        Score(
            scorer=SUPPORT_RECALL.name, value=_mean(recalls), answer=f"{sum(recalls):g} of {len(recalls)}", explanation=told_weak, metadata=metadata
        ),
        Score(scorer=SUPPORT_PRECISION.name, value=_mean(precisions), answer=f"{sum(precisions):g} of {len(precisions)}"),
    )  # fmt: skip


def _judge(
    claim: Claim, quotes: Sequence[Citation], judge: AnyJudge, repeats: int
) -> tuple[tuple[float | None, list[float]], list[dict[str, Any]]]:
    if claim.verdict == "quoted" and quotes:
        return (1.0, [1.0] * len(quotes)), []
    kept: list[dict[str, Any]] = []

    def entails(premises: Sequence[str], text: str) -> bool | None:
        said = ask(judge, "judge-support", ALLOWED, repeats, sentence=text, quotes="\n".join(premises))
        kept.append(_kept(text, said, len(premises) == len(quotes)))
        return said.most == SUPPORTED if said.most else None

    told = tuple(f"{q.organisation}: {q.lead} {q.quote}" for q in quotes)
    return statement_scores(Statement(claim.text, told), entails), kept


def _kept(sentence: str, said: Verdicts, whole: bool) -> dict[str, Any]:
    return {
        "sentence": sentence, "whole": whole, "verdict": said.most, "verdicts": list(said.verdicts), "reasons": list(said.reasons),
        "spread": round(said.spread, 3), "contradicted": said.contradicted, "unread": said.unread,
    }  # fmt: skip


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
