"""Kinds of school, and surroundings, that a case study may be asked for and none held is of: "a pupil referral unit", "coastal schools"."""

import re
from collections.abc import Iterable

from hub.domain import Chunk, Source

OPENING = 1_500
"""Characters of a case study in which it says whom it is of."""
_PLACE = r"(?:schools?|academ(?:y|ies)|primar(?:y|ies)|secondar(?:y|ies)|trusts?|mats?|colleges?|settings?|communit(?:y|ies)|towns?|areas?|ones?)\b"
_OF_PLACES = rf"(?:[\w’'-]+ ){{0,2}}?{_PLACE}"
_SCHOOLS = {
    "pupil referral unit": r"pupil referral units?|\bprus?\b",
    "alternative provision": r"alternative provision|pupil referral units?|\bprus?\b",
    "all-through school": r"all[- ]through|\b(?:3|4|5)[- ](?:16|18|19)\b",
    "sixth form college": r"sixth[- ]form colleges?",
    "grammar school": r"grammar schools?|selective schools?",
    "university technical college": r"university technical colleges?|\butcs?\b",
    "studio school": r"studio schools?",
    "boarding school": r"boarding (?:schools?|houses?)",
    "independent school": rf"(?:independent|private|fee-paying) {_OF_PLACES}",
    "girls' school": rf"girls[’']? {_OF_PLACES}|all[- ]girls",
    "boys' school": rf"boys[’']? {_OF_PLACES}|all[- ]boys",
    "middle school": r"middle schools?",
    "hospital school": r"hospital schools?",
    "virtual school": r"virtual schools?",
}
"""What a kind is called, in questions and where a case study says whom it is of."""
_SURROUNDINGS = {
    "coastal": r"coast(?:al|s)?\b|seaside|by the sea",
    "rural": r"rural|villages?|countryside|hamlets?|farm\w*",
    "inner-city": r"inner[- ]city|inner cities|urban|city cent(?:re|er)s?",
    "island": r"islands?\b|isles?\b",
}
"""What surroundings are called, in questions and anywhere in a case study."""
_ALSO_ASKED = {"grammar school": r"(?:an?|girls[’']?|boys[’']?|any|some|other) grammars?\b(?! (?:and|of|lessons?|test|polic))"}
"""Names that are a kind of school's in a question, and words of another sense in a text."""
_ASKED = {
    **{label: re.compile(rf"\b(?:{said}|{_ALSO_ASKED.get(label, said)})", re.IGNORECASE) for label, said in _SCHOOLS.items()},
    **{
        label: re.compile(
            rf"\b(?:(?:{said}) {_OF_PLACES}|{_PLACE} (?:in|on|by|at|near|along) (?:the |an? )?(?:[\w’'-]+ )?(?:{said}))", re.IGNORECASE
        )
        for label, said in _SURROUNDINGS.items()
    },
}


def kind_not_held(question: str, studies: Iterable[Source], chunks: Iterable[Chunk]) -> str:
    """The kind of school or the surroundings that a question asks for and no case study is of, as it is said; or ""."""
    asked = [label for label, pattern in _ASKED.items() if pattern.search(question)]
    if not asked:
        return ""
    held = {
        s.id: " ".join(filter(None, (s.title, s.context.school, s.context.trust, s.context.phase, s.context.location))) for s in studies
    }
    said = [*held.values()]
    opening = [chunk.text for chunk in chunks if chunk.source in held and chunk.start < OPENING]
    anywhere = [chunk.text for chunk in chunks if chunk.source in held] if set(asked) & _SURROUNDINGS.keys() else []
    for label in asked:
        texts, words = (anywhere, _SURROUNDINGS[label]) if label in _SURROUNDINGS else (opening, _SCHOOLS[label])
        if not any(re.search(rf"\b(?:{words})", text, re.IGNORECASE) for text in (*said, *texts)):
            return label
    return ""
