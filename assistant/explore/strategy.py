"""What a strategy's own text says of each component: sentences of it, with their offsets. It is read for one person and kept nowhere."""

import re
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from assistant.explore.asking import Asking
from assistant.explore.usage import ExploreError
from assistant.shelf import Shelf
from hub.components import Component, Model
from hub.domain import Noun
from hub.plain import HIDDEN
from hub.sentences import split_sentences

LONGEST = 200_000
"""Characters; a longer text is a document for the library, not a strategy's."""
SAYS = 6.0
"""Log-odds of likeness from which a sentence is about a component though it has none of its words: short sentences are like many things."""
SAYS_WITH_SIGN = -0.8
"""The same where it has a word by which strategies or case studies speak of the component."""
MOST_SAID = 3
LEAST_WORDS = 4
PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*(?:\n|[-*•–#]|\d{1,2}[.)]))[^\n]+)*")
"""A paragraph, or one item of a list, however its lines are broken."""
_MARK = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|#{1,6})\s+")


class Said(Noun):
    """A sentence of the reader's own text."""

    quote: str
    start: int
    end: int
    """Offsets into the text as given: text[start:end] is the quote."""


def check_text(text: str) -> str:
    """The text, if it can be read. ExploreError says what to do where it cannot."""
    if not HIDDEN.sub("", text).strip():
        raise ExploreError("the strategy's text is empty; give a text file, or paste it on standard input")
    if len(text) > LONGEST:
        raise ExploreError(f"the strategy's text has {len(text):,} characters; give the part that you mean, up to {LONGEST:,}")
    return text


def sentences_of(text: str) -> list[Said]:
    """Its sentences in order: lines are paragraphs or items, and a mark at a line's head is no part of it."""
    found = []
    for line in PARAGRAPH.finditer(text):
        mark = _MARK.match(line[0])
        begin = line.start() + (mark.end() if mark else 0)
        body = text[begin : line.end()]
        for start, end in split_sentences(body):
            quote = body[start:end]
            shift = len(quote) - len(quote.lstrip())
            if len(quote.split()) >= LEAST_WORDS and not (mark and "#" in mark[0]):
                found.append(Said(quote=quote[shift:], start=begin + start + shift, end=begin + end))
    return found


def said_of(text: str, shelf: Shelf, model: Model, asked: Mapping[str, Asking]) -> tuple[Mapping[str, tuple[Said, ...]], np.ndarray]:
    """What the text says of each component that it speaks of, best first; and the mean of its sentences' vectors: what it is after."""
    sentences = sentences_of(text)
    if not sentences:
        raise ExploreError("no whole sentence was found in the strategy's text; write what it means to improve in a few sentences")
    vectors = shelf.embedder.embed([s.quote for s in sentences])
    likeness = shelf.likeness(model).of_sentences(vectors)
    said: dict[str, list[tuple[float, Said]]] = defaultdict(list)
    for sentence, row in zip(sentences, likeness.tolist(), strict=True):
        for component, like in zip(model.components, row, strict=True):
            if (score := _says(component, sentence.quote, like, model, asked[component.id])) is not None:
                said[component.id].append((score, sentence))
    centre = vectors.mean(axis=0)
    best = {id: tuple(s for _, s in sorted(found, key=lambda f: (-f[0], f[1].start))[:MOST_SAID]) for id, found in said.items()}
    return best, centre / np.linalg.norm(centre)


def _says(component: Component, quote: str, like: float, model: Model, asking: Asking) -> float | None:
    """How surely a sentence speaks of a component; None where it does not."""
    if component.id in model.named_in(quote):
        return like + 5
    if asking.sure.search(quote):
        return like + 4
    if asking.pattern.search(quote) or model.cue_in(component.id, quote):
        return like + 2 if like >= SAYS_WITH_SIGN else None
    return like if like >= SAYS else None
