"""A document's passages by component: what staff confirmed told apart from what the program found."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import streamlit as st

from assistant.wording import counted
from hub.components import Model
from hub.domain import Chunk, Show, Tag
from hub.plain import CELL, LINE
from ingest.decisions import Decision, holder
from ui.markdown import escape
from ui.words import METHODS

By = Literal["staff", "document", "program"]
"""Whose word it is: staff on this very passage; staff on the whole document, and the program on the passage; the program alone."""
_MARKS: dict[By, str] = {
    "staff": ":green-badge[:material/verified_user: Confirmed by staff]",
    "document": ":blue-badge[:material/fact_check: Document confirmed by staff]",
    "program": ":gray-badge[:material/smart_toy: Found by the program]",
}
MOST_SHOWN = 10
"""Passages of one component."""


class Tagged(NamedTuple):
    """A passage about a component."""

    chunk: Chunk
    tag: Tag
    by: By


def by_component(chunks: Sequence[Chunk], model: Model, decisions: Iterable[Decision]) -> dict[str, list[Tagged]]:
    """The passages of each component that has any, in the model's order: those that staff decided on first, then the surest."""
    held = ((holder(chunks, d), d.component) for d in decisions if d.decision == "yes")
    decided = {(chunks[n].id, component) for n, component in held if n is not None}
    found: dict[str, list[Tagged]] = {c.id: [] for c in model.components}
    for chunk in chunks:
        for tag in chunk.tags:
            by: By = "document" if tag.method == "confirmed" else "program"
            found.setdefault(tag.component, []).append(Tagged(chunk, tag, "staff" if (chunk.id, tag.component) in decided else by))
    order = {id: sorted(tagged, key=lambda t: (t.by != "staff", -t.tag.score, t.chunk.start)) for id, tagged in found.items()}
    return {id: tagged for id, tagged in order.items() if tagged}


def show(chunks: Sequence[Chunk], model: Model, allowed: Show, decisions: Iterable[Decision] = ()) -> None:
    """A component an expander. `allowed`: what the source's publisher lets readers see."""
    found = by_component(chunks, model, decisions)
    if not found:
        st.info(
            "No passage of this document is about one of the twelve components, as far as the program can tell.", icon=":material/info:"
        )
        return
    st.caption("The program attaches passages to components and can be wrong. What staff confirmed is marked.")
    for id, tagged in found.items():
        confirmed = sum(t.by == "staff" for t in tagged)
        label = f"{model.component(id).name}: {counted(len(tagged), 'passage')}"
        with st.expander(escape(label + (f", {confirmed} confirmed by staff" if confirmed else ""))):
            for t in tagged[:MOST_SHOWN]:
                _passage(t, allowed)
            if len(tagged) > MOST_SHOWN:
                st.caption(f"And {len(tagged) - MOST_SHOWN} more, less sure.")


def _passage(tagged: Tagged, allowed: Show) -> None:
    place = tagged.chunk.place
    where = f"Page {place.page_label or place.page}" if place.page else ""
    with st.container(border=True, gap="xsmall"):
        st.markdown(_MARKS[tagged.by], help=_why(tagged))
        if said := " · ".join(w for w in (where, place.heading) if w):
            st.caption(escape(said))
        if words := _words(tagged.chunk, allowed):
            st.markdown(words)


def _why(tagged: Tagged) -> str | None:
    if tagged.by == "document":
        return "Staff say that the document is about this component; the program chose the passage."
    return METHODS.get(tagged.tag.method)


def _words(chunk: Chunk, allowed: Show) -> str:
    """What may be shown of a passage: all, one sentence, or nothing."""
    if allowed == "link":
        return ""
    text = chunk.text
    if allowed == "quote" and chunk.sentences:
        first = chunk.sentences[0]
        text = f"“{text[first.start - chunk.start : first.end - chunk.start]}”"
    return "  \n".join(escape(line) for line in text.replace(CELL, LINE).split(LINE) if line.strip())
