"""How well a sentence tells of practice when it is read alone: what was done first, and what hangs on its neighbour together with it."""

import re
from collections.abc import Sequence

from assistant.approaches import tells_a_deed
from assistant.choose import LONGEST_QUOTE_WORDS, Quote, leans_back, quote_of
from assistant.explore.quotable import text_of, under_results
from hub.domain import Chunk, Sentence

DEED_BONUS = 0.2
"""What a sentence gains that tells what was done."""
HANGING_COST = 0.35
"""What one loses that a reader cannot make out without the sentence before, or that only announces the next."""
SHORT = 8
"""A deed told in fewer words seldom says what was done."""
_BEGINS = re.compile(
    r"^(?:we|i|our|each|every|all|both|staff|leaders|teachers|(?:the )?(?:\w+ )?heads?(?:teachers?)?|the (?:trust|school|head\w*|deputy|committee)|since|from|in|at|instead of|once|twice)\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells what was done."""
_HANGS = re.compile(
    r"^(?:for (?:example|instance)|e\.g\.|similarly|likewise|in addition|then|also|so|and|or|when (?:we|they) do (?:this|that|so))\b"
    r"|^(?:[\w’'-]+ ){1,4}(?:them|him|her)\b"
    r"|\b(?:do|does|did|done|doing) so\b|\bthe other (?:one|two|three|four|five|six|half)\b|\b(?:those|these) (?:words|two|three|four|suggestions|ideas|tips|steps|questions|points|examples)\b"
    r"|\b(?:one|each|all|some|most|many|none|neither|either|two|three|four|five|six) of (?:them|these|those)\b"
    r"|\bboth (?:with|in|to|at|for)\b|\bboth[.;,]|\bthat one \w+",
    re.IGNORECASE,
)
"""Words that point at what stands before."""
_ANNOUNCES = re.compile(
    r"^(?:below|above)\b|\b(?:as follows|the following)\b|^there (?:is|are|was|were|has been|have been) (?:an?|no|two|three|four|five|six|many|some|several|lots|also|always|plenty)\b",
    re.IGNORECASE,
)
_LONGEST_ANNOUNCEMENT = 12
_GIVEN_UP = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )\bused to (?!\w+ing\b)\w+", re.IGNORECASE)
"""What somebody did once, and does no more: read alone, it seems to be what they do."""


def hangs(text: str) -> bool:
    """Whether a sentence points at the one before it."""
    return bool(_HANGS.search(text)) or leans_back(text)


def announces(text: str) -> bool:
    """Whether a sentence says no more than that something follows."""
    return bool(_ANNOUNCES.search(text)) and len(text.split()) <= _LONGEST_ANNOUNCEMENT and not re.search(r"\d", text)


def telling(chunk: Chunk, sentence: Sentence) -> float:
    """What a sentence of a case study gains, or loses below 0, as a quote that is read alone."""
    text = text_of(chunk, sentence)
    if sentence.lead or sentence.row:
        return 0.0
    if (hangs(text) or announces(text)) and len(with_neighbour(chunk, sentence)) == 1:
        return -HANGING_COST
    if announces(text):
        return -HANGING_COST if all(announces(text_of(chunk, s)) for s in with_neighbour(chunk, sentence)) else -HANGING_COST / 2
    if _GIVEN_UP.search(text):
        return -HANGING_COST / 2
    did = len(text.split()) >= SHORT and bool(_BEGINS.match(text)) and tells_a_deed(text) and not under_results(chunk.place.heading)
    return DEED_BONUS * did


def made_whole(quotes: Sequence[Quote]) -> list[Quote]:
    """The same quotes, each with the sentence that it hangs on; neighbours made one, and those of a passage in its order. None has more than two sentences."""
    first = {quote.chunk.id: n for n, quote in reversed(list(enumerate(quotes)))}
    ordered = sorted((_completed(q) for q in quotes), key=lambda q: (first[q.chunk.id], q.start, -q.end))
    whole: list[Quote] = []
    for quote in ordered:
        last = whole[-1] if whole and whole[-1].chunk is quote.chunk else None
        if last and quote.end <= last.end:
            continue
        if last and (joined := _joined(last, quote)):
            whole[-1] = joined  # what is left of the second hung on its first sentence, and is not quoted
        elif not last or quote.start >= last.end:
            whole.append(quote)
        elif own := [s for s in quote.chunk.sentences if last.end <= s.start < quote.end]:
            whole.append(_quote(quote, own))  # what it hangs on is quoted already
    return whole


def _joined(first: Quote, second: Quote) -> Quote | None:
    """Two quotes as one, where one sentence stands beside another; of two that the second has, only one that hangs on the first."""
    within = [s for s in first.chunk.sentences if first.start <= s.start < second.end]
    if len(within) == 3 and second.start == within[1].start and hangs(text_of(first.chunk, within[1])):
        within = within[:2]
    return _quote(first, within) if len(within) == 2 and _side_by_side(first.chunk, *within) else None


def _completed(quote: Quote) -> Quote:
    """With what it hangs on. A list's opening line that is quoted too does not introduce the quote once more."""
    own = [s for s in quote.chunk.sentences if quote.start <= s.start < quote.end]
    return _quote(quote, with_neighbour(quote.chunk, own[0]) if len(own) == 1 else own)


def with_neighbour(chunk: Chunk, sentence: Sentence) -> list[Sentence]:
    """The sentence with the one that it hangs on, or announces; alone where there is none beside it."""
    text, number = text_of(chunk, sentence), chunk.sentences.index(sentence)
    after, before = announces(text), hangs(text)
    pair = chunk.sentences[number : number + 2] if after else chunk.sentences[max(0, number - 1) : number + 1] if before else ()
    return list(pair) if len(pair) == 2 and _side_by_side(chunk, *pair) else [sentence]


def _side_by_side(chunk: Chunk, first: Sentence, second: Sentence) -> bool:
    """Whether two sentences stand in one paragraph, and are not too long together."""
    between = chunk.text[first.end - chunk.start : second.start - chunk.start]
    words = len(text_of(chunk, first).split()) + len(text_of(chunk, second).split())
    return not (between.strip() or "\n" in between or first.lead or second.lead or first.row or second.row) and words <= LONGEST_QUOTE_WORDS


def _quote(quote: Quote, sentences: Sequence[Sentence]) -> Quote:
    return quote_of(quote.source, quote.chunk, sentences[0].start, sentences[-1].end, sentences[0].lead, quote.score)
