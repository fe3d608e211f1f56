"""The sixth step without an llm: an answer in the sources' own words, grouped so that it reads as one.

What code writes around the quotes is framing and counts only: it asserts nothing about what anybody did.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.choose import MOST, Quote, choose
from assistant.citing import Page
from assistant.compose_compare import compare
from assistant.compose_model import compare_components, correct_premise, define, list_components
from assistant.compose_practice import by_organisation, how_others, overview
from assistant.enough import Verdict
from assistant.follow_ups import suggest_follow_ups
from assistant.journey import Draft, Evidence, Understood, sets_components_side_by_side
from assistant.shelf import Shelf
from assistant.shortlist import asks_for_context_alone, shortlist
from assistant.wording import who_says
from hub.components import Model
from hub.domain import CASE_STUDY
from vectorstore.lexical import tokenize

_OF_THE_PAPER = re.compile(
    r"\b(?:does|do|did) the (?:model |cst |conceptual model )?paper (?:say|call|describe|define|suggest|recommend|argue|mean)\b"
    r"|\b(?:according to|in the words of) the (?:model |cst |conceptual model )?paper\b",
    re.IGNORECASE,
)
FEW = 5
"""Quotes of an answer that may be only half of one."""


def compose_quotes(understood: Understood, evidence: Evidence, verdict: Verdict, shelf: Shelf, model: Model) -> Draft:
    """A draft in the shape that the route asks for."""
    page = Page(shelf, understood.near)
    if understood.carried:
        page.frame(f"*{understood.carried}:*")
        page.gap()
    if understood.premise:
        correct_premise(page, understood, evidence, model)
    elif sets_components_side_by_side(understood):
        compare_components(page, understood, shelf, model)
    elif understood.components and understood.route in ("define", "examples"):
        define(page, understood, evidence, shelf, model)
    elif understood.route == "list":
        list_components(page, understood, evidence, shelf, model)
    elif understood.route == "overview":
        overview(page, evidence)
    elif understood.route == "compare" and len(understood.names) > 1:
        compare(page, understood, evidence, shelf, model)
    elif asks_for_context_alone(understood):
        shortlist(page, understood, shelf)
    elif (understood.route == "how_others" or (understood.route == "find" and understood.sources is None)) and not _OF_THE_PAPER.search(
        understood.question
    ):
        if not how_others(page, understood, evidence, shelf, model, verdict.status == "answered"):
            _look_up(page, understood, evidence)
    else:
        _look_up(page, understood, evidence, MOST if verdict.status == "answered" else FEW)
    if verdict.status == "partial" and page.citations:
        page.gap()
        unsaid = _unsaid(understood, shelf)
        page.frame(
            f"*This is the nearest that the library holds; it may not answer the whole question.{f' No document held has {unsaid}.' if unsaid else ''}*"
        )
    cited = tuple(dict.fromkeys(id for c in page.citations[:3] for id in c.components[:1]))
    return Draft(
        status=verdict.status if page.citations else "no_evidence",
        text=page.text,
        claims=tuple(page.claims),
        citations=tuple(page.citations),
        follow_ups=suggest_follow_ups(understood, cited, shelf, model),
    )


def _look_up(page: Page, understood: Understood, evidence: Evidence, most: int = MOST) -> None:
    candidates = evidence.candidates
    if _OF_THE_PAPER.search(understood.question):  # what it says is not what a school did
        candidates = tuple(c for c in candidates if c.source.kind == "model-paper") or candidates
    quotes = choose(candidates, most)
    practice = [q for q in quotes if q.source.kind == CASE_STUDY]
    others = [q for q in quotes if q.source.kind != CASE_STUDY]
    blocks = [practice, others] if practice and quotes[0] in practice else [others, practice]
    for block in blocks:
        if not block:
            continue
        page.gap()
        if block is practice:
            by_organisation(page, practice)
        else:
            _by_source(page, block)


def _by_source(page: Page, quotes: Sequence[Quote]) -> None:
    groups: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        groups[quote.source.id].append(quote)
    for group in groups.values():
        page.quote(f"{who_says(group[0].source)}:", group, bullet=len(groups) > 1)


def _unsaid(understood: Understood, shelf: Shelf) -> str:
    """The words of the question that stand in no document held, to be said."""
    words = [
        w for w in re.findall(r"[a-z]{5,}(?:-[a-z]+)*", understood.question.lower()) if not any(map(shelf.words.known, tokenize([w])[0]))
    ]
    words = [word for word in dict.fromkeys(words) if tokenize([word])[0]]
    return f"the {'word' if len(words) == 1 else 'words'} {' or '.join(words)}" if words else ""
