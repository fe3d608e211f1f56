"""What trusts and schools did, in their own words: by organisation, so that one's practice never becomes "trusts do"."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.approaches import by_approach, near_the_best, tells_a_deed
from assistant.aspects import missing_aspects
from assistant.choose import KEEP_ABOVE, MOST, NEAR_DUPLICATE, Quote, choose, leans_back, needs_its_list
from assistant.citing import Page
from assistant.compose_model import definition_row, row_quotes
from assistant.differences import Difference, find_difference
from assistant.explore.quotable import gives_figure, is_quotable
from assistant.journey import Candidate, Evidence, Understood
from assistant.profile import near
from assistant.retrieve import in_context
from assistant.shelf import Shelf
from assistant.size import size_words
from assistant.wording import DIFFERENT, context_of, counted, in_words, join_names, name_of, near_mark, who_says
from hub.components import Component, Model
from hub.domain import CASE_STUDY, Source

ABOUT_SHARE = 0.72
"""A case study counts as being about a question where it has a sentence with this share of the best one's score."""
OVERVIEW_POOL = 4
LIKENESS_SHARE = 0.05
CUE_BONUS = 0.15
TAGGED_BONUS = 0.15
CONFIRMED_BONUS = 0.15
"""What a sentence gains, beside its nearness to the question, by its likeness to the component, its passage's tag and its source's row."""
DEED_BONUS = 0.2
"""What a sentence gains that tells what was done: not what was wished, feared or advised."""
NEAREST = 5
"""Quotes of an answer that may not be one."""
UNLIKE = 1.0
"""Log-odds of likeness under which a sentence does not speak of the component, unless its own words do."""


@dataclass(frozen=True, eq=False)
class _Told:
    """What case studies say of it: sentences best first, those that are quoted in their order, and how many speak of it at all."""

    practice: Sequence[Candidate]
    about: set[str]
    groups: Sequence[tuple[str, Sequence[Quote]]]
    """(heading, quotes); the heading is "" where they are set by organisation alone."""

    @property
    def quotes(self) -> list[Quote]:
        return [quote for _, own in self.groups for quote in own]


def how_others(page: Page, understood: Understood, evidence: Evidence, shelf: Shelf, model: Model, sure: bool = True) -> bool:
    """How many case studies speak of it, and what each did. False where none does and nothing was written.

    Where it is not sure that what was found is about the question, nothing is counted and few are quoted.
    """
    inside = in_context(understood, shelf)
    held = [s for s in shelf.case_studies() if s.id in (inside if understood.sources is None else understood.sources)]
    component = model.component(understood.components[0]) if understood.components else None
    inside_held = {s.id for s in held}
    practice = [c for c in evidence.candidates if c.source.id in inside_held and not c.features["fragment"]]
    told = (
        _of_component(component, practice, inside_held, shelf, model)
        if component
        else _of_question(understood, practice, MOST if sure else NEAREST)
    )
    if not told.quotes and not component:
        return False
    what = f"*{component.name}*" if component else "this"
    if not told.quotes:
        page.frame(f"Of the {studies_counted(understood, len(held))} held, **none** speaks of {what}.")
    elif not sure and not component:
        page.frame(f"Nearest to it among the {studies_counted(understood, len(held))} held:")
        page.gap()
    elif held and (component or len(told.about) > 1):
        of_them = f"**{len(told.about)} of the {studies_counted(understood, len(held))}** held"
        page.frame(f"We found passages about {what} in {of_them}.{_figures_in(told.quotes)}")
        page.gap()
    for heading, quotes in told.groups:
        if heading:
            page.gap()
            page.frame(f"**{heading}**")
        by_organisation(page, quotes)
    if component:
        _say_difference_in(page, told.practice, [c for c in evidence.candidates if c.source.kind == CASE_STUDY])
    if understood.size and understood.size.rule:
        page.gap()
        page.frame(f"*Taken as {understood.size.rule}.*")
    missing = missing_aspects(understood.question, (c.text for c in shelf.chunks.values() if c.source in told.about))
    if missing and told.about:
        page.gap()
        page.frame(f"*Not found in what we hold about this: {join_names(missing)}.*")
    row = definition_row(component.id, shelf) if component else None
    if row:
        page.gap()
        page.quote("The model's own words on this component:", row_quotes(row, shelf)[0][:1])
    elif not component:
        other = choose([c for c in evidence.candidates if c.source.kind != CASE_STUDY and c.score >= told.quotes[0].score], 1)
        for quote in other if len(page.citations) < MOST else []:
            page.gap()
            page.quote(f"{who_says(quote.source)}:", [quote])
    return True


def _of_component(component: Component, practice: Sequence[Candidate], inside: set[str], shelf: Shelf, model: Model) -> _Told:
    """By approach where the sentences fall into several, else by organisation."""
    about = shelf.described(component.id) & inside
    own = [
        c
        for c in practice
        if c.source.id in about
        and is_quotable(c.chunk, c.sentence, shelf.furniture)
        and not needs_its_list(c)
        and not leans_back(c.sentence.lead)
    ]
    ranked = on_component(component, own, shelf, model)
    # A sentence that names the component speaks of the model; what was done stands beside it.
    deeds = [c for c in ranked if component.id not in model.named_in(c.text)]
    groups = [(name, choose(told, len(told), keep_above=0.0)) for name, told in by_approach(deeds, component.id, MOST - 1)]
    return _Told(ranked, about, groups or [("", choose(ranked, MOST - 1, each_organisation=1, keep_above=0.0))])


def _of_question(understood: Understood, practice: Sequence[Candidate], most: int) -> _Told:
    floor = ABOUT_SHARE * practice[0].score if practice else 0.0
    quotes = choose(practice, most, each_organisation=2 if understood.route == "find" else 1)
    if 0 < len(quotes) < most and understood.route != "find":  # few speak of it: a second word of each
        rest = [
            c
            for c in practice
            if not any(q.chunk.id == c.chunk.id and q.start < c.sentence.end and c.sentence.start < q.end for q in quotes)
        ]
        told = [c for c in practice if c not in rest]
        quotes += choose(
            rest,
            most - len(quotes),
            each_organisation=1,
            accept=lambda c: (
                c.score >= KEEP_ABOVE * practice[0].score and not any(float(c.vector @ o.vector) > NEAR_DUPLICATE for o in told)
            ),
        )
    return _Told(practice, {c.source.id for c in practice if c.score >= floor}, [("", quotes)])


def _say_difference_in(page: Page, practice: Sequence[Candidate], everything: Sequence[Candidate]) -> None:
    """Where organisations differ, by the words that are quoted already, else by others that say as much."""
    told = near_the_best(practice)
    if difference := find_difference([c for c in told if page.quotes(c)], everything) or find_difference(told, everything):
        say_difference(page, difference)


def studies_counted(understood: Understood, n: int) -> str:
    """How many case studies the count is of, with the size, phase and region that were asked for."""
    before, after = size_words(understood.size)
    within = "".join([before, f"{understood.phase} " if understood.phase else "", *(f"{r} " for r in understood.regions)])
    return f"{counted(n, f'{within}case study', f'{within}case studies')}{after}"


_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[-–/]\d\d)?\b")


def _figures_in(quotes: Sequence[Quote]) -> str:
    """How many of the case studies that are quoted give a figure in the quote itself; "" where none does."""
    giving = len({q.source.id for q in quotes if _FIGURE.search(_YEAR.sub("", q.text)) and gives_figure(q.text, q.chunk.place.heading)})
    return f" {in_words(giving).capitalize()} of those quoted {'gives' if giving == 1 else 'give'} figures." if giving else ""


def say_difference(page: Page, difference: Difference) -> None:
    """Two organisations that settle one thing in two ways, each with its words."""
    sides = ((difference.first, difference.first_said), (difference.second, difference.second_said))
    said = [(f"*{name_of(c.source)}* {words}", quote) for c, words in sides for quote in choose([c], 1)]
    if len(said) == len(sides):
        page.contrast(f"{DIFFERENT}, on {difference.about}:", said)


def on_component(component: Component, candidates: list[Candidate], shelf: Shelf, model: Model) -> list[Candidate]:
    """Sentences by how much they say of the component: like its examples, in its wording, from a source that staff confirmed."""
    told = [c for c in candidates if not c.features["label"]]
    if not told:
        return []
    place = [c.id for c in model.components].index(component.id)
    likeness = shelf.likeness(model).of_sentences(np.stack([c.vector for c in told]))[:, place]
    rescored, unlike = list[Candidate](), list[Candidate]()
    for c, like in zip(told, likeness.tolist(), strict=True):
        # A sentence on the model is not yet one on what was done.
        on_the_model = component.id in model.named_in(c.text) and "model" in c.text
        cue = model.cue_in(component.id, c.text)
        if on_the_model:
            continue
        tagged = any(t.component == component.id for t in c.chunk.tags)
        confirmed = component.id in c.source.components
        score = c.features["sentence"] + LIKENESS_SHARE * like + CUE_BONUS * cue + TAGGED_BONUS * tagged + CONFIRMED_BONUS * confirmed
        score += DEED_BONUS * tells_a_deed(c.text)
        if like >= UNLIKE or cue:
            rescored.append(replace(c, score=score))
        elif tagged:
            unlike.append(replace(c, score=score))
    # A passage may speak of it as a whole, and no sentence by itself: then its nearest stands for it.
    shown = {c.source.id for c in rescored}
    for c in sorted(unlike, key=lambda c: -c.score):
        if c.source.id not in shown:
            shown.add(c.source.id)
            rescored.append(c)
    return sorted(rescored, key=lambda c: -c.score)


def by_organisation(page: Page, quotes: Sequence[Quote]) -> None:
    """Each source's quotes under its organisation's name; its title too where an organisation speaks in several."""
    groups: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[quote.source.id].append(quote)
    names = Counter(name_of(group[0].source) for group in groups.values())
    # Only their order: which quotes are shown, and what is counted, is settled by now.
    for group in sorted(groups.values(), key=lambda group: -len(near(page.near, group[0].source))):
        source = group[0].source
        title = f", in *{source.title}*" if names[name_of(source)] > 1 else ""
        page.quote(f"**{name_of(source)}**{_where(source)}{title}{near_mark(near(page.near, source))}:", group, bullet=True)


def _where(source: Source) -> str:
    return f" ({where})" if (where := context_of(source)) else ""


_CHANGED = re.compile(r"\b(?:what changed|impact|outcomes?|results?|how we know|difference|evaluat\w*|effects?)\b", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:did not work|didn't work|stopp?ed|challenges?|difficult\w*|lessons?|again|mistakes?)\b", re.IGNORECASE)
DEED = re.compile(r"^(?:we|our|each|every|all|staff|leaders|teachers|heads|from|in|at the start|instead)\b", re.IGNORECASE)
"""How a sentence begins that tells what was done."""
_FIGURE = re.compile(r"\d")


def overview(page: Page, evidence: Evidence) -> None:
    """What an organisation did, what changed, and what did not work: by the headings under which it says so."""
    told = [
        c
        for c in evidence.candidates
        if not (c.features["fragment"] or c.features["label"] or c.features["footnote"] or needs_its_list(c))
        and c.source.kind == CASE_STUDY
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
        did.sort(key=lambda c: not DEED.search(c.text))
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
