"""Trusts like mine: a person's own trust in a few figures, kept with their settings. Off until it is set, cleared in one click."""

from collections.abc import Sequence

import streamlit as st

from assistant.conversations import LOCAL_PERSON
from assistant.names import PHASES
from assistant.profile import MOST_PUPILS, MOST_SCHOOLS, Profile, near, read_profile
from assistant.wording import counted
from hub.domain import Source
from hub.places import REGIONS
from ui import session
from ui.markdown import escape


def profile() -> Profile:
    """What the person has set."""
    return session.conversations().profiles.of(LOCAL_PERSON)


def near_words(source: Source) -> str:
    """In what a source is near to the person's own trust; "" where in nothing, or nothing is set."""
    return ", ".join(near(profile(), source))


def words(set_: Profile) -> str:
    """A profile in a few words."""
    parts: Sequence[str] = (
        set_.phase,
        set_.region,
        counted(set_.schools, "school") if set_.schools else "",
        counted(set_.pupils, "pupil") if set_.pupils else "",
    )
    said = ", ".join(p for p in parts if p)
    return said[:1].upper() + said[1:]


def show() -> None:
    """The popover, and what is set beside it, which clears it."""
    on = profile()
    with st.popover("Trusts like mine (on)" if on else "Trusts like mine", icon=":material/near_me:", type="tertiary"):
        _form(on)
    if on:
        st.button(
            escape(f"Like mine: {words(on)}"),
            key="drop-mine",
            icon=":material/close:",
            help="Clear what you said of your own trust",
            on_click=clear,
        )


def _form(on: Profile) -> None:
    st.markdown("What is near to your own trust comes first and is marked. Nothing is left out.")
    version = f"{hash(on)}"  # a new profile is a new form: one that is cleared elsewhere shows so
    with st.form(f"mine-{version}", border=False):
        phases, regions = list(PHASES), list(REGIONS)
        st.selectbox(
            "Phase", phases, phases.index(on.phase) if on.phase else None, str.capitalize, key=f"mine-phase-{version}", placeholder="Any"
        )
        st.selectbox("Region", regions, regions.index(on.region) if on.region else None, key=f"mine-region-{version}", placeholder="Any")
        st.number_input("Number of schools", 1, MOST_SCHOOLS, on.schools or None, key=f"mine-schools-{version}")
        st.number_input("Number of pupils", 1, MOST_PUPILS, on.pupils or None, step=50, key=f"mine-pupils-{version}")
        st.form_submit_button("Keep this", type="primary", on_click=_keep, args=(version,))
    if on:  # on a phone there is no room for what is set beside it
        st.button("Clear this", key="clear-mine", type="tertiary", on_click=clear)


def _keep(version: str) -> None:
    said = {name: st.session_state.get(f"mine-{name}-{version}") for name in ("phase", "region", "schools", "pupils")}
    session.conversations().profiles.keep(LOCAL_PERSON, read_profile(said))


def clear() -> None:
    """Forget it."""
    session.conversations().profiles.keep(LOCAL_PERSON, Profile())
