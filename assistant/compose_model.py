"""What the model and guides say, in their own words: a component's meaning, two of them side by side, the list of them all."""

from assistant.choose import MOST, Quote, choose, quote_of
from assistant.citing import Page
from assistant.journey import Candidate, Evidence, Understood
from assistant.shelf import Shelf
from assistant.wording import ALIKE, DIFFERENT, NOT_DESCRIBED, counted, in_words, join_names, who_says
from hub.components import Component, Model
from hub.domain import Chunk

EXAMPLES = 3
WHOLE = 6
"""Words from which a sentence of the model says something by itself; under it stand labels."""
MOST_COLUMNS = 4
EXAMPLES_OF = {2: 2, 3: 1}
"""Of each component, by how many stand side by side."""


def define(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model) -> None:
    """What one component means, or two: the paper's own row first, then what guides say, then how many case studies speak of it."""
    for id in understood.components[:2]:
        component = model.component(id)
        siblings = model.of_strand(component.strand)
        page.frame(f"**{component.name}** is one of the {in_words(len(siblings))} components of *{model.strand(component.strand).name}*.")
        page.gap()
        row = definition_row(id, shelf)
        if row:
            definition, examples = row_quotes(row, shelf)
            if understood.route != "examples":
                page.quote(f"{who_says(shelf.sources[row.source])}:", definition)
            few = (
                examples if understood.route == "examples" else examples[: EXAMPLES if len(understood.components) == 1 else EXAMPLES_OF[2]]
            )
            if few:
                page.quote(
                    "Among its examples:"
                    if understood.route != "examples"
                    else f"{who_says(shelf.sources[row.source]).removesuffix(' says')} gives these examples:",
                    few,
                )
            page.gap()
        room = MOST - len(page.citations) if len(understood.components) == 1 else 0
        for quote in _guide_quotes(component, evidence, skip=row, most=min(2, room)):
            page.quote(f"{who_says(quote.source)}:", [quote])
        page.gap()
        _say_denominator(page, id, shelf)


def definition_row(id: str, shelf: Shelf) -> Chunk | None:
    """The component's own row in a table of the model, the paper's before any other's."""
    rows = [c for c, t in shelf.about(id) if t.method == "row" and shelf.sources[c.source].voice == "model"]
    return min(rows, key=lambda c: (shelf.sources[c.source].kind != "model-paper", c.source, c.start), default=None)


def row_quotes(row: Chunk, shelf: Shelf) -> tuple[list[Quote], list[Quote]]:
    """A row's second cell (what the component means), and the lines of the cells after it."""
    source = shelf.sources[row.source]
    second_ends = row.text.find("\t", row.text.find("\t") + 1)
    limit = row.start + (second_ends if second_ends >= 0 else len(row.text))
    quotes = [quote_of(source, row, s.start, s.end, s.lead) for s in row.sentences]
    definition = [q for q in quotes if q.end <= limit]
    return definition or quotes[:1], [q for q in quotes if q.start > limit]


def _guide_quotes(component: Component, evidence: Evidence, skip: Chunk | None, most: int) -> list[Quote]:
    """What guides and the paper say elsewhere about the component."""

    def fits(candidate: Candidate) -> bool:
        about = any(t.component == component.id and t.method in ("named", "heading") for t in candidate.chunk.tags)
        return (
            candidate.source.voice == "model"
            and candidate.chunk is not skip
            and about
            and candidate.chunk.kind not in ("row", "footnote")
            and not candidate.features["fragment"]
        )

    return choose(evidence.candidates, most, accept=fits) if most > 0 else []


def _say_denominator(page: Page, id: str, shelf: Shelf) -> None:
    held = shelf.case_studies()
    about = shelf.described(id)
    if held:
        where = (
            f"in {len(about)} of {counted(len(held), 'case study', 'case studies')}"
            if about
            else f"in none of the {counted(len(held), 'case study', 'case studies')} held"
        )
        page.frame(f"*Passages about it stand {where}.*")


def list_components(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model) -> None:
    """The strands and their components, each with its meaning."""
    strands = [model.strand(id) for id in understood.strands] or list(model.strands)
    asked_strands_only = not understood.strands and "component" not in understood.question.lower()
    if not understood.strands:
        page.frame(f"The model has **{in_words(len(model.strands))} strands** and {in_words(len(model.components))} components.")
        page.gap()
    for strand in strands:
        components = model.of_strand(strand.id)
        page.frame(
            f"**{strand.name}** has {in_words(len(components))} components:"
            if not asked_strands_only
            else f"**{strand.name}**: {', '.join(c.name for c in components)}."
        )
        if asked_strands_only:
            continue
        for component in components:
            row = definition_row(component.id, shelf)
            if row:
                page.quote(f"**{component.name}**:", row_quotes(row, shelf)[0][:1], bullet=True)
            else:
                page.frame(f"- **{component.name}**")
        page.gap()
    if asked_strands_only or not page.citations:
        whole = choose(evidence.candidates, 3, accept=lambda c: _is_of_the_model(c) and len(c.text.split()) >= WHOLE)
        for source in dict.fromkeys(quote.source.id for quote in whole):
            page.gap()
            page.quote(f"{who_says(shelf.sources[source])}:", [q for q in whole if q.source.id == source], bullet=True)


def _is_of_the_model(candidate: Candidate) -> bool:
    return candidate.source.voice == "model" and not candidate.features["fragment"]


def correct_premise(page: Page, understood: Understood, evidence: Evidence, model: Model) -> None:
    """How many strands or components there are, with the words that say so."""
    count = len(model.strands) if understood.premise == "strands" else len(model.components)
    names = [s.name for s in model.strands]
    page.frame(
        f"**The model has {in_words(count)} {understood.premise}**{': ' + join_names(names) if understood.premise == 'strands' else ''}."
    )
    page.gap()
    word = in_words(len(model.strands))
    says_so = [
        c for c in evidence.candidates if "strand" in c.text.lower() and (word in c.text.lower() or str(len(model.strands)) in c.text)
    ]
    for quote in choose(says_so or evidence.candidates, 3)[:2]:
        page.quote(f"{who_says(quote.source)}:", [quote])


def compare_components(page: Page, understood: Understood, shelf: Shelf, model: Model) -> None:
    """Two to four components: what the model says of each, its examples, and who among the case studies speaks of them."""
    components = [model.component(id) for id in understood.components[:MOST_COLUMNS]]
    rows = [definition_row(c.id, shelf) for c in components]
    said = [row_quotes(row, shelf) if row else ([], []) for row in rows]
    who = dict.fromkeys(who_says(shelf.sources[row.source]) for row in rows if row)
    few = EXAMPLES_OF.get(len(components), 0)
    held = shelf.case_studies()
    table: list[tuple[str, list[tuple[str, list[Quote]]]]] = [("Strand", [(model.strand(c.strand).name, []) for c in components])]
    if any(definition for definition, _ in said):
        table.append((next(iter(who)) if len(who) == 1 else "The model says", [("" if d else NOT_DESCRIBED, d[:1]) for d, _ in said]))
    if any(examples[:few] for _, examples in said):
        table.append(("Among its examples", [("" if e else NOT_DESCRIBED, e[:few]) for _, e in said]))
    if held:
        table.append(("Case studies with passages about it", [(f"{len(shelf.described(c.id))} of {len(held)}", []) for c in components]))
    page.table("Looked for", [f"**{c.name}**" for c in components], table)
    page.gap()
    strands = dict.fromkeys(model.strand(c.strand).name for c in components)
    number = "Both" if len(components) == 2 else f"All {in_words(len(components))}"
    page.frame(
        f"{ALIKE}: {number.lower()} are components of *{next(iter(strands))}*."
        if len(strands) == 1
        else f"{DIFFERENT}: they stand in {in_words(len(strands))} of the model's {in_words(len(model.strands))} strands: {join_names([f'*{s}*' for s in strands])}."
    )
    if len(components) == 2 and held:
        shared = len(shelf.described(components[0].id) & shelf.described(components[1].id))
        page.gap()
        page.frame(f"*Passages about both stand in {shared or 'none'} of the {counted(len(held), 'case study', 'case studies')} held.*")
