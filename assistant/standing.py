"""Stored answers and the library of today: what was withdrawn is withheld, and an older text goes once nothing cites it."""

import re
import sqlite3
from pathlib import Path

from assistant.conversations import Conversations
from assistant.wording import counted
from hub.domain import Answer, Citation, Claim
from hub.library import Library, LibraryError

WITHDRAWN = "(withdrawn: this document is no longer in the library)"
_MARKER = re.compile(r"\[(\d+)\]")
_PART = re.compile(r"(?P<before>\s*+(?:[-*]\s+)?)(?P<words>“[^”]*”|[^\[\]“”]+?)(?P<markers>(?:\s?\[\d+\])+)")
"""What stands before a group of markers, as far back as the group before it: a quote, or a sentence."""


def withhold(answer: Answer, library: Library) -> Answer:
    """The answer without the words that rest on sources which the library does not hold any more."""
    gone = library.readings.withdrawn({c.source for c in answer.citations} | {n.source for n in answer.nearest})
    if not gone:
        return answer
    markers = {c.marker for c in answer.citations if c.source in gone}
    return answer.model_copy(
        update={
            "text": "\n".join(_PART.sub(lambda part: _withheld(part, markers), line) for line in answer.text.split("\n")),
            "claims": tuple(_without_words(c, markers) for c in answer.claims),
            "citations": tuple(_without_quote(c) if c.source in gone else c for c in answer.citations),
            "nearest": tuple(n.model_copy(update={"quote": ""}) if n.source in gone else n for n in answer.nearest),
        }
    )


def _withheld(part: "re.Match[str]", gone: set[int]) -> str:
    """A quote rests on each of its markers; a sentence that has another to rest on stays."""
    own = {int(m) for m in _MARKER.findall(part["markers"])}
    falls = own & gone if part["words"].startswith("“") else own <= gone
    return f"{part['before']}{WITHDRAWN}{part['markers']}" if falls else part[0]


def _without_words(claim: Claim, gone: set[int]) -> Claim:
    own = set(claim.markers)
    falls = own & gone if claim.verdict == "quoted" else own and own <= gone
    return claim.model_copy(update={"text": WITHDRAWN}) if falls else claim


def _without_quote(citation: Citation) -> Citation:
    return citation.model_copy(update={"quote": "", "lead": ""})


def told_since(answer: Answer, library: Library) -> str:
    """How many of an answer's sources have changed or gone since it was given, in a sentence; "" where none has."""
    cited = {c.source for c in answer.citations}
    gone = library.readings.withdrawn(cited)
    texts = library.texts()
    changed = {c.source for c in answer.citations if c.text_hash and c.source in texts and texts[c.source] != c.text_hash}
    parts = [f"{len(changed)} {'has' if len(changed) == 1 else 'have'} changed" if changed else ""]
    parts += [f"{len(gone)} {'is' if len(gone) == 1 else 'are'} no longer held" if gone else ""]
    said = " and ".join(p for p in parts if p)
    return f"Since this answer was given, of the {counted(len(cited), 'source')} it cites, {said}." if said else ""


def drop_uncited(conversations: Conversations, store: Path) -> int:
    """Drop the older texts that no stored answer cites any more; returns how many. Where the store is busy, the next time does it."""
    try:
        with Library(store) as library:
            return library.readings.drop_uncited(conversations.cited()) if library.readings.kept() else 0
    except (LibraryError, sqlite3.OperationalError):
        return 0
