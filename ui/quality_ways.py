"""What the parts of the Quality page share: their names, the way from one to another, and how a run is picked."""

from collections.abc import Sequence

import streamlit as st

from evals.differences import say_setting
from evals.domain import Run
from evals.runs import RunFolder, list_runs
from ui import session

RESULTS, SETS, COMPARE, LABEL = "Results", "Sets of questions", "Compare two runs", "Label answers"
PART, RUN, BEFORE, AFTER, TURN = "part", "run", "before", "after", "turn"
"""Keys of what is chosen. The part stands in the page's address, and so may a turn to make a case of."""

NEXT_SET = "quality-set-next"
"""The set that is shown next, once something was kept in it."""


def go(part: str, **keys: str) -> None:
    """A button's callback: to another part, with what is chosen there."""
    st.session_state[PART] = part
    for key, value in keys.items():
        st.session_state[key] = value


def name_of(run: Run) -> str:
    """A run as the lists name it."""
    passages = f", passages: {run.settings['passages']}" if "passages" in run.settings else ""
    return f"{run.set_name}, {run.started[:19].replace('T', ' ')}{passages}, {say_setting('llm', run.settings.get('llm', ''))}"


def choose_run(label: str, key: str, at: int = 0, held: Sequence[tuple[Run, RunFolder]] | None = None) -> RunFolder | None:
    """A run that is picked, the newest first; None where none is held. `at`: the one that is picked before anybody does."""
    held = list_runs(session.settings()) if held is None else held
    if not held:
        st.info("No run is held yet. Choose a set under “Sets of questions” and run it.", icon=":material/hourglass_empty:")
        st.button("Choose a set", icon=":material/arrow_forward:", on_click=go, args=(SETS,), key=f"to-sets-{key}")
        return None
    folders = {run.id: folder for run, folder in held}
    names = {run.id: name_of(run) for run, _ in held}
    if st.session_state.get(key) not in folders:
        st.session_state[key] = list(folders)[min(at, len(folders) - 1)]
    picked = st.selectbox(label, list(folders), format_func=lambda id: names.get(id, id), key=key)
    return folders.get(picked or "")
