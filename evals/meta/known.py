"""What is known of how far a scorer may be trusted, as `python -m evals meta --keep` last found it: said beside its figure wherever that is shown."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from evals.scoring import ABOUTS
from hub.domain import Noun

AUTHOR = "author labels"
AGREES = 0.6
"""Kappa from here on is "substantial" (J. R. Landis and G. G. Koch, 1977); under it a scorer is said not to agree."""
TOGETHER = ("words", "voice", "bounds")
"""The scorers of sentences. Each looks for faults of its own, so they are to be read together."""
FILE = Path(__file__).parent / "measured.json"
WHAT_KAPPA_IS = f"Kappa is agreement beyond chance: 1 is all of it, 0 none. From {AGREES:.2f} on a measure is said to agree; the range after it is the 95% interval."


class Agreement(Noun):
    """A scorer beside labels of the same things."""

    scorer: str
    against: str
    """Whose labels."""
    on: str
    n: int
    agreed: int
    kappa: float | None
    """None where all labels are alike: agreement beyond chance is then not defined."""
    low: float | None
    high: float | None
    counts: dict[str, int]
    """(what the scorer said) / (what the label says), and how often."""
    form: Literal["quotes", "llm", ""] = ""
    """What sort of answers it is of; "": of any."""
    found: Mapping[str, str] = {}
    """Of each planted fault, how many the scorer found."""

    @property
    def verdict(self) -> str:
        """Whether it agrees, in plain words."""
        if self.kappa is None:
            return "not known: the labels are all alike"
        return "agrees" if self.kappa >= AGREES else "does not agree well enough to stand alone"


def keep_known(rows: Sequence[Agreement], file: Path = FILE) -> Path:
    """Keep what was measured. Returns where."""
    file.write_text(json.dumps([r.model_dump(mode="json") for r in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


@cache
def load_known(file: Path = FILE) -> tuple[Agreement, ...]:
    """What was measured when it was last kept."""
    return tuple(Agreement.model_validate(row) for row in json.loads(file.read_text(encoding="utf-8")))


def say_known(scorer: str, by_llm: bool) -> str:
    """How far a scorer's figure may be trusted by our own labels, for a reader; "" where it only counts, and no label could say otherwise.

    `by_llm`: a language model wrote the answers. Of the scorers of sentences, what they are worth there is another thing.
    """
    found = _row(scorer, by_llm)
    if found is None:
        return ""
    whose = f"beside {found.against} on {found.n} {'sentences' if scorer in TOGETHER else 'answers'}"
    if found.kappa is None:
        return f"Not known how far it agrees {whose}: these are all alike."
    if found.kappa >= AGREES:
        return f"Checked {whose}: it agrees, {_kappa(found)}."
    said = f"Take care: {whose} it {found.verdict}, {_kappa(found)}."
    together = _row(" or ".join(TOGETHER), by_llm) if scorer in TOGETHER else None
    if together is None or together.kappa is None or together.kappa < AGREES:
        return said
    others = " and ".join(f"“{ABOUTS[name].title}”" for name in TOGETHER if name != scorer)
    return f"{said} Read it with {others}: what any of the three finds wrong agrees, {_kappa(together)}."


def _row(scorer: str, by_llm: bool) -> Agreement | None:
    forms = ("", "llm" if by_llm else "quotes")
    return next((r for r in load_known() if r.scorer == scorer and r.against == AUTHOR and r.form in forms), None)


def _kappa(row: Agreement) -> str:
    return f"kappa {row.kappa:.2f} ({row.low:.2f} to {row.high:.2f})"
