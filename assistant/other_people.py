"""Whose practice is asked for: "How do hospitals ...". If nothing near speaks of them, what schools do is no answer."""

import re

from assistant.journey import Evidence, Understood
from assistant.retrieve import near_sentences
from vectorstore.lexical import tokenize

_ELSEWHERE = re.compile(
    r"\bhow (?:do|does|did|have|has|can|could|should|might|would|are) (?:(?:the|an?|other|most|some|many|any|all|big|small|large|private|public|local|(?-i:[A-Z][a-z]+)) )*"
    r"(hospitals?|nurses?|doctors?|surgeons?|gps|clinics?|universit(?:y|ies)|lecturers?|councils?|police(?: forces?)?|prisons?|charit(?:y|ies)|companies|company|firms?|"
    r"business(?:es)?(?! (?:managers?|leads?|teams?|managers’))|banks?|airlines?|pilots?|factor(?:y|ies)|manufacturers?|supermarkets?|shops?|retailers?|armies|army|navy|courts?|"
    r"farms?|restaurants?|hotels?|care homes?|civil servants?|ministers|start-?ups|football clubs?|sports teams?)\b",
    re.IGNORECASE,
)
"""People and places of other sectors, as those who do the thing."""


def others_in_vain(understood: Understood, evidence: Evidence) -> str:
    """Those of another sector whose practice is asked for, if no near sentence speaks of them; else ""."""
    match = _ELSEWHERE.search(understood.asked)
    if not match or understood.names:
        return ""
    stems = set(tokenize([match[1]])[0])
    near = tokenize([f"{c.sentence.lead} {c.text}" for c in near_sentences(understood, evidence)])
    return "" if any(stems <= set(words) for words in near) else match[1].lower()
