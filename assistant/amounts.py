"""Sums, counts and rates that a question asks for: is there one among the nearest sentences?"""

import re

from assistant.chance import chance
from assistant.journey import Candidate, Evidence, Understood
from assistant.retrieve import near_sentences, question_words
from hub.numbers import WORDS
from vectorstore.lexical import tokenize

NEAREST = 6
LIKELY_ENOUGH = 0.3
"""The chance of an answer from which the nearest sentence may count what is asked for by another name."""
BEFORE, AFTER = 5, 2
"""A figure stands so many words before what it counts ("3 members of full-time staff"), or so many after ("schools: 12")."""
_CHARGED = r"how much money (?:did|does|do|was|is|has|have)\b|(?:what|how much) (?:does|did|do|would|will) (?:[\w’'-]+ ){1,5}?(?<!in )(?<!take )charge\b(?! (?:of|with|ahead)\b)"
_MONEY_ASKED = re.compile(
    rf"\b(?:{_CHARGED}|"
    r"costs?(?! (?:an?|the|each|every|them|their) (?:child|pupil|student|boy|girl))|price|fees?|budget|paid|(?:how much|what (?:did|does|do|would|will)) .{2,60} set (?:[\w’']+ ){1,4}back|(?:what|how much) .{2,60} (?:fork|shell|splash|stump|lay|laid|pay|paid)(?:ed)? (?:out|up)|(?:the|its|what) bill for|how much .{0,30}pay|(?:what|how much) (?:does|did|do) .{2,60} pay (?:for (?!to\b|with\b|out\b|in\b|from\b|so\b|that\b)|each|every|a year|(?:its|their|his|her) )|top slice)\b"
    r"|^(?!.*\b(?:time|hours?|minutes?|days?)\b).*\b(?:spend|spent|spending)\b",
    re.IGNORECASE,
)
_SUM_OF_MONEY = r"[£$€]\s?\d|\b\d[\d,.]* ?(?:pounds|million|k\b|(?:per cent|%) of (?:\w+ ){0,3}(?:income|budgets?|funding|revenue|grants?)\b)|\bfree of charge\b"
_SUM = re.compile(_SUM_OF_MONEY, re.IGNORECASE)
_MONEY = re.compile(rf"{_SUM_OF_MONEY}|\bbudget|\bcost", re.IGNORECASE)
_PRICE_ASKED = re.compile(
    rf"\b(?:{_CHARGED}|"
    r"what .{0,80}costs?|(?:how much|what (?:did|does|do|would|will)) .{0,40}set .{1,30} back|how much .{0,40}(?:costs?|pay|paid|spend|spent)|price|fees?)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_MONEY_WORDS = "charge charges cost costs price fee fees budget paid pay spend spent spending much money amount sum total year annual"
COUNT_ASKED = re.compile(
    r"\bhow many (?:of [\w’'\s]+?['’]s? )?((?:[\w-]+ ){0,3}?[\w-]+?)\s+(?:does|do|did|is|are|was|were|has|have|had|in|at|a|on|can|could|should|rang|filled|went|gone|took|take|sit|sits|sat|serve[sd]?|belong|attend(?:ed)?|join(?:ed)?|left|leave|work(?:ed)?|came|come|said|say|use[ds]?|made|make|run|ran|meet|met|teach|taught|sign(?:ed)?|wrote|got|get|repl(?:y|ied)|respond(?:ed)?|volunteer(?:ed)?|lead|led|stay(?:ed)?)\b",
    re.IGNORECASE,
)
_RATE_ASKED = re.compile(
    r"\b(?:what (?:is|was|were)|by how much|by what (?:percentage|per ?cent|proportion|share)|(?:what|how much|how far) .{0,20}(?:rate|score|percentage|per ?cent|share|proportion|results?|(?:did|has|have) (?!(?:[\w’'-]+ ){0,5}?(?:do|done|change[ds]?|helped|worked|happened|start|stop|stopped|decide[ds]?|g[ai]ven?|th[io]\w+|fe[el]\w+|try|tried|learn\w*|put|ma[dk]e|use[ds]?|f[io]u?nd|say|said|introduce[ds]?)\b)))\b.{0,60}\b(rate|score|turnover|percentage|results|suspensions|exclusions|attendance|absence|sickness)\b",
    re.IGNORECASE,
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_FIGURE = re.compile(
    rf"\d|\b(?:(?:{_TENS})(?:-(?:{'|'.join(WORDS[1:10])}))?|{'|'.join(WORDS[2:20])}|hundred|half|third|quarter|none|no)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:turnover|suspensions?|exclusions?|attendance|absences?|sickness|vacanc(?:y|ies)|complaints?)\b", re.IGNORECASE
)
TIME_ASKED = re.compile(
    r"\b(?:(?:at |by |from )?what time\b(?! (?:saving|saved|of (?:the )?(?:year|term|week)|frame))|what o[’']clock)", re.IGNORECASE
)
TIME = re.compile(r"\b\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|o[’']clock)\b|\b\d{1,2}[.:]\d\d\b(?! ?%)|\b(?:noon|midday|midnight)\b", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:start\w*|begin\w*|begun|began|kick(?:s|ed)? off|open(?:s|ed)?|get going|commence\w*)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:end(?:s|ed)?|finish\w*|clos(?:e|es|ed)|stop(?:s|ped)?|over by|wrap(?:s|ped)? up)\b", re.IGNORECASE)
_ENDING = re.compile(
    r"\b(?:after|beyond|past|until|till|by|before|later than|finish\w*|end(?:s|ed|ing)?|clos\w+) (?:\w+ ){0,2}\d", re.IGNORECASE
)
_BEGINNING = re.compile(r"\b(?:from|start\w*|begin\w*|open\w*)(?: \w+){0,2} \d(?!.*\b(?:to|until|till|-|–)\b)", re.IGNORECASE)
_OF_THEM = re.compile(
    r"\bhow many of (?:them|those|these|us|the (?:staff|teachers|leaders|people|pupils|parents|colleagues))\b", re.IGNORECASE
)
_SHARE = re.compile(r"\d ?(?:%|per ?cent)", re.IGNORECASE)
_MEASURED_BY = re.compile(r"\b(\d+)-(?=(?!minute|hour|day|week|month|year|term)[a-z])", re.IGNORECASE)
""" "A 40-page policy" says how many pages; "a 2-minute briefing" is one of several, of which none tells how many minutes in all."""
_HALF_TERM = re.compile(r"\bhalf[ -]term", re.IGNORECASE)
_NOT_ONE = re.compile(
    r"\b(?:(?:had|have|were|was|been|with) (?:no|zero)|(?:not|never|[a-z]+n[’']t) (?:\w+ ){0,2}?(?:one|a single)) (\w+)", re.IGNORECASE
)
""" "We have not had one exclusion": how many there were."""
_YEAR = re.compile(r"(?:19|20)\d\d")


_PEOPLE = tokenize(["people"])[0]
_COUNTED_PEOPLE = re.compile(
    rf"(?:{_FIGURE.pattern.replace('|none|no)', ')')}[\d,.]*(?: ?%| per cent)?) (?:of (?:our |the |its )?)?(?:[\w-]+ ){{0,2}}"
    r"(?:people|persons?|staff|teachers?|colleagues?|leaders?|members?|employees?|respondents?|responses?|pupils?|children|students?|parents?|famil(?:y|ies)|governors?|volunteers?|participants?|delegates?|attendees?|assistants?|heads?|headteachers?)\b",
    re.IGNORECASE,
)


def amount_in_vain(understood: Understood, evidence: Evidence) -> str:
    """The time, sum, count or rate asked for, if no near sentence gives a figure of that kind; else ""."""
    question, near = understood.asked, near_sentences(understood, evidence)
    # Of nobody named, "how have schools paid for it?" asks for a way and not for a sum.
    money = _MONEY_ASKED if understood.sources is not None else _PRICE_ASKED
    if money.search(question) and not _gives_money(near, understood):
        return "the cost"
    if TIME_ASKED.search(question) and not any(_gives_time(question, c.text) for c in near):
        return "the time"
    if _OF_THEM.search(question) and not any(_COUNTED_PEOPLE.search(c.text) for c in near):
        return "how many of them"
    rate = _RATE_ASKED.search(question) if understood.sources is not None else None
    if rate and _gives_share(near[:NEAREST], understood):
        return ""
    measured = bool(_MEASURED.search(question))
    said = [] if chance(evidence.signals) < LIKELY_ENOUGH or (rate and measured) else near[:1]
    for match in filter(None, (COUNT_ASKED.search(question), rate)):
        counted = tokenize([match[1]])[0][-1:]
        if not counted or (understood.sources is None and counted == _PEOPLE):
            continue
        about = _about(near, understood)
        if counted == _PEOPLE:  # whoever they are
            if not any(_COUNTED_PEOPLE.search(c.text) for c in about):
                return "how many people"
            continue
        if not any(_counts(c, counted[0]) for c in about) and not any(has_figure(c.text) for c in said):
            return match[1].strip()
    return ""


def _gives_time(question: str, text: str) -> bool:
    """Whether a text gives a time, and not only one of the other end: when a meeting closes tells nobody when it opens."""
    other = _ENDING if _STARTS.search(question) else _BEGINNING if _ENDS.search(question) else None
    return bool(TIME.search(text)) and not (other and other.search(text))


def _gives_money(near: list[Candidate], understood: Understood) -> bool:
    """Whether a sentence with a sum in it shares a word with the question, the names and the words for money aside."""
    names = set(tokenize([" ".join(understood.names)])[0])
    asked = set(tokenize([understood.asked])[0])
    what = (question_words(understood) & asked) - names - set(tokenize([_MONEY_WORDS])[0])
    given = _SUM if _HOW_MUCH.search(understood.asked) else _MONEY
    sums = [f"{c.sentence.lead} {c.chunk.place.heading} {c.text}" for c in near if given.search(c.text)]
    return any(not what or what & set(stems) for stems in tokenize(sums))


def _about(near: list[Candidate], understood: Understood) -> list[Candidate]:
    """Those near sentences whose passage shares a word with the question beside what is counted, if it has any other."""
    asked = COUNT_ASKED.search(understood.asked)
    what = question_words(understood) & set(tokenize([understood.asked])[0]) - set(
        tokenize([f"many number {asked[1] if asked else ''}"])[0]
    )
    if not what:
        return near
    said = tokenize([c.chunk.embed_text for c in near])
    return [c for c, stems in zip(near, said, strict=True) if what & set(stems)]


def _gives_share(near: list[Candidate], understood: Understood) -> bool:
    """Whether a sentence among the nearest gives a percentage of what is measured, or of something that the question speaks of."""
    measured = _MEASURED.search(understood.asked)
    what = (
        set(tokenize([measured[0]])[0])
        if measured
        else {w for w in question_words(understood) if not w.isdigit()} - set(tokenize([" ".join(understood.names)])[0])
    )
    return any(what & set(stems) for stems in tokenize([c.text for c in near if _SHARE.search(c.text)]))


def _counts(candidate: Candidate, what: str) -> bool:
    """Whether a sentence, or what introduces it, has a figure within a few words of this stem."""
    for text in (candidate.sentence.lead, candidate.text):
        if any(what in tokenize([match[1]])[0] for match in _NOT_ONE.finditer(text)):
            return True
        words = _words(_HALF_TERM.sub("term", _MEASURED_BY.sub(r"\1 ", text)))
        figures = [n for n, word in enumerate(words) if _is_figure(word)]
        stems = [n for n, word in enumerate(words) if what in tokenize([word])[0]]
        if any(-AFTER <= stem - figure <= BEFORE for figure in figures for stem in stems):
            return True
    return False


def _is_figure(word: str) -> bool:
    """A number that may count something: not a year, not "2-minute", and not "no" or "one", which are figures of speech as often."""
    return bool(_FIGURE.fullmatch(word.rstrip("%")) or re.fullmatch(r"\d[\d.,]*%?", word)) and not (
        _YEAR.fullmatch(word) or word.lower() in ("no", "none")
    )


def has_figure(text: str) -> bool:
    """Whether a text has a number that may count something."""
    return any(_is_figure(word) for word in _words(_HALF_TERM.sub("term", _MEASURED_BY.sub(r"\1 ", text))))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.,%-]*\w%?", text)
