"""A run as CSV: a row a case, with its scores and what people said of it."""

import csv
import io

from evals.labels import labels_of
from evals.metrics import failures
from evals.runs import RunFolder
from evals.scoring import ABOUTS

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def run_csv(folder: RunFolder) -> str:
    """The run's cases, one a row."""
    out = io.StringIO()
    writer = csv.writer(out)
    people = labels_of(folder)
    scorers = list(ABOUTS)
    writer.writerow(
        ["case", "kind", "question", "status", "error", "fell_short_by", "answer", *scorers, *(f"labels by {p}" for p in people)]
    )
    for case, outcome in folder.pairs():
        answer = outcome.answer
        values = [s.value if (s := outcome.score(name)) and s.value is not None else "" for name in scorers]
        told = ["; ".join(f"{k[1]} {k[2]}: {v.value}" for k, v in sorted(own.items()) if k[0] == case.id) for own in people.values()]
        cells = [
            case.id,
            case.kind,
            case.question,
            answer.status if answer else "",
            outcome.error,
            ", ".join(failures(outcome)),
            answer.text if answer else "",
        ]
        writer.writerow([*(_safe(c) for c in cells), *values, *(_safe(t) for t in told)])
    return out.getvalue()


def _safe(cell: str) -> str:
    """A spreadsheet must not take a question for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
