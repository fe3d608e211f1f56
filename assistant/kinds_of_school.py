"""Kinds of school that a case study may be asked for and none held is of: "a pupil referral unit", "coastal schools"."""

import re
from collections.abc import Collection, Iterable

from assistant.holder import OPENING
from hub.domain import Chunk, Source

_PHASE = r"(?:(?:primary|secondary|special|infant|junior|state|church|catholic|comprehensive|small|large) )?"
_PLACE = r"(?:schools?|academ(?:y|ies)|primar(?:y|ies)|secondar(?:y|ies)|trusts?|mats?|colleges?|communit(?:y|ies)|towns?)\b"
_KINDS = {
    "a pupil referral unit": r"pupil referral units?|prus?\b",
    "alternative provision": r"alternative provision|pupil referral units?|prus?\b",
    "an all-through school": rf"all[- ]through (?:and )?{_PHASE}{_PLACE}",
    "a sixth form college": r"sixth[- ]form colleges?",
    "a grammar school": r"grammar schools?|selective schools?",
    "a university technical college": r"university technical colleges?|utcs?\b",
    "a studio school": r"studio schools?",
    "a boarding school": r"boarding schools?",
    "an independent school": r"(?:independent|private|fee-paying) schools?",
    "a girls' school": rf"girls[’']? {_PHASE}{_PLACE}",
    "a boys' school": rf"boys[’']? {_PHASE}{_PLACE}",
    "a nursery": r"nursery schools?|nurseries",
    "a middle school": r"middle schools?",
    "a hospital school": r"hospital schools?",
    "a virtual school": r"virtual schools?",
}
"""What a kind is called, in questions and where a case study says whom it is of."""
_BY_THE_SEA = {"a coastal school": r"coast(?:al|s)?\b|seaside|by the sea", "an island school": r"islands?\b|isles?\b"}
"""What surroundings are called, in questions and anywhere in a case study."""
_ALSO_ASKED = {
    "a nursery": r"nursery schools?|(?:an?|any|some|another) nursery(?= (?:that|which|who|with)\b|\W*$)",
    "a grammar school": r"(?:an?|girls[’']?|boys[’']?|any) grammars?\b(?! (?:and|of|lessons?|test|polic))",
}
"""Names that are a kind of school's in a question, and words of another sense in a text."""
_ASKED = {
    **{kind: re.compile(rf"\b(?:{said}|{_ALSO_ASKED.get(kind, said)})", re.IGNORECASE) for kind, said in _KINDS.items()},
    **{
        kind: re.compile(
            rf"\b(?:(?:{said}) {_PHASE}{_PLACE}|{_PLACE} (?:in|on|by|at|near|along) (?:the |an? )?(?:[\w’'-]+ )?(?:{said}))", re.IGNORECASE
        )
        for kind, said in _BY_THE_SEA.items()
    },
}
_BESIDE = re.compile(r"\b(?:to|with|into|and|alongside|between|than)(?: [\w’'-]+){0,2} $", re.IGNORECASE)
"""Whom a school works with, or sends to, is not whom a case study is asked of."""


def kind_not_held(question: str, studies: Iterable[Source], chunks: Collection[Chunk]) -> str:
    """The kind of school that a question asks for and no case study says that it is of, with its article; or ""."""
    asked = [
        kind for kind, pattern in _ASKED.items() if (found := pattern.search(question)) and not _BESIDE.search(question[: found.start()])
    ]
    if not asked:
        return ""
    rows = {
        s.id: " ".join(filter(None, (s.title, s.context.school, s.context.trust, s.context.phase, s.context.location))) for s in studies
    }
    for kind in asked:
        said = _BY_THE_SEA.get(kind) or _KINDS[kind]
        texts = (chunk.text for chunk in chunks if chunk.source in rows and (kind in _BY_THE_SEA or chunk.start < OPENING))
        if not any(re.search(rf"\b(?:{said})", text, re.IGNORECASE) for text in (*rows.values(), *texts)):
            return kind
    return ""
