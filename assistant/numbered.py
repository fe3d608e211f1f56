"""Passages as numbered sentences, for an llm to cite by id."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.choose import Quote, quote_of
from assistant.journey import Evidence
from assistant.profile import NOWHERE, Profile, near
from assistant.shelf import Shelf
from assistant.wording import context_of, kind_of, name_of
from hub.domain import CASE_STUDY, Chunk, Source
from hub.plain import CELL, HIDDEN, LINE

MOST_PASSAGES = 9
MOST_OF_ONE_SOURCE = 3
_BRACKETED = re.compile(r"[\[【](\s*\d[\d.,;\s]*)[\]】]")
_FENCE = re.compile(r"-{3,}|={3,}|`{3,}|~{3,}|<\|?/?\w*\|?>|<{2,}|>{2,}|\{\{|\}\}|\[/?(?:INST|BEGIN|END)\b[^\]]*\]?|^#+ ", re.IGNORECASE)


@dataclass(frozen=True)
class Numbered:
    """The text for the prompt, and the quote behind each id."""

    text: str
    quotes: Mapping[str, Quote]


def number(evidence: Evidence, shelf: Shelf, first: Iterable[Chunk] = (), mine: Profile = NOWHERE) -> Numbered:
    """The best passages as numbered sentences, those in `first` at the head; ids are "passage.sentence".

    `mine`: the asker's own trust. What is near to it stands before the rest; which passages there are is settled without it.
    """
    chosen: list[Chunk] = list(first)
    head = len(chosen)
    for candidate in evidence.candidates:
        if len(chosen) >= MOST_PASSAGES:
            break
        same = sum(c.source == candidate.chunk.source for c in chosen)
        if candidate.chunk not in chosen and candidate.chunk.kind != "footnote" and same < MOST_OF_ONE_SOURCE:
            chosen.append(candidate.chunk)
    chosen[head:] = sorted(chosen[head:], key=lambda chunk: -len(near(mine, shelf.sources[chunk.source])))
    lines: list[str] = []
    quotes: dict[str, Quote] = {}
    for p, chunk in enumerate(chosen, 1):
        source = shelf.sources[chunk.source]
        lines.append(f"--- document {p}: {harmless(headed(source))} ---")
        for s, sentence in enumerate(chunk.sentences, 1):
            quote = quote_of(source, chunk, sentence.start, sentence.end, sentence.lead)
            quotes[f"{p}.{s}"] = quote
            lead = f"({harmless(sentence.lead)}) " if sentence.lead else ""
            lines.append(f"[{p}.{s}] {lead}{harmless(quote.text)}")
    return Numbered("\n".join(lines), quotes)


def headed(source: Source) -> str:
    """What a document is: its title, whose it is and in which voice, and where and when, so that an llm can say whose practice it tells of."""
    whose = f"what {name_of(source)} did" if source.kind == CASE_STUDY else f"the words of {source.organisation}"
    dated = source.published and source.published[:4] not in context_of(source)
    about = ", ".join(part for part in (context_of(source), source.published if dated else "") if part)
    return " | ".join(part for part in (source.title, f"{kind_of(source)}: {whose}", about) if part)


def harmless(text: str) -> str:
    """Untrusted text on one line of visible characters, with nothing in it that looks like an id, a fence or a slot."""
    text = HIDDEN.sub("", " ".join(text.replace(CELL, " | ").replace(LINE, " / ").split()))
    return _FENCE.sub(" ", _BRACKETED.sub(r"(\1)", text))


def fenced(text: str, name: str) -> str:
    """Untrusted text between two marks that nobody could have written into it: each call has its own."""
    mark = f"{name} {secrets.token_hex(6)}"
    return f"[BEGIN {mark}]\n{text}\n[END {mark}]"
