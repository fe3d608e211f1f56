"""The coverage map: components against organisations, phases, regions or kinds; each cell opens at its quotes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.explore.groups import By, groups_of, in_order
from assistant.explore.levels import LEVEL_WORDS, LIFTED, PRACTICE_ALONE, RANK, RULE, Basis, Found, Level, find_all
from assistant.explore.quotable import gives_figure, is_quotable, text_of
from assistant.explore.quoting import Citer, Quoter, organisations
from assistant.shelf import Shelf
from assistant.wording import counted
from hub.components import Component, Model
from hub.domain import Citation, Noun, Source

MOST_QUOTES = 3
MOST_OF_GROUP = 6
"""Quotes of a cell that holds several organisations: one of each, at most so many."""


class Cell(Noun):
    """One component in one row of the map."""

    component: str
    row: str
    level: Level
    """The highest of the row's sources."""
    basis: Basis
    """"confirmed" where staff say so, "machine" where the program alone does."""
    why: str
    described: tuple[str, ...] = ()
    """Who describes it: organisations, or titles where the rows are kinds of document."""
    confirmed: tuple[str, ...] = ()
    """Those of `described` of whom staff say so."""
    mentioned: tuple[str, ...] = ()
    held: int
    """How many organisations (or documents) stand in the row."""
    figures: tuple[str, ...] = ()
    """Those of `described` that give a figure in the passages."""
    sources: tuple[str, ...] = ()
    passages: int = 0
    quotes: tuple[Citation, ...] = ()
    """Empty until the cell is opened."""


class Total(Noun):
    """What the map says of one component over all case studies, as a sentence."""

    component: str
    sentence: str
    described: int
    confirmed: int
    mentioned: int
    figures: int
    held: int


class Coverage(Noun):
    """The whole map. Cells are in the order of rows, then of components."""

    by: By
    components: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[Cell, ...]
    totals: tuple[Total, ...]
    rule: str
    illustrative: bool = False
    """Whether what is counted is invented."""
    generation: str = ""


class Map:
    """Draws maps over one generation of the shelf, and opens their cells."""

    def __init__(self, shelf: Shelf, model: Model, before: "Map | None" = None) -> None:
        """`before`: a map that was drawn of the same shelf: only the sources whose tags have changed since are read again."""
        self.shelf, self.model = shelf, model
        self._generation, self._chunks = shelf.generation, shelf.chunks
        changed = self._changed_since(before)
        kept = before.found if before and changed is not None else {}
        gave = before._gives if before and changed is not None else set()
        read = find_all(shelf, model, changed)
        self.found: dict[tuple[str, str], Found] = {key: f for key, f in kept.items() if key[0] not in (changed or ())} | read
        self.quoter = Quoter(shelf, model)
        gives = {key for key, f in read.items() if f.rated.level == "described" and _gives_figures(f, shelf)}
        self._gives: set[tuple[str, str]] = {key for key in gave if key[0] not in (changed or ())} | gives

    def _changed_since(self, before: "Map | None") -> set[str] | None:
        """The sources of which a passage is tagged otherwise than it was; None where everything has to be read."""
        if before is None or before.shelf is not self.shelf or before._generation != self._generation:
            return None
        # What staff have not touched is the same object: see `Shelf.refresh`.
        return {chunk.source for id, chunk in self._chunks.items() if before._chunks.get(id) is not chunk}

    def draw(self, by: By = "organisation", components: Sequence[str] = ()) -> Coverage:
        """The map, its cells not yet opened. `components`: these alone."""
        wanted = [c for c in self.model.components if not components or c.id in components]
        rows: dict[str, list[Source]] = defaultdict(list)
        for source in self.shelf.sources.values():
            for name in groups_of(by, source):
                rows[name].append(source)
        names = in_order(by, set(rows))
        return Coverage(
            by=by,
            components=tuple(c.id for c in wanted),
            rows=tuple(names),
            cells=tuple(self._cell(by, name, rows[name], c) for name in names for c in wanted),
            totals=tuple(self._total(c) for c in wanted),
            rule=RULE if by == "kind" else f"{RULE} {PRACTICE_ALONE}",
            illustrative=any(s.illustrative for s in self.shelf.sources.values()),
            generation=self.shelf.generation,
        )

    def on(self, component: str, sources: Iterable[Source]) -> list[Found]:
        """What these sources have on a component."""
        return [f for s in sources if (f := self.found.get((s.id, component)))]

    def practice(self, component: str) -> list[Found]:
        """What the case studies have on a component."""
        return self.on(component, self.shelf.case_studies())

    def gives_figures(self, found: Found) -> bool:
        """Whether a source gives a figure of what came of it in the passages on the component."""
        return (found.source.id, found.component) in self._gives

    def _cell(self, by: By, name: str, sources: list[Source], component: Component) -> Cell:
        found = self.on(component.id, sources)
        best = max(found, key=lambda f: (RANK[f.rated.level], f.rated.basis == "confirmed"), default=None)
        described = [f for f in found if f.rated.level == "described"]
        named = _titles if by == "kind" else organisations
        seen = named(described)
        return Cell(
            component=component.id,
            row=name,
            level=best.rated.level if best else "nothing",
            basis=best.rated.basis if best else "",
            why=best.rated.why if best else LEVEL_WORDS["nothing"],
            described=seen,
            confirmed=named([f for f in described if f.rated.basis == "confirmed"]),
            mentioned=tuple(n for n in named([f for f in found if f.rated.level == "mentioned"]) if n not in seen),
            held=len({s.title for s in sources} if by == "kind" else {s.organisation for s in sources}),
            figures=named([f for f in described if self.gives_figures(f)]),
            sources=tuple(sorted({f.source.id for f in found if f.passages})),
            passages=sum(len(f.passages) for f in found),
        )

    def _total(self, component: Component) -> Total:
        studies = self.shelf.case_studies()
        found = self.on(component.id, studies)
        described = [f for f in found if f.rated.level == "described"]
        seen, held = organisations(described), len({s.organisation for s in studies})
        confirmed = organisations([f for f in described if f.rated.basis == "confirmed"])
        mentioned = [n for n in organisations([f for f in found if f.rated.level == "mentioned"]) if n not in seen]
        figures = organisations([f for f in described if self.gives_figures(f)])
        sentence = total_sentence(component.name, len(seen), len(confirmed), len(mentioned), len(figures), held)
        return Total(
            component=component.id, sentence=sentence, described=len(seen), confirmed=len(confirmed), mentioned=len(mentioned), figures=len(figures), held=held
        )  # fmt: skip

    def open(self, cell: Cell, by: By = "organisation", citer: Citer | None = None) -> Cell:
        """The cell with its quotes, numbered by `citer` where it is one of several in a report."""
        found = self.on(cell.component, [self.shelf.sources[id] for id in cell.sources])
        at_level = [f for f in found if f.rated.level == cell.level]
        several = by != "organisation"
        chosen = self.quoter.choose(at_level, MOST_OF_GROUP if several else MOST_QUOTES, each_organisation=int(several))
        if cell.figures:
            chosen = self.quoter.with_a_figure([f for f in at_level if self.gives_figures(f)], chosen)
        return cell.model_copy(update={"quotes": (citer or Citer(self.quoter)).cite(chosen)})

    def open_all(self, coverage: Coverage) -> Coverage:
        """The map with the quotes of every cell."""
        citer = Citer(self.quoter)
        return coverage.model_copy(update={"cells": tuple(self.open(c, coverage.by, citer) if c.sources else c for c in coverage.cells)})


def _titles(found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(sorted({f.source.title for f in found}))


def _gives_figures(found: Found, shelf: Shelf) -> bool:
    return any(
        gives_figure(text_of(chunk, sentence), chunk.place.heading) and is_quotable(chunk, sentence, shelf.furniture)
        for chunk, tag in found.passages
        if tag.score > LIFTED
        for sentence in chunk.sentences
    )


def total_sentence(name: str, described: int, confirmed: int, mentioned: int, figures: int, held: int) -> str:
    """A total as a director would read it out."""
    if not held:
        return f"No case study is held, so nothing can be said of *{name}*."
    of = f"the {counted(held, 'organisation')} held" if held > 1 else "the one organisation held"
    if not described:
        more = f"; {counted(mentioned, 'organisation')} may mention it" if mentioned else ""
        return (
            f"We did not find *{name}* described in any of {of}{more}."
            if held > 1
            else f"We did not find *{name}* described in {of}{more}."
        )
    by = f"Staff confirmed {'none' if not confirmed else 'all' if confirmed == described else confirmed} of {'these' if described > 1 else 'it'}."
    if described == 1:
        by = "Staff confirmed it." if confirmed else "Staff have not confirmed it."
    more = f" {counted(mentioned, 'other')} may mention it." if mentioned else ""
    gives = f"{figures or 'none'} {'give' if figures > 1 else 'gives'} figures"
    return f"We found *{name}* described in {described} of {of}; {gives}. {by}{more}"
