"""The map's engine for the pages: drawn once for what is held, and anew when that changes."""

from pathlib import Path

import streamlit as st

from assistant.disclosure import Disclosures
from assistant.explore.coverage import Map
from assistant.guard import guard
from assistant.journey import JourneyEnds
from assistant.shelf import ShelfError
from ui import nothing_held, session
from ui.markdown import escape

_CSS = Path(__file__).parent / "explore.css"


@st.cache_resource(show_spinner=False)
def _last() -> dict[str, Map]:
    """The map that was drawn last: a decision of staff changes one document of it."""
    return {}


@st.cache_resource(show_spinner="Reading the map …", max_entries=1)
def _drawn(state: str) -> Map:  # noqa: ARG001 - it names what was drawn
    assistant = session.assistant()
    _last()["map"] = drawn = Map(assistant.shelf, assistant.model, _last().get("map"))
    return drawn


def atlas() -> Map | None:
    """The map over what is held now; None, with what to do said on the page, where nothing is."""
    st.html(_CSS)
    shelf = session.assistant().shelf
    try:
        shelf.refresh()
    except ShelfError as error:
        nothing_held.show(error, "explore")
        return None
    return _drawn(shelf.state)


@st.cache_resource(show_spinner=False)
def _disclosures() -> Disclosures:
    return Disclosures(session.assistant().shelf.reader)


def admitted(words: str) -> str:
    """What a reader typed, as the chat would take it; "" with the chat's own reply on the page where it would not."""
    try:
        return guard(words, session.settings().question_max_characters, _disclosures())
    except JourneyEnds as end:
        if end.keep_question:
            st.info(escape(end.text), icon=":material/info:")
        else:
            st.error(end.text, icon=":material/emergency_home:")
        return ""


def invented(of: Map) -> None:
    """Said once on a page whose case studies are invented."""
    if any(s.illustrative for s in of.shelf.case_studies()):
        st.caption(":material/science: What is held now is invented, for a first look. Do not cite it.")
