"""What a question takes for granted, looked for before it is answered.

A near miss shares most of its words with what is held: no similarity can tell it from a good question. What tells it is the thing
that it presumes and that nobody says: the trust, the place, the document, the deed, the figure, or the very thing that it asks for.
"""

import re
from collections.abc import Iterator

from assistant.chance import chance
from assistant.holder import not_told_of
from assistant.journey import Candidate, Evidence, Understood
from assistant.names import Names, organisations_in
from assistant.retrieve import in_context, question_words
from assistant.shelf import Shelf
from assistant.size import size_words
from hub.places import regions_in
from vectorstore.lexical import tokenize

NEAR = 40
"""Sentences that count as near, best first."""
SAME_SENSE = 0.65
"""Cosine of two words, each in its context, from which they may mean the same thing."""
NEAREST = 6
LIKELY_ENOUGH = 0.3
BEFORE, AFTER = 3, 2
"""A figure stands so many words before what it counts ("12 small schools"), or so many after ("schools: 12")."""
WELL_READ = 6
"""Passages in which a word's partner is looked for, where its own letters were not found."""
_FOCUS = re.compile(
    r"\b(?:what|which)\s+(?!(?:did|does|do|is|are|was|were|has|have|had|can|could|should|will|would)\b)((?:[\w’'-]+\s+){1,3}?)(?:does|do|did|is|are|was|were|has|have|had|will|can|could|should|would|runs?|uses?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:who (?:is|was|are) the ([\w ]{3,40}?) (?:at|of|in|for)\b|(?:say|says|said) about ([\w -]{3,40})\??$)", re.IGNORECASE
)
_MEASURES = """
    share time result results number percentage percent proportion kind kinds type types sort sorts way ways thing
    things step steps example examples effect effects impact outcome outcomes difference evidence school schools trust
    trusts approach approaches change changes advice role reason reasons problem problems benefit benefits year date day
    part parts point points lesson lessons question questions support much many long recommendation recommendations
    saving savings other others one two three four five six name system help staff colleagues teachers drawbacks else
"""
"""Words that ask for a measure or an account, not for a thing: any passage may give it."""
_STOPPING = re.compile(
    r"\bwhy\b.{0,60}\b(?:abandon\w*|scrap\w*|stop\w*|drop\w*|end|ended|withdr[ae]w\w*|discontinu\w*|close[ds]?|cancel\w*|ditch\w*|gi?ve up|gave up|g[eo]t rid|reject\w*|fail\w*)\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:abandon|scrap|stopp?|stopped|dropp|no longer|ended|withdr|discontinu|closed|cancel|ditch|gave up|got rid|reject|fail|removed|instead of)\w*",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\bpage (\d{1,4})\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"\b(?:the|cst(?:'s|’s)?)\s+(?:\w+\s+)?(guide|implementation guide)\b", re.IGNORECASE)
_MONEY_ASKED = re.compile(
    r"\b(?:cost|costs|price|fees?|budget|paid|how much .{0,30}pay|did .{2,60} pay for|top slice)\b"
    r"|^(?!.*\b(?:time|hours?|minutes?|days?)\b).*\b(?:spend|spent|spending)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£$€]\s?\d|\b\d[\d,.]* ?(?:pounds|million|k\b|(?:per cent|%) of (?:\w+ ){0,3}(?:income|budgets?|funding|revenue|grants?)\b)|\bfree of charge\b|\bbudget|\bcost",
    re.IGNORECASE,
)
_COUNT_ASKED = re.compile(
    r"\bhow many (?:of [\w’'\s]+?['’]s? )?((?:[\w-]+ ){0,3}?[\w-]+?)\s+(?:does|do|did|is|are|was|were|has|have|had|in|at|a|on|can|could|should|rang|filled|went|gone|took)\b",
    re.IGNORECASE,
)
_RATE_ASKED = re.compile(
    r"\b(?:what (?:is|was|were)|by how much|what .{0,20}(?:rate|score|percentage|results?))\b.{0,60}\b(rate|score|turnover|percentage|results|suspensions|exclusions|attendance|absence)\b",
    re.IGNORECASE,
)
_NAME_ASKED = re.compile(r"\b(?:what(?:['’]s| is| was| are| were)? the names? of|what .{3,60} (?:called|named)\b|name the)", re.IGNORECASE)
_PROPER = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|half|third|quarter|none|no)\b",
    re.IGNORECASE,
)


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
    yield "deed", _deed(understood, evidence)
    if understood.route not in ("overview", "compare") and not understood.components:
        yield "focus", _focus(understood, evidence, shelf)
        yield "figure", _figure(understood, evidence)
        yield "name", _name(understood, evidence)


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
    where = f" in the {' or '.join(understood.regions)}".replace("the London", "London") if understood.regions else ""
    before, after = size_words(understood.size)
    return f"no {before}{understood.phase + ' ' if understood.phase else ''}case study{where}{after}"


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


def _deed(understood: Understood, evidence: Evidence) -> str:
    """That something was stopped, where no near sentence tells of stopping."""
    if not _STOPPING.search(understood.own or understood.question):
        return ""
    near = _near(understood, evidence)[:25]
    if any(_STOPPED.search(c.text) and c.features["words"] > 0.25 for c in near):
        return ""
    return f"{' or '.join(understood.names) or 'anybody'} did so"


def _focus(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """The thing asked for ("what software"), if nothing near speaks of it."""
    question = understood.own or understood.question
    match = _FOCUS.search(question) or (_SUBJECT.search(question) if understood.sources else None)
    if not match:
        return ""
    asked = next(group for group in match.groups() if group)
    plain = " ".join(w for w in asked.split() if "-" not in w and not w.endswith("ly"))
    words = [w for w in tokenize([plain])[0] if w not in tokenize([_MEASURES])[0] and w in question_words(understood)]
    if not words or _spoken_of(words, understood, evidence):
        return ""
    by_sense = partners(understood, evidence, shelf)
    meant = [by_sense[w] for w in re.findall(r"[\w’'-]+", plain.lower()) if w in by_sense and set(tokenize([w])[0]) & set(words)]
    return "" if meant and min(meant) >= SAME_SENSE else asked.strip()


def _figure(understood: Understood, evidence: Evidence) -> str:
    """A sum, count or rate, if no near sentence gives a figure of that kind."""
    if understood.sources is None:
        return ""
    near = _near(understood, evidence)
    if _MONEY_ASKED.search(understood.own or understood.question) and not any(_MONEY.search(c.text) for c in near):
        return "what it cost"
    for asked in (_COUNT_ASKED, _RATE_ASKED):
        if match := asked.search(understood.own or understood.question):
            words = tokenize([match[1]])[0]
            # Where an answer is likely, the nearest sentence may count it by another name.
            said = near[:1] if chance(evidence.signals) >= LIKELY_ENOUGH else []
            if words and not any(_counts(c, words[-1]) for c in near) and not any(_FIGURE.search(c.text) for c in said):
                return match[1].strip()
    return ""


def _counts(candidate: Candidate, what: str) -> bool:
    """Whether a sentence, or what introduces it, has a figure within a few words of this stem."""
    words = re.findall(r"[\w.,%]*\w%?", f"{candidate.sentence.lead} {candidate.text}")
    figures = [n for n, word in enumerate(words) if _FIGURE.fullmatch(word.rstrip("%")) or word[:1].isdigit()]
    stems = [n for n, word in enumerate(words) if what in tokenize([word])[0]]
    return any(-AFTER <= stem - figure <= BEFORE for figure in figures for stem in stems)


def _name(understood: Understood, evidence: Evidence) -> str:
    """What something is called, if no near sentence has a name in it but the organisation's own."""
    if understood.sources is None or not _NAME_ASKED.search(understood.own or understood.question):
        return ""
    own = set(" ".join(understood.names).lower().split())
    named = any(word.lower() not in own for c in _near(understood, evidence)[:NEAREST] for word in _PROPER.findall(c.text))
    return "" if named else "such a name"


def partners(understood: Understood, evidence: Evidence, shelf: Shelf) -> dict[str, float]:
    """For each telling word of the question, in lower case, how near the nearest word of the first passages comes to it in sense."""
    if not shelf.aligner:
        return {}
    inside = [c for c in evidence.chunks if understood.sources is None or c.source in understood.sources][:WELL_READ]
    telling = question_words(understood)
    found = shelf.aligner.partners(understood.question, inside)
    return {word: cosine for word, cosine in found.items() if set(tokenize([word])[0]) & telling}


def _near(understood: Understood, evidence: Evidence) -> list[Candidate]:
    inside = understood.sources
    return [c for c in evidence.candidates if inside is None or c.source.id in inside][:NEAR]


def _spoken_of(words: list[str], understood: Understood, evidence: Evidence) -> bool:
    """Whether one near passage has all the words."""
    chunks = {c.chunk.id: c.chunk for c in _near(understood, evidence)}.values()
    return any(all(w in set(stems) for w in words) for stems in tokenize([c.embed_text for c in chunks]))
