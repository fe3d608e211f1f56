"""What a page of the map shows, held as an answer is: the markers in it open the same cards, and its files hold the same notes."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from html import escape as html_escape

import streamlit as st

from hub.domain import Answer, Citation
from hub.plain import CELL, LINE
from ui import markers, ways
from ui.card import open_card
from ui.markdown import escape
from ui.reference import quoted

_CARD = "report-card"
"""The marker whose card is open: it stays open while the page is drawn anew beneath it."""


def as_answer(name: str, query: Mapping[str, str], title: str, citations: Sequence[Citation], text: str = "") -> Answer:
    """A page's citations as an answer that stands in no conversation. `name`, `query`: the page and its address, which name it."""
    id = blake2b(repr((name, sorted(query.items()))).encode(), digest_size=16).hexdigest()
    kept = {c.marker: c for c in citations}
    return Answer(
        id=id, question=title, standalone_question=title, route=ways.REPORT, status="answered", text=text,
        citations=tuple(kept[m] for m in sorted(kept)),
    )  # fmt: skip


def listen(report: Answer, name: str, query: Mapping[str, str], also: Sequence[Answer] = ()) -> None:
    """Open the card of a marker that the reader follows, of the page or of what stands on it `also`. On every drawing of the page, before its markers."""
    ways.set_here(name, query)
    if opened := markers.followed("", 0):
        st.session_state[_CARD] = opened
    id, marker = st.session_state.get(_CARD, ("", 0))
    if opened_in := next((shown for shown in (report, *also) if shown.id == id), None):
        open_card(opened_in, marker, _close)


def _close() -> None:
    st.session_state.pop(_CARD, None)


def marked(report: Answer, citation: Citation) -> str:
    """The quote as Markdown, with the marker that opens its card."""
    lead = f"({escape(' '.join(citation.lead.split()))}) " if citation.lead and citation.tag_method != "row" else ""
    return f"{lead}{escape(quoted(citation))} [\\[{citation.marker}\\]](#source-{report.id}-{citation.marker})"


def marked_html(report: Answer, citation: Citation) -> str:
    """The same as HTML."""
    lead = f"({html_escape(' '.join(citation.lead.split()))}) " if citation.lead and citation.tag_method != "row" else ""
    said = html_escape(f"“{citation.quote.replace(CELL, ' | ').replace(LINE, ' / ')}”")
    return f'{lead}{said} <a href="#source-{report.id}-{citation.marker}">[{citation.marker}]</a>'
