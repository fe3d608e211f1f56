"""What a screen reader is told while an answer is made: that it has begun, and once more when it is there. Streamlit has no live region."""

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  // In the body, outside what Streamlit draws anew: a region must stand before its words come, and outlive every redraw.
  let region = document.getElementById("hub-live");
  if (!region) {
    region = document.body.appendChild(document.createElement("div"));
    region.id = "hub-live";
    region.className = "hub-heard";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
  }
  if (!data.number || window.hubTold === data.number) return;
  window.hubTold = data.number;
  setTimeout(() => { region.textContent = data.said; }, 50);
}
"""
_component = st.components.v2.component("hub_announce", js=_SCRIPT)
_WAITS, _TOLD = "heard_waits", "heard_told"
"""Where the tab keeps whether an answer is awaited, and what was told last with its number."""


def begun(said: str = "Looking in the library.") -> None:
    """An answer is being made."""
    if not st.session_state.get(_WAITS):
        st.session_state[_WAITS] = True
        _tell(said)
    _show("begun")


def ended(said: str) -> None:
    """It is there. Told once, and only where its beginning was: opening an old conversation says nothing."""
    if st.session_state.pop(_WAITS, False):
        _tell(said)
    _show("ended")


def _tell(said: str) -> None:
    _, number = st.session_state.get(_TOLD, ("", 0))
    st.session_state[_TOLD] = (said, number + 1)


def _show(place: str) -> None:
    said, number = st.session_state.get(_TOLD, ("", 0))
    _component(key=f"heard-{place}", data={"said": said, "number": number}, height=1)
