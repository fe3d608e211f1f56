"""Files that a page gives away: made whole with the page, once it is open where they stand."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

KEPT = "files-made"
"""The files of this tab, by the popover and the name, in its session."""
WORD, TABLE, TEXT = ":material/description:", ":material/table:", ":material/markdown:"
"""Icons."""


@dataclass(frozen=True)
class File:
    """One file on offer."""

    label: str
    name: str
    mime: str
    icon: str
    make: Callable[[], bytes]


def offer(label: str, key: str, holds: object, *files: File, said: str = "") -> None:
    """A popover with the files. They are made once it is open, and anew only where what they hold (`holds`) has changed.

    A file that Streamlit makes only when its button is pressed is lost where the page is drawn anew in that moment, and so is one whose
    bytes are other ones at each drawing.
    """
    with st.popover(label, icon=":material/download:", type="tertiary", key=f"files-{key}", on_change="rerun") as opened:
        if not opened.open:
            return
        if said:
            st.markdown(said)
        with st.container(horizontal=True):
            for file in files:
                made = _made(key, file, holds)
                st.download_button(file.label, made, file.name, file.mime, key=f"{key}-{file.name}", on_click="ignore", icon=file.icon)


def forget() -> None:
    """Let go of every file that was made in this tab."""
    st.session_state.pop(KEPT, None)


def _made(key: str, file: File, holds: object) -> bytes:
    kept: dict[tuple[str, str], tuple[object, bytes]] = st.session_state.setdefault(KEPT, {})
    held = kept.get((key, file.name))
    if held is None or held[0] != holds:
        with st.spinner("Writing the file …"):
            held = kept[key, file.name] = holds, file.make()
    return held[1]
