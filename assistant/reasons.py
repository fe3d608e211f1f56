"""Why somebody did something: does any sentence on the matter, or the one after it, give a reason?"""

import re
from collections.abc import Sequence

from assistant.journey import Candidate, Evidence, Understood
from assistant.retrieve import near_sentences, question_words
from assistant.shelf import Shelf
from vectorstore.lexical import tokenize

_ASKED = re.compile(
    r"\bwhy\b(?! not\b)(?!.*\bstill\b)|\bhow come\b|\bwhat (?:made|persuaded)\b|\bwhat(?:['’]s| is| was) (?:the|their|its) (?:reason|thinking|rationale)\b",
    re.IGNORECASE,
)
"""Not "why do they still": what they have given up is to be said to have been."""
_REASON = re.compile(
    r"\b(?:because|since (?!then\b|(?:19|20)\d\d|the (?:start|beginning|pandemic)\b)|as (?:it|they|we|this|he|she)|(?<=, )as|so (?:that|we|they|it|staff|pupils|teachers)|due to|owing to|thanks to|reasons?|purpose|aim(?:s|ed)?|inten[dt]\w*|help(?:s|ed|ing)?|allow\w*|enabl\w*|ensur\w*|mean(?:s|t)?|rather than|instead of|avoid\w*|prevent\w*|reduc\w*|sav(?:e|es|ed|ing)|concern\w*|worr\w+|recogni[sz]\w*|reali[sz]\w*|believ\w*|felt|feel|want(?:ed|s)?|need(?:s|ed)?|predict\w*|notic\w*|found|contribut\w*|benefit\w*|result\w*|caus\w*|ma(?:de|kes|king) (?:it|the|their|them|us)|led to|therefore|thus|hence|for this|otherwise|too (?:much|many|long|little|few)|lost|losing|problem\w*)\b"
    r"|(?<!have )(?<!has )(?<!had )(?<!able )(?<!going )(?<!due )(?<!according )(?<!up )(?<!access )\bto (?!the\b|an?\b|our\b|their\b|its\b|all\b|be\b|each\b|school\b|staff\b|this\b|that\b)[a-z]+\b",
    re.IGNORECASE,
)
"""What gives a reason has one of these, or "to do so"."""
AS_GOOD = 0.88
"""The share of the best sentence's score from which one is as good ..."""
ON_THE_SAME = 0.45
"""... or the share of the question's weight, the names aside."""


def reason_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """ "why" if the question asks it of whoever it names and no sentence on the matter gives a reason; else ""."""
    near = near_sentences(understood, evidence)
    if understood.sources is None or not near or not _ASKED.search(understood.asked):
        return ""
    return "" if any(map(_REASON.search, _told_of_it(near, understood, shelf))) else "why"


def _told_of_it(near: Sequence[Candidate], understood: Understood, shelf: Shelf) -> list[str]:
    """The sentences on the very matter, each with the one after it: a reason is often given next."""
    wanted = question_words(understood)
    stems = tokenize([f"{c.sentence.lead} {c.chunk.place.heading} {c.text}" for c in near])
    told = []
    for c, found in zip(near, stems, strict=True):
        if c.score >= AS_GOOD * near[0].score or shelf.words.coverage(wanted, set(found)) >= ON_THE_SAME:
            after = min((s for s in c.chunk.sentences if s.start > c.sentence.start), key=lambda s: s.start, default=None)
            more = c.chunk.text[after.start - c.chunk.start : after.end - c.chunk.start] if after else ""
            told.append(f"{c.sentence.lead} {c.text} {more}")
    return told
