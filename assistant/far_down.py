"""A figure that is asked for, and stands only in sentences that are not about the matter.

A sentence that holds a number, a time or a rate is lifted by that (`retrieve` weighs the form that an answer takes). If others without one
still come before it, they are the ones that speak of the matter, and none of them gives the figure: the document tells of the thing, and
not how much, how many or when.
"""

import re
from collections.abc import Callable

from assistant.amounts import COUNT_ASKED, TIME, TIME_ASKED, has_figure
from assistant.answer_forms import KINDS, UNITS_ASKED, spans_in
from assistant.journey import Evidence, Understood
from assistant.retrieve import NEAR

AMONG_THE_FIRST = 2
"""Sentences, best first, among which the first that gives a figure stands where there is an answer ..."""
FARTHER = 0.3
"""... and how much farther from the question, by cosine, the nearest with a figure may be than the nearest of all."""
CLOSE = 0.9
"""The share of the best one's score from which a sentence is as good as the first."""
_HOW_MUCH = re.compile(
    r"\bhow much (?:\w+[ -]){0,2}?(?:time|money|less|more|higher|lower|quicker|faster|better|ppa)\b"
    r"|\bhow much (?:did|does|do|has|have) (?:[\w’'-]+ ){1,6}?(?:cost|save|fall|fell|rise|rose|drop|grow|cut|reduce|come down|go (?:up|down))\b|\bby how much\b",
    re.IGNORECASE,
)


def figure_far_down(understood: Understood, evidence: Evidence) -> str:
    """What is asked for and not given by any of the sentences that speak of the matter, to be said; else ""."""
    form = _form_asked(understood.asked)
    if not form:
        return ""
    missing, gives = form
    first = evidence.candidates[:NEAR]
    giving = [(rank, c) for rank, c in enumerate(first) if gives(f"{c.sentence.lead} {c.text}")]
    if not giving:
        return ""
    first_giving = giving[0][1]
    lower = giving[0][0] >= AMONG_THE_FIRST and first_giving.score < CLOSE * first[0].score
    farther = max(c.features["sentence"] for c in first) - max(c.features["sentence"] for _, c in giving)
    return missing if lower or farther > FARTHER else ""


def _form_asked(question: str) -> tuple[str, Callable[[str], bool]] | None:
    """What is said to be missing, and whether a text gives one: of a question that asks for a figure."""
    if TIME_ASKED.search(question):
        return "the time", lambda text: bool(TIME.search(text))
    if units := UNITS_ASKED.search(question):
        return f"how many {units[1].lower()}s", lambda text: spans_in(text, units[1])
    if kind := next((kind for kind in KINDS if kind.asked.search(question)), None):
        return kind.missing, lambda text: bool(kind.given.search(text))
    if counted := COUNT_ASKED.search(question):
        return f"how many {counted[1].strip()}", has_figure
    if re.search(r"\bhow many\b", question, re.IGNORECASE):
        return "how many", has_figure
    return ("how much", has_figure) if _HOW_MUCH.search(question) else None
