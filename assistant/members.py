"""Which ones: where a question asks for the members of a group - "which departments", "name the awards" - is any of them named?

A document may speak of a group, even praise it, and never say who or what is in it. Such a sentence lies as near to the question as any.
"""

import re

from assistant.asked_for import EVERYDAY_NAME, MEASURES, SAME_SENSE, partners
from assistant.journey import Candidate, Evidence, Understood
from assistant.retrieve import near_sentences
from assistant.shelf import Shelf
from hub.numbers import WORDS
from vectorstore.lexical import tokenize

_COUNTED = rf"(?:{'|'.join(WORDS[2:])}|\d+)"
_VERBS = "do|did|are|were|have|had|will|would|can|could|should|must|might"
_PLURAL = r"(?!does|has|was)([a-z-]{2,}(?<![sui])s)\b"
_ONE = r"(?:\w+ )?(?:one|school|trust|academy|primary|secondary|college|organisation|document|case study|component|strand|head|leader|teacher|team|department)"
""" "Which school gathers": one is asked for, and "gathers" is no group."""
_ASKED = (
    # "which history departments wrote", "what two aims did"; not "which class is", nor "what happens"
    re.compile(
        rf"\bwhich (?!{_ONE} )(?:[\w’'-]+ ){{0,2}}?{_PLURAL}(?= (?:{_VERBS}|in|at|on|of|from|for|(?!\w*s\b|there\b)[a-z]))", re.IGNORECASE
    ),
    re.compile(rf"\bwhat (?:[\w’'-]+ ){{0,2}}?{_PLURAL}(?= (?:{_VERBS})\b(?! there\b))", re.IGNORECASE),
    # "name the awards that", "what are the seven domains of"
    re.compile(
        rf"\b(?:list|name|set out|spell out|run through|recite|remind me of|(?:tell|show) me(?= (?:(?:the|its|their|all) )*(?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|\d)\b)) (?:(?:the|its|their|all|cst's) )+(?:{_COUNTED} )?(?:[\w’'-]+ ){{0,2}}?{_PLURAL}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:what (?:are|were)|give (?:me|us)) (?:(?:the|its|their|all|[\w’'-]+['’]s) )*{_COUNTED} (?:[\w’'-]+ ){{0,2}}?{_PLURAL}",
        re.IGNORECASE,
    ),
)
_OWNERS = frozenset(tokenize(["schools trusts academies organisations primaries secondaries studies documents"])[0])
"""What may be named by the document that a sentence stands in, and not by the sentence."""
_ACCOUNTS = frozenset(tokenize([MEASURES])[0]) - frozenset(tokenize(["questions"])[0])
_QUESTIONS = frozenset(tokenize(["questions"])[0])
_INTRODUCED = re.compile(
    r"[:–—]\s*[\w“‘'\"]|\((?-i:[A-Z]?[a-z])|\b(?:such as|includ\w+|like|for (?:example|instance)|e\.g\.|namely|called|known as|from .+ to|is|are|was|were)\b",
    re.IGNORECASE,
)
"""What members come after, in the sentence that speaks of their group."""
_SAID_NEXT = re.compile(r"(?:These|Those|They (?:are|were|include)|First|The first)\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\w*")
_SEPARATED = 2
"""Commas or semicolons in a sentence from which it may be a list."""


def members_in_vain(understood: Understood, evidence: Evidence) -> str:
    """The group whose members are asked for, in the question's word, if near sentences speak of it and none names one; else ""."""
    group = group_asked(understood.asked)
    stems = tokenize([group])[0]
    if not stems or stems[0] in _ACCOUNTS or (understood.sources is None and stems[0] in _OWNERS):
        return ""
    near = near_sentences(understood, evidence)
    if stems[0] in _QUESTIONS:  # those of another survey are none of this one's
        near = [c for c in near if c.source.id == near[0].source.id]
    said = [c for c in near if stems[0] in tokenize([f"{c.sentence.lead} {c.text}"])[0]]
    told = set(re.findall(r"\w+", " ".join((understood.question, *understood.names))))
    counted = _is_counted(group, understood.asked)
    names = _asks if stems[0] in _QUESTIONS else _lists if counted else _names
    if counted:  # "that question" is not the four of them
        said = [c for c in said if group in f"{c.sentence.lead} {c.text}".lower()] or said
        so_many = {c.source.id for c in said if _is_so_many(group, understood.asked, c.text)}
        if so_many:  # whoever speaks of four such questions is who could name them
            said, near = ([c for c in these if c.source.id in so_many] for these in (said, near))
    if not said or any(names(c, stems[0], told) for c in said) or any(_stands_under(c, stems[0]) for c in near if c not in said):
        return ""
    return group


def group_unheard_of(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """The group of so many members that are asked for, if no near sentence speaks of it by this word or one like it; else ""."""
    group = group_asked(understood.asked)
    stem = tokenize([group])[0][:1]
    if not stem or stem[0] in _ACCOUNTS | _OWNERS or not _is_counted(group, understood.asked):
        return ""
    if any(stem[0] in words for words in tokenize([f"{c.sentence.lead} {c.text}" for c in near_sentences(understood, evidence)])):
        return ""
    return group if partners(understood, evidence, shelf).get(group, 1.0) < SAME_SENSE else ""


def _is_counted(group: str, question: str) -> bool:
    return bool(re.search(rf"\b{_COUNTED} (?:[\w’'-]+ ){{0,3}}{re.escape(group)}", question, re.IGNORECASE))


def _is_so_many(group: str, question: str, text: str) -> bool:
    """Whether a text speaks of as many of them as the question does."""
    asked = re.search(rf"\b({_COUNTED}) (?:[\w’'-]+ ){{0,3}}{re.escape(group)}", question, re.IGNORECASE)
    return bool(asked and re.search(rf"\b{asked[1]} (?:[\w’'-]+ ){{0,3}}{re.escape(group)}", text, re.IGNORECASE))


def group_asked(question: str) -> str:
    """The plural noun whose members a question asks for, in lower case; or ""."""
    found = next(filter(None, (pattern.search(question) for pattern in _ASKED)), None)
    return found[1].lower() if found else ""


def _asks(candidate: Candidate, stem: str, _told: set[str]) -> bool:
    """Whether a sentence is a question, or lists some."""
    return "?" in candidate.text or (candidate.text.endswith(":") and _lists(candidate, stem, _told))


def _lists(candidate: Candidate, stem: str, _told: set[str]) -> bool:
    """Whether a sentence that speaks of a group, or what goes with it, may list its members."""
    text, lead = candidate.text, candidate.sentence.lead
    if candidate.sentence.row or text.endswith("?") or (lead and stem in tokenize([lead])[0]):
        return True
    if text.endswith(":") and any(s.lead.endswith(text) for s in candidate.chunk.sentences):
        return True
    return len(re.findall("[,;]", text)) >= _SEPARATED or _goes_on(candidate)


def _stands_under(candidate: Candidate, stem: str) -> bool:
    """Whether it is a list's item or a table's row under a heading that speaks of the group."""
    return bool(candidate.sentence.lead or candidate.sentence.row) and stem in tokenize([candidate.chunk.place.heading])[0]


def _names(candidate: Candidate, stem: str, told: set[str]) -> bool:
    """Whether it may name one of them: `told` are the question's own words."""
    if _lists(candidate, stem, told):
        return True
    text = candidate.text
    if any(name not in told and not EVERYDAY_NAME.fullmatch(name) for name in _NAME.findall(text)) or re.search(r"[“\"‘]\w", text):
        return True
    after = next((text[m.end() :] for m in re.finditer(r"[\w’-]+", text) if stem in tokenize([m[0]])[0]), "")
    joined = re.search(r"\b(\w+) and \w+ \S+$", text[: len(text) - len(after)])
    return bool(_INTRODUCED.search(after) or joined)


def _goes_on(candidate: Candidate) -> bool:
    """Whether the sentence after it begins as one that names them does."""
    chunk = candidate.chunk
    after = min((s.start for s in chunk.sentences if s.start > candidate.sentence.start), default=None)
    return after is not None and bool(_SAID_NEXT.match(chunk.text[after - chunk.start :]))
