"""Whether a sentence in somebody's own words keeps within the quotes that it cites.

Definition: the share of an answer's cited sentences, those apart that quote their source in quotation marks, in which plain code finds none of: a
"not" left out or put in; a hedge left out ("may", "seems", "about", "only") of the very clause that is said again; an "all" or a "must" put in; a
cause put in ("raised", "due to", "by stopping"); another stretch of time ("a month" for "a year"); and half or more of its words, two at
the least, that neither the quotes nor the source's own row hold, by their stems. Unscored where no sentence is in anybody's own words, as in most answers
of the quotes mode. It reads words, not sense: a free paraphrase may be called wrong, and a fault in the source's own words be missed.
Source: how far a summary is made of its source's words (coverage: Grusky, Naaman and Artzi, Newsroom, NAACL 2018), here by stems; and the ways in which
reports outrun a study, causes and certainty above all (Sumner et al., BMJ 2014). Written apart from the engine's own check, so that neither hides the other's faults.
"""

import re
from collections.abc import Sequence
from functools import cache

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.components import load_model
from hub.domain import Answer, Citation, Claim, Source
from vectorstore.lexical import tokenize

ABOUT = About(
    name="bounds",
    title="Says no more than its sources",
    meaning="Of the sentences in a language model's own words, the share in which nothing was found that goes beyond the words cited: "
    "a “not” or a “may” left out, an “all” or a cause put in, too much that the words cited do not hold. It reads words, not sense.",
)
OWN_WORDS = 0.5
"""A sentence with this share of words of its own, two at the least, is called invented."""
SAME_CLAUSE = 0.5
"""The share of a clause's words that a sentence must have to be that clause said again."""
_QUOTED = re.compile(r"“[^”]*”")
_CLAUSE = re.compile(r"[,;:.!?()]\s|\s[-–—]\s|\b(?:but|although|though|while|whereas|because|so that)\b")
_NOT = re.compile(r"\b(?:not|never|cannot|no|none|nobody|nothing|neither|nor|without|hardly|barely)\b|n[’']t\b", re.IGNORECASE)
_LIKE_NOT = re.compile(r"\b(?:stop|ceas|drop|abandon|lack|fail|refus|less|few|little|only|reject|end|un|remain)\w*", re.IGNORECASE)
# "May" with a capital is a month.
_HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could|perhaps|possibly|probably|likely|appear(?:s|ed)?|seem(?:s|ed)?|suggest(?:s|ed)?|tend(?:s|ed)?|provisional(?:ly)?|"
    r"estimate[ds]?|expected|hope[ds]?|encouraging|about|around|roughly|approximately|almost|nearly|up to|at least|at most|only|partly|in part|some|"
    r"sometimes|(?<!more )often|usually|most|mostly|several)\b",
    re.IGNORECASE,
)
_BOAST = re.compile(
    r"(?<!\bin )(?<!\bat )\b(?:all|every|everyone|everybody|always|entirely|wholly|completely|whole|fully|must|prove[sdn]?|certainly|clearly|most|any|best|guarantee[sd]?)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:cause[sd]?|causing|led to|leads? to|because|due to|thanks to|therefore|thereby|consequence|as a result|result(?:s|ed)? in|raise[sd]?|"
    r"improve[sd]?|boost(?:s|ed)?|ma(?:de|kes)(?! (?:up|of|from|by)\b)|cuts?|reduce[sd]?|drove|drives|explain(?:s|ed)?|by \w+ing)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(second|minute|hour|day|week|fortnight|month|term|year|decade)(?:s?|ly)\b", re.IGNORECASE)
_BROUGHT = """say says said ask asks report reports reported call calls called describe describes described find finds found hold holds held figure figures
    number trust school schools people one two three four five six seven eight nine ten them other others same again both another model paper guide do does did done
    has had have get got give gives gave given make made take took keep kept use used go went come came see saw set put cost costs total more than between now then
    also still would can been were am mean means compared against well far"""
_PLAIN = frozenset(_BROUGHT.split())
"""Words that a sentence may bring along: they say who speaks, or nothing by themselves."""


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """The share of sentences that keep within their quotes."""
    cited = {c.marker: c for c in answer.citations}
    judged = [(c, quotes) for c in answer.claims if is_own_words(c) and (quotes := [cited[m] for m in c.markers if m in cited])]
    if not judged or answer.status == "error":
        return Score(scorer=ABOUT.name, value=None)
    faults = [f"“{claim.text[:60]}…”: {fault}" for claim, quotes in judged if (fault := find_fault(claim, quotes, grounds))]
    n = len(judged)
    return Score(
        scorer=ABOUT.name, value=(n - len(faults)) / n, answer=f"{n - len(faults)} of {n}", explanation="; ".join(faults) or "Nothing goes beyond."
    )  # fmt: skip


def is_own_words(claim: Claim) -> bool:
    """Whether a sentence is somebody's own, not its source's words in quotation marks with what code sets before them."""
    return not (claim.verdict == "quoted" and _QUOTED.search(claim.text))


def find_fault(claim: Claim, quotes: Sequence[Citation], grounds: Grounds) -> str:
    """The first way in which a claim outruns its quotes; "" where none is found."""
    if not is_own_words(claim):
        return ""
    text = _QUOTED.sub(" ", claim.text)
    said = ". ".join(f"{q.lead}. {q.quote}" for q in quotes)
    return _turned(text, said) or _left_out(text, said) or _put_in(text, said) or _of_its_own(text, said, _rows(quotes, grounds))


def _turned(text: str, said: str) -> str:
    """A "not" that only one of them has of the same words."""
    if _NOT.search(text):
        return "" if _NOT.search(said) or _LIKE_NOT.search(said) else "a “not” is put in"
    return "a “not” is left out" if not _LIKE_NOT.search(text) and _said_again(text, said, _NOT) else ""


def _left_out(text: str, said: str) -> str:
    if _HEDGE.search(text):
        return ""
    found = _HEDGE.search(_said_again(text, said, _HEDGE))
    return f"“{found[0].lower()}” is left out" if found else ""


def _put_in(text: str, said: str) -> str:
    for pattern, what in ((_BOAST, "is put in"), (_CAUSE, "is a cause that is put in")):
        found = pattern.search(text)
        if found and not pattern.search(said):
            return f"“{found[0]}” {what}"
    held = {w.lower() for w in _TIME.findall(said)}
    other = {w.lower() for w in _TIME.findall(text)} - held
    return f"“{min(other)}” is not in the quote" if held and other else ""


def _of_its_own(text: str, said: str, rows: str) -> str:
    if "\t" in said:  # a row of a table says with its cells what a sentence takes words for
        return ""
    own = [w for w in dict.fromkeys(_stems(text)) if not w.isdigit()]
    held = set(tokenize([f"{said} {rows}"])[0])
    new = [w for w in own if not _among(w, held)]
    return f"words of its own: {', '.join(new)}" if len(new) >= 2 and len(new) >= OWN_WORDS * len(own) else ""


def _said_again(text: str, said: str, pattern: re.Pattern[str]) -> str:
    """The clause that a text says again, where it has such a word and no clause without one is as near; "" otherwise."""
    own = set(tokenize([text])[0])
    best, nearest = 0.0, ""
    for clause in _CLAUSE.split(said):
        words = _stems(pattern.sub(" ", clause))
        share = sum(_among(w, own) for w in words) / len(words) if words else 0.0
        if share > best or (share == best and not pattern.search(clause)):
            best, nearest = share, clause
    return nearest if best >= SAME_CLAUSE and pattern.search(nearest) else ""


def _stems(text: str) -> list[str]:
    """The stems of the words that say something."""
    kept = " ".join(w for w in re.findall(r"[\w’'-]+", text) if w.lower() not in _PLAIN)
    return [w for w in tokenize([kept])[0] if w not in _model_words()]


def _among(stem: str, held: set[str]) -> bool:
    """Whether a stem stands among others, or one that begins as it does: "decid" and "decis"."""
    return stem in held or (len(stem) > 4 and any(h[:4] == stem[:4] for h in held))


@cache
def _model_words() -> frozenset[str]:
    model = load_model()
    named = [*(c.name for c in model.components), *(s.name for s in model.strands)]
    return frozenset(tokenize([" ".join(named)])[0])


def _rows(quotes: Sequence[Citation], grounds: Grounds) -> str:
    held = [(q, grounds.sources[q.source]) for q in quotes if q.source in grounds.sources]
    return " ".join(f"{_row(s)} {q.heading}" for q, s in held)


def _row(source: Source) -> str:
    context = " ".join(str(v) for v in source.context.model_dump().values())
    return f"{source.title} {source.organisation} {source.trust} {context} {source.published[:4]}"
