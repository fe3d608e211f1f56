"""Labels that people give to a run's answers, sentence by sentence and citation by citation; how far two people, and a scorer and a person, agree.

Kept beside the run, appended, the last of a person on a thing counting. Whose they are is said wherever they are shown.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal

from pydantic import ValidationError

from evals.domain import CitationLabel, Outcome, SentenceLabel
from evals.intervals import kappa, kappa_interval
from evals.runs import RunFolder
from hub.domain import Noun, Words

_FILE = "labels.jsonl"
SENTENCE_LABELS: tuple[SentenceLabel, ...] = ("right", "partly", "wrong")
CITATION_LABELS: tuple[CitationLabel, ...] = ("right", "nearby", "wrong")


class Label(Noun):
    """One person's word on one thing."""

    case: str
    by: Words
    """Who: a name or initials."""
    thing: Literal["sentence", "citation"]
    number: int
    """Of a sentence, from 0 in the answer's order; of a citation, its marker."""
    value: Literal["right", "partly", "nearby", "wrong"]
    at: str = ""


class Agreed(Noun):
    """How far two raters agree on the things that both labelled."""

    first: str
    second: str
    n: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None

    def __str__(self) -> str:
        if self.kappa is None or self.low is None or self.high is None:
            return f"{self.first} and {self.second}: {self.agreed} of {self.n} alike; agreement beyond chance is not yet known"
        return (
            f"{self.first} and {self.second}: {self.agreed} of {self.n} alike; kappa {self.kappa:.2f} ({self.low:.2f} to {self.high:.2f})"
        )


Key = tuple[str, str, int]


def keep_label(folder: RunFolder, label: Label) -> None:
    """Append a label."""
    stamped = label.model_copy(update={"at": label.at or datetime.now(UTC).isoformat(timespec="seconds")})
    with (folder.path / _FILE).open("ab") as file:
        file.write(stamped.model_dump_json().encode() + b"\n")


def labels_of(folder: RunFolder) -> dict[str, dict[Key, Label]]:
    """By person, then by (case, thing, number)."""
    file = folder.path / _FILE
    found: dict[str, dict[Key, Label]] = {}
    for line in file.read_bytes().split(b"\n") if file.is_file() else ():
        try:
            label = Label.model_validate_json(line)
        except ValidationError:  # an empty line, or one cut by a death
            continue
        found.setdefault(label.by, {})[(label.case, label.thing, label.number)] = label
    return found


def said_of(case: str, labels: Mapping[str, Mapping[Key, Label]]) -> dict[tuple[str, int], str]:
    """What each person said of a case's sentences and citations: "AB: right; CD: wrong"."""
    found: dict[tuple[str, int], list[str]] = {}
    for who, own in sorted(labels.items()):
        for (labelled, thing, number), label in own.items():
            if labelled == case:
                found.setdefault((thing, number), []).append(f"{who}: {label.value}")
    return {key: "; ".join(words) for key, words in found.items()}


def agreement_of_people(labels: Mapping[str, Mapping[Key, Label]]) -> list[Agreed]:
    """Of every two people who labelled the same things."""
    people = sorted(labels)
    found = []
    for n, first in enumerate(people):
        for second in people[n + 1 :]:
            both = sorted(labels[first].keys() & labels[second].keys())
            if both:
                values = [[labels[who][key].value for key in both] for who in (first, second)]
                found.append(_agree(first, second, [str(v) for v in values[0]], [str(v) for v in values[1]]))
    return found


def agreement_of_scorer(scorer: str, outcomes: Iterable[Outcome], labels: Mapping[Key, Label], by: str) -> Agreed | None:
    """Whether a scorer passes the answers whose every labelled sentence is right; None where nobody labelled one that it scored."""
    said, told = [], []
    for outcome in outcomes:
        own = [label for (case, thing, _), label in labels.items() if case == outcome.case and thing == "sentence"]
        score = outcome.score(scorer)
        if own and score and score.value is not None:
            said.append("right" if score.value == 1 else "wrong")
            told.append("right" if all(label.value == "right" for label in own) else "wrong")
    return _agree(scorer, by, said, told) if said else None


def _agree(first: str, second: str, said: list[str], told: list[str]) -> Agreed:
    low, high = kappa_interval(said, told) or (None, None)
    agreed = sum(a == b for a, b in zip(said, told, strict=True))
    return Agreed(first=first, second=second, n=len(said), agreed=agreed, kappa=kappa(said, told), low=low, high=high)
