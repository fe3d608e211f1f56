"""What a run is made with, beside what the operator has set: changed here for one run, and kept with it."""

from typing import Any

import streamlit as st

from evals.choices import choose
from hub.settings import Settings
from ui import session

_WRITERS = ("The language model", "The sources' own words")
_UNVERIFIED = {"show": "Shown, and marked as not verified", "leave_out": "Left out"}


def show() -> Settings:
    """The panel. The settings that the run is to be made with."""
    own = session.settings()
    chosen: dict[str, Any] = {}
    with st.container(border=True):
        st.markdown("**Settings for this run**")
        chosen["passages"] = st.number_input(
            "Passages looked through for each question",
            min_value=1,
            max_value=400,
            value=own.passages,
            key="try-passages",
            persist_state="session",
            width=340,
            help="The search brings so many of the best-matching passages; the answer is chosen from them. "
            "More may find more, and may bring in what is beside the point. Questions about a component also read the passages tagged with it.",
        )
        if own.llm:
            by = st.radio("Who writes the answers", _WRITERS, key="try-writer", horizontal=True, persist_state="session")
            chosen["llm"] = own.llm if by == _WRITERS[0] else ""
            if chosen["llm"]:
                chosen["unverified"] = st.radio(
                    "Sentences that nobody verified",
                    list(_UNVERIFIED),
                    index=list(_UNVERIFIED).index(own.unverified),
                    format_func=_UNVERIFIED.__getitem__,
                    key="try-unverified",
                    horizontal=True,
                    persist_state="session",
                )
        st.caption(_say(own, chosen))
    return choose(own, chosen)


def _say(own: Settings, chosen: dict[str, Any]) -> str:
    same = all(getattr(own, name) == value for name, value in chosen.items())
    now = "As readers' answers are made now." if same else f"Readers' answers are made with {own.passages} passages now, and stay so."
    return f"{now} What is chosen here is kept with the run."
