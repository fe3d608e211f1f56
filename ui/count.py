"""What the count in an answer means, one click away, and where all that count stand."""

import streamlit as st

from hub.domain import Answer
from ui import session, ways
from ui.markdown import escape
from ui.words import COUNT_OF_COMPONENT, count_explained


def show(answer: Answer) -> None:
    """A popover, where there is a count to explain."""
    said = count_explained(answer)
    if not said:
        return
    with st.popover("What counts", icon=":material/help:", type="tertiary"):
        st.markdown(said)
        page = ways.page("case-studies")
        if page is not None and said.startswith(COUNT_OF_COMPONENT):
            for id in answer.components[:2]:
                name = session.assistant().model.component(id).name
                label = f"All case studies on {escape(name)}"
                st.page_link(page, label=label, icon=":material/cards_stack:", query_params={"component": id})
