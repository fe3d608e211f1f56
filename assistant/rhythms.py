"""How often a thing is done, and how much time somebody has for it: what a text says of a thing that it names, and how much that is."""

import re
from collections.abc import Iterator

OFTEN = {
    "daily": r"daily|(?:every|each) (?:school )?day",
    "weekly": r"(?<![\w-])weekly|(?:every|each|once (?:a|per)) week|every (?:mon|tues|wednes|thurs|fri)day",
    "every fortnight": r"fortnightly|every (?:other|second) (?:week|\w+day)|(?:every|each|once a) fortnight",
    "monthly": r"monthly|(?:every|each|once (?:a|per)) month",
    "every half-term": r"half[- ]termly|(?:every|each|once (?:a|per|every)) half[- ]term",
    "every term": r"(?<!half-)(?<!half )termly|(?:every|each|once (?:a|per)) term",
    "every year": r"yearly|annual(?:ly)?|(?:every|each|once (?:a|per|every)) year",
}
_A_YEAR = {"daily": 190, "weekly": 38, "every fortnight": 19, "monthly": 10, "every half-term": 6, "every term": 3, "every year": 1}
"""Of a school's year."""
_UNITS = {"week": 38.0, "fortnight": 19.0, "month": 10.0, "half-term": 6.0, "term": 3.0, "year": 1.0}
_NUMBERS = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5, "once": 1.0, "twice": 2.0} | {
    word: float(n)
    for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_PER = r"(?:a|an|per|each|every) (?:week|fortnight|month|half[- ]term|term|year)"
_RATE = rf"(?:once|twice|{_NUMBER} (?:times|days|afternoons|evenings|mornings)) {_PER}"
_HOURS = {"day": 6.0, "afternoon": 3.0, "morning": 3.0, "half-day": 3.0, "hour": 1.0, "lesson": 1.0, "period": 1.0}
_ANY = "|".join((*OFTEN.values(), _RATE))
_MEETS = re.compile(
    r"\b(?P<thing>committee|group|panel|board|network|council|forum|working party|heads|headteachers)\b(?: (?!and\b|but\b)[\w’'-]+){0,6}? (?:meets?|met)\b"
    rf"(?: [\w’'-]+){{0,4}}? (?P<often>{_ANY})\b",
    re.IGNORECASE,
)
_RUNS = re.compile(
    rf"\b(?P<often>{_ANY}) (?:[\w’'-]+ ){{0,3}}?(?P<thing>survey|newsletter|bulletin|briefing|coaching|peer review)s?\b"
    rf"|\b(?P<thing2>survey|newsletter|bulletin|briefing|coaching|peer review)\b(?: (?!and\b|but\b)[\w’'-]+){{0,3}}? (?P<often2>{_ANY})\b",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    r"(?<!to )(?<!who )(?<!they )(?<!we )\b(?P<post>lead|coach|mentor|organiser|co-?ordinator)\b"
    r"(?:,? (?!and\b|but\b|pupils\b|children\b|teachers\b|staff\b|schools\b)[\w’'-]+){0,4}?,? (?:has|have|had|gets?|given|released|with)\b(?: [\w’'-]+){0,2}? "
    rf"(?P<time>{_NUMBER} (?:half[- ]days?|days?|afternoons?|mornings?|hours?|lessons?|periods?) {_PER})\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?P<number>{_NUMBER})(?: (?P<unit>[a-z]+(?:[- ]days?)?))? (?:a|an|per|each|every) (?P<per>[a-z]+(?:[- ]term)?)", re.IGNORECASE
)
APART = 1.3
"""So many times as often, at least, is plainly oftener: "termly" is "three times a year"."""
SAYS = "says "


def rhythms_in(text: str) -> Iterator[tuple[str, str]]:
    """(what is settled, how), for what a text says of how often a body meets or a thing is done, and of the time that a post has."""
    for match in _MEETS.finditer(text):
        thing = match["thing"].lower()
        many = thing in ("heads", "headteachers")
        body = "heads meet" if many else f"the {'group or network' if thing in ('group', 'network') else thing} meets"
        yield f"how often {body}", f"{SAYS}{_how_often(match['often'])}"
    for match in _RUNS.finditer(text):
        thing = (match["thing"] or match["thing2"]).lower()
        yield f"how often there is {'' if thing == 'coaching' else 'a '}{thing}", f"{SAYS}{_how_often(match['often'] or match['often2'])}"
    for match in _HAS_TIME.finditer(text):
        post = match["post"].lower()
        yield f"the time that {'an' if post[0] == 'o' else 'a'} {post} has", f"{SAYS}{match['time'].lower()}"


def apart(one: str, other: str) -> bool:
    """Whether two ways of settling a thing are plainly two: other words, and where both are so often, or so long, another amount."""
    first, second = _amount(one), _amount(other)
    if first is None or second is None:
        return one != other
    return max(first, second) >= APART * min(first, second)


def _how_often(words: str) -> str:
    """One name for each rhythm; the text's own words where it counts."""
    return next((name for name, pattern in OFTEN.items() if re.fullmatch(pattern, words, re.IGNORECASE)), words.lower())


def _amount(said: str) -> float | None:
    """Times, or hours, a year."""
    words = said.removeprefix(SAYS)
    if words in _A_YEAR:
        return float(_A_YEAR[words])
    match = _COUNTED.fullmatch(words)
    if match is None:
        return None
    number = _NUMBERS[match["number"]] if match["number"] in _NUMBERS else float(match["number"])
    unit = (match["unit"] or "times").replace(" ", "-").removesuffix("s")
    return number * _HOURS.get(unit, 1.0) * _UNITS[match["per"].replace(" ", "-")]
