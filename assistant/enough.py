"""The fifth step: is there enough to answer? Several signals together; no single similarity can tell.

Besides the signals, three plain checks look for what a question takes for granted: the thing it asks for ("what software ..."),
the deed it presumes ("why did they abandon ..."), and the document it names ("on page 12 of the guide").
"""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.journey import Evidence, Understood
from assistant.retrieve import in_context, question_words
from assistant.shelf import Shelf
from vectorstore.lexical import tokenize

_WEIGHTS = {"sentence": 2.2, "chunk": 1.0, "coverage": 0.8, "passage_words": 1.2, "best_words": 0.8, "unknown": -1.2}
ANSWER_FROM = 2.0
PARTIAL_FROM = 1.75

_FOCUS = re.compile(
    r"\b(?:what|which)\s+((?:[\w’'-]+\s+){1,3}?)(?:does|do|did|is|are|was|were|has|have|had|will|can|could|should|would)\b", re.IGNORECASE
)
_MEASURES = """
    share time result results number percentage percent proportion kind kinds type types sort sorts way ways thing
    things step steps example examples effect effects impact outcome outcomes difference evidence school schools trust
    trusts approach approaches change changes advice role reason reasons problem problems benefit benefits year date day
    part parts point points lesson lessons question questions support much many long recommendation recommendations
    saving savings other others one two three four five six
"""
"""Words that ask for a measure or an account, not for a thing: any passage may give it."""
_DEEDS = {
    "stopping": (
        re.compile(
            r"\bwhy\b.{0,60}\b(?:abandon\w*|scrap\w*|stop\w*|drop\w*|end|ended|withdr[ae]w\w*|discontinu\w*|close[ds]?|cancel\w*|ditch\w*|give up|gave up|reject\w*|fail\w*)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:abandon|scrap|stopp?|stopped|dropp|no longer|ended|withdr|discontinu|closed|cancel|ditch|gave up|reject|fail|removed|instead of)\w*",
            re.IGNORECASE,
        ),
    ),
}
_PAGE = re.compile(r"\bpage (\d{1,4})\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b(?:the|cst(?:'s|’s)?)\s+(?:\w+\s+)?(guide|implementation guide)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """Whether to answer, and what is missing."""

    status: Literal["answered", "partial", "no_evidence"]
    score: float
    reason: str = ""
    missing: str = ""
    """What the question asks for that was not found, to be said."""


def judge_evidence(understood: Understood, evidence: Evidence, shelf: Shelf) -> Verdict:
    """Enough, half enough, or not."""
    score = sum(weight * evidence.signals.get(name, 0.0) for name, weight in _WEIGHTS.items())
    if understood.premise:
        return Verdict("answered", score)
    if missing := _missing_context(understood, shelf):
        return Verdict("no_evidence", score, "context", missing)
    if understood.route in ("define", "examples", "list") and (understood.components or understood.strands or understood.route == "list"):
        return Verdict("answered", score)
    if understood.route == "overview" and evidence.candidates:
        return Verdict("answered", score)
    if understood.route == "how_others" and understood.components and shelf.about(understood.components[0]):
        return Verdict("answered", score)
    for reason, missing in (
        ("document", _missing_document(understood, evidence, shelf)),
        ("deed", _missing_deed(understood, evidence)),
        ("focus", _missing_focus(understood, evidence)),
    ):
        if missing:
            return Verdict("no_evidence", score, reason, missing)
    if score < PARTIAL_FROM:
        return Verdict("no_evidence", score, "weak evidence")
    return Verdict("answered" if score >= ANSWER_FROM else "partial", score)


def _missing_context(understood: Understood, shelf: Shelf) -> str:
    """A phase or region that no case study held is of."""
    if understood.route not in ("find", "how_others") or not (understood.phase or understood.regions) or in_context(understood, shelf):
        return ""
    where = f" in the {' or '.join(understood.regions)}".replace("the London", "London") if understood.regions else ""
    return f"no {understood.phase + ' ' if understood.phase else ''}case study{where}"


def _missing_document(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """A guide of CST's that is not held, or a page that no source has."""
    named = _DOCUMENT.search(understood.question)
    cst = re.search(r"\bCST\b", understood.question)
    if named and cst and not any(s.kind == "guide" and "School Trusts" in s.organisation for s in shelf.sources.values()):
        return "CST's guide to the model"
    page = _PAGE.search(understood.question)
    if page and not any(c.place.page == int(page[1]) for c in evidence.chunks):
        return f"page {page[1]}"
    return ""


def _missing_deed(understood: Understood, evidence: Evidence) -> str:
    """A deed that the question presumes and no near sentence tells of."""
    for name, (asked, told) in _DEEDS.items():
        if asked.search(understood.question) and understood.sources is not None:
            near = [c for c in evidence.candidates if c.source.id in understood.sources][:25]
            if not any(told.search(c.text) and c.features["words"] > 0.25 for c in near):
                return f"that {' or '.join(understood.names)} did so ({name})"
    return ""


def _missing_focus(understood: Understood, evidence: Evidence) -> str:
    """The thing asked for ("what software"), if nothing near speaks of it."""
    match = _FOCUS.search(understood.question)
    if not match:
        return ""
    words = [w for w in tokenize([match[1]])[0] if w not in tokenize([_MEASURES])[0] and w in question_words(understood)]
    if not words or len(words) > 3:
        return ""
    near = {c.chunk.id: c.chunk for c in evidence.candidates[:40]}.values()
    texts = [set(stems) for stems in tokenize([c.embed_text for c in near])]
    if any(all(w in text for w in words) for text in texts):
        return ""
    return match[1].strip()
