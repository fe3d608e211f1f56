"""What the pathway's pages share: where pathways are kept, the fields on the reader's own trust, and what is done with a whole pathway."""

import streamlit as st

from assistant.conversations import LOCAL_PERSON
from assistant.names import PHASES
from assistant.pathways import MOST_TITLE_CHARACTERS, Pathways
from assistant.profile import MOST_SCHOOLS
from hub.places import REGIONS
from ui import files, pathway_prose, session

ID, AT = "p", "at"
"""What the address names: a pathway of the person's own, and the component that is open."""
TRACED = "pathway-traced"
"""The walk that this tab shows, in its session."""


def store() -> Pathways:
    """Where pathways are kept."""
    return session.conversations().pathways


def trust_fields(phase: str, region: str, schools: int, key: str) -> tuple[str, str, int]:
    """What is known of the reader's own trust: what is left open is read from the text."""
    st.markdown("**About your trust** (what you leave open is read from your text)")
    one, two, three = st.columns(3)
    phases, regions = list(PHASES), list(REGIONS)
    chosen = one.selectbox(
        "Phase",
        phases,
        phases.index(phase) if phase else None,
        str.capitalize,
        key=f"pathway-phase-{key}",
        placeholder="From the text",
    )
    where = two.selectbox(
        "Region", regions, regions.index(region) if region else None, key=f"pathway-region-{key}", placeholder="From the text"
    )
    many = three.number_input(
        "Number of schools", 1, MOST_SCHOOLS, schools or None, key=f"pathway-schools-{key}", placeholder="From the text"
    )
    return chosen or "", where or "", int(many or 0)


def privacy_line() -> str:
    """What becomes of the text."""
    sent = (
        "its sentences go to the embedder that this hub is set to use" if session.settings().embedder else "no part of it is sent anywhere"
    )
    return (
        "Read for you alone: it never joins the library, and nobody's search finds it. It is kept with your pathway, personal data masked, until you "
        f"delete it, and {sent}. Leave names of pupils and colleagues out."
    )


def manage(id: str, title: str) -> None:
    """Rename or delete one."""
    with st.form(f"pathway-rename-{id}", border=False):
        st.text_input("Name", title, key=f"pathway-title-{id}", max_chars=MOST_TITLE_CHARACTERS)
        st.form_submit_button("Rename", on_click=_rename, args=(id,))
    st.markdown("Delete this pathway, with its text and your notes? It cannot be undone.")
    st.button("Delete", key=f"pathway-delete-{id}", type="primary", on_click=_delete, args=(id,))


def _rename(id: str) -> None:
    store().rename(id, str(st.session_state.get(f"pathway-title-{id}", "")), LOCAL_PERSON)


def _delete(id: str) -> None:
    store().delete(id, LOCAL_PERSON)
    st.session_state.pop(TRACED, None)
    files.forget()
    pathway_prose.forget(id)
    leave()


def leave() -> None:
    """Back to the list."""
    st.query_params.clear()
