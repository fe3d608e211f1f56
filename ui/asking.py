"""Questions on their way: asked once however often a button is pressed, followed while they are written, stopped, edited, asked again."""

import time
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import NEVER_KEPT
from assistant.journey import Ask
from hub.domain import Answer
from ui import announce, filters, session
from ui.markdown import answer_markdown, escape, whole_markdown
from ui.markers import STREAMED
from ui.mine import profile

if TYPE_CHECKING:
    from assistant.desk import Asking

MOST_TYPED = 20_000
"""More than the engine reads, so that the engine's own plain line says what is too long."""
_LOOK_SECONDS = 0.25
_STOP_SHOWN_SECONDS = 0.7
"""A quoted answer is there sooner; a button that flashes up would only startle."""
_SLOW_SECONDS = 8.0
_ASKED = "asked"


def begin(question: str, key: str = "", upto: str = "", replaces: str = "") -> None:
    """Put a question down in this tab's conversation, beginning one with the first.

    `key`: what the button that asks was drawn for. A second press of it, which may come while the page still shows it, asks nothing
    and only opens the conversation that the first began.
    """
    question = question.strip()
    asked: dict[str, str] = st.session_state.setdefault(_ASKED, {})
    if not question:
        return
    if key and key in asked:
        st.query_params[session.CONVERSATION] = asked[key]
        return
    id = session.current() or session.conversations().start()
    if key:
        asked[key] = id
    st.query_params[session.CONVERSATION] = id
    st.session_state["unkept"] = []
    st.session_state.pop("card", None)
    session.desk().begin(id, Ask(question, filters=filters.current(), near=profile()), upto, replaces)


def begin_typed(box: str, key: str = "", upto: str = "") -> None:
    """Ask what stands in a box."""
    begin(str(st.session_state.get(box) or ""), key, upto)


def under_way() -> "list[Asking]":
    """This tab's questions that are not among the kept turns. An answer that must not be kept is taken over by the tab."""
    if not session.current():
        return []
    found = session.desk().of(session.current())
    for asking in [a for a in found if a.state == "unkept" and a.answer]:
        session.desk().dismiss(asking)
        st.session_state["unkept"] = [asking.answer]
        if not session.conversations().turns(session.current()):
            st.query_params.pop(session.CONVERSATION, None)
    return [a for a in found if a.state != "unkept"]


def answered(asking: "Asking") -> bool:
    """Whether it has come to its answer, which stands among the turns."""
    return asking.state in ("kept", "unkept")


def show(asking: "Asking", first: bool) -> None:
    """One question under way, followed to its end; or what became of it. `first`: no other is before it."""
    if answered(asking):
        st.rerun()  # between reading the turns and here: it is among them now
    with st.chat_message("user", avatar=":material/person:"):
        said = st.empty()
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        if asking.ended:
            said.markdown(escape(asking.shown or asking.ask.question) if asking.shown or asking.trouble else "*Your question*")
            _ended(asking)
        elif first:
            _follow(asking, said)
        else:
            said.markdown("*Your next question*")
            st.caption(":material/schedule: Next, once the answer above is there.")


def _follow(asking: "Asking", said: st.delta_generator.DeltaGenerator) -> None:
    place, working, stop = st.empty(), st.empty(), st.empty()
    seen, may_stop, drawn = -1, False, ("", "")
    announce.begun()
    while not asking.ended:
        passed = time.monotonic() - asking.began if asking.began else 0.0
        if (there := (asking.shown, _written(asking))) != drawn:
            drawn = there
            said.markdown(escape(drawn[0]))  # empty until the guard has said that it may be shown
            if drawn[1]:
                place.markdown(drawn[1])
            else:
                place.empty()
        slow = " This is slow today: you can wait, or stop it and ask again." if passed > _SLOW_SECONDS else ""
        # Said each time, changed or not: it is where Streamlit looks whether the reader has pressed something.
        working.caption(f":material/hourglass_top: {asking.step or 'Reading your question'} …{slow}")
        if passed > _STOP_SHOWN_SECONDS and not may_stop:
            may_stop = True
            stop.button("Stop", key=f"stop-{asking.id}", icon=":material/stop_circle:", on_click=asking.stop)
        seen = asking.wait(seen, _LOOK_SECONDS)
    st.rerun()


def _written(asking: "Asking") -> str:
    """What there is of the answer, as Markdown: a whole one is read while it is being kept."""
    if asking.answer and asking.answer.reason not in NEVER_KEPT:
        return whole_markdown(asking.answer, STREAMED)
    return answer_markdown(asking.text, STREAMED) if asking.text else ""


def _ended(asking: "Asking") -> None:
    if asking.state == "stopped":
        st.markdown("**Stopped.** Nothing of this answer was kept.")
    else:
        st.error(escape(asking.trouble[:1].upper() + asking.trouble[1:]), icon=":material/error:")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Ask it again",
            key=f"again-{asking.id}",
            icon=":material/refresh:",
            on_click=begin,
            args=(asking.ask.question, asking.id, asking.upto, asking.replaces),
        )
        if asking.shown or asking.trouble:
            edit(asking.ask.question, asking.id, asking.upto)


def edit(question: str, key: str, upto: str) -> None:
    """A popover with the question, to be put in other words. The answer that is there stays."""
    with st.popover("Edit question", icon=":material/edit:", type="tertiary"), st.form(f"edit-{key}", border=False):
        st.text_area("Your question, in other words", question, key=f"edited-{key}", max_chars=MOST_TYPED, height=100)
        st.form_submit_button("Ask", type="primary", on_click=begin_typed, args=(f"edited-{key}", f"edit-{key}", upto))


def try_again(turn: Answer) -> None:
    """Where the language model could not be used, or broke off: ask once more, in the same place."""
    if any(call.error for call in turn.usage):
        st.button(
            "Try again",
            key=f"retry-{turn.id}",
            icon=":material/refresh:",
            type="tertiary",
            help="Ask the language model once more. This answer stays until the new one is there.",
            on_click=begin,
            args=(turn.question, f"retry-{turn.id}", turn.id, turn.id),
        )
