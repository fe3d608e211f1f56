"""Quality: sets of questions, runs of them, two runs compared, and labels. All of its logic is in evals/."""

from collections.abc import Callable

import streamlit as st

from assistant.held import ShelfError
from ui import quality_compare, quality_label, quality_run, quality_sets, session
from ui.markdown import escape
from ui.quality_ways import COMPARE, LABEL, PART, RESULTS, SETS

PARTS: dict[str, Callable[[], None]] = {
    RESULTS: quality_run.show,
    SETS: quality_sets.show,
    COMPARE: quality_compare.show,
    LABEL: quality_label.show,
}
# Wider than the chat: two answers stand side by side here.
_WIDE = "<style>[data-testid=stMainBlockContainer]{max-width:74rem}</style>"


def show() -> None:
    """The page."""
    st.html(_WIDE)
    st.title("Quality of answers")
    st.caption(
        "Ask a set of questions all at once, and see which answers are right, which got worse, and why. "
        "What the sets that ship count as right is their authors' reading: author labels."
    )
    try:
        session.assistant().shelf.refresh()
    except ShelfError as error:
        st.error(f"There is nothing to ask questions of yet: {escape(str(error))}", icon=":material/folder_off:")
        return
    if PART not in st.session_state and PART not in st.query_params:
        st.session_state[PART] = RESULTS
    part = st.segmented_control(
        "Part of this page", list(PARTS), required=True, label_visibility="collapsed", key=PART, bind="query-params"
    )
    PARTS[part or RESULTS]()
