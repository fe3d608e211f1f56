"""What is said when the library does not answer: one plain line, then help."""

from assistant.choose import choose, quote_of
from assistant.citing import Page
from assistant.enough import DOUBT, Verdict
from assistant.follow_ups import opening_questions, suggest_follow_ups
from assistant.holder import mentioning
from assistant.journey import Candidate, Draft, Evidence, Understood
from assistant.shelf import Shelf
from assistant.wording import counted, join_names, kind_of, name_of
from hub.components import Model
from hub.domain import Nearest

NEAREST = 2
NEAREST_TO_A_DOUBTED = 3
"""Of a question that is only doubted, from one source or several: one of them may yet be what the reader is looking for."""
NOTHING_NEAR_TEXT = "Nothing held is near to it. Name a component, a trust or school, or something they tried."
LEAST_NEARNESS = 0.3
"""Cosine of a sentence to the question under which it is not near to it."""


def refuse(understood: Understood, evidence: Evidence, verdict: Verdict, shelf: Shelf, model: Model, within: bool = False) -> Draft:
    """A `no_evidence` draft with the nearest that is held. Each near thing is a checked quote too.

    `within`: the shelf is narrowed by the reader's filters, so that what it lacks may be held all the same.
    """
    page = Page(shelf)
    if understood.carried:
        page.frame(f"*{understood.carried}:*")
        page.gap()
    whole = "Within your filters, the library" if within else "The library"
    page.frame(f"**{whole} does not answer this.**{_missing(verdict)}")
    if passing := _named_in_passing(verdict, shelf):
        page.frame(passing)
    nearest: list[Nearest] = []
    seen: set[str] = set()
    doubted = verdict.reason == DOUBT
    for candidate in _near(understood, evidence):
        if len(nearest) == (NEAREST_TO_A_DOUBTED if doubted else NEAREST) or (candidate.source.id in seen and not doubted):
            continue
        seen.add(candidate.source.id)
        [quote] = choose([candidate], 1) or [quote_of(candidate.source, candidate.chunk, candidate.sentence.start, candidate.sentence.end)]
        if not nearest:
            page.gap()
            page.frame("Nearest to it:")
        page.quote(f"**{name_of(candidate.source)}**, *{candidate.source.title}*:", [quote], bullet=True)
        nearest.append(
            Nearest(
                source=candidate.source.id,
                title=candidate.source.title,
                organisation=candidate.source.organisation,
                quote=quote.text,
                marker=page.citations[-1].marker,
            )
        )
    mentioned = [s for s in understood.names if understood.sources]
    if mentioned and understood.sources:
        page.gap()
        held = sorted({kind_of(shelf.sources[id]) for id in understood.sources if id in shelf.sources})
        page.frame(f"*Held on {' and '.join(mentioned)}: {counted(len(understood.sources), 'source')} ({', '.join(held)}).*")
    follow_ups = suggest_follow_ups(understood, tuple(dict.fromkeys(id for c in page.citations for id in c.components[:1])), shelf, model)
    if not nearest:
        page.gap()
        page.frame(NOTHING_NEAR_TEXT)
        follow_ups = follow_ups or opening_questions(shelf, model)[:NEAREST]
    return Draft(
        status="no_evidence", text=page.text, claims=tuple(page.claims), citations=tuple(page.citations), nearest=tuple(nearest), reason=verdict.reason,
        follow_ups=follow_ups,
    )  # fmt: skip


def _near(understood: Understood, evidence: Evidence) -> list[Candidate]:
    """Statements by how near they are. Of an organisation that is held, the first ones, near or not: its case study may still help."""
    statements = [
        c for c in evidence.candidates if not any(c.features[kind] for kind in ("fragment", "footnote", "opens_list", "label", "short"))
    ]
    near = [c for c in statements[:40] if c.features["sentence"] >= LEAST_NEARNESS]
    return near or (statements if understood.sources else [])


def _named_in_passing(verdict: Verdict, shelf: Shelf) -> str:
    """Where a trust is named that no case study held is of."""
    if verdict.reason != "holder":
        return ""
    titles = list(dict.fromkeys(shelf.sources[c.source].title for c in mentioning(verdict.missing, shelf)))
    where = join_names([f"*{title}*" for title in titles[:2]])
    return f"{where} {'names' if len(titles) == 1 else 'name'} it, but no case study of it is held." if titles else ""


def _missing(verdict: Verdict) -> str:
    if verdict.reason == DOUBT:
        return " What is nearest speaks of the matter; as far as the program can tell, it does not say this."
    if not verdict.missing:
        return ""
    if verdict.reason in ("deed", "number"):
        return f" We found nothing that says that {verdict.missing}."
    if verdict.reason == "elsewhere":
        return f" It holds nothing about this from {verdict.missing}; another organisation speaks of it."
    if verdict.reason in ("holder", "place"):
        return f" It holds nothing from {verdict.missing}."
    if verdict.reason == "figure":
        return f" What it holds here gives no figure for {verdict.missing}."
    if verdict.reason == "kind":
        return f" What it holds here does not say {verdict.missing}."
    if verdict.reason == "occasion":
        return f" Nothing that it holds here speaks of {verdict.missing}."
    if verdict.reason == "name":
        return f" What it holds here gives no {verdict.missing}."
    if verdict.reason == "list":
        return f" What it holds here speaks of {verdict.missing} and does not name them."
    if verdict.reason == "context":
        return f" It holds {verdict.missing}."
    if verdict.reason == "work":
        return f" It names {verdict.missing} in a reference alone, and does not hold the work itself."
    if verdict.reason == "document":
        return f" It does not hold {verdict.missing}."
    return f" Nothing that it holds here speaks of “{verdict.missing}”."
