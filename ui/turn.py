"""A stored turn as the chat shows it: the question, the answer with its markers, and what can be done with both."""

from collections.abc import Sequence

import streamlit as st

from assistant.conversations import NEVER_KEPT
from assistant.journey import WITHHELD
from assistant.standing import told_since
from assistant.wording import found_again
from hub.domain import Answer
from ui import asking, count, feedback, filters, session, take_away
from ui.glossary import explained
from ui.markdown import escape, whole_markdown
from ui.words import VERDICT_LINES


def show(turn: Answer, turns: Sequence[Answer], last: bool = False, alone: bool = False) -> None:
    """The turn. The `last` offers what to ask next; one that stands `alone` was opened by its link."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown("*Message not kept.*" if turn.question == WITHHELD else escape(turn.question))
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        show_answer(turn)
        if turn.reason not in NEVER_KEPT:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                feedback.show(turn)
                take_away.show(turn, turns)
                count.show(turn)
                if last:
                    asking.edit(turn.question, turn.id, turn.id)
                    asking.try_again(turn)
                feedback.show_why(turn)
        if last and not alone:
            _way_on_without_filters(turn)
            _follow_ups(turn)


def show_answer(answer: Answer) -> None:
    """The answer as a reader sees it, with what stands under it."""
    if answer.reason in ("safeguarding", "crisis"):
        st.error(answer.text, icon=":material/emergency_home:")
        return
    st.markdown(whole_markdown(answer, answer.id))
    for notice in answer.notices:
        st.info(escape(notice), icon=":material/info:")
    if since := told_since(answer, session.assistant().shelf.library):
        st.info(escape(since), icon=":material/history:")
    if any(c.illustrative for c in answer.citations):
        st.caption(":material/science: Invented examples: do not cite.")
    elif answer.citations:
        st.caption(_how_made(answer))
    for verdict in VERDICT_LINES:
        if answer.llm and any(c.verdict == verdict for c in answer.claims):
            st.caption(VERDICT_LINES[verdict])
    if terms := explained(answer.text):
        st.caption(escape(terms))


def _how_made(answer: Answer) -> str:
    count = found_again(len(answer.citations))
    return f"{count}. Written by a language model ({escape(answer.llm)})." if answer.llm else f"{count}. Select a number to open it."


def _way_on_without_filters(answer: Answer) -> None:
    if answer.status == "no_evidence" and filters.current():
        st.button(
            "Ask again without filters",
            key=f"unfiltered-{answer.id}",
            icon=":material/filter_list_off:",
            on_click=_ask_unfiltered,
            args=(answer.question, answer.id),
        )


def _ask_unfiltered(question: str, after: str) -> None:
    filters.clear()
    asking.begin(question, after)


def _follow_ups(answer: Answer) -> None:
    with st.container(gap="xsmall"):
        for question in answer.follow_ups:
            st.button(
                question,
                key=f"follow-{answer.id}-{question}",
                on_click=asking.begin,
                args=(question, answer.id),
                icon=":material/arrow_forward:",
                type="tertiary",
            )
