"""Passages as numbered sentences, for an llm to cite by id; and a reply's sentences with the ids they name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.choose import Quote, quote_of
from assistant.journey import Evidence
from assistant.shelf import Shelf
from assistant.wording import context_of, kind_of
from hub.domain import Chunk
from hub.plain import CELL, LINE
from hub.sentences import split_sentences

MOST_PASSAGES = 9
MOST_OF_ONE_SOURCE = 3
_BRACKETED = re.compile(r"\[(\s*\d[\d.,;\s]*)\]")
_FENCE = re.compile(r"-{3,}|={3,}|`{3,}|<\|?/?\w*\|?>|\{\{|\}\}")


@dataclass(frozen=True)
class Numbered:
    """The text for the prompt, and the quote behind each id."""

    text: str
    quotes: Mapping[str, Quote]


def number(evidence: Evidence, shelf: Shelf, first: Iterable[Chunk] = ()) -> Numbered:
    """The best passages as numbered sentences, those in `first` at the head; ids are "passage.sentence"."""
    chosen: list[Chunk] = list(first)
    for candidate in evidence.candidates:
        if len(chosen) >= MOST_PASSAGES:
            break
        same = sum(c.source == candidate.chunk.source for c in chosen)
        if candidate.chunk not in chosen and candidate.chunk.kind != "footnote" and same < MOST_OF_ONE_SOURCE:
            chosen.append(candidate.chunk)
    lines: list[str] = []
    quotes: dict[str, Quote] = {}
    for p, chunk in enumerate(chosen, 1):
        source = shelf.sources[chunk.source]
        about = context_of(source)
        lines.append(
            f"--- document {p}: {_harmless(source.title)} | {kind_of(source)} | {_harmless(source.organisation)}{f' | {_harmless(about)}' if about else ''} ---"
        )
        for s, sentence in enumerate(chunk.sentences, 1):
            quote = quote_of(source, chunk, sentence.start, sentence.end, sentence.lead)
            quotes[f"{p}.{s}"] = quote
            lead = f"({_harmless(sentence.lead)}) " if sentence.lead else ""
            lines.append(f"[{p}.{s}] {lead}{_harmless(quote.text)}")
    return Numbered("\n".join(lines), quotes)


def _harmless(text: str) -> str:
    """Untrusted text on one line, with nothing in it that looks like an id, a fence or a slot."""
    text = text.replace(CELL, " | ").replace(LINE, " / ")
    return _FENCE.sub(" ", _BRACKETED.sub(r"(\1)", " ".join(text.split())))


_ID = re.compile(r"\[\s*(\d{1,2}\.\d{1,3}(?:\s*[,;]\s*\d{1,2}\.\d{1,3})*)\s*\]")
_CUT = re.compile(r"(?<=[.!?”\"’')\]])(?:\s*\[[\d.,;\s]+\])+[.;]?(?=\s+[A-Z0-9£$€“‘\"'(*•-])|(?:\s*\[[\d.,;\s]+\])+[.;](?=\s)|\n+(?=[^\n])")
"""Where one part ends: after a group of ids that a new sentence follows, or at a line's end."""
_BULLET = re.compile(r"(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True)
class Said:
    """A sentence of a reply, its ids taken out."""

    text: str
    ids: tuple[str, ...]
    before: str
    """What goes before it: a space, a new paragraph, or a new bullet."""


def read_reply(pieces: Iterable[str]) -> Iterator[Said]:
    """The sentences of a streamed reply, each given once it and its ids are whole. A sentence that carries no ids comes with none."""
    held, before = "", "\n\n"
    for piece in pieces:
        held += piece
        while match := _CUT.search(held):
            part, held = held[: match.end()], held[match.end() :]
            yield from _said(part, before)
            before = "\n\n" if "\n" in part[match.start() :] else " "
    yield from _said(held, before)


def _said(part: str, before: str) -> Iterator[Said]:
    body = part.strip()
    if bullet := _BULLET.match(body):
        before, body = "\n- ", body[bullet.end() :]
    ids = tuple(dict.fromkeys(i.strip() for group in _ID.findall(body) for i in re.split(r"[,;]", group)))
    text = " ".join(re.sub(r"\s*\[[^\]]*\]", "", body).split())
    spans = split_sentences(text)
    for start, end in spans:
        last = (start, end) == spans[-1]
        yield Said(text[start:end], ids if last else (), before)
        before = " "
