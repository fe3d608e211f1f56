"""Whose practice is asked for: "How do hospitals ...". If nothing near speaks of them, what schools do is no answer."""

import re

from assistant.asked_for import SAME_SENSE, partners
from assistant.journey import Evidence, Understood
from assistant.retrieve import near_sentences
from assistant.shelf import Shelf
from vectorstore.lexical import tokenize

_MANY = re.compile(
    r"\bhow (?:do|did|have|can|could|should|might|would|are|were) (?:(?:the|other|most|some|many|any|all|different|(?-i:[A-Z][a-z]+)|big|small|large) )*([a-z]{3,}s)(?= (?!of\b))",
    re.IGNORECASE,
)
_ONE = re.compile(r"\bhow (?:do|does|did|has|have|can|could|should|might|would|is) an? (?:[a-z-]+ )?([a-z]{3,})(?= [a-z]+)", re.IGNORECASE)
_OURS = frozenset(
    tokenize(
        [
            "schools school trusts trust academies academy primaries secondaries mats colleges nurseries federations clusters hubs leaders leader heads head "
            "headteachers headteacher principals teachers teacher staff assistants governors trustees directors deputies executives chief pupils students "
            "children parents families teams team departments others people organisations components strands boards board coaches middle senior us this case "
            "studies things small large good new"
        ]
    )[0]
)
"""Whom this library is about, by whatever word, and words that are no people."""


def others_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """Those whose practice is asked for, if they are none of ours and no near sentence speaks of them or of anybody like them; else ""."""
    match = _MANY.search(understood.asked) or _ONE.search(understood.asked)
    if not match or understood.names:
        return ""
    whose = match[1].lower()
    stem = tokenize([whose])[0][:1]
    if not stem or stem[0] in _OURS:
        return ""
    if any(stem[0] in words for words in tokenize([f"{c.sentence.lead} {c.text}" for c in near_sentences(understood, evidence)])):
        return ""
    return whose if partners(understood, evidence, shelf).get(whose, 1.0) < SAME_SENSE else ""
