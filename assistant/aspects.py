"""What a question asks for beside its subject, such as the cost, so that an answer can say that nothing held bears it."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Aspect(NamedTuple):
    """One thing that may be asked of any practice."""

    name: str
    """As it is said to be missing: "what it cost"."""
    asked: re.Pattern[str]
    borne: re.Pattern[str]
    """Any words that might bear it: the widest, for it is called missing only where none of them stands."""


def _aspect(name: str, asked: str, borne: str) -> Aspect:
    return Aspect(name, re.compile(asked, re.IGNORECASE), re.compile(borne, re.IGNORECASE))


_SAID = (
    r"(?: \w+){0,3} (?:said|say|says|told|tell|thought|think|felt|feel|reported|report|liked|preferred|wanted|complained|agreed|replied)"
)
ASPECTS = (
    _aspect(
        "what it cost",
        r"\bwhat\b[^?.]{0,40}\bcosts?\b|\bhow much\b[^?.]{0,30}\b(?:cost|spen[dt]|pa(?:y|id))\b|\b(?:at|and) what (?:cost|price)\b|\bthe costs?\b",
        r"[£$€]|\bcost|\bpric|\bbudget|\bspen[dt]|\bfund|\bpaid\b|\bpay(?:s|ing|ment)?\b|\bbought\b|\bexpens|\bmoney\b|\bfinanc|\bfree of charge\b",
    ),
    _aspect(
        "how long it took",
        r"\bhow (?:long|quickly|soon)\b|\bover what (?:time|period)\b",
        r"\b(?:minutes?|hours?|days?|weeks?|fortnights?|months?|terms?|half-terms?|years?|since|until|by 20\d\d)\b",
    ),
    _aspect(
        "what pupils said of it",
        r"\b(?:what|how)\b[^?.]{0,20}\b(?:pupils|students|children)\b[^?.]{0,20}\b(?:thought|think|thinks|felt|feel|said|say|reacted?|responded?)\b|\b(?:pupils|students|children)[’'] (?:views?|reactions?|opinions?)\b",
        rf"\b(?:pupils?|students?|children|child)\b{_SAID}|\bpupil (?:voice|survey|council)|\bstudent (?:voice|survey|council)|\bask(?:ed|ing)? (?:the |our |all |\d+ )?(?:pupils|students|children)",
    ),
    _aspect(
        "what parents said of it",
        r"\b(?:what|how)\b[^?.]{0,20}\b(?:parents|families|carers)\b[^?.]{0,20}\b(?:thought|think|felt|feel|said|say|reacted?|responded?)\b|\bparents[’'] (?:views?|reactions?|opinions?)\b",
        rf"\b(?:parents?|families|carers?)\b{_SAID}|\bparent(?:al)? (?:voice|survey|feedback)|\bask(?:ed|ing)? (?:the |our |all |\d+ )?(?:parents|families|carers)",
    ),
)
"""Of each that is asked for, whether a text might bear it."""


def missing_aspects(question: str, texts: Iterable[str]) -> list[str]:
    """The aspects that a question asks for and none of the texts has any words of."""
    asked = [a for a in ASPECTS if a.asked.search(question)]
    if not asked:
        return []
    held = list(texts)
    return [a.name for a in asked if not any(a.borne.search(text) for text in held)]
