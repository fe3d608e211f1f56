"""Reading the library again: the button, how far it is, and what came of it. The work is another process's; this only looks on."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assistant.wording import counted
from ingest.background import State, state_of
from ingest.errors import IngestError
from ui import library_actions, session
from ui.markdown import escape

_FOLLOWED, _TOLD, _ERROR = "reading_followed", "library_told", "library_error"
EVERY_SECONDS = 1.0


def tell(words: str) -> None:
    """Say something at the top of the page, now or when it is next drawn. Plain text."""
    st.session_state[_TOLD] = words


def fail(words: str) -> None:
    """Say what a press of a button could not do, when the page is next drawn. Plain text."""
    st.session_state[_ERROR] = words


def follow() -> None:
    """What is under way, or what came of the last that this tab has followed."""
    if told := st.session_state.pop(_TOLD, ""):
        st.success(escape(told), icon=":material/check:")
    state = state_of(session.settings().store)
    if state.phase == "under way":
        st.session_state[_FOLLOWED] = state.run
        st.fragment(_watch, run_every=EVERY_SECONDS)()
    else:
        _outcome(state)


def under_way() -> bool:
    """Whether something is being read now."""
    return state_of(session.settings().store).phase == "under way"


def _watch() -> None:
    """Drawn again each second, by itself; the rest of the page once it has ended."""
    state = state_of(session.settings().store)
    if state.phase != "under way":
        st.rerun()
    st.session_state[_FOLLOWED] = state.run
    with st.container(border=True):
        st.markdown("**Waiting to read**" if state.waits else "**Reading the library**")
        line = f"{state.line[:1].upper()}{state.line[1:]}"
        if state.waits:
            st.caption(f"{escape(line)}. It goes on by itself after that.")
        else:
            st.progress(state.share, text=escape(line))
        until = (
            "Questions are answered from the library as it was"
            if session.assistant().shelf.library.count_chunks()
            else "Nothing is answered"
        )
        st.caption(f"It goes on if you leave this page. {until} until all is read.")
        st.button("Stop", key="stop-reading", icon=":material/stop_circle:", on_click=_stop)


def _outcome(state: State) -> None:
    if state.phase == "broken off":
        st.warning(
            "The last reading broke off. The library is as it was before; read it again to go on from there.", icon=":material/error:"
        )
    if state.phase != "ended":
        return
    if state.error:
        st.error(f"The library could not be read: {escape(state.error)}.", icon=":material/error:")
    elif st.session_state.get(_FOLLOWED) != state.run:
        return
    elif state.stopped:
        st.info("Stopped. The library is as it was before; what was read so far is not read twice.", icon=":material/stop_circle:")
    elif state.report:
        _tell_report(state.report)


def _tell_report(report: dict[str, Any]) -> None:
    counts = [(report["added"], "added"), (report["changed"], "changed"), (report["removed"], "removed")]
    done = ", ".join(f"{counted(n, 'document')} {what}" for n, what in counts if n) or "nothing had changed"
    st.success(f"Done: {done}.", icon=":material/check:")
    if report["failed"]:
        st.error(f"{counted(len(report['failed']), 'document')} could not be read: each says why below.", icon=":material/error:")


def read_button(primary: bool = False) -> None:
    """Begins a reading of everything."""
    st.button(
        "Read the library again" if not primary else "Read the documents in",
        key="read-again",
        icon=":material/sync:",
        type="primary" if primary else "secondary",
        disabled=under_way(),
        help="Looks at every folder and reads what is new or has changed. What has not changed costs no time.",
        on_click=begin,
        args=(library_actions.read_again,),
    )


def begin(what: Callable[[], None]) -> None:
    """Begin a reading; where that cannot be, the page says why when it is next drawn."""
    try:
        what()
    except IngestError as error:
        fail(str(error))


def _stop() -> None:
    try:
        library_actions.stop_reading()
    except OSError as error:
        fail(f"it could not be stopped ({error.strerror})")


def show_error() -> None:
    """What went wrong with the last press of a button."""
    if error := st.session_state.pop(_ERROR, ""):
        st.error(escape(f"{error[:1].upper()}{error[1:]}."), icon=":material/error:")
