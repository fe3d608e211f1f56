"""The pages by name, so that one can lead to another without importing it."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hub.domain import Citation

ANSWER, MARKER, WHOLE = "a", "m", "whole"
"""What the source page's address names beside the conversation: an answer, and one of its markers."""
QUOTE, BACK = "q", "back"
"""Or a quote that stands in no answer, by source, offsets and text; and the page that the reader comes from, with its own address."""
REPORT = "report"
"""The route of what opens its quotes as an answer does and stands in no conversation: a comparison, a case study's page."""
BACK_LABELS = {
    "coverage-map": "Back to the map",
    "compare": "Back to the comparison",
    "case-studies": "Back to the case study",
    "pathway": "Back to the pathway",
}


def set_pages(pages: dict[str, StreamlitPage]) -> None:
    """Make the pages known, at the way in."""
    st.session_state["pages"] = pages


def page(name: str) -> StreamlitPage | None:
    """A page by name; None where only a part of the app runs."""
    known: dict[str, StreamlitPage] = st.session_state.get("pages", {})
    return known.get(name)


def set_here(name: str, query: Mapping[str, str]) -> None:
    """Which report is on the screen, for the way back to it."""
    st.session_state["here"] = (name, dict(query))


def here() -> tuple[str, dict[str, str]]:
    """The report on the screen and its address."""
    held: tuple[str, dict[str, str]] = st.session_state.get("here", ("", {}))
    return held


def to_quote(citation: Citation, back: str = "", query: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the source page's address holds for a quote of a report. `back`, `query`: the page that shows it, and that page's address."""
    held = {QUOTE: f"{citation.source}:{citation.start}-{citation.end}:{citation.text_hash[:8]}"}
    return {**held, BACK: f"{back}?{urlencode(query or {})}"} if back else held


def back_from_quote() -> tuple[str, dict[str, str]]:
    """The page that the source page was opened from, and its address; "" where the address names none of ours."""
    name, _, query = str(st.query_params.get(BACK, "")).partition("?")
    return (name, dict(parse_qsl(query))) if name in BACK_LABELS else ("", {})
