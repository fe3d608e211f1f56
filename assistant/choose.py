"""Chooses the sentences that earn a place in an answer, and makes each a quote that can be read alone.

Greedy by score, less what is like one already chosen, spread over organisations where the route asks for it. A quote keeps its
qualifier: a sentence that leans on the one before it, or is turned by the one after it, takes that one along.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.journey import Candidate
from hub.domain import Chunk, Sentence, Source
from hub.quotes import canonical

MOST = 6
NEAR_DUPLICATE = 0.93
LIKENESS_COST = 0.25
KEEP_ABOVE = 0.7
"""A sentence that scores under this share of the best does not earn a place."""
LONGEST_QUOTE_WORDS = 75
LIST_ITEMS = 4
LEAST_OF_LIST = 3
"""A list's opening line is quoted with two of its items at least."""
LEANING_COST = 0.2
"""What a sentence loses that leans on one before it which the quote cannot hold."""
_LEANS_BACK = re.compile(
    r"^(?!there (?:is|are|was|were|has|have|had)\b|it (?:is|was) (?:\w+ ){1,2}(?:to|that)\b)"
    r"(?:this|these|those|that|it|they|he|she|such|as a result|when we do this|doing so|in doing so|both|here|there|the (?:other|others|latter|former))\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"^(?:however|but|although|though|yet|nevertheless|that said|on the other hand|only|except|unless|this (?:does not|is not|was not|did not))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Quote:
    """One or two sentences of a source, side by side, or a list that is one statement."""

    source: Source
    chunk: Chunk
    start: int
    end: int
    text: str
    lead: str
    score: float


def choose(
    candidates: Sequence[Candidate],
    most: int = MOST,
    each_organisation: int = 0,
    accept: Callable[[Candidate], bool] | None = None,
    keep_above: float = KEEP_ABOVE,
) -> list[Quote]:
    """At most `most` quotes, best first; at most `each_organisation` of one organisation where that is not 0."""
    chosen: list[Candidate] = []
    taken: set[str] = set()
    organisations: Counter[str] = Counter()
    pool = [_less_if_leaning(c) for c in candidates[:120] if len(c.text.split()) >= 3 and (accept is None or accept(c))]
    best = max((c.score for c in pool), default=0.0)
    while pool and len(chosen) < most:
        scored = [(c.score - LIKENESS_COST * max((float(c.vector @ o.vector) for o in chosen), default=0.0), c) for c in pool]
        _, winner = max(scored, key=lambda pair: pair[0])
        if winner.score < keep_above * best:
            break
        pool.remove(winner)
        organisation = winner.source.organisation
        words = canonical(winner.text)
        if words in taken or (each_organisation and organisations[organisation] >= each_organisation):
            continue
        if any(float(winner.vector @ o.vector) > NEAR_DUPLICATE for o in chosen):
            continue
        room = min(most - len(chosen), each_organisation - organisations[organisation] if each_organisation else most)
        if room == 1 < most - len(chosen) and needs_its_list(winner):
            room = 2  # with its opening line it says one thing
        in_one = _one_statement(winner)
        if in_one:  # the whole list takes one place
            chosen.append(winner)
            taken |= {canonical(_words(winner.chunk, s)) for s in in_one}
            organisations[organisation] += 1
            pool = [c for c in pool if c.chunk.id != winner.chunk.id or c.sentence not in in_one]
            continue
        beside = [c for c in candidates if c.chunk.id == winner.chunk.id and canonical(c.text) not in taken]
        for one in _with_its_list(winner, beside, room):
            chosen.append(one)
            taken.add(canonical(one.text))
            organisations[organisation] += 1
        pool = [c for c in pool if c not in chosen]
    return _make_quotes(chosen)


def leans_back(text: str) -> bool:
    """Whether a sentence begins with what only the one before it says: "This", "They"."""
    return bool(_LEANS_BACK.match(text))


def _less_if_leaning(candidate: Candidate) -> Candidate:
    """ "This has worked": what has is not said, where the quote cannot take the sentence before along."""
    leans = leans_back(candidate.text) and len(_with_neighbours(candidate)) == 1
    return replace(candidate, score=candidate.score - LEANING_COST) if leans else candidate


def _with_its_list(winner: Candidate, same: Sequence[Candidate], room: int) -> list[Candidate]:
    """A list's opening line and its items come together, in order: neither says much alone. Others come alone. `same`: of its chunk."""
    opener = winner.text if winner.text.endswith(":") else winner.sentence.lead
    if not opener.endswith(":"):
        return [winner]
    head = [c for c in [winner, *same] if c.text == opener][:1]
    if needs_its_list(winner) and head and room < LEAST_OF_LIST:
        return [*head, winner] if room > 1 else []
    items = [c for c in {id(c.sentence): c for c in [winner, *same]}.values() if c.sentence.lead == opener]
    if len(items) < LEAST_OF_LIST - 1:
        return [*head, winner] if needs_its_list(winner) else [winner]  # no list that is known
    if room < LEAST_OF_LIST:
        return [] if winner in head else [winner]  # an opening line with an item or none says nothing
    best = sorted(items, key=lambda c: (c is not winner, -c.score))[: max(1, min(LIST_ITEMS, room - len(head)))]
    return [*head, *sorted(best, key=lambda c: c.sentence.start)][:room] if head or best else [winner]


def needs_its_list(candidate: Candidate) -> bool:
    """ "coordinate termly weeks": who is to do so stands in the list's opening line, and that is not the sentence before."""
    return _goes_on(candidate) and not _follows_its_opening(candidate) and not _one_statement(candidate)


def _goes_on(candidate: Candidate) -> bool:
    """An item that goes on with the sentence which its list's opening line begins."""
    return candidate.text[:1].islower() and candidate.sentence.lead.endswith(":") and not candidate.sentence.row


def _follows_its_opening(candidate: Candidate) -> bool:
    before = candidate.chunk.sentences.index(candidate.sentence) - 1
    return before >= 0 and _words(candidate.chunk, candidate.chunk.sentences[before]) == candidate.sentence.lead


def _make_quotes(chosen: list[Candidate]) -> list[Quote]:
    quotes: list[Quote] = []
    for candidate in chosen:
        sentences = _with_neighbours(candidate)
        start, end, lead = sentences[0].start, sentences[-1].end, sentences[0].lead
        if any(q.chunk.id == candidate.chunk.id and q.start < end and start < q.end for q in quotes):
            start, end, lead = candidate.sentence.start, candidate.sentence.end, candidate.sentence.lead
            if any(q.chunk.id == candidate.chunk.id and q.start < end and start < q.end for q in quotes):
                continue
        quotes.append(quote_of(candidate.source, candidate.chunk, start, end, lead, candidate.score))
    return quotes


def quote_of(source: Source, chunk: Chunk, start: int, end: int, lead: str = "", score: float = 0.0) -> Quote:
    """The quote at these offsets of a chunk's source."""
    return Quote(source, chunk, start, end, chunk.text[start - chunk.start : end - chunk.start], lead, score)


def _one_statement(candidate: Candidate) -> list[Sentence]:
    """The list that a sentence is of, from its opening line on, where together they are one statement that can be read at a glance: "Leaders
    now: meet each week / share a calendar". None where it is of no such list."""
    sentences, opener = candidate.chunk.sentences, candidate.text if candidate.text.endswith(":") else candidate.sentence.lead
    number = sentences.index(candidate.sentence)
    first = next((n for n in range(number, -1, -1) if _words(candidate.chunk, sentences[n]) == opener), -1)
    if not opener.endswith(":") or first < 0 or candidate.sentence.row or candidate.chunk.kind == "footnote":
        return []
    found, words = [sentences[first]], len(opener.split())
    for item in sentences[first + 1 :]:
        said = _words(candidate.chunk, item)
        words += len(said.split())
        if item.lead != opener or item.row or said.endswith(":"):
            break
        if words > LONGEST_QUOTE_WORDS:
            return []  # a part of it would read as the whole
        stops = bool(re.search(r"[.!?]$", said))
        if stops and len(found) == 1:
            break  # its items are statements of their own
        found.append(item)
        if stops:
            break
    after = sentences[first + len(found) : first + len(found) + 1]
    if len(found) == 1 or any(item.lead == opener for item in after):
        return []
    return found if candidate.sentence in found else []


def _with_neighbours(candidate: Candidate) -> list[Sentence]:
    """The sentence, with the one before if it leans on it or goes on with it, or the one after if that turns it; never more than two, but for
    a list that is one statement."""
    if in_one := _one_statement(candidate):
        return in_one
    sentences = candidate.chunk.sentences
    number = sentences.index(candidate.sentence)
    own = candidate.sentence
    if _goes_on(candidate) and _follows_its_opening(candidate):
        return [sentences[number - 1], own]
    if own.row or own.lead or candidate.chunk.kind == "footnote":
        return [own]
    if number and leans_back(candidate.text) and _joins(candidate, sentences[number - 1], own):
        return [sentences[number - 1], own]
    if number + 1 < len(sentences):
        after = sentences[number + 1]
        if _TURNS.match(_words(candidate.chunk, after)) and _joins(candidate, own, after):
            return [own, after]
    return [own]


def _joins(candidate: Candidate, first: Sentence, second: Sentence) -> bool:
    """Whether two sentences stand in one paragraph, and are not too long together."""
    between = candidate.chunk.text[first.end - candidate.chunk.start : second.start - candidate.chunk.start]
    long = len(_words(candidate.chunk, first).split()) + len(_words(candidate.chunk, second).split()) > LONGEST_QUOTE_WORDS
    return not between.strip() and "\n" not in between and not first.lead and not second.lead and not first.row and not long


def _words(chunk: Chunk, sentence: Sentence) -> str:
    return chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]
