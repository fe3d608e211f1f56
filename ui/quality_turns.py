"""Makes a case of a turn that somebody had: the question goes into a set; what is right is for a person to say."""

from pathlib import Path

import streamlit as st

from evals.sets import SetError, case_from_answer, load_set, write_set
from hub.domain import Answer
from ui import session
from ui.markdown import escape

RECENT = 20


def show(sets: dict[str, Path]) -> None:
    """The conversations' latest turns, and a set to put one into. `sets` are those that may be changed."""
    turns = _turns()
    if not turns:
        st.caption("No conversation is held yet. Ask something first; its questions can then be made cases here.")
        return
    picked = st.selectbox("A question that was asked", range(len(turns)), format_func=lambda n: turns[n][0].question, key="quality-turn")
    answer, history = turns[picked or 0]
    st.caption(f"It was: {escape(answer.status.replace('_', ' '))}.")
    held = st.radio("Does the library hold an answer?", ("Yes", "No"), horizontal=True, key="quality-turn-held")
    note = st.text_input("What a good answer would be, or what was wrong with this one", key="quality-turn-note")
    into = st.selectbox("Set", list(sets), key="quality-turn-set", placeholder="Make a set first")
    if st.button("Make this a case", icon=":material/playlist_add:", disabled=not into) and into:
        _add(sets[into], answer, history, held == "Yes", note)


def _turns() -> list[tuple[Answer, tuple[str, ...]]]:
    """The latest turns, each with the questions before it."""
    conversations = session.conversations()
    found = []
    for conversation in conversations.list()[:RECENT]:
        turns = conversations.turns(conversation.id)
        found += [(answer, tuple(t.question for t in turns[:n])) for n, answer in enumerate(turns)]
    return found[:RECENT]


def _add(path: Path, answer: Answer, history: tuple[str, ...], answerable: bool, note: str) -> None:
    try:
        before = load_set(path).cases
    except SetError as error:
        st.error(escape(str(error)))
        return
    case = case_from_answer(answer, history, answerable, note)
    if any(c.id == case.id for c in before):
        st.info("This question is in the set already.")
        return
    kept = write_set(path, (*before, case))
    st.success(f"Kept: “{path.stem}” now has {len(kept.cases)} questions. Say in its table which words of which source answer it.")
