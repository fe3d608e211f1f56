"""Whether the document that a question asks about is held: named in passing, or listed among references, it is not.

What somebody else says of a document is quoted where it bears on the question; what the document itself says is not to be had.
"""

import re

from assistant.holder import mentioning, tells_of
from assistant.journey import Evidence, Understood
from assistant.names import Names, organisations_in
from assistant.shelf import Shelf

NEAREST = 6
"""Sentences among which a question of a survey is looked for."""
LEAST_WORDS, MOST_WORDS = 2, 12
"""Of a title."""
_SAYS = r"(?:say|argue|recommend|suggest|conclude|find|advise|cover|propose|state|claim|tell|set out|describe|mention)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:what|how|why|which \w+) (?:does|did|do) (?P<title>.+?) (?:actually |really )?{_SAYS}\b",
        rf"\b(?:what|whatever|how|which \w+) (?P<title>(?!(?:does|did|do|is|are|was|were|has|have)\b).+?) (?:actually |really )?(?:said|found|{_SAYS}(?:s|d|ed))\b",
        r"\b(?:according to|summar(?:y of|i[sz]e)|(?:main|key|chief) (?:points?|messages?|findings?|recommendations?|ideas?) (?:of|in|from)|quotes? (?:\w+ )?from|page \d+ of|(?:chapter|section|appendix|annex) \w+ (?:of|in)) (?P<title>.+?)(?:,| (?:about|on|for|as|to|that|which|what)\b|[?.]|$)",
        r"\b(?:paper|report|booklet|pamphlet|essay|book|article|publication),? (?:(?:called|titled|entitled|named)\s)?(?P<title>(?-i:[A-Z])(?![^.?!,]*\b(?:wrote|received|published|sent|made|has|had|have|is|was|were)\b)[^.?!,]{8,}?)(?:,| (?:about|on|say|says|said|argue\w*|recommend\w*)\b|[.?!]|$)",
        r"\b(?:read|in|from) (?P<title>(?:(?-i:[A-Z])|['‘“\"]).+?)(?:,| (?:what|how|which|about|on|is|are|does|do)\b|[?.]|$)",
    )
)
_BEFORE = re.compile(
    r"^(?:(?:what|how|the|a|an|that|this|its|their|our|dfe['’]?s?|cst['’]?s?|eef['’]?s?|document|paper|report|called)\s+)+", re.IGNORECASE
)
_AFTER = re.compile(
    r"\s+(?:report|paper|guide|guidance|document|publication|framework|handbook|booklet|book|article|policy)$", re.IGNORECASE
)
_OF_PAPERS = re.compile(r"\b(?:Framework|Report|Guidance|Guide|Paper|Handbook|Code|Review|Standards?|Charter|Strategy|Plan)$")
_QUOTED = re.compile(r"(?:^|\s)['‘“\"]([A-Z][^'‘’“”\"]{5,})['’”\"]")
_PAGE = re.compile(r"\bpage (\d{1,4})\b", re.IGNORECASE)
_PART = re.compile(
    r"\b((?<!to )(?<!we )(?<!they )(?<!pupils )slide|chapter|appendix|annex|paragraph) (\d{1,3}|(?-i:[A-Z]))\b(?! (?:grade|mark|place)s?\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?<!staff )(?<!we )(?<!they )(?<!to )(?<!teachers )\b((?:survey |quiz )?question (?:number )?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|opening) (?:survey )?question) (?:of|in|on) .{0,60}?\b(?:surveys?|questionnaires?|quiz|polls?|forms?|audits?)\b",
    re.IGNORECASE,
)
_GUIDE = re.compile(r"\b(?:the|cst(?:'s|’s)?)\s+(?:\w+\s+)??(implementation guide|guide)\b", re.IGNORECASE)


def document_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf, names: Names) -> str:
    """The document that the question asks about and that is not held, as a reader would say it; or ""."""
    question = understood.question
    guide = _GUIDE.search(question)
    if guide and (re.search(r"\bCST\b", question) or guide[1].lower() != "guide") and not _holds_cst_guide(shelf):
        return "CST's guide to the model"
    page = _PAGE.search(question)
    if page and not any(c.place.page == int(page[1]) for c in evidence.chunks):
        return f"page {page[1]}"
    part = _PART.search(question)
    asked_of = understood.sources or shelf.sources.keys()
    if part and not any(
        re.search(rf"\b{part[1]}s? {part[2]}\b", c.embed_text, re.IGNORECASE) for c in shelf.chunks.values() if c.source in asked_of
    ):
        return part[0].lower()
    numbered = _QUESTION.search(question)
    if numbered and not any(
        c.text.endswith("?") and c.source.id == evidence.candidates[0].source.id for c in evidence.candidates[:NEAREST]
    ):
        return f"{'' if 'question ' in numbered[1].lower() else 'the '}{numbered[1].lower()}"
    if understood.components or understood.strands:
        return ""
    return next((f"*{title}*" for title in titles_asked(question) if _is_unheld(title, understood, shelf, names)), "")


def titles_asked(question: str) -> list[str]:
    """What may be the title of a document whose words a question asks for, in the question's letters."""
    found = []
    for match in filter(None, (pattern.search(question) for pattern in _ASKED)):
        quoted = _QUOTED.search(match["title"])
        title = _BEFORE.sub("", (quoted[1] if quoted else match["title"]).strip(" '‘’“”\"*")).strip(" '‘’“”\"*")
        if LEAST_WORDS <= len(title.split()) <= MOST_WORDS:
            found += [title, _AFTER.sub("", title)]
    return list(dict.fromkeys(t for t in found if len(t.split()) >= LEAST_WORDS))


def _is_unheld(title: str, understood: Understood, shelf: Shelf, names: Names) -> bool:
    """Whether it is a title that the library names, of a document it does not hold, and nobody tells what is asked of it."""
    if names.find(title) or organisations_in(title):
        return False
    words = set(re.findall(r"\w+", title.lower()))
    if any(words <= set(re.findall(r"\w+", s.title.lower())) for s in shelf.sources.values()):
        return False
    written = re.compile(rf"(?<![\w’'-])({re.escape(title[0].upper())}(?i:{re.escape(title[1:])}))(?![\w’'-])")
    found = {match[1] for chunk in shelf.chunks.values() for match in written.finditer(chunk.text)}
    return any(_is_a_title(name) and not tells_of(name, understood, shelf) and bool(mentioning(name, shelf)) for name in found)


def _is_a_title(name: str) -> bool:
    """Written as titles are and people's names are not: with small words of some length, or ending as papers do."""
    return bool(re.search(r" [a-z]{4,}| (?:19|20)\d\d$", name) or _OF_PAPERS.search(name))


def _holds_cst_guide(shelf: Shelf) -> bool:
    return any(s.kind == "guide" and "School Trusts" in s.organisation for s in shelf.sources.values())
