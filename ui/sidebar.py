"""The list of conversations: found, opened, renamed, deleted."""

import streamlit as st

from assistant.conversations import MOST_TITLE_CHARACTERS, Conversation
from ui import session
from ui.markdown import escape

_SCRIPT = """
export default function () {
  // Streamlit names a popover that has only an icon by the icon's own word: here, by the conversation beside it.
  const name = () => document.querySelectorAll('[data-testid="stSidebar"] [data-testid="stPopoverButton"]').forEach((button) => {
    let row = button.parentElement;
    while (row && !row.querySelector('[data-testid^="stBaseButton"]')) row = row.parentElement;
    const beside = row && row.querySelector('[data-testid^="stBaseButton"]');
    const said = beside && "Rename or delete “" + beside.textContent.trim() + "”";
    if (said && button.getAttribute("aria-label") !== said) button.setAttribute("aria-label", said);
  });
  const observer = new MutationObserver(name);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  name();
  // On a phone the list lies over the page: once one is chosen, it makes room, as it does for a page.
  const chosen = (event) => {
    const one = event.target.closest && event.target.closest('[data-testid="stSidebar"] :is([class*="st-key-open-"], .st-key-new-conversation) button');
    if (one && window.innerWidth < 768) setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 0);
  };
  document.addEventListener("click", chosen);
  return () => { observer.disconnect(); document.removeEventListener("click", chosen); };
}
"""
_component = st.components.v2.component("hub_names", js=_SCRIPT)
MANY = 5
"""From so many on, a box to find one is shown."""
MOST_LISTED = 50


def show() -> None:
    """New conversation, and the ones kept."""
    with st.sidebar:
        st.button("New conversation", key="new-conversation", icon=":material/add:", width="stretch", on_click=session.leave)
        held = session.conversations().list(most=MOST_LISTED)
        if not held:
            st.caption("Your conversations will be listed here. They are kept on this computer.")
            return
        if len(held) > MANY:
            held = _found(held)
        for conversation in held:
            _row(conversation)
        _component(key="names", height=1)


def _found(held: list[Conversation]) -> list[Conversation]:
    words = st.text_input(
        "Find a conversation", key="find-conversation", icon=":material/search:", placeholder="Words of a question"
    ).strip()
    if words:
        held = session.conversations().search(words, most=MOST_LISTED)
        if not held:
            st.caption("No conversation has all these words in its title or questions.")
    elif len(held) == MOST_LISTED:
        st.caption(f"The newest {MOST_LISTED} are listed. Find older ones by their words.")
    return held


def _row(conversation: Conversation) -> None:
    here = conversation.id == session.current()
    name, more = st.columns([5, 1], gap="xxsmall", vertical_alignment="center")
    name.button(
        escape(conversation.title),
        key=f"open-{conversation.id}",
        type="secondary" if here else "tertiary",
        width="stretch",
        on_click=_open,
        args=(conversation.id,),
    )
    named = f"Rename or delete “{escape(conversation.title)}”"
    # What is in it is drawn once it is open: fifty of them would be half of what the page sends.
    with more.popover(
        "", icon=":material/more_vert:", help=named, type="tertiary", key=f"menu-{conversation.id}", on_change="rerun"
    ) as menu:
        if not menu.open:
            return
        with st.form(f"rename-{conversation.id}", border=False):
            st.text_input("Name", conversation.title, key=f"title-{conversation.id}", max_chars=MOST_TITLE_CHARACTERS)
            st.form_submit_button("Rename", on_click=_rename, args=(conversation.id,))
        st.markdown("Delete this conversation? It cannot be undone.")
        st.button("Delete", key=f"delete-{conversation.id}", type="primary", on_click=_delete, args=(conversation.id,))


def _open(id: str) -> None:
    session.leave(id)


def _rename(id: str) -> None:
    session.conversations().rename(id, str(st.session_state.get(f"title-{id}", "")))
    st.session_state[f"menu-{id}"] = False


def _delete(id: str) -> None:
    session.delete(id)
    if id == session.current():
        session.leave()
