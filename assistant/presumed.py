"""What a question takes for granted, looked for before it is answered.

A near miss shares most of its words with what is held: no similarity can tell it from a good question. What tells it is the thing
that it presumes and that nobody says: the trust, the place, the document, the deed, the figure, or the very thing that it asks for.
"""

import re
from collections.abc import Iterator

from assistant.amounts import amount_in_vain
from assistant.asked_for import acronym_in_vain, list_in_vain, name_in_vain, person_in_vain, thing_in_vain
from assistant.holder import not_told_of
from assistant.journey import Evidence, Understood
from assistant.names import Names, organisations_in
from assistant.particulars import never_spoken_of
from assistant.retrieve import in_context, near_sentences, question_words
from assistant.shelf import Shelf
from assistant.size import size_words
from hub.places import regions_in
from vectorstore.lexical import tokenize

OF_WHAT_STOPPED = 0.25
"""The share of what is said to have been stopped, by weight, that a sentence about stopping has."""
_STOPPING = re.compile(
    r"\b(?:why|how come|what (?:made|led|caused|prompted))\b.{0,60}\b(?:abandon\w*|scrap\w*|stop\w*|drop\w*|end|ended|withdr[ae]w\w*|discontinu\w*|close[ds]?|cancel\w*|ditch\w*|give up|gave up|given up|disband\w*|dissolv\w*|revers\w*|dismantl\w*|suspend\w*|axe[ds]?|wind (?:up|down)|wound (?:up|down)|pull(?:ed)? out|g[eo]t rid|reject\w*|fail\w*)\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:abandon|scrap|stop|drop|no longer|ended|withdr|discontinu|closed|cancel|ditch|gave up|given up|got rid|reject|fail|removed|instead of|disband|dissolv|revers|dismantl|suspend|axed|wound (?:up|down)|pulled out)\w*",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\bpage (\d{1,4})\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b(?:the|cst(?:'s|’s)?)\s+(?:\w+\s+)?(guide|implementation guide)\b", re.IGNORECASE)


def presumed_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf, names: Names) -> tuple[str, str]:
    """(which check, what is missing) of the first thing that the question presumes and the library does not hold, or ("", "")."""
    for reason, missing in _missing(understood, evidence, shelf, names):
        if missing:
            return reason, missing
    return "", ""


def _missing(understood: Understood, evidence: Evidence, shelf: Shelf, names: Names) -> Iterator[tuple[str, str]]:
    yield "holder", not_told_of(understood, shelf, names)
    yield "place", _place(understood, shelf)
    yield "context", _context(understood, shelf)
    yield "document", _document(understood, evidence, shelf)
    yield "deed", _deed(understood, evidence, shelf)
    if understood.route not in ("overview", "compare") and not understood.components:
        yield "acronym", acronym_in_vain(understood, shelf)
        yield "focus", thing_in_vain(understood, evidence, shelf)
        yield "figure", amount_in_vain(understood, evidence)
        yield "name", name_in_vain(understood, evidence)
        yield "name", person_in_vain(understood, evidence)
        yield "list", list_in_vain(understood, evidence)
        if understood.sources:
            own = (c.text for c in shelf.chunks.values() if c.source in understood.sources)
            yield "particular", never_spoken_of(understood.own or understood.question, own)


def _place(understood: Understood, shelf: Shelf) -> str:
    """A place that the organisation named is not in: another of the same name is meant."""
    asked = set(regions_in(understood.question))
    if not asked or not understood.sources or not organisations_in(understood.question):
        return ""
    held = {
        r
        for id in understood.sources
        if id in shelf.sources
        for r in regions_in(f"{shelf.sources[id].context.region}, {shelf.sources[id].context.location}")
    }
    return f"{understood.names[0]} there" if held and not asked & held else ""


def _context(understood: Understood, shelf: Shelf) -> str:
    """A phase, region or size that no case study held is of."""
    if (
        understood.route not in ("find", "how_others")
        or not (understood.phase or understood.regions or understood.size)
        or in_context(understood, shelf)
    ):
        return ""
    where = f" in {' or '.join(map(_with_article, understood.regions))}" if understood.regions else ""
    before, after = size_words(understood.size)
    return f"no {before}{understood.phase + ' ' if understood.phase else ''}case study{where}{after}"


def _with_article(region: str) -> str:
    return f"the {region}" if re.match("North|South|East|West", region) and region != "Northern Ireland" else region


def _document(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """A guide of CST's that is not held, or a page that no source has."""
    named = _DOCUMENT.search(understood.question)
    cst = re.search(r"\bCST\b", understood.question)
    if named and cst and not any(s.kind == "guide" and "School Trusts" in s.organisation for s in shelf.sources.values()):
        return "CST's guide to the model"
    page = _PAGE.search(understood.question)
    if page and not any(c.place.page == int(page[1]) for c in evidence.chunks):
        return f"page {page[1]}"
    return ""


def _deed(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """That something was stopped, where no near sentence tells of stopping."""
    question = understood.own or understood.question
    if not _STOPPING.search(question):
        return ""
    what = question_words(understood) & set(tokenize([_STOPPED.sub(" ", question)])[0]) - set(tokenize(list(understood.names) or [""])[0])
    near = [c.text for c in near_sentences(understood, evidence)[:25] if _STOPPED.search(c.text)]
    if any(shelf.words.coverage(what, set(stems)) > OF_WHAT_STOPPED for stems in tokenize(near)):
        return ""
    return f"{' or '.join(understood.names) or 'anybody'} did so"
