"""Scores gathered into metrics: over all cases, by kind of question, by component."""

from collections import Counter
from collections.abc import Iterable, Sequence

from evals.domain import EvalCase, Metric, Outcome
from evals.intervals import bootstrap, interval
from evals.scorers.status import CELLS
from evals.scoring import ABOUTS

Pair = tuple[EvalCase, Outcome]


def metric(scorer: str, group: str, outcomes: Sequence[Outcome]) -> Metric:
    """One scorer over some outcomes. Errors have no scores: they are counted apart."""
    scores = [s for o in outcomes if not o.error and (s := o.score(scorer))]
    values = [s.value for s in scores if s.value is not None]
    find = interval if ABOUTS[scorer].unit == "share" else bootstrap
    low, high = find(values) if values else (None, None)
    mean = sum(values) / len(values) if values else None
    return Metric(scorer=scorer, group=group, n=len(values), unscored=len(scores) - len(values), mean=mean, low=low, high=high)


def groups(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """All under "", then each kind and each component, in the set's order."""
    found: dict[str, list[Pair]] = {"": list(pairs)}
    for case, outcome in pairs:
        if case.kind:
            found.setdefault(f"kind: {case.kind}", []).append((case, outcome))
    for case, outcome in pairs:
        for component in case.components:
            found.setdefault(f"component: {component}", []).append((case, outcome))
    return found


def all_metrics(pairs: Sequence[Pair]) -> list[Metric]:
    """Every scorer over every group in which it scored something."""
    found = []
    for group, members in groups(pairs).items():
        outcomes = [o for _, o in members]
        found += [m for name in ABOUTS if (m := metric(name, group, outcomes)).n]
    return found


def cells(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many of each of the four, and of errors."""
    counted: Counter[str] = Counter()
    for outcome in outcomes:
        score = outcome.score("status")
        counted["error" if outcome.error or score is None or not score.answer else score.answer] += 1
    return {name: counted[name] for name in (*CELLS, "error")}


FAULTLESS = ("status", "gold_source", "gold_quote", "integrity", "cited", "words", "voice")
"""Scorers under whose full mark a reader would call a case failed."""


def failures(outcome: Outcome) -> list[str]:
    """The scorers by which a case failed; "error" where it has no answer."""
    if outcome.error:
        return ["error"]
    return [name for name in FAULTLESS if (s := outcome.score(name)) and s.value is not None and s.value < 1]
