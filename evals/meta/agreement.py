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
from evals.meta.known import AUTHOR, TOGETHER, Agreement
from evals.meta.labels import LabelledAnswer, load_llm, load_quotes
from evals.meta.written import load_written
from evals.scorers import bounds, gold_quote, gold_source, voice, words
from evals.sets import find_set, load_set
from hub.domain import Answer, Citation, Claim
from hub.settings import ROOT, Settings
from ingest.run import ingest

FindFault = Callable[[Claim, Sequence[Citation], Grounds], str]
FAULTS: Mapping[str, FindFault] = {"words": words.find_fault, "voice": voice.find_fault, "bounds": bounds.find_fault}
"""What each scorer of sentences finds wrong with one; "" for nothing."""


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
        if clapnq.FOLDER.is_dir():
            rows += with_written(grounds)
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
    for form, of, answers in (("quotes", "quotes-mode answers", quotes), ("llm", "answers in a language model's form", llm)):
        on = f"{sum(len(a.sentences) for a in answers)} sentences of {len(answers)} {of} with planted faults"
        for scorers in (*((name,) for name in TOGETHER), TOGETHER):
            row = _of_sentences(" or ".join(scorers), on, answers, grounds, [FAULTS[s] for s in scorers])
            rows.append(row.model_copy(update={"form": form}))
    return [*rows, _of_gold("gold_quote", quotes, cases, grounds), _of_gold("gold_source", quotes, cases, grounds)]


def _of_sentences(scorer: str, on: str, answers: Sequence[LabelledAnswer], grounds: Grounds, find: Sequence[FindFault]) -> Agreement:
    said, labels = [], []
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for answer in answers:
        cited = {c.marker: c for c in answer.answer.citations}
        for sentence in answer.sentences:
            quotes = [cited[m] for m in sentence.claim.markers if m in cited]
            fault = any(one(sentence.claim, quotes, grounds) for one in find)
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


def with_written(grounds: Grounds) -> list[Agreement]:
    """The scorers of sentences beside what clapnq's annotators wrote out of their evidence, and the same beside other evidence."""
    own, others = load_written()
    labels = ["right"] * len(own) + ["wrong"] * len(others)
    on = f"{len(own)} sentences that they wrote, each beside its own evidence and beside another question's"
    found = []
    for scorer in (n for n in FAULTS if n != "voice"):  # these texts have no voices
        said = ["wrong" if FAULTS[scorer](claim, quotes, grounds) else "right" for claim, quotes in (*own, *others)]
        found.append(agree(scorer, clapnq.WHOSE, on, said, labels))
    return found


def _with_clapnq(measured: clapnq.Measured) -> list[Agreement]:
    on = f"{len(measured.answered)} questions of clapnq"
    status = agree("the engine's answers and refusals", clapnq.WHOSE, on, measured.answered, measured.answerable)
    evidence = agree(
        "the evidence that the engine shows",
        clapnq.WHOSE,
        f"{len(measured.cited)} sentences of its gold passages",
        measured.cited,
        measured.chosen,
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
