"""The list of conversations."""

import streamlit as st

from ui import session
from ui.markdown import escape


def show() -> None:
    """New conversation, the ones kept, and deleting."""
    with st.sidebar:
        st.button("New conversation", icon=":material/add:", width="stretch", on_click=session.leave)
        held = session.conversations().list()
        if not held:
            st.caption("Your conversations will be listed here. They are kept on this computer.")
            return
        for conversation in held:
            here = conversation.id == session.current()
            name, remove = st.columns([5, 1], vertical_alignment="center")
            name.button(
                escape(conversation.title),
                key=f"open-{conversation.id}",
                type="secondary" if here else "tertiary",
                width="stretch",
                on_click=_open,
                args=(conversation.id,),
            )
            with remove.popover("", icon=":material/delete:", help=f"Delete “{conversation.title}”", type="tertiary"):
                st.markdown("Delete this conversation? It cannot be undone.")
                st.button("Delete", key=f"delete-{conversation.id}", type="primary", on_click=_delete, args=(conversation.id,))


def _open(id: str) -> None:
    session.leave()
    st.query_params[session.CONVERSATION] = id


def _delete(id: str) -> None:
    session.delete(id)
    if id == session.current():
        session.leave()
