"""What a document says of itself: its date, and the school's phase, region, pupils and trust. For a person to check."""

import re
from collections import Counter
from dataclasses import dataclass, field

from hub.domain import Loaded
from hub.numbers import WORDS
from hub.places import regions_in

MOST_NAMES = 3
MOST_CHARACTERS = 200_000
HEAD_CHARACTERS = 1500
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})\s+(?P<year>(?:19|20)\d\d)\b|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
)
_LABELLED = re.compile(r"\b(?:published|publication date|date|updated|written|posted)\b[\s:—–-]*(?:on|in)?\s*$", re.IGNORECASE)
_META = re.compile(
    rb"""(?:article:published_time|datePublished|dc\.date|pubdate)["']?[^>]{0,40}?(?:content=|datetime=|:)\s*["'](\d{4}-\d\d(?:-\d\d)?)""",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w’'-]* (?:(?:of|the|and|&|St\.?) )?){1,5}?"
_TRUST = re.compile(
    rf"\b({_NAME}(?:(?:Multi[- ]Academy|Academies|Academy|Learning|Education(?:al)?|Schools?|Diocesan) )*(?:Trust|Federation))\b"
)
_SCHOOL = re.compile(
    rf"\b({_NAME}(?:(?:Primary|Junior|Infant|High|Secondary|Grammar|Special|Community) )*(?:School|Academy|College))\b(?! Trust)"
)
_BEFORE = re.compile(
    r"^(?:(?:The|Our|At|In|This|That|A|An|Any|Each|Every|When|All|Heads?|Leaders|Staff|Teachers|Governors|Pupils)(?: of| at| in| from)? )+"
)
_GENERIC = re.compile(
    r"(?:(?:Multi|Multi-Academy|Academy|Academies|Learning|Education(?:al)?|Schools?|Diocesan|Primary|Junior|Infant|High|Secondary|Grammar|Special|Community|Trust"
    r"|Federation|College) ?)+$"
)
"""What any of them is called."""
_PHASES = {
    "Primary": r"primary|primaries|infant|junior|key stage [12]|ks[12]|reception class|year [1-6]\b",
    "Secondary": r"secondary|secondaries|high school|key stage [34]|ks[34]|gcse|progress 8|year (?:7|8|9|10|11)\b",
    "Special": r"special school|alternative provision|pupil referral",
    "All-through": r"all-through",
    "16 plus": r"sixth form|post-16|a[- ]levels?",
}
_COUNT = r"(\d{1,3}(?:,\d{3})+|\d{1,5})"
_SMALL = WORDS[2:]
_PUPILS = re.compile(
    rf"(?:\b(?:number of )?(?:pupils|students)(?: on roll)?\s*[:|\t]\s*{_COUNT}\b|\b{_COUNT}\s+(?:pupils|students|children)\b( on roll)?)",
    re.IGNORECASE,
)
_SCHOOLS = re.compile(rf"(?:\b(?:number of )?(?:schools|academies)\s*[:|\t]\s*(\d{{1,3}})\b|\b(\d{{1,3}}|{'|'.join(_SMALL)})\s+(?:\w+\s+)?(?:schools|academies|primaries|secondaries)\b)", re.IGNORECASE)  # fmt: skip


@dataclass
class Said:
    """What was found. A value that the file only seems to say is not sure."""

    published: str = ""
    """As a manifest has it: year, year and month, or date."""
    published_sure: bool = False
    names: list[str] = field(default_factory=list)
    """Trusts and schools that it names most, in TOML-safe words."""
    trust: str = ""
    context: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """By key of a manifest's context: the value, and whether the file says it outright."""


def what_it_says(loaded: Loaded, page: bytes = b"") -> Said:
    """Read a document's text, and an HTML page's own bytes for the date that it gives to machines."""
    said = Said()
    text = loaded.text[:MOST_CHARACTERS]
    said.published, said.published_sure = _published(text, page)
    trusts, schools = _named(_TRUST, text), _named(_SCHOOL, text)
    said.names = [name for name, _ in (trusts + schools).most_common(MOST_NAMES)]
    said.trust = trusts.most_common(1)[0][0] if trusts else ""
    context = {
        "school": (schools.most_common(1)[0][0], False) if schools else None,
        "phase": _phase(text),
        "region": _region(text),
        "pupils": _figure(_PUPILS, text),
        "schools": _figure(_SCHOOLS, text),
    }
    said.context = {key: value for key, value in context.items() if value}
    return said


def _published(text: str, page: bytes) -> tuple[str, bool]:
    if meta := _META.search(page):
        return meta[1].decode(), True
    found = [(m, _LABELLED.search(text[max(0, m.start() - 40) : m.start()]) is not None) for m in _DATE.finditer(text[:HEAD_CHARACTERS])]
    if not found:
        found = [(m, False) for m in _DATE.finditer(text[-HEAD_CHARACTERS // 3 :])]
    best = next((pair for pair in found if pair[1]), found[0] if found else None)
    if best is None:
        return "", False
    match, sure = best
    if match["iso"]:
        return match["iso"], sure
    month = MONTHS.index(match["month"]) + 1
    day = f"-{int(match['day']):02}" if match["day"] and 1 <= int(match["day"]) <= 31 else ""
    return f"{match['year']}-{month:02}{day}", sure


def _named(pattern: "re.Pattern[str]", text: str) -> "Counter[str]":
    found = (_BEFORE.sub("", " ".join(m[1].split())) for m in pattern.finditer(text))
    return Counter(name for name in found if not _GENERIC.match(name))


def _phase(text: str) -> tuple[str, bool] | None:
    counts = Counter({phase: len(re.findall(rf"\b(?:{words})", text, re.IGNORECASE)) for phase, words in _PHASES.items()})
    (first, most), (_, second) = counts.most_common(2)
    if not most:
        return None
    return first, most >= 3 and second * 4 <= most


def _region(text: str) -> tuple[str, bool] | None:
    regions = regions_in(text)
    return (regions[0], False) if len(regions) == 1 else None


def _figure(pattern: "re.Pattern[str]", text: str) -> tuple[str, bool] | None:
    """A figure with a label before it is said outright; one in running text may be of anything. Several different ones say nothing."""
    labelled: set[str] = set()
    running: set[str] = set()
    for match in pattern.finditer(text):
        value = match[1] or match[2]
        value = str(WORDS.index(value.lower())) if value.lower() in _SMALL else value
        on_roll = pattern.groups > 2 and match[3]
        (labelled if match[1] or on_roll else running).add(value)
    for values, sure in ((labelled, True), (running, False)):
        if len(values) == 1:
            return values.pop(), sure
    return None
