"""Makes a case of a turn that somebody had, the ones with a thumb down first: the question goes into a set; what is right is for a person to say."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from assistant.feedback import Given
from assistant.journey import WITHHELD
from evals.making import new_path
from evals.sets import SetError, case_from_answer
from hub.domain import Answer
from ui import quality_case, session
from ui.markdown import escape
from ui.quality_ways import NEXT_SET, TURN
from ui.turn import show_answer

RECENT = 30
_OWN_FIRST = "cases-from-readers"
"""The set that is offered where none has been made here yet."""


@dataclass(frozen=True)
class _Asked:
    answer: Answer
    history: tuple[str, ...]
    given: Given | None

    def __str__(self) -> str:
        why = f" ({self.given.reason.lower()})" if self.given and self.given.reason else ""
        thumb = f"Thumb down{why}: " if self.given and self.given.thumb == "down" else ""
        return f"{thumb}{self.answer.question}"

    @property
    def is_down(self) -> bool:
        return self.given is not None and self.given.thumb == "down"


def show() -> None:
    """The conversations' latest turns, those with a thumb down first."""
    turns = _turns()
    if not turns:
        st.caption("No conversation is held yet. Ask something first; its questions can then be made cases here.")
        return
    down = sum(t.is_down for t in turns)
    st.markdown(f"{down or 'None'} of the latest {len(turns)} answers {'has' if down == 1 else 'have'} a thumb down.")
    by_id = {t.answer.id: t for t in turns}
    picked = st.selectbox("An answer that somebody had", list(by_id), format_func=lambda id: str(by_id[id]), key="quality-turn")
    st.button("Make this a case", icon=":material/playlist_add:", on_click=_open, args=(picked,))


def make_case(id: str, own: dict[str, Path]) -> None:
    """One turn, as it was answered, beside the form that makes it a case. `own`: the sets that may be changed."""
    found = _find(id)
    st.button("Back to the sets", icon=":material/arrow_back:", on_click=_close)
    if found is None:
        st.info("This answer is not kept any more, so no case can be made of it.", icon=":material/link_off:")
        return
    st.subheader("Make this a case")
    with st.expander("The answer as it was given", icon=":material/menu_book:"):
        show_answer(found.answer)
    if found.given and (said := " ".join(filter(None, (found.given.reason, found.given.comment)))):
        st.caption(f"The reader said: {escape(said)}")
    path = _into(own)
    if path is None:
        return
    note = " ".join(filter(None, (found.given.reason, found.given.comment))) if found.given else ""
    draft = case_from_answer(found.answer, found.history, found.answer.status in ("answered", "partial", "no_evidence"), note)
    st.markdown("Say what a good answer rests on. What was cited is not taken for right.")
    if quality_case.form(draft, path):
        st.session_state[NEXT_SET] = path.stem
        _close()
        st.rerun()


def _into(own: dict[str, Path]) -> Path | None:
    """The set that it goes into: one that was made here, or a new one."""
    new = "A new set"
    name = st.selectbox("Into the set", [*own, new], key="quality-turn-set")
    if name in own:
        return own[name]
    typed = st.text_input("Name of the new set", _OWN_FIRST, key="quality-turn-new")
    try:
        return new_path(session.settings(), typed)
    except SetError as error:
        st.error(escape(str(error).capitalize()), icon=":material/error:")
        return None


def _open(id: str) -> None:
    st.query_params[TURN] = id


def _close() -> None:
    st.query_params.pop(TURN, None)


def _turns() -> list[_Asked]:
    """The latest turns, each with the questions before it and what was said of it; those with a thumb down first."""
    conversations = session.conversations()
    given = {g.turn: g for g in conversations.feedback.all_given()}
    found: list[_Asked] = []
    for conversation in conversations.list()[:RECENT]:
        turns = [t for t in conversations.turns(conversation.id) if t.question != WITHHELD]
        found += [_Asked(a, tuple(t.question for t in turns[:n]), given.get(a.id)) for n, a in enumerate(turns)]
    return sorted(found, key=lambda t: not t.is_down)[:RECENT]


def _find(id: str) -> _Asked | None:
    kept, answer = session.conversations().turn(id), session.turn(id)
    if kept is None or answer is None or answer.question == WITHHELD:
        return None
    earlier = session.conversations().turns(kept.conversation)
    before = next((n for n, t in enumerate(earlier) if t.id == id), 0)
    given = next((g for g in session.conversations().feedback.all_given() if g.turn == id), None)
    return _Asked(answer, tuple(t.question for t in earlier[:before] if t.question != WITHHELD), given)
