"""The sixth step without an llm: an answer in the sources' own words, grouped so that it reads as one.

What code writes around the quotes is framing and counts only: it asserts nothing about what anybody did.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.choose import MOST, Quote, choose, quote_of
from assistant.citing import Page
from assistant.enough import Verdict
from assistant.follow_ups import suggest_follow_ups
from assistant.journey import Candidate, Draft, Evidence, Understood
from assistant.retrieve import in_context
from assistant.shelf import Shelf
from assistant.wording import context_of, counted, in_words, join_names, name_of, plain_organisation, who_says
from hub.components import Component, Model
from hub.domain import CASE_STUDY, Chunk, Source

EXAMPLES = 3
FEW = 4
"""Quotes of an answer that may be only half of one."""
ABOUT_SHARE = 0.72
"""A case study counts as being about a question where it has a sentence with this share of the best one's score."""
OVERVIEW_POOL = 4
CUE_BONUS = 0.15
TAGGED_BONUS = 0.15
CONFIRMED_BONUS = 0.15
"""What a sentence gains, beside its nearness to the component, by its wording, its passage's tag and its source's row."""


def compose_quotes(understood: Understood, evidence: Evidence, verdict: Verdict, shelf: Shelf, model: Model) -> Draft:
    """A draft in the shape that the route asks for."""
    page = Page(shelf)
    if understood.carried:
        page.frame(f"*{understood.carried}:*")
        page.gap()
    if understood.premise:
        _correct_premise(page, understood, evidence, model)
    elif understood.route in ("define", "examples") and understood.components:
        _define(page, understood, evidence, shelf, model)
    elif understood.route == "list":
        _list_components(page, understood, evidence, shelf, model)
    elif understood.route == "overview":
        _overview(page, evidence)
    elif understood.route == "compare" and len(understood.names) > 1:
        _compare(page, understood, evidence)
    elif understood.route == "how_others" or (understood.route == "find" and understood.sources is None):
        _how_others(page, understood, evidence, shelf, model)
    else:
        _look_up(page, evidence, MOST if verdict.status == "answered" else FEW)
    if verdict.status == "partial" and page.citations:
        page.gap()
        page.frame("*This is the nearest that the library holds; it may not answer the whole question.*")
    cited = tuple(dict.fromkeys(id for c in page.citations[:3] for id in c.components[:1]))
    return Draft(
        status=verdict.status if page.citations else "no_evidence",
        text=page.text,
        claims=tuple(page.claims),
        citations=tuple(page.citations),
        follow_ups=suggest_follow_ups(understood, cited, shelf, model),
    )


# What the model says.


def _define(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model) -> None:
    for id in understood.components[:2]:
        component = model.component(id)
        siblings = model.of_strand(component.strand)
        page.frame(f"**{component.name}** is one of the {in_words(len(siblings))} components of *{model.strand(component.strand).name}*.")
        page.gap()
        row = definition_row(id, shelf)
        if row:
            definition, examples = row_quotes(row, shelf)
            if understood.route == "define":
                page.quote(f"{who_says(shelf.sources[row.source])}:", definition)
            few = examples if understood.route == "examples" else examples[:EXAMPLES]
            if few:
                page.quote(
                    "Among its examples:"
                    if understood.route == "define"
                    else f"{who_says(shelf.sources[row.source]).removesuffix(' says')} gives these examples:",
                    few,
                )
            page.gap()
        room = MOST - len(page.citations)
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


def _list_components(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model) -> None:
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
        for quote in choose(evidence.candidates, 3, accept=lambda c: c.source.voice == "model" and not c.features["fragment"]):
            page.quote(f"{who_says(quote.source)}:", [quote])


def _correct_premise(page: Page, understood: Understood, evidence: Evidence, model: Model) -> None:
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
    for quote in choose(says_so or evidence.candidates, 2):
        page.quote(f"{who_says(quote.source)}:", [quote])


# What trusts and schools did.


def _how_others(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model) -> None:
    inside = in_context(understood, shelf)
    held = [s for s in shelf.case_studies() if s.id in (inside if understood.sources is None else understood.sources)]
    component = model.component(understood.components[0]) if understood.components else None
    inside_held = {s.id for s in held}
    practice = [c for c in evidence.candidates if c.source.id in inside_held and not c.features["fragment"]]
    if component:
        about = shelf.described(component.id) & inside_held
        practice = _on_component(component, [c for c in practice if c.source.id in about], model)
        quotes = choose(practice, MOST - 1, each_organisation=1, keep_above=0.0)
    else:
        floor = ABOUT_SHARE * practice[0].score if practice else 0.0
        about = {c.source.id for c in practice if c.score >= floor}
        quotes = choose(practice, MOST, each_organisation=2 if understood.route == "find" else 1)
    if component and not quotes:
        page.frame(
            f"We found **no passage** about *{component.name}* in the {counted(len(held), f'{_within(understood)}case study', f'{_within(understood)}case studies')} held."
        )
    elif not quotes:
        _look_up(page, evidence)
        return
    within = _within(understood)
    if held and quotes and (component or len(about) > 1):
        what = f"about *{component.name}*" if component else "about this"
        page.frame(
            f"We found passages {what} in **{len(about)} of the {counted(len(held), f'{within}case study', f'{within}case studies')}** held."
        )
        page.gap()
    _by_organisation(page, quotes)
    row = definition_row(component.id, shelf) if component else None
    if row and len(page.citations) < MOST:
        page.gap()
        page.quote("The model's own words on this component:", row_quotes(row, shelf)[0][:1])
    elif not component:
        other = choose([c for c in evidence.candidates if c.source.kind != CASE_STUDY and c.score >= quotes[0].score], 1)
        for quote in other if len(page.citations) < MOST else []:
            page.gap()
            page.quote(f"{who_says(quote.source)}:", [quote])


def _within(understood: Understood) -> str:
    """The phase and region that the count is of, as words before "case studies"."""
    words = [f"{understood.phase} " if understood.phase else "", *(f"{r} " for r in understood.regions)]
    return "".join(words)


def _on_component(component: Component, candidates: list[Candidate], model: Model) -> list[Candidate]:
    """Sentences by how much they say of the component: near its description, in its wording, from a source that staff confirmed."""
    rescored = []
    for c in candidates:
        if c.features["label"]:
            continue
        tagged = any(t.component == component.id for t in c.chunk.tags)
        # A sentence on the model is not yet one on what was done.
        on_the_model = component.id in model.named_in(c.text) and "model" in c.text
        cue = -4 if on_the_model else int(model.cue_in(component.id, c.text))
        score = c.features["sentence"] + CUE_BONUS * cue + TAGGED_BONUS * tagged + CONFIRMED_BONUS * (component.id in c.source.components)
        rescored.append(replace(c, score=score))
    return sorted(rescored, key=lambda c: -c.score)


def _by_organisation(page: Page, quotes: Sequence[Quote]) -> None:
    groups: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[quote.source.id].append(quote)
    for group in groups.values():
        source = group[0].source
        page.quote(f"**{name_of(source)}**{_where(source)}:", group, bullet=True)


def _where(source: Source) -> str:
    return f" ({where})" if (where := context_of(source)) else ""


def _compare(page: Page, understood: Understood, evidence: Evidence) -> None:
    """The same number of quotes of each organisation named, so that a long document does not win."""
    names = understood.names[:4]
    each = max(1, MOST // len(names))
    for name in names:
        own = [
            c
            for c in evidence.candidates
            if name in (c.source.context.school, c.source.context.trust, plain_organisation(c.source)) and not c.features["fragment"]
        ]
        quotes = choose(own, each)
        if quotes:
            page.quote(f"**{name}**{_where(quotes[0].source)}:", quotes, bullet=True)
        else:
            page.frame(f"- **{name}**: *not described in what we hold.*")


_CHANGED = re.compile(r"\b(?:what changed|impact|outcomes?|results?|how we know|difference|evaluat\w*|effects?)\b", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:did not work|didn't work|stopp?ed|challenges?|difficult\w*|lessons?|again|mistakes?)\b", re.IGNORECASE)
_DEED = re.compile(r"^(?:we|our|each|every|all|staff|leaders|teachers|heads|from|in|at the start|instead)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")


def _overview(page: Page, evidence: Evidence) -> None:
    """What an organisation did, what changed, and what did not work: by the headings under which it says so."""
    told = [
        c
        for c in evidence.candidates
        if not (c.features["fragment"] or c.features["label"] or c.features["footnote"]) and c.source.kind == CASE_STUDY
    ]
    by_source: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in told:
        by_source[candidate.source.id].append(candidate)
    for own in list(by_source.values())[:2]:
        centre = np.mean([c.vector for c in own], axis=0)
        ranked = sorted(own, key=lambda c: -float(c.vector @ centre))
        failed = [c for c in ranked if _FAILED.search(_section(c))]
        changed = [c for c in ranked if c not in failed and _CHANGED.search(_section(c))]
        changed.sort(key=lambda c: not _FIGURE.search(c.text))
        did = [c for c in ranked if c not in failed and c not in changed and not c.sentence.row]
        did.sort(key=lambda c: not _DEED.search(c.text))
        source = own[0].source
        page.frame(f"**{name_of(source)}**{_where(source)}, in *{source.title}*:")
        each = 2 if len(by_source) == 1 else 1
        for title, group in (("What they did:", did), ("What changed:", changed), ("What did not work, or was stopped:", failed)):
            if quotes := choose([replace(c, score=1.0) for c in group[:OVERVIEW_POOL]], each):
                page.quote(f"*{title}*", quotes, bullet=True)
        page.gap()


def _section(candidate: Candidate) -> str:
    """The headings that it stands under."""
    return candidate.chunk.place.heading


# Everything else.


def _look_up(page: Page, evidence: Evidence, most: int = MOST) -> None:
    quotes = choose(evidence.candidates, most)
    practice = [q for q in quotes if q.source.kind == CASE_STUDY]
    others = [q for q in quotes if q.source.kind != CASE_STUDY]
    blocks = [practice, others] if practice and quotes[0] in practice else [others, practice]
    for block in blocks:
        if not block:
            continue
        page.gap()
        if block is practice:
            _by_organisation(page, practice)
        else:
            _by_source(page, block)


def _by_source(page: Page, quotes: Sequence[Quote]) -> None:
    groups: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[quote.source.id].append(quote)
    for group in groups.values():
        page.quote(f"{who_says(group[0].source)}:", group, bullet=len(groups) > 1)
