"""The first step: what must not be searched, sent or kept is caught here.

Patterns on purpose: they answer at once and the same way each time, and the people who answer for them can read them.
"""

import re
from collections.abc import Iterable

from assistant.journey import JourneyEnds
from hub.plain import clean

_PERSON = r"(?:child(?:ren)?|pupils?|students?|girls?|boys?|kids?|teenagers?|young (?:person|people)|teachers?|colleagues?|member of staff|year \d{1,2}|he|she|they|someone)"
_HARM = (
    r"(?:being|been|is|was|getting|gets|got) (?:\w+ )?(?:hurt|hit|beaten|abused|touched|groomed|neglected|raped|assaulted|harmed|threatened|trafficked|starved)"
    r"|(?:hit|hits|hitting|hurt|hurts|hurting|beat|beats|touch|touches|touched|abuses?|abused|threatens?) (?:me|her|him|them)\b"
    r"|(?:self[- ]harm(?:s|ing|ed)?|cut(?:s|ting)? (?:her|him|them)sel(?:f|ves)|suicid\w*|(?:kill|harm|hurt)(?:s|ing)? (?:her|him|them)sel(?:f|ves)|(?:wants?|wish\w*|going) to (?:die|end (?:it|her|his|their))|sexual(?:ly)? (?:abuse\w*|assault\w*|exploit\w*)|fgm|unsafe at home|afraid to go home|scared (?:to go home|of (?:her|his|their) (?:dad|mum|father|mother|step\w+|uncle|carer)))"
)
_TOLD = r"(?:told me|has told|have told|disclosed|confided|said to me|says (?:that )?(?:she|he|they|her|his|their)|revealed|i (?:think|suspect|believe|fear|am worried|am concerned)|i'm (?:worried|concerned|afraid|scared)|i(?:'ve| have) (?:seen|noticed)|came to me|in my (?:class|form|tutor group|school)|one of (?:my|our))"
# Three searches, each linear: one pattern of look-aheads takes the square of a long paste's length.
_DISCLOSURE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_TOLD, rf"\b{_PERSON}\b", _HARM))
_CRISIS = re.compile(
    r"\bi(?:'m| am|'ve been| have been| keep)? (?:want|going|plan\w*|thinking (?:of|about)) ?(?:to |of |about )?(?:die|dying|kill(?:ing)? myself|end(?:ing)? (?:it all|my life)|hurt(?:ing)? myself|harm(?:ing)? myself|suicide)"
    r"|\bi (?:can'?t|cannot) (?:go on|carry on|cope any ?more|take (?:it|this) any ?more)\b|\b(?:i feel|i'm|i am) suicidal\b|\bmy (?:husband|wife|partner|boyfriend|girlfriend) (?:hits|beats|hurts) me\b",
    re.IGNORECASE,
)
_MISUSE = re.compile(
    r"(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|rule|prompt|guardrail|above|previous|guideline)s?"
    r"|(?:print|show|reveal|repeat|output|tell me|give me|display|leak|what (?:is|are))\b.{0,30}\b(?:system|your|hidden|initial|secret)\s?(?:\w+ )?(?:prompt|instructions|rules|configuration|api key)s?"
    r"|(?:print|show|reproduce|copy|paste|output|give me|type out|recite)\b.{0,30}\b(?:whole|entire|full|complete|all (?:of )?the)\b.{0,20}\b(?:paper|document|guide|text|case stud(?:y|ies)|library|source)"
    r"|you are now\b|pretend (?:to be|you(?:'re| are))|act as (?:if|an?)\b.{0,30}\b(?:unrestricted|jailb|dan|no rules)|developer mode|jailbreak|do anything now",
    re.IGNORECASE,
)

SAFEGUARDING_TEXT = (
    "**This needs a person, now.** Follow your school's or trust's safeguarding policy and tell your designated safeguarding lead at once. "
    "If anyone is in immediate danger, call **999**. "
    "Please do not put a child's details here: your message has not been searched or kept."
)
CRISIS_TEXT = (
    "**Please talk to someone now.** If you are in immediate danger, call **999**. You can call Samaritans free on **116 123**, at any hour, "
    "or Education Support, for anyone who works in a school, on **08000 562 561**. Your message has not been searched or kept."
)
MISUSE_TEXT = "This assistant answers questions from the library, with sources; it does not show its instructions or whole documents. What would you like to know?"


def guard(question: str, most_characters: int) -> str:
    """The question as a reader would see it. JourneyEnds where it is empty, too long, a disclosure, or an attempt at misuse."""
    text = clean(question)
    said = text.replace("’", "'").replace("‘", "'")  # phones type the curly one
    if not text:
        raise JourneyEnds(
            "unclear", "empty", "There is no question yet. Ask about a component of the model, a trust, or something schools have tried."
        )
    if _CRISIS.search(said):
        raise JourneyEnds("blocked", "crisis", CRISIS_TEXT, "blocked", keep_question=False)
    if all(pattern.search(said) for pattern in _DISCLOSURE):
        raise JourneyEnds("blocked", "safeguarding", SAFEGUARDING_TEXT, "blocked", keep_question=False)
    if len(text) > most_characters:
        raise JourneyEnds(
            "unclear",
            "too long",
            f"The question has {len(text):,} characters; the most that is read is {most_characters:,}. Ask it in a sentence or two.",
            keep_question=False,
        )
    if _MISUSE.search(said):
        raise JourneyEnds("blocked", "misuse", MISUSE_TEXT, "blocked")
    return mask(text)


def guard_history(history: Iterable[str], most_characters: int) -> tuple[str, ...]:
    """The earlier questions that may be built on: one that would not be answered now is left out, the others are masked."""
    kept = []
    for question in history:
        try:
            kept.append(guard(question, most_characters))
        except JourneyEnds:
            continue
    return tuple(kept)


_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
_BORN_ON = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?(?: of)?[/. -]\w{1,9}[/. -]\d{2,4}|[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
)
_PRIVATE = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[email]"),
    (re.compile(r"(?<![\w.])(?:\+44[\s.-]?(?:\(0\))?|\(?0)(?:[\s.()-]{0,2}\d){9,10}(?!\d)"), "[phone]"),
    (re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE), "[NI number]"),
    # Not "KS2 1st": a key stage is no district, an ordinal no street.
    (re.compile(r"\b(?!KS\d)[A-Z]{1,2}\d[A-Z\d]?\s?\d(?!(?:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE), "[postcode]"),
    (re.compile(r"\b[A-Z]\d{12}\b|\b[A-Z]\d{11}[A-Z]\b", re.IGNORECASE), "[pupil number]"),
    (re.compile(rf"\b(?:born|dob|date of birth)\b\W{{0,4}}(?:(?:on|is|was) )?(?:the )?{_BORN_ON}", re.IGNORECASE), "[date of birth]"),
    (re.compile(rf"(?i:(?:pupil|student|child|boy|girl|year \d{{1,2}}(?: \w+)?),? (?:called|named),? )({_NAME})"), "a pupil called [name]"),
    (re.compile(rf"(?i:\ba (?:year \d{{1,2}} )?(?:pupil|student|child|boy|girl)), {_NAME},"), "a pupil, [name],"),
    (re.compile(rf"(?<![\w.])(?i:(?:our|my) (?:year \d{{1,2}} )?(?:pupil|student)),? ({_NAME})"), "my pupil [name]"),
)


def mask(text: str) -> str:
    """Personal data that a pattern can see, put out of sight before anything is kept or sent. It does not see all."""
    for pattern, instead in _PRIVATE:
        text = pattern.sub(instead, text)
    return text
