"""The form that an answer takes, by what its question asks for: a length of time, how often, when, who, which tool."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from hub.numbers import WORDS

_NUMBER = rf"(?:\d[\d.,]*|an?|half an?|several|few|{'|'.join(WORDS[1:])})"
_SPAN = r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|terms?|half[- ]terms?|years?|lessons?|sessions?|periods?)"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"


@dataclass(frozen=True)
class Kind:
    """A kind of answer: what asks for it, and what form it takes."""

    asked: re.Pattern[str]
    """What a question of this kind has in it."""
    given: re.Pattern[str]
    """What every answer to it has."""
    missing: str
    """What is said not to be given."""


UNITS_ASKED = re.compile(r"\bhow many (minute|hour|day|week|month|term|year)s\b", re.IGNORECASE)
_ANSWERED = r"(?:filled (?:in|out)|responded|replied|returned|completed|answered|took part|participated)"
KINDS = (
    Kind(
        re.compile(
            rf"\b(?:many|percentage|per ?cent|proportion|share|fraction)\b.{{0,60}}\b{_ANSWERED} (?:to |in )?(?:the |their |its |a |our )?(?:[\w-]+ ){{0,3}}(?:surveys?|questionnaires?|polls?|forms?)\b|\bresponse rate\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:respon\w+|repl(?:y|ies|ied)|return(?:ed|s)|filled (?:in|out)|took part|participa\w+|complet\w+ (?:(?:the|their|our|a|this|it)\b.{0,20})?(?:survey|questionnaire|poll|form))\b(?=.*(?:\d|\b(?:half|third|quarter|most|all|every)\b))|(?:\d|\b(?:half|third|quarter|most|all|every)\b).*\b(?:respon\w+|repl(?:y|ies|ied)|returned|filled (?:in|out)|took part|participa\w+|completed (?:the|their|our|a|this|it)\b.{0,20}(?:survey|questionnaire|poll|form))",
            re.IGNORECASE,
        ),
        "how many answered",
    ),
    Kind(
        re.compile(
            r"\bhow long (?:does|do|did|is|are|was|were|has|have|had|will|before|until|after|it|they|each|the|can|should|must)\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b{_NUMBER}(?:[- ](?:\w+[- ])?){_SPAN}\b|\b{_SPAN} (?:long|of)\b|\b(?:all day|overnight|whole (?:day|term|year)|(?:last|past|next|first|one) {_SPAN})\b|\b(?:since|until|till|over) (?:{_MONTH}|(?:19|20)\d\d|the)\b|\d ?(?:am|pm)\b|\d[.:]\d\d|\d[ -](?:pages?|words?|questions?)\b",
            re.IGNORECASE,
        ),
        "how long",
    ),
    Kind(
        re.compile(r"\bhow (?:often|frequently|regularly|many times)\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:daily|nightly|weekly|fortnightly|monthly|termly|half[- ]termly|quarterly|annual(?:ly)?|yearly|every|each|once|twice|thrice|regular(?:ly)?|occasional(?:ly)?|rarely|never|always|constantly|times?|per (?:day|week|month|term|year)|(?:a|an) (?:day|week|fortnight|month|half[- ]term|term|year)|{_NUMBER} (?:\w+ )?(?:a|per) {_SPAN}|(?:mon|tues|wednes|thurs|fri)days?)\b",
            re.IGNORECASE,
        ),
        "how often",
    ),
    Kind(
        re.compile(
            r"\bwhen (?:did|was|were|had) (?!.*\bor\b)|\b(?:what|which) (?:(?:school|academic|calendar) )?(?:year|month|date)\b(?! (?:group|\d))|\bsince when\b|\bhow long ago\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?-i:{_MONTH})\b|\b(?:19|20)\d\d\b|\b{_SPAN} (?:ago|later|earlier)\b|\b(?:last|past|previous) (?:(?:{_NUMBER}|academic|school) )?{_SPAN}\b|\b(?:in|since|during|last|this|that|by|from) (?:the )?(?:autumn|spring|summer|easter|christmas|pandemic|lockdown)\b",
            re.IGNORECASE,
        ),
        "when",
    ),
    Kind(
        re.compile(r"\bby what (?:exact )?(?:percentage|per ?cent|proportion|share|fraction)\b|\bhow many per ?cent\b", re.IGNORECASE),
        re.compile(
            rf"\d ?(?:%|per ?cent)|\b(?:halv\w+|(?:by|to|in) (?:an? )?(?:half|third|quarter|tenth)|doubl\w+|trebl\w+|{_NUMBER} (?:in|out of) (?:every )?{_NUMBER})\b",
            re.IGNORECASE,
        ),
        "by what percentage",
    ),
    Kind(
        re.compile(r"\bwhat (?:exact )?(?:percentage|per ?cent|proportion|share|fraction)\b|\bwhat %", re.IGNORECASE),
        re.compile(
            rf"\d ?(?:%|per ?cent)|\b(?:half|halv\w+|thirds?|quarters?|tenths?|doubl\w+|trebl\w+|all|none|most|majority|{_NUMBER} (?:in|out of) (?:every )?{_NUMBER})\b",
            re.IGNORECASE,
        ),
        "what share",
    ),
    Kind(
        re.compile(
            r"\b(?:what|which|when)(?:['’]s| is| was| are)? (?:the|their|its) (?:[\w-]+ )?(?:cut-?off|deadline|closing date|curfew)\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\d ?(?:am|pm)\b|\d[.:]\d\d|\b(?:noon|midday|midnight)\b|\b(?-i:{_MONTH})\b|\b(?:within|after|by|before|until|till|no later than) (?:\w+ ){{0,2}}?{_NUMBER} (?:\w+ )?{_SPAN}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:the )?end of\b",
            re.IGNORECASE,
        ),
        "by when",
    ),
)


_REACHED_BY = r"e-?mail address(?:es)?|(?:tele)?phone number|telephone|contact (?:number|details)|postal address|web ?(?:address|link)|url"
CONTACT_ASKED = re.compile(
    rf"\b(?:what|which|whose) ({_REACHED_BY})\b"
    rf"|\b(?:what(?:['’]s| is| are)|give me|(?:have|has) (?:you|they|it) got|do you have) (?:(?:the|their|its|an?|your) )?(?:[\w’'-]+ ){{0,4}}?({_REACHED_BY}|e-?mail|website)(?= (?:of|for)\b|\W*$)",
    re.IGNORECASE,
)
_ADDRESSES = (
    ("mail", re.compile(r"[\w.+-]+@[\w-]+\.\w")),
    ("phone", re.compile(r"\b0\d[\d ]{8,}\d\b")),
    ("postal", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("", re.compile(r"[\w.+-]+@[\w-]+\.\w|\bhttps?://|\bwww\.\S|\b[\w-]+\.(?:org|com|co|ac|gov|sch|net|uk)\b|\b0\d[\d ]{8,}\d\b")),
)
"""What each way to reach somebody looks like; "" any."""


TOOL_ASKED = re.compile(
    r"\b(?:which|what)(?: (?:is|was|are|were) (?:the|their|its))? (?:[\w-]+ ){0,2}?(software|systems?|apps?|platforms?|packages?|programs?|tools?|products?)\b(?! (?:of|to|for|that)\b)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\b(?:uses?|used|using|through|via|on|called|named|bought|purchased|invested in|adopted|chose|introduced|installed|moved to|switched to) (?:(?:the|an?|our) )?([A-Z][\w-]+)"
)
"""A name after what a thing is done with."""
_NO_PRODUCTS = re.compile(
    rf"{_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri)days?|Year|Key|Schools?|Trusts?|Academy|England|English|Head\w*|Education|Staff|Ofsted|DfE|CST|EEF|SLT|SMT|CPD|INSETs?|TAs?|HLTAs?|DSLs?|PPA|I"
)
_PERSON = re.compile(
    r"\b(?:head\w*|leader\w*|leads?|teacher\w*|assistant\w*|committee|governor\w*|staff|manager\w*|officer|director|team|group|champion\w*|volunteer\w*|colleague\w*|board|trustees?|(?-i:[A-Z]\w+ [A-Z]\w+))\b",
    re.IGNORECASE,
)
_WHO_ASKED = re.compile(r"(?:^\W*|[,;:–-] |\b(?:and|but|so) )(?:who|whose)\b", re.IGNORECASE)


def form_of_answer(question: str) -> Callable[[str], float] | None:
    """How far a text has the form that an answer to the question takes, from 0 to 1; None where the question asks for no such thing."""
    kind = next((kind for kind in KINDS if kind.asked.search(question)), None)
    if kind:
        return lambda text: float(bool(kind.given.search(text)))
    if TOOL_ASKED.search(question):
        return lambda text: float(bool(products_in(text)))
    return (lambda text: 0.5 * bool(_PERSON.search(text))) if _WHO_ASKED.search(question) else None


def asks_for_a_form(question: str) -> bool:
    """Whether a question asks for a tool, or for a kind of answer that has a form of its own."""
    return bool(TOOL_ASKED.search(question) or CONTACT_ASKED.search(question)) or any(kind.asked.search(question) for kind in KINDS)


def gives_contact(text: str, asked: str) -> bool:
    """Whether a text gives an address or number of the kind asked for."""
    return bool(next(form for word, form in _ADDRESSES if word in asked.lower()).search(text))


def spans_in(text: str, unit: str) -> bool:
    """Whether a text gives a number of these units of time."""
    return bool(re.search(rf"\b{_NUMBER}[- ](?:\w+ )?{unit}s?\b", text, re.IGNORECASE))


def products_in(text: str) -> list[str]:
    """Names that a text gives for what a thing is done with."""
    return [name for name in _PRODUCT.findall(text) if not _NO_PRODUCTS.fullmatch(name)]
