"""Quality: sets of questions, runs of them, two runs compared, and labels. All of its logic is in evals/."""

from collections.abc import Callable

import streamlit as st

from ui import quality_compare, quality_label, quality_run, quality_sets

PARTS: dict[str, Callable[[], None]] = {
    "Results": quality_run.show,
    "Sets of questions": quality_sets.show,
    "Compare two runs": quality_compare.show,
    "Label answers": quality_label.show,
}


def show() -> None:
    """The page."""
    st.title("Quality of answers")
    st.caption(
        "Ask a set of questions all at once, and see which answers are right, which got worse, and why. "
        "What the sets that ship count as right is their authors' reading: author labels."
    )
    part = st.segmented_control("Part", list(PARTS), default="Results", label_visibility="collapsed", key="quality-part")
    PARTS[part or "Results"]()
