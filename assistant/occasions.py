"""One of several occasions or editions that a question asks about, "the second call", "the next conference": does anybody speak of that one?"""

import re

from assistant.journey import Evidence, Understood
from assistant.retrieve import near_sentences

_NEAREST = 12
_COUNTED = {
    "second": r"second|2nd|two|2|another|further|follow-up",
    "third": r"third|3rd|three|3",
    "fourth": r"fourth|4th|four|4",
    "fifth": r"fifth|5th|five|5",
}
_TO_COME = r"next|forthcoming|upcoming|coming|future|later|second|third|further|another|new"
_OCCASION = (
    r"call|round|edition|version|wave|cohort|conference|inquiry|report|paper|pilot|trial|summit|volume|strike|phase|event|newsletter"
)
_BETWEEN = r"(?:(?!(?:with|to|in|on|at|of|for|from|by|the|an?|do|does|is|are|what|and|or)\b)[\w’'-]+ ){0,3}?"
_ASKED = re.compile(
    rf"^\W*(?:and |so |but )?(?:when|where|what (?:date|day|time)|has|have|is|are|will|who)\b.*\b(?P<which>{'|'.join(_COUNTED)}|next|forthcoming|upcoming)(?: year['’]?s)? {_BETWEEN}(?P<what>{_OCCASION})s?\b",
    re.IGNORECASE,
)
"""Asked after itself: when or where it is, whether it has been."""


def occasion_in_vain(understood: Understood, evidence: Evidence) -> str:
    """The occasion that a question asks about, if near sentences speak of none like it or only of others; else ""."""
    asked = _ASKED.search(understood.asked)
    if not asked:
        return ""
    which = _COUNTED.get(asked["which"].lower(), _TO_COME)
    told = re.compile(rf"\b(?:{which})(?: year['’]?s)? (?:[\w’'-]+ ){{0,3}}?{asked['what']}", re.IGNORECASE)
    near = [f"{c.sentence.lead} {c.text}" for c in near_sentences(understood, evidence)[:_NEAREST]]
    return (
        ""
        if any(map(told.search, near))
        else f"{'a' if asked['which'].lower() in _COUNTED else 'the'} {asked['which'].lower()} {asked['what'].lower()}"
    )
