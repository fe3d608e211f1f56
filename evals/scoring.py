"""All scorers that need no judge, in the order in which a report shows them; and a case scored by them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from evals.judge import about as judged
from evals.scorers import bounds, cited, components, effort, gold_quote, gold_source, integrity, retrieval, status, voice, words
from hub.domain import Answer

Find = Callable[[EvalCase, Answer, Grounds], Score | Sequence[Score]]


@dataclass(frozen=True)
class Scorer:
    """What one file of `scorers/` measures, and how."""

    abouts: tuple[About, ...]
    find: Find


SCORERS: tuple[Scorer, ...] = (
    Scorer((status.ABOUT,), status.score),
    Scorer((gold_source.ABOUT,), gold_source.score),
    Scorer((gold_quote.ABOUT,), gold_quote.score),
    Scorer((gold_source.SEVERAL,), gold_source.score_several),
    Scorer((retrieval.RECALL, retrieval.RANK, retrieval.NDCG), retrieval.score_all),
    Scorer((integrity.ABOUT,), integrity.score),
    Scorer((cited.ABOUT,), cited.score),
    Scorer((words.ABOUT,), words.score),
    Scorer((voice.ABOUT,), voice.score),
    Scorer((bounds.ABOUT,), bounds.score),
    Scorer((components.PRECISION, components.RECALL), components.score_both),
    Scorer((effort.LATENCY,), effort.score_latency),
    Scorer((effort.COST,), effort.score_cost),
)
ABOUTS: dict[str, About] = {a.name: a for scorer in SCORERS for a in scorer.abouts} | {a.name: a for a in judged.ABOUTS}
"""Every scorer's description by name, those of the judge last."""


def score_case(case: EvalCase, answer: Answer, grounds: Grounds) -> tuple[Score, ...]:
    """Every score of one answer that needs no judge."""
    found: list[Score] = []
    for scorer in SCORERS:
        one = scorer.find(case, answer, grounds)
        found += [one] if isinstance(one, Score) else list(one)
    return tuple(found)
