"""Quotes one under another, each with where it stands and the way there."""

from collections.abc import Mapping, Sequence

import streamlit as st

from hub.domain import Citation
from ui import ways
from ui.markdown import escape
from ui.reference import quoted
from ui.words import dated, place_of


def show(citations: Sequence[Citation], back: str, query: Mapping[str, str], names: bool = True) -> None:
    """The quotes. `back` and `query`: the page that they stand on, and its address; `names`: whether each says whose it is."""
    page = ways.page("source")
    for citation in citations:
        with st.container(border=True, gap="xsmall"):
            if citation.lead and citation.tag_method != "row":
                st.caption(escape(citation.lead))
            st.markdown(escape(quoted(citation)))
            parts = [citation.organisation if names else "", citation.title, dated(citation.published), place_of(citation)]
            st.caption(escape(" · ".join(p for p in parts if p)))
            if page is not None:
                label = "Open at the page" if citation.page else "Open where it stands"
                st.page_link(page, label=label, icon=":material/find_in_page:", query_params=ways.to_quote(citation, back, query))
