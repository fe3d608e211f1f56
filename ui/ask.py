"""The chat: a first screen that says what this is, then the conversation."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.conversations import NEVER_KEPT
from assistant.engine import WITHHELD
from assistant.events import Delta, Finished, Restart, Step
from assistant.follow_ups import opening_questions
from assistant.journey import Ask
from assistant.shelf import ShelfError
from assistant.wording import counted
from hub.domain import Answer
from hub.embedder import EmbedderError
from ui import feedback, filters, markers, session, sidebar, take_away
from ui.card import open_card
from ui.holding import holding_line, illustrative_only
from ui.markdown import answer_markdown, escape
from ui.words import VERDICT_LINES

MOST_TYPED = 20_000
"""More than the engine reads, so that the engine's own plain line says what is too long."""


def show() -> None:
    """The page."""
    sidebar.show()
    assistant = session.assistant()
    try:
        assistant.shelf.refresh()
    except ShelfError as error:
        st.title("Ask the hub")
        st.error(f"There is nothing to answer from yet: {escape(str(error))}", icon=":material/folder_off:")
        return
    for notice in session.notices():
        st.info(escape(notice), icon=":material/build:")
    turns = session.turns()
    asked = st.session_state.pop("ask", "")
    if not turns and not asked:
        _first_screen()
        return
    with st.bottom:
        filters.show()
        asked = st.chat_input("Ask a follow-up, or something new", max_chars=MOST_TYPED) or asked
    for turn in turns:
        _show_turn(turn, turns, last=turn is turns[-1] and not asked)
    if asked:
        _answer(asked, tuple(t.question for t in turns if t.question != WITHHELD))
        return
    newest = turns[-1]
    back = st.session_state.pop("came_from", "")
    opened = markers.followed(newest.id, f"Answer ready, with {counted(len(newest.citations), 'quote')}.", back)
    if opened:
        for turn in turns:
            if turn.id == opened[0]:
                open_card(turn, opened[1])


def _first_screen() -> None:
    assistant = session.assistant()
    st.title("Ask how trusts improve schools")
    st.markdown(
        "Answers in the sources' own words. Every statement opens at the words it rests on; where the library has no answer, it says so."
    )
    with st.form("first", border=False, clear_on_submit=False):
        box, send = st.columns([5, 1], vertical_alignment="bottom")
        box.text_input(
            "Your question",
            key="first_question",
            placeholder="Ask about a component, a trust, or something schools have tried",
            max_chars=MOST_TYPED,
        )
        send.form_submit_button("Ask", type="primary", width="stretch", on_click=_ask_typed)
    filters.show()
    if illustrative_only(assistant.shelf):
        st.info("The documents held now are **invented examples**, for a first look. Do not cite them.", icon=":material/science:")
    st.caption(holding_line(assistant.shelf))
    st.markdown("**Or start from a question**")
    with st.container(gap="xsmall"):
        for question in opening_questions(assistant.shelf, assistant.model):
            st.button(
                question, key=f"opening-{question}", icon=":material/arrow_forward:", on_click=_ask, args=(question,), type="tertiary"
            )
    st.markdown("**Or from one of the model's twelve components**")
    for strand in assistant.model.strands:
        names = {c.name: c for c in assistant.model.of_strand(strand.id)}
        st.pills(
            strand.name, list(names), key=f"strand-{strand.id}", help=strand.gloss, on_change=_ask_about, args=(f"strand-{strand.id}",)
        )
    st.caption(
        "Not a service of the Confederation of School Trusts. A quote can be right and still not settle your question: open it and read what stands around it."
    )


def _ask(question: str) -> None:
    st.session_state["ask"] = question


def _ask_typed() -> None:
    _ask(st.session_state.get("first_question", "").strip())


def _ask_about(key: str) -> None:
    if name := st.session_state.get(key):
        _ask(f"What does {name} mean?")
        st.session_state[key] = None


def _show_turn(turn: Answer, turns: list[Answer], last: bool) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown("*Message not kept.*" if turn.question == WITHHELD else escape(turn.question))
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        _show_answer(turn)
        if turn.reason not in NEVER_KEPT:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                feedback.show(turn)
                take_away.show(turn, turns)
        if last:
            _way_on_without_filters(turn)
            _follow_ups(turn)


def _show_answer(answer: Answer) -> None:
    if answer.reason in ("safeguarding", "crisis"):
        st.error(answer.text, icon=":material/emergency_home:")
        return
    st.markdown(answer_markdown(answer.text, answer.id, answer.claims if answer.llm else ()))
    for notice in answer.notices:
        st.info(escape(notice), icon=":material/info:")
    if any(c.illustrative for c in answer.citations):
        st.caption(":material/science: Invented examples: do not cite.")
    elif answer.citations:
        st.caption(_how_made(answer))
    for verdict in VERDICT_LINES:
        if answer.llm and any(c.verdict == verdict for c in answer.claims):
            st.caption(VERDICT_LINES[verdict])


def _how_made(answer: Answer) -> str:
    count = f"{counted(len(answer.citations), 'quote')}, each found again in its source"
    return f"{count}. Written by a language model ({escape(answer.llm)})." if answer.llm else f"{count}. Select a number to open it."


def _way_on_without_filters(answer: Answer) -> None:
    if answer.status == "no_evidence" and filters.current():
        st.button(
            "Ask again without filters",
            key=f"unfiltered-{answer.id}",
            icon=":material/filter_list_off:",
            on_click=_ask_unfiltered,
            args=(answer.question,),
        )


def _ask_unfiltered(question: str) -> None:
    filters.clear()
    _ask(question)


def _follow_ups(answer: Answer) -> None:
    with st.container(gap="xsmall"):
        for question in answer.follow_ups:
            st.button(
                question,
                key=f"follow-{answer.id}-{question}",
                on_click=_ask,
                args=(question,),
                icon=":material/arrow_forward:",
                type="tertiary",
            )


def _answer(question: str, history: tuple[str, ...]) -> None:
    """Ask, show the answer as it comes, and keep it."""
    with st.chat_message("user", avatar=":material/person:"):
        said = st.empty()
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        answer = _stream(question, history, said)
    if answer is not None:
        session.keep(answer)
        st.rerun()


def _stream(question: str, history: tuple[str, ...], said: DeltaGenerator) -> Answer | None:
    place, working = st.empty(), st.empty()
    text = ""
    try:
        for event in session.assistant().ask(Ask(question, history, filters=filters.current())):
            match event:
                case Step(step):
                    said.markdown(escape(question))  # not before: the guard may have said that it must not be shown
                    working.caption(f":material/hourglass_top: {step} …")
                case Delta(more):
                    text += more
                    place.markdown(answer_markdown(text, "0" * 32))
                case Restart():
                    text = ""
                    place.empty()
                case Finished(answer):
                    working.empty()
                    return answer
    except (ShelfError, EmbedderError) as error:
        working.error(escape(str(error)), icon=":material/error:")
    return None
