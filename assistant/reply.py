"""The sentences of an llm's streamed reply, with the ids they name: each given once it and its ids are whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hub.plain import HIDDEN
from hub.sentences import split_sentences

_ID = re.compile(r"\[\s*(\d{1,2}\.\d{1,3}(?:\s*[,;]\s*\d{1,2}\.\d{1,3})*)\s*\]")
_GROUP = r"(?:\s*\[[\d.,;\s]+\])+"
_CUT = re.compile(
    rf"(?<=[.!?”\"’')\]*]){_GROUP}[.;]?(?=\s+[A-Z0-9£$€“‘\"'(*•-])|{_GROUP}[.;](?=\s)|\n+(?=[^\s\[])",
)
"""Where one part ends: after a group of ids that a new sentence follows, or at a line's end. A line that begins with ids belongs to
the line before it, so nothing is cut until it is known what the next line begins with."""
_BULLET = re.compile(r"(?:[-*•]|\d{1,2}[.)])\s+")
LONGEST = 1500
"""Characters; what goes on for longer with neither ids nor a line's end is given as it is, with no ids."""
_HELD = "\ue000"
"""Stands where a group of ids stood, while the sentences around it are told apart."""


@dataclass(frozen=True)
class Said:
    """A sentence of a reply, its ids taken out."""

    text: str
    ids: tuple[str, ...]
    before: str
    """What goes before it: a space, a new paragraph, or a new bullet."""


def read_reply(pieces: Iterable[str]) -> Iterator[Said]:
    """The sentences of a streamed reply. One that carries no ids comes with none."""
    held, before = "", "\n\n"
    for piece in pieces:
        held += piece.replace("【", "[").replace("】", "]")
        while match := _CUT.search(held):
            part, held = held[: match.end()], held[match.end() :]
            yield from _said(part, before)
            before = "\n\n" if "\n" in part[match.start() :] else " "
        if len(held) > LONGEST:
            yield from _said(_ID.sub(" ", held), before)
            held, before = "", " "
    yield from _said(held, before)


def _said(part: str, before: str) -> Iterator[Said]:
    body = part.strip()
    if bullet := _BULLET.match(body):
        before, body = "\n- ", body[bullet.end() :]
    groups = [re.split(r"\s*[,;]\s*", ids.strip()) for ids in _ID.findall(body)]
    # Ids before the sentence and after it: which are whose cannot be told, so it has none.
    leads = bool(re.match(r"\s*\[", body)) and len(re.sub(_ID, "", body).strip()) > 0
    marked = re.sub(r"\s*\[[^\]]*(?:\]|$)", "", _ID.sub(_HELD, body.replace(_HELD, "")))
    text = " ".join(HIDDEN.sub("", marked).split())
    number = 0
    for start, end in split_sentences(text):
        sentence = text[start:end]
        own = groups[number : number + sentence.count(_HELD)]
        number += sentence.count(_HELD)
        words = " ".join(re.sub(rf"\s*{_HELD}", "", sentence).split())
        if not words:
            continue
        yield Said(words, () if leads else tuple(dict.fromkeys(i for group in own for i in group)), before)
        before = " "
