"""Whether a sentence's figures, names and quoted words stand in the quotes that it cites.

Definition: the share of an answer's cited claims in which every figure, every name and every stretch in quotation marks is found in the
quotes of its markers (with the words that lead to them). Around words in quotation marks, figures and names may also be those of the
cited source's own row: organisation, place, number of schools, date. In a sentence of prose a figure may not, but for the year of publication.
A figure in words and in digits is the same ("three", "3"); 18 is not 18%. A name is a word with a capital inside a sentence, or at its head
where it is part of the name of an organisation held. Unscored where no claim is cited.
Source: factual consistency by entities and quantities (Nan et al., Entity-level Factual Consistency of Abstractive Text Summarization, EACL 2021:
precision of the summary's entities against its source). Written apart from the engine's own check, so that neither hides the other's faults.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.components import load_model
from hub.domain import Answer, Citation, Claim, Source
from hub.quotes import canonical

ABOUT = About(
    name="words",
    title="Figures and names stand in the quotes",
    meaning="The share of sentences whose every figure, name and quoted word stands in the words they cite. Anything under 100% is a fault.",
)
_FIGURE = re.compile(r"(?<![\w.,])([-−+]?[£$€]?\d[\d,]*(?:\.\d+)?)\s?(%|per cent\b|percent\b)?")
_FIRST = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_SMALL = _FIRST.split()
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = dict(zip(_ROUND.split(), range(20, 100, 10), strict=True))
# "one" alone is a pronoun as often as a figure.
_SPELT = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[-\s](?P<unit>{'|'.join(_SMALL[1:10])}))?|(?P<small>{'|'.join(_SMALL[2:])})|half|twice|doubled?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“([^”]*)”")
_TITLED = re.compile(r"[A-Z][\w’'-]+")
_GENERIC = frozenset(
    [
        "trust",
        "trusts",
        "schools",
        "school",
        "academy",
        "academies",
        "education",
        "learning",
        "partnership",
        "special",
        "primary",
        "federation",
        "alternative",
        "coast",
        "the",
        "of",
        "and",
    ]
)


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """The share of claims that stand."""
    cited = {c.marker: c for c in answer.citations}
    judged = [(c, [cited[m] for m in c.markers if m in cited]) for c in answer.claims]
    judged = [(claim, quotes) for claim, quotes in judged if quotes]
    if not judged or answer.status == "error":
        return Score(scorer=ABOUT.name, value=None)
    faults = [f"“{claim.text[:60]}…”: {fault}" for claim, quotes in judged if (fault := find_fault(claim, quotes, grounds))]
    n = len(judged)
    return Score(
        scorer=ABOUT.name,
        value=(n - len(faults)) / n,
        answer=f"{n - len(faults)} of {n}",
        explanation="; ".join(faults) or "All stand.",
        metadata={"faults": len(faults)},
    )


def find_fault(claim: Claim, quotes: Sequence[Citation], grounds: Grounds) -> str:
    """The first thing that a claim says and its quotes do not; "" where there is none."""
    said = " ".join(f"{q.lead} {q.quote}" for q in quotes)
    sources = [grounds.sources[q.source] for q in quotes if q.source in grounds.sources]
    row = " ".join(_row(s) for s in sources) + " " + " ".join(q.heading for q in quotes)
    inside = _QUOTED.findall(claim.text)
    for words in inside:
        if not any(canonical(words) in canonical(f"{q.lead} {q.quote}") for q in quotes):
            return f"words in quotation marks that are not in the quote: {words[:40]}"
    outside = _QUOTED.sub(" ", claim.text)
    years = " ".join(s.published[:4] for s in sources)
    if missing := figures(outside) - figures(f"{said} {row if inside else years}"):
        return f"a figure that is not in the quote: {', '.join(sorted(missing))}"
    if name := next(names_missing(outside, f"{said} {row}", grounds.sources.values()), ""):
        return f"a name that is not in the quote: {name}"
    return ""


def figures(text: str) -> set[str]:
    """The figures of a text, with their signs but a plus, which says no more than none; those in words, up to ninety-nine, count as digits."""
    found = {f"{n.replace(',', '').replace('−', '-').lstrip('+')}{'%' if share else ''}" for n, share in _FIGURE.findall(text)}
    return found | {_spelt(match) for match in _SPELT.finditer(text)}


def _spelt(match: re.Match[str]) -> str:
    """The digits of a figure in words: twenty-three is 23; a half stays a half."""
    small, tens, unit = ((match[name] or "").lower() for name in ("small", "tens", "unit"))
    if not (small or tens):
        return match[0].lower()
    return str(_SMALL.index(small) if small else _TENS[tens] + (_SMALL.index(unit) if unit else 0))


def names_missing(text: str, known: str, sources: Iterable[Source]) -> Iterator[str]:
    """The names of a text that the known words do not hold."""
    held = {_bare(w) for w in re.findall(r"[\w’'-]+", known)} | _model_words()
    proper = {_bare(w) for s in sources for w in f"{s.organisation} {s.trust} {s.context.school}".split()} - _GENERIC
    for match in _TITLED.finditer(text):
        word = _bare(match[0])
        before = text[: match.start()].rstrip(" *_“‘(\"'")
        begins = not before or before[-1] in ".!?:;–—\n"
        parts = re.split(r"-+", word)  # a name with a hyphen stands where its parts do, however the source sets them
        if word not in held and not {_bare(p) for p in parts} <= held and not word.isdigit() and (not begins or word in proper):
            yield match[0]


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.lower()).strip("-’'*_().,")


def _model_words() -> set[str]:
    model = load_model()
    named = [*(c.name for c in model.components), *(s.name for s in model.strands)]
    return {_bare(w) for name in named for w in name.split()}


def _row(source: Source) -> str:
    context = " ".join(str(v) for v in source.context.model_dump().values())
    # "11400" in a row is shown as 11,400: figures() takes the separators out of both.
    return f"{source.title} {source.organisation} {source.trust} {context} {source.published} {source.kind} {source.published[:4]}"
