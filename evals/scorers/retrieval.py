"""How well the search found the passages that hold the answer, before anything was chosen from them.

Definitions, over the passages of an answer in order of rank (k of them, twelve at most) and the chunks that hold the case's gold, relevance yes or no:
recall@k is the share of those chunks found; reciprocal rank is 1 over the rank of the first found, 0 where none is, and its mean is MRR;
nDCG@k is the sum of 1/log2(rank + 1) over those found, divided by the most that k passages could reach.
Sources: E. Voorhees, The TREC-8 Question Answering Track Report, 1999 (reciprocal rank); K. Järvelin and J. Kekäläinen, Cumulated
gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002 (nDCG, with the ideal cut at k).
Recall and reciprocal rank are llama-index's. Its nDCG is not used: it divides by the ideal over all relevant chunks, not over the first k,
so that a perfect search with more relevant chunks than k scores under 1. All of them raise where nothing was retrieved: that is 0 here.
"""

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from evals.scorers.gold_source import applies
from hub.domain import Answer

RECALL = About(
    name="recall",
    title="Passages found (recall)",
    meaning="Of the passages that hold the answer, the share that the search found. What is not found cannot be quoted.",
)
RANK = About(
    name="reciprocal_rank",
    title="How high the first right passage stands (MRR)",
    meaning="1 where the first passage found is a right one, one half where the second is, one third where the third is, and so on.",
)
NDCG = About(
    name="ndcg",
    title="How well the passages are ordered (nDCG)",
    meaning="1 where all right passages come before all others; less the lower they stand.",
)


@cache
def _metric(name: str) -> Any:
    # Imported when first needed: llama-index's evaluation package pulls much in with it.
    from llama_index.core.evaluation.retrieval.metrics import MRR, Recall

    return {"recall": Recall, "reciprocal_rank": MRR}[name]()


def recall(expected: Sequence[str], found: Sequence[str]) -> float:
    """The share of the expected that was found."""
    return float(_metric("recall").compute(expected_ids=list(expected), retrieved_ids=list(found)).score) if found else 0.0


def reciprocal_rank(expected: Sequence[str], found: Sequence[str]) -> float:
    """1 over the rank of the first expected one; 0 where none was found."""
    return float(_metric("reciprocal_rank").compute(expected_ids=list(expected), retrieved_ids=list(found)).score) if found else 0.0


def ndcg(expected: Sequence[str], found: Sequence[str], k: int) -> float:
    """Of the first `k` found."""
    wanted = set(expected)
    gain = sum(1 / math.log2(rank + 1) for rank, id in enumerate(dict.fromkeys(found[:k]), 1) if id in wanted)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))


MOST = 12


def score_all(case: EvalCase, answer: Answer, grounds: Grounds) -> tuple[Score, Score, Score]:
    """Recall, reciprocal rank and nDCG; unscored where the case has no gold passage in this library."""
    expected = grounds.gold_chunks(case) if applies(case, answer) else []
    if not expected:
        return tuple(Score(scorer=a.name, value=None) for a in (RECALL, RANK, NDCG))  # type: ignore[return-value]
    found = [p.chunk for p in sorted(answer.passages, key=lambda p: p.rank)]
    hits = [n for n, id in enumerate(found, 1) if id in expected]
    told = f"{len(hits)} of {len(expected)} right passages found, at rank {', '.join(map(str, hits)) or '-'} of {len(found)}."
    values = (recall(expected, found), reciprocal_rank(expected, found), ndcg(expected, found, MOST))
    return tuple(  # type: ignore[return-value]
        Score(scorer=a.name, value=v, answer=told.split(" right")[0], explanation=told)
        for a, v in zip((RECALL, RANK, NDCG), values, strict=True)
    )
