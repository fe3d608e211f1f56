"""A component's practice in prose, where a language model is set: written on asking, under the chat's checks, and kept in this tab alone."""

from collections.abc import Iterable

import streamlit as st

from assistant.explore.pathway import Stop
from assistant.explore.prose import ask_for_prose, number_on
from assistant.pathways import KeptPathway
from hub.domain import Answer
from ui import session, turn

DRAFTS = "pathway-drafts"
"""What was written in this tab, by pathway and component, in its session."""


def drafts_of(id: str) -> dict[str, Answer]:
    """What was written for a pathway, by component."""
    return {component: answer for (of, component), answer in st.session_state.get(DRAFTS, {}).items() if of == id}


def show(kept: KeptPathway, stop: Stop, last: int) -> None:
    """The prose, or the button that asks for it; nothing where no language model is set, or nobody describes the component.

    `last`: the page's last marker; those of the prose go on from it.
    """
    key = (kept.id, stop.component)
    if answer := drafts_of(kept.id).get(stop.component):
        st.subheader("What others did, in prose")
        with st.container(key="prose"):
            turn.show_answer(answer)
        st.button(
            "Leave the prose out", key=f"prose-out-{stop.component}", icon=":material/close:", type="tertiary", on_click=_drop, args=key
        )
    elif session.settings().llm and stop.practice:
        wanted = st.button("Draft it in prose", key=f"prose-{stop.component}", icon=":material/edit_note:")
        st.caption(
            "A language model writes from the library, and each sentence is checked as in the chat. Nothing of your text is sent to it."
        )
        if wanted:
            with st.spinner("The language model is writing …"):
                answer = session.assistant().answer(ask_for_prose(stop, kept.phase, kept.region, kept.schools))
            st.session_state.setdefault(DRAFTS, {})[key] = number_on(answer, last)
            st.rerun()


def forget(id: str) -> None:
    """Let go of what was written for a pathway."""
    _drop_all((of, component) for of, component in st.session_state.get(DRAFTS, {}) if of == id)


def _drop(id: str, component: str) -> None:
    _drop_all([(id, component)])


def _drop_all(keys: Iterable[tuple[str, str]]) -> None:
    for key in list(keys):
        st.session_state[DRAFTS].pop(key, None)
