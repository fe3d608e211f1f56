"""Sets organisations side by side, or two components: rows of what was looked for, each cell quotes or "not described in what we hold"."""

import re
from collections.abc import Iterable, Sequence

from assistant.choose import choose
from assistant.compose_model import definition_row, row_quotes
from assistant.enough import judge_evidence
from assistant.explore.compared import NOT_DESCRIBED, Column, Compared, ComparedRow, Comparison, State
from assistant.explore.coverage import Map
from assistant.explore.levels import Found, Level
from assistant.explore.quoting import Citer
from assistant.explore.side_by_side import settle, what_is_held
from assistant.explore.usage import ExploreError
from assistant.journey import Understood
from assistant.names import Names
from assistant.retrieve import retrieve
from assistant.wording import context_of, counted, name_of
from hub.domain import CASE_STUDY, Source

MOST_COLUMNS = 4
QUOTES_OF_CELL = 2
NEAREST = 8
"""Organisations that are looked through, by their best passage, when a question names none."""
_ON_WORDS = (
    "What is alike and what differs is said only where the words of two quotes settle one thing plainly: who decides, who does it, how often, who has how much time for it, whether it must be done. "
    "What other passages mean side by side is for their reader.",
    "Each organisation was searched by itself, with the same number of quotes each, so that a long document does not win.",
)


def compare_organisations(atlas: Map, names: Sequence[str], components: Sequence[str] = (), questions: Sequence[str] = ()) -> Comparison:
    """Two to four organisations; rows are the questions typed, and the components named (all of them where neither is given).

    A question without organisations is put to those with the nearest passages. ExploreError on a name that is not held.
    """
    known = Names(atlas.shelf.sources)
    columns = [_column(atlas, name, known) for name in names] if names else _nearest_columns(atlas, questions)
    if len({c.name for c in columns}) != len(columns):
        raise ExploreError(f"two of the names are of one organisation: {', '.join(names)}; name two to {MOST_COLUMNS} different ones")
    if not 2 <= len(columns) <= MOST_COLUMNS:
        raise ExploreError(
            f"name two to {MOST_COLUMNS} organisations; these were understood: {', '.join(c.name for c in columns) or 'none'}"
        )
    wanted = (
        [c.id for c in atlas.model.components if c.id in components] if components or questions else [c.id for c in atlas.model.components]
    )
    citer = Citer(atlas.quoter)
    # Row by row: markers are numbered as the table is read.
    settled = [settle(_question_row(atlas, citer, q, columns, known), columns, atlas, citer) for q in questions]
    settled += [settle(_component_row(atlas, citer, id, columns), columns, atlas, citer) for id in wanted]
    rows = [one.row for one in settled]
    alike, differs = (_once(line for line in lines if line) for lines in ([s.alike for s in settled], [s.differs for s in settled]))
    held = tuple(what_is_held(rows, columns))
    found_by_question = () if names or not questions else ("No organisation was named: these have the passages nearest to the question.",)
    notes = (*found_by_question, *_ON_WORDS)
    return _table(atlas, columns, rows, notes).model_copy(update={"held": held, "alike": tuple(alike), "differs": tuple(differs)})


def _once(lines: Iterable[str]) -> list[str]:
    """Each matter under the first row that settles it: a passage may be on two components."""
    return list({line.partition(", on ")[2]: line for line in reversed(list(lines))}.values())[::-1]


def compare_components(atlas: Map, first: str, second: str) -> Comparison:
    """Two components: what the model says of each, and what each organisation that describes both did."""
    ids = (first, second)
    if first == second:
        raise ExploreError("name two different components")
    citer = Citer(atlas.quoter)
    columns = [Column(name=atlas.model.component(id).name) for id in ids]
    rows = [ComparedRow(label="What the model says", cells=tuple(_meaning(atlas, citer, id) for id in ids))]
    described: list[set[str]] = [{f.source.organisation for f in atlas.practice(id) if f.rated.level == "described"} for id in ids]
    both = sorted(described[0] & described[1])
    for organisation in both:
        found = [[f for f in atlas.practice(id) if f.source.organisation == organisation] for id in ids]
        rows.append(
            ComparedRow(
                label=organisation, cells=tuple(_cell(atlas, citer, column.name, f) for column, f in zip(columns, found, strict=True))
            )
        )
    held = len({s.organisation for s in atlas.shelf.case_studies()})
    names = [c.name for c in columns]
    held_of = (
        f"{counted(len(both), 'organisation')} of the {held} held {'describes' if len(both) == 1 else 'describe'} both *{names[0]}* and *{names[1]}*.",
    )
    only = (_one_only(described[0] - described[1], *names), _one_only(described[1] - described[0], *reversed(names)))
    return _table(atlas, columns, rows, ()).model_copy(update={"held": (*held_of, *only)})


def _one_only(who: set[str], name: str, against: str) -> str:
    if not who:
        return f"No organisation held describes *{name}* and not *{against}*."
    return f"{counted(len(who), 'organisation')} {'describes' if len(who) == 1 else 'describe'} *{name}* and not *{against}*."


def _table(atlas: Map, columns: Sequence[Column], rows: Sequence[ComparedRow], notes: Sequence[str]) -> Comparison:
    cited = [c for row in rows for cell in row.cells for c in cell.quotes]
    return Comparison(
        columns=tuple(columns),
        rows=tuple(rows),
        notes=tuple(notes),
        illustrative=any(c.illustrative for c in cited),
        generation=atlas.shelf.generation,
    )


def _column(atlas: Map, name: str, known: Names) -> Column:
    """The organisation or school that a name is of: exactly, else by its distinctive words."""
    studies = atlas.shelf.case_studies()
    bare = _bare(name)
    own = [s for s in studies if bare in (_bare(s.organisation), _bare(s.context.school), _bare(s.context.trust))]
    if not own:
        ids = {id for named in known.find(name) for id in named.sources}
        own = [s for s in studies if s.id in ids]
    if not own:
        part = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")
        own = [s for s in studies if bare and part.search(f"{_bare(s.organisation)} | {_bare(s.context.school)}")]
        if len({s.organisation for s in own}) > 1:
            raise ExploreError(f'"{name}" could be {" or ".join(sorted({s.organisation for s in own}))}; write more of the name')
    if not own:
        raise ExploreError(f'no case study of "{name}" is held; `python -m assistant coverage` lists the organisations')
    return _column_of(own)


def _column_of(own: Sequence[Source]) -> Column:
    names = {s.organisation for s in own}
    return Column(
        name=names.pop() if len(names) == 1 else name_of(own[0]),
        context="; ".join(_fullest([context_of(s) for s in own])),
        sources=tuple(s.id for s in own),
    )


def _fullest(contexts: Sequence[str]) -> list[str]:
    """Each context once, and none that says no more than another does."""
    words = {context: frozenset(re.findall(r"\w+", context.casefold())) for context in contexts if context}
    return [one for one, own in words.items() if not any(own < others for others in words.values())]


def _bare(name: str) -> str:
    return name.removesuffix("(illustrative)").replace("’", "'").strip().casefold()


def _nearest_columns(atlas: Map, questions: Sequence[str]) -> list[Column]:
    if not questions:
        raise ExploreError("name two to four organisations, or two components by --component, or give a --question")
    shelf = atlas.shelf
    studies = {s.id: s for s in shelf.case_studies()}
    hits = shelf.search(shelf.embedder.embed([questions[0]])[0], questions[0], 60, set(studies))
    order = dict.fromkeys(studies[shelf.chunks[h.chunk].source].organisation for h in hits if h.chunk in shelf.chunks)
    return [_column_of([s for s in studies.values() if s.organisation == name]) for name in list(order)[:MOST_COLUMNS]]


def _component_row(atlas: Map, citer: Citer, id: str, columns: Sequence[Column]) -> ComparedRow:
    sources = atlas.shelf.sources
    cells = [_cell(atlas, citer, c.name, atlas.on(id, [sources[s] for s in c.sources if sources[s].kind == CASE_STUDY])) for c in columns]
    return ComparedRow(label=atlas.model.component(id).name, component=id, cells=tuple(cells))


def _cell(atlas: Map, citer: Citer, column: str, found: Sequence[Found]) -> Compared:
    for level in ("described", "mentioned"):
        at_level = [f for f in found if f.rated.level == level]
        if (
            quotes := citer.cite(atlas.quoter.choose(at_level, QUOTES_OF_CELL if level == "described" else 1, taken=citer.cited))
            if at_level
            else ()
        ):
            return Compared(column=column, state=_STATES[level], note=at_level[0].rated.why, quotes=quotes)
    return Compared(column=column, state="nothing", note=NOT_DESCRIBED)


_STATES: dict[Level, State] = {"described": "described", "mentioned": "mentioned", "nothing": "nothing"}


def _question_row(atlas: Map, citer: Citer, question: str, columns: Sequence[Column], known: Names) -> ComparedRow:
    vector = atlas.shelf.embedder.embed([question])[0]
    cells = []
    for column in columns:
        # Searched by itself, and by the question's own words: the name would find every passage of a document that says it often.
        understood = Understood(question, "lookup", sources=frozenset(column.sources))
        evidence = retrieve(understood, atlas.shelf, vector)
        verdict = judge_evidence(understood, evidence, atlas.shelf, known)
        told = [c for c in evidence.candidates if not (c.features["fragment"] or c.features["label"] or c.text.endswith("?"))]
        most = {"answered": QUOTES_OF_CELL, "partial": 1, "no_evidence": 0}[verdict.status]
        quotes = citer.cite(choose(told, QUOTES_OF_CELL)[:most])
        if not quotes:
            cells.append(Compared(column=column.name, state="nothing", note=NOT_DESCRIBED))
        elif verdict.status == "partial":
            cells.append(Compared(column=column.name, state="nearest", note="it may not answer this", quotes=quotes))
        else:
            cells.append(Compared(column=column.name, state="described", quotes=quotes))
    return ComparedRow(label=question, question=question, cells=tuple(cells))


def _meaning(atlas: Map, citer: Citer, id: str) -> Compared:
    name = atlas.model.component(id).name
    row = definition_row(id, atlas.shelf)
    quotes = citer.cite(row_quotes(row, atlas.shelf)[0]) if row else ()
    return Compared(column=name, state="described" if quotes else "nothing", note="" if quotes else NOT_DESCRIBED, quotes=quotes)
