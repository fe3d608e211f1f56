"""Which sentences say something by themselves, and which of those give a figure of what came of it."""

import re
from collections.abc import Collection

from assistant.figures import figures_in
from hub.domain import Chunk, Sentence
from hub.quotes import canonical

LEAST_WORDS = 5
_LABEL = re.compile(r"^[A-Z][\w ]{2,28}: \S.{0,90}(?<![.!?])$")
_ENDS = re.compile(r"[.!;…][\"'”’)\]]*$")


def text_of(chunk: Chunk, sentence: Sentence) -> str:
    """The words of a chunk's sentence."""
    return chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]


def is_quotable(chunk: Chunk, sentence: Sentence, furniture: Collection[str]) -> bool:
    """Whether a reader can make sense of it alone: a whole statement, an item with its opening line, a row; no label, no bare question."""
    text = text_of(chunk, sentence)
    if chunk.kind == "footnote" or len(text.split()) < LEAST_WORDS or _LABEL.match(text):
        return False
    whole = bool(sentence.lead or sentence.row) or (bool(_ENDS.search(text)) and not text[:1].islower())
    return whole and canonical(text) not in furniture  # last, for it takes longest


_NO_MEASURE = re.compile(
    r"\[\d+(?:[.,;\s]\d+)*\]"  # a note's mark
    r"|\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\b"
    r"|\b(?:years?|y|ks|key stages?|stages?|phases?|pages?|parts?|sections?|tables?|figures?|steps?|versions?|levels?|grades?|class|classes|rounds?|terms?|weeks?|days?|cycles?|goals?|priorit(?:y|ies)|strands?|progress|p)"
    r"\s?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s?(?:[-–,/]|to|and|or)\s?\d+)*\b"
    r"|\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|o[’']clock)\b|\b\d{1,2}[.:]\d\d\b(?!\s?%)"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
    r"|\b(?:last|next|past|first|previous)\s\w+\s(?:years?|terms?|months?|weeks?|days?)\b|\b\w+\s(?:years?|terms?|months?)\s(?:ago|on|earlier|later|before)\b"
    r"|\bage[sd]?\s\d+(?:\s?(?:[-–]|to|and)\s?\d+)?|^\s*\d{1,2}[.)]\s",
    re.IGNORECASE,
)
"""Numbers that name a thing or a date and measure nothing: "Year 7", "Key Stage 2", "2023", "3.30pm"."""
_EFFECT = re.compile(
    r"\b(?:(?:went|gone|moved|came|grew|grown|shr[au]nk|climbed) (?:up |down )?from|rose|rise[sn]?|fell|fallen|falls|dropp?ed|drops|cut|reduc\w+|increas\w+|decreas\w+|sav(?:ed|es|ing)|"
    r"gain(?:ed|s)?|improv(?:ed|ement|ements)|halv\w+|doubl(?:ed|es|ing)|trebl\w+|tripl(?:ed|es)|up by|down by|fewer|less time|compared (?:with|to)|averag(?:e|ed|es)|median|scored|against|"
    r"responded|respondents|(?:said|say|reported|agreed|felt|thought) that|said (?:their|they|it)|\d+ (?:out )?of (?:the |our |its )?\d+)\b",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(?:what (?:has )?changed|what happened|impact|outcomes?|results?|how (?:we|they) know|difference|effects?)\b", re.IGNORECASE
)
_OF_RESULTS = re.compile(
    r"%|£|\b(?:per\s?cent|hours?|minutes?|days?|marks?|points?|of (?:the |our |its )?\d+|pupils|children|teachers|staff replied)\b",
    re.IGNORECASE,
)
"""What is counted under a heading of results."""


_COUNTS = re.compile(
    r"\d|\b(?:t(?:wo|hree|en|w[ei]\w+|hir\w+)|f(?:our|ive|if\w+|or\w+)|six\w*|seven\w*|eight\w*|nine\w*|eleven|dozen|hundred|half|quarter|twice|doubl|trebl|tripl|halv)",
    re.IGNORECASE,
)
"""A quick look, before the careful one."""


def measures(text: str) -> bool:
    """Whether a text has a figure that counts or measures something."""
    if not _COUNTS.search(text):
        return False
    plain = _NO_MEASURE.sub(" ", text)
    return any(not f.token.endswith("th") for f in figures_in(plain))


def under_results(heading: str) -> bool:
    """Whether a passage stands under a heading of results."""
    return bool(_RESULTS.search(heading.rpartition(" › ")[2]))


def gives_figure(text: str, heading: str = "") -> bool:
    """Whether a sentence gives a figure of what came of something: a measure beside words of change, or one of results under their heading."""
    return bool(_EFFECT.search(text) or (under_results(heading) and _OF_RESULTS.search(text))) and measures(text)
