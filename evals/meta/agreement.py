"""`python -m evals meta`: how far each scorer agrees with labels that exist, with Cohen's kappa, its n and its interval.

A scorer that does not agree says so. Author labels are ours; clapnq's answerability and evidence are those of its own annotators.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals.domain import EvalCase, Gold
from evals.gate import private, quietly
from evals.grounds import Grounds
from evals.intervals import kappa, kappa_interval
from evals.meta import clapnq
from evals.meta.labels import LabelledAnswer, load_llm, load_quotes
from evals.scorers import gold_quote, gold_source, voice, words
from evals.sets import find_set, load_set
from hub.domain import Answer, Noun
from hub.settings import ROOT, Settings
from ingest.run import ingest

AGREES = 0.6
"""Kappa from here on is "substantial" (J. R. Landis and G. G. Koch, 1977); under it a scorer is said not to agree."""
AUTHOR = "author labels"


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
    found: Mapping[str, str] = {}
    """Of each planted fault, how many the scorer found."""

    @property
    def verdict(self) -> str:
        """Whether it agrees, in plain words."""
        if self.kappa is None:
            return "not known: the labels are all alike"
        return "agrees" if self.kappa >= AGREES else "does not agree well enough to stand alone"


def agree(scorer: str, against: str, on: str, said: Sequence[str], labels: Sequence[str], found: dict[str, str] | None = None) -> Agreement:
    """The agreement of two lists."""
    low_high = kappa_interval(said, labels)
    low, high = low_high or (None, None)
    counts = Counter(f"{a} / {b}" for a, b in zip(said, labels, strict=True))
    return Agreement(
        scorer=scorer, against=against, on=on, n=len(said), agreed=sum(a == b for a, b in zip(said, labels, strict=True)),
        kappa=kappa(list(said), list(labels)), low=low, high=high, counts=dict(sorted(counts.items())), found=found or {},
    )  # fmt: skip


def report_agreement(settings: Settings, tell: Callable[[str], object]) -> list[Agreement]:
    """Every agreement that can be measured here; clapnq's where ../shared holds it."""
    with tempfile.TemporaryDirectory(prefix="hub-meta-") as folder:
        own = private(settings, Path(folder))
        ingest(own, [ROOT / "sources"], quietly)
        grounds = Grounds(own.store)
        rows = with_author_labels(grounds)
        grounds.close()
    if clapnq.FOLDER.is_dir():
        tell("asking clapnq's questions")
        rows += _with_clapnq(clapnq.measure(settings))
    else:
        tell(f"{clapnq.FOLDER} is missing: the scorers are measured on our own labels alone")
    return rows


def with_author_labels(grounds: Grounds) -> list[Agreement]:
    """The scorers of sentences and of gold, beside the labels that ship."""
    quotes, llm = load_quotes(grounds.sources), load_llm(grounds.sources)
    cases = {c.id: c for c in load_set(find_set("hub")).cases}
    rows = []
    for name, answers in (("quotes-mode answers with planted faults", quotes), ("answers in an llm's form with planted faults", llm)):
        on = f"{sum(len(a.sentences) for a in answers)} sentences of {len(answers)} {name}"
        rows += [
            _of_sentences("words", on, answers, grounds, lambda f: bool(f[0])),
            _of_sentences("voice", on, answers, grounds, lambda f: bool(f[1])),
            _of_sentences("words or voice", on, answers, grounds, any),
        ]
    return [*rows, _of_gold("gold_quote", quotes, cases, grounds), _of_gold("gold_source", quotes, cases, grounds)]


def _of_sentences(
    scorer: str, on: str, answers: Sequence[LabelledAnswer], grounds: Grounds, at_fault: Callable[[tuple[str, str]], bool]
) -> Agreement:
    said, labels = [], []
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for answer in answers:
        cited = {c.marker: c for c in answer.answer.citations}
        for sentence in answer.sentences:
            quotes = [cited[m] for m in sentence.claim.markers if m in cited]
            fault = at_fault((words.find_fault(sentence.claim, quotes, grounds), voice.find_fault(sentence.claim, quotes, grounds)))
            said.append("wrong" if fault else "right")
            labels.append(sentence.label)
            if sentence.fault:
                planted[sentence.fault] += 1
                found[sentence.fault] += fault
    return agree(scorer, AUTHOR, on, said, labels, {k: f"{found[k]} of {n}" for k, n in sorted(planted.items())})


def _of_gold(scorer: str, answers: Sequence[LabelledAnswer], cases: dict[str, EvalCase], grounds: Grounds) -> Agreement:
    """Whether the scorer passes an answer, beside whether any citation of it was labelled as answering the question."""
    said, labels = [], []
    for answer in answers:
        case = cases.get(answer.id)
        if case is None:
            continue
        find = gold_quote.score if scorer == "gold_quote" else gold_source.score
        value = find(case, _placed(answer, grounds), grounds).value
        if value is not None:
            said.append("right" if value else "wrong")
            labels.append("right" if "right" in answer.citations else "wrong")
    return agree(scorer, AUTHOR, f"{len(said)} quotes-mode answers", said, labels)


def _placed(answer: LabelledAnswer, grounds: Grounds) -> Answer:
    """The answer with its citations at the offsets that their quotes have in the library."""
    found = []
    for citation in answer.answer.citations:
        span = grounds.span(Gold(source=citation.source, quote=citation.quote))
        found.append(citation.model_copy(update={"start": span.start, "end": span.end}) if span else citation)
    return answer.answer.model_copy(update={"citations": tuple(found)})


def _with_clapnq(measured: clapnq.Measured) -> list[Agreement]:
    on = f"{len(measured.answered)} questions of clapnq"
    status = agree("status", clapnq.WHOSE, on, measured.answered, measured.answerable)
    evidence = agree(
        "evidence shown", clapnq.WHOSE, f"{len(measured.cited)} sentences of its gold passages", measured.cited, measured.chosen
    )
    recall = {"evidence recall": f"{100 * measured.recall:.0f}% of the sentences that people chose, {measured.recall_n} questions"}
    return [status, evidence.model_copy(update={"found": recall})]


def say_agreement(rows: Sequence[Agreement]) -> str:
    """For a terminal."""
    out = []
    for r in rows:
        value = "not defined" if r.kappa is None or r.low is None or r.high is None else f"{r.kappa:.2f} ({r.low:.2f} to {r.high:.2f})"
        out.append(f"{r.scorer}, against {r.against}, on {r.on}: kappa {value}, n = {r.n}, {r.agreed} the same: {r.verdict}")
        out.append(f"  {', '.join(f'{k}: {n}' for k, n in r.counts.items())}")
        if r.found:
            out.append(f"  {', '.join(f'{k}: {v}' for k, v in r.found.items())}")
    return "\n".join(out)
