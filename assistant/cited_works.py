"""Whether a question asks what a work says that the documents only cite: its authors stand in references, and nobody says what they say."""

import re

from assistant.asked_for import names_in
from assistant.shelf import Shelf
from hub.domain import Chunk

_SAYS = r"(?:says?|said|finds?|found|argue\w*|conclude\w*|recommend\w*|writes?|wrote|claim\w*|shows?|showed|suggest\w*|propose\w*|report(?:s|ed)?)"
_ANOTHER = r"(?:[A-Z][\w’'-]+(?:,| and| &) )*"
_AND_ANOTHER = r"(?:(?:,| and| &) [A-Z][\w’'-]+| et al\.?)*"
_INITIALS = r"(?:,? [A-Z]{1,3}\b\.?)"
_YEAR_AFTER = re.compile(rf"{_INITIALS}+,?(?: (?:and|&|et al\.?)(?: [A-Z][\w’'-]+{_INITIALS}*)?)?,? ?\(?(?:19|20)\d\d\b")
""" "Hale, A and Moor, B (2015)", from behind the first of its names. "Hale (2015) argues" tells what Hale says."""


def work_in_vain(question: str, shelf: Shelf) -> str:
    """The author whose work is only cited in what is held, where the question asks what the work says; or ""."""
    return next((name for name in names_in(question) if " " not in name and _is_asked(name, question) and _is_only_cited(name, shelf)), "")


def _is_asked(name: str, question: str) -> bool:
    """Whether a question asks what somebody of that name says, or what a work of theirs does."""
    whose = rf"{_ANOTHER}{re.escape(name)}{_AND_ANOTHER}"
    return bool(
        re.search(
            rf"\b(?i:do|does|did) {whose} (?:\w+ly )?{_SAYS}\b|\b(?i:by|according to) {whose}(?![\w-])|{whose} {_SAYS}\b|{whose}['’]s? ",
            question,
        )
    )


def _is_only_cited(name: str, shelf: Shelf) -> bool:
    word = re.compile(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])")
    everyday = re.compile(rf"(?<![\w’'-]){re.escape(name.lower())}(?![\w-])")
    if any(everyday.search(chunk.text) for chunk in shelf.chunks.values()):
        return False
    stands = [(chunk, match) for chunk in shelf.chunks.values() for match in word.finditer(chunk.text)]
    return any(_is_in_a_reference(*place) for place in stands) and all(_is_citation(*place) for place in stands)


def _is_citation(chunk: Chunk, match: re.Match[str]) -> bool:
    return chunk.kind == "footnote" or _is_in_a_reference(chunk, match)


def _is_in_a_reference(chunk: Chunk, match: re.Match[str]) -> bool:
    """With initials before a year, or in brackets with one."""
    if _YEAR_AFTER.match(chunk.text[match.end() : match.end() + 60]):
        return True
    opened = chunk.text.rfind("(", 0, match.start())
    closed = chunk.text.find(")", match.end())
    inside = chunk.text[opened:closed] if 0 <= opened < match.start() < closed else ""
    return ")" not in inside and bool(re.search(r"\b(?:19|20)\d\d", inside))
