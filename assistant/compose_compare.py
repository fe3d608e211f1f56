"""Organisations or components side by side: a small table whose every cell is a quote, or says that nothing was found for it.

Each organisation is searched by itself, so that a long document does not win. What is said under the table rests on its cells alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.choose import Quote, choose
from assistant.citing import Page
from assistant.compare_rows import AIMED, KNOWN, PEOPLE, Row, in_the_doing, tells_how
from assistant.compose_practice import by_organisation, on_component, say_difference
from assistant.differences import find_difference
from assistant.enough import judge_evidence
from assistant.explore.quotable import gives_figure, is_quotable
from assistant.explore.telling import announces, hangs
from assistant.journey import Candidate, Evidence, Understood
from assistant.names import Names
from assistant.retrieve import retrieve
from assistant.shelf import Shelf
from assistant.wording import ALIKE, NOT_DESCRIBED, context_of, in_words, plain_organisation
from hub.components import Model
from hub.domain import Source
from vectorstore.lexical import tokenize

MEANS = "*Where a cell says that it is not described, we found no such words; it may have been done all the same.*"
NEAREST = "*the nearest that we hold:*"
MOST_COLUMNS = 4
MOST_CELLS = 8
"""Quotes of one table: it is read at a glance, and each is a citation."""
LEAST_WORDS, LONG, LONGEST = 6, 20, 45
"""Words of a sentence that a cell can hold, and from which it loses by its length."""
LONG_COST = 0.008
ON_TOPIC = 0.6
"""A cell's sentence has this share, at least, of the score of its organisation's best on what was asked."""
CLEAR = 0.3
"""The chance of an answer from which an organisation describes what was asked; under it its best sentence is the nearest, no more ..."""
FAR = 0.42
"""... and nothing, where no sentence is this near either."""
TITLE_SHARE = 0.5
"""What nearness to its document's title adds to a sentence, where nothing is asked for but a comparison."""


@dataclass(frozen=True, eq=False)
class _Column:
    """One organisation with its sentences on what was asked, best first; none where nothing it says answers to that."""

    name: str
    source: Source
    told: Sequence[Candidate]
    clear: bool = True
    """Whether what it says answers to what was asked; else its best sentence is only the nearest."""
    taken: set[tuple[str, int]] = field(default_factory=set)


_ASKS = """a about across all an and any approach approached approaches approaching are as at between both by case compare compared comparison contrast deal deals dealing dealt did differ
    difference differences different differently differs do does each either for from go goes going had handle handled handles handling has have how i in is it its me of on or other over regarding school
    schools show side studies study tackle tackled tell terms than that the their them these they this to together towards trust trusts us use versus vs was way ways went were what when where
    which with you your"""
_EDGE = frozenset(_ASKS.split())
"""Words that only ask for a comparison, at the edges of what is to be compared."""


def compare(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model) -> None:
    """Two to four organisations: what was asked for first, then aim, who, and how they know, as far as there is room."""
    topic = topic_of(understood)
    if not understood.components and (meant := _component_of(topic, model)):
        understood = replace(understood, components=(meant,))
    names = understood.names[:MOST_COLUMNS]
    columns = [_column(name, own, understood, shelf, model) for name, own in zip(names, _each_ones_topic(understood, topic), strict=True)]
    if not any(c.told for c in columns):
        if topic:
            return  # what stands nearest to the names is no comparison: the engine says that it is not held
        by_organisation(page, choose([c for c in evidence.candidates if not c.features["fragment"]], len(columns), each_organisation=1))
        return
    label = model.component(understood.components[0]).name if understood.components else f"{topic[:1].upper()}{topic[1:]}"
    rows = [Row(label or "How", lambda c: bool(label) or in_the_doing(c), tells_how), AIMED, PEOPLE, KNOWN]
    # Asked in general, a sentence with a head in it tells of anything.
    shown = _fill(columns, rows if label else [AIMED, rows[0], KNOWN])
    page.table(
        "Looked for",
        [f"**{c.name}**{_where(c.source)}" for c in columns],
        [(row.label, [_cell(column, quote) for column, quote in zip(columns, cells, strict=True)]) for row, cells in shown],
    )
    cells = [c for column in columns for c in column.told if (c.source.id, c.sentence.start) in column.taken]
    if difference := find_difference(cells, [c for column in columns for c in column.told]):
        say_difference(page, difference)
    for line in _said_under(page, columns, shown):
        page.gap()
        page.frame(line)


def _cell(column: _Column, quote: Quote | None) -> tuple[str, list[Quote]]:
    if quote is None:
        return NOT_DESCRIBED, []
    return "" if column.clear else NEAREST, [quote]


def topic_of(understood: Understood) -> str:
    """What is to be compared: what the question says beside the names and the asking; "" where that is nothing."""
    return max((" ".join(_trimmed(part)) for part in _between_names(understood)), key=len)


def _each_ones_topic(understood: Understood, topic: str) -> list[str]:
    """What is to be compared of each: "how A judges progress and B's peer review" asks another thing of each, most questions one of all."""
    names = understood.names[:MOST_COLUMNS]
    after = [" ".join(_trimmed(part)) for part in _between_names(understood)[1:]]
    return after if len(after) == len(names) and all(after) else [topic] * len(names)


def _between_names(understood: Understood) -> list[list[str]]:
    """The question's words before, between and after the names."""
    names = {re.sub(r"'s?$", "", w.lower()) for name in understood.names for w in _words(name)}
    parts: list[list[str]] = [[]]
    inside = False
    for word in _words(understood.question):
        is_name = word[:1].isupper() and re.sub(r"'s?$", "", word.lower()) in names
        if is_name and not inside:
            parts.append([])
        if not is_name:
            parts[-1].append(word)
        inside = is_name
    return parts


def _component_of(topic: str, model: Model) -> str:
    """The component of whose name a topic is a part, in whatever form: "growing culture". One word alone is too little to tell."""
    said = set(tokenize([topic])[0])
    return next((c.id for c in model.components if len(said) > 1 and said <= set(tokenize([c.name])[0])), "")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'/%£&-]*\w%?", text.replace("’", "'"))


def _trimmed(words: list[str]) -> list[str]:
    asks = [word.lower() in _EDGE for word in words]
    if all(asks):
        return []
    return words[asks.index(False) : len(words) - asks[::-1].index(False)]


def _column(name: str, topic: str, understood: Understood, shelf: Shelf, model: Model) -> _Column:
    """One organisation, searched by itself and by what was asked alone: its name would find every passage that says it."""
    own = [s for s in shelf.case_studies() if name in (s.context.school, s.context.trust, plain_organisation(s))]
    own = own or [s for s in shelf.sources.values() if name in (s.context.trust, plain_organisation(s))]
    asked = Understood(topic or understood.question, "lookup", understood.components, sources=frozenset(s.id for s in own))
    evidence = retrieve(asked, shelf, shelf.embedder.embed([asked.question])[0])
    told = [c for c in evidence.candidates if _may_stand(c, shelf)]
    clear = True
    if understood.components:
        component = model.component(understood.components[0])
        about = shelf.described(component.id)
        told = on_component(component, [c for c in told if c.source.id in about], shelf, model)
    elif topic:
        verdict = judge_evidence(asked, evidence, shelf, Names({s.id: s for s in own}))
        clear = verdict.status != "no_evidence" and verdict.score >= CLEAR
        told = told if clear or evidence.signals["sentence"] >= FAR else []
    else:
        told = _typical(told, shelf)
    told = sorted((_less_if_long(c) for c in told), key=lambda c: -c.score)
    named = f"{name} (illustrative)" if own[0].illustrative else name
    return _Column(named, told[0].source if told else own[0], told, clear)


def _typical(told: Sequence[Candidate], shelf: Shelf) -> list[Candidate]:
    """Asked in general: what says most of what a case study is about, as its title and the whole of it tell."""
    if not told:
        return []
    titles = sorted({c.source.title for c in told})
    about = dict(zip(titles, shelf.embedder.embed(titles), strict=True))
    centre = np.mean([c.vector for c in told], axis=0)
    return [replace(c, score=float(c.vector @ centre + TITLE_SHARE * (c.vector @ about[c.source.title]))) for c in told]


def _may_stand(candidate: Candidate, shelf: Shelf) -> bool:
    """Whether a cell can hold the sentence: a whole statement of its own, not too long to be taken in beside others."""
    return (
        LEAST_WORDS <= len(candidate.text.split()) <= LONGEST
        and is_quotable(candidate.chunk, candidate.sentence, shelf.furniture)
        and not candidate.text[:1].islower()
        and not candidate.text.endswith((":", "?"))
        and not candidate.sentence.row
        and not hangs(candidate.text)
        and not announces(candidate.text)
    )


def _less_if_long(candidate: Candidate) -> Candidate:
    return replace(candidate, score=candidate.score - LONG_COST * max(0, len(candidate.text.split()) - LONG))


Shown = list[tuple[Row, list[Quote | None]]]


def _fill(columns: Sequence[_Column], rows: Sequence[Row]) -> Shown:
    """The rows that anybody fills, as long as there is room for the whole of one."""
    shown: Shown = []
    room = MOST_CELLS
    for row in rows:
        cells = [_best(column, row) for column in columns]
        filled = sum(cell is not None for cell in cells)
        if len(columns) <= 2 * filled and 0 < filled <= room:
            room -= filled
            shown.append((row, cells))
            for column, cell in zip(columns, cells, strict=True):
                if cell:
                    column.taken.add((cell.source.id, cell.start))
    return shown


def _best(column: _Column, row: Row) -> Quote | None:
    if not column.clear and column.taken:
        return None  # the nearest stands once
    floor = ON_TOPIC * column.told[0].score if column.told else 0.0
    fitting = [c for c in column.told if c.score >= floor and (c.source.id, c.sentence.start) not in column.taken and row.fits(c)]
    ranked = sorted((replace(c, score=c.score + row.gains(c)) for c in fitting), key=lambda c: -c.score)
    return next(iter(choose(ranked, 1)), None)


def _said_under(page: Page, columns: Sequence[_Column], shown: Shown) -> Iterator[str]:
    """What is alike and what differs, as far as the cells bear it; and what an empty cell means."""
    everybody = "both" if len(columns) == 2 else f"all {in_words(len(columns))}"
    alike = []
    for row, cells in shown:
        quotes = [c for c in cells if c]
        if row is AIMED and len(quotes) == len(columns):
            alike.append(f"say what it is for {' '.join(page.marks(quotes))}")
        if row is KNOWN and len(quotes) == len(columns) and all(gives_figure(q.text, q.chunk.place.heading) for q in quotes):
            alike.append(f"give figures {' '.join(page.marks(quotes))}")
    if alike and all(column.clear for column in columns):
        yield f"{ALIKE}: {everybody} {' and '.join(alike)}."
    if not all(all(cells) for _, cells in shown):
        yield MEANS


def _where(source: Source) -> str:
    return f" ({where})" if (where := context_of(source)) else ""
