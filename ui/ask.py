"""The chat: a first screen that says what this is, then the conversation."""

import uuid
from typing import TYPE_CHECKING

import streamlit as st

from assistant.filters import narrowed
from assistant.follow_ups import opening_questions
from assistant.held import Held, ShelfError
from assistant.wording import counted
from hub.domain import Answer
from ui import announce, asking, filters, frame, markers, session, sidebar, turn, ways
from ui.card import open_card
from ui.holding import holding_line, illustrative_only
from ui.markdown import escape
from ui.strands import strand_label
from ui.words import dated_day

if TYPE_CHECKING:
    from assistant.desk import Asking

TITLE = "Ask how trusts improve schools"
_SCREEN = "screen"
"""Names the first screen that is shown: what is pressed there twice is asked once."""
_FIRST_SCREEN = 20
"""More than the parts that the first screen is made of."""
_CARD = "card"
"""The answer and marker whose card is open: it stays open while the page is drawn anew beneath it."""


def show() -> None:
    """The page."""
    sidebar.show()
    try:
        held = session.held()
    except ShelfError as error:
        from ui import nothing_held  # what reads documents takes long to import, and is needed here alone

        st.title(TITLE)
        nothing_held.show(error, "answer from")
        return
    if alone := st.query_params.get(ways.ANSWER, ""):
        _one_answer(alone)
        return
    if asked := st.session_state.pop("ask", ""):
        asking.begin(str(asked))
    under_way = asking.under_way()  # before the turns: what is kept in between is in both, and left out below
    turns = session.turns()
    kept = {t.id for t in turns}
    under_way = [a for a in under_way if not (a.answer and a.answer.id in kept)]
    _open_card(turns)
    for notice in session.notices():
        st.info(escape(notice), icon=":material/build:")
    if not turns and not under_way:
        _first_screen(held, st.session_state.setdefault(_SCREEN, uuid.uuid4().hex))
        return
    st.session_state.pop(_SCREEN, None)
    frame.heading("Your questions and their answers")
    with st.bottom:
        filters.show()
        st.chat_input(
            "Ask a follow-up, or something new", key="typed", max_chars=asking.MOST_TYPED, on_submit=asking.begin_typed, args=("typed",)
        )
    if all(a.ended and not asking.answered(a) for a in under_way):
        announce.ended(_heard(turns, under_way))
    for one in turns:
        turn.show(one, turns, last=one is turns[-1] and not under_way)
    first = next((a for a in under_way if not a.ended), None)
    places = [st.container() for _ in under_way]
    for _ in range(_FIRST_SCREEN if first else 0):
        st.empty()  # until a run ends Streamlit keeps what the one before drew: the first screen would stand under the answer
    for asked, place in sorted(zip(under_way, places, strict=True), key=lambda pair: pair[0] is first):
        with place:  # last the one that is followed to its end
            asking.show(asked, first=asked is first)


def _heard(turns: list[Answer], under_way: "list[Asking]") -> str:
    if under_way:
        return "No answer was made. You can ask it again."
    quotes = len(turns[-1].citations)
    return f"Answer ready, with {counted(quotes, 'quote')}." if quotes else "A reply is ready, without quotes."


def _open_card(turns: list[Answer]) -> None:
    """Listen for markers, and show the card of the one that was opened."""
    newest = turns[-1] if turns else None
    back = st.session_state.pop("came_from", "") if newest else ""
    opened = markers.followed(newest.id if newest else "", 2 * len(turns), back)
    if opened:
        st.session_state[_CARD] = opened
    wanted = st.session_state.get(_CARD)
    for one in turns:
        if wanted and one.id == wanted[0]:
            open_card(one, wanted[1], _close_card)


def _close_card() -> None:
    st.session_state.pop(_CARD, None)


def _one_answer(id: str) -> None:
    """The answer that a link names, as it was given."""
    kept = session.conversations().turn(id)
    ask = ways.page("ask")
    if kept is None or (answer := session.turn(id)) is None:
        st.title("Nothing to open here")
        st.info("This link names no answer that is kept. It may have been deleted.", icon=":material/link_off:")
    else:
        frame.heading("One answer")
        _open_card([answer])
        st.caption(f"One answer, as it was given on {dated_day(kept.asked_at)}.")
        turn.show(answer, [answer], alone=True)
    if ask is not None:
        query = {session.CONVERSATION: kept.conversation} if kept else {}
        label = "Open the whole conversation" if kept else "Ask a question"
        st.page_link(ask, label=label, icon=":material/forum:", query_params=query)


def _first_screen(held: Held, screen: str) -> None:
    model = session.model()
    st.title(TITLE)
    st.markdown(
        "Answers in the sources' own words. Every statement opens at the words it rests on; where the library has no answer, it says so."
    )
    with st.form("first", border=False, clear_on_submit=False):
        box, send = st.columns([5, 1], vertical_alignment="bottom")
        box.text_input(
            "Your question",
            key="first_question",
            placeholder="Ask about a component, a trust or a practice",
            max_chars=asking.MOST_TYPED,
        )
        send.form_submit_button("Ask", type="primary", width="stretch", on_click=asking.begin_typed, args=("first_question", screen))
    within = filters.show()
    if illustrative_only(held):
        st.info("The documents held now are **invented examples**, for a first look. Do not cite them.", icon=":material/science:")
    st.caption(holding_line(held))
    inside = narrowed(session.shelf(), within) if within else held
    opening = opening_questions(inside, model) if inside else ()
    if opening:
        st.markdown("**Or start from a question**")
    with st.container(gap="xsmall"):
        for question in opening:
            st.button(
                question,
                key=f"opening-{question}",
                icon=":material/arrow_forward:",
                on_click=asking.begin,
                args=(question, screen),
                type="tertiary",
            )
    st.markdown("**Or from one of the model's twelve components**")
    for strand in model.strands:
        key = f"strand-{strand.id}"
        names = [c.name for c in model.of_strand(strand.id)]
        st.pills(strand_label(model, strand.id), names, key=key, help=strand.gloss, on_change=_ask_about, args=(key, screen))
    st.caption(
        "Not a service of the Confederation of School Trusts. A quote can be right and still not settle your question: open it and read what stands around it."
    )


def _ask_about(key: str, screen: str) -> None:
    if name := st.session_state.get(key):
        asking.begin(f"What does {name} mean?", screen)
        st.session_state[key] = None
