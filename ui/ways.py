"""The pages by name, so that one can lead to another without importing it."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

ANSWER, MARKER, WHOLE = "a", "m", "whole"
"""What the source page's address names beside the conversation: an answer, and one of its markers."""


def set_pages(pages: dict[str, StreamlitPage]) -> None:
    """Make the pages known, at the way in."""
    st.session_state["pages"] = pages


def page(name: str) -> StreamlitPage | None:
    """A page by name; None where only a part of the app runs."""
    known: dict[str, StreamlitPage] = st.session_state.get("pages", {})
    return known.get(name)
