"""A thumb on an answer with its reason, and a problem with a case study: both kept where the answers are, neither sent anywhere."""

import streamlit as st

from assistant.conversations import LOCAL_PERSON
from assistant.feedback import MOST_CHARACTERS, Given, Thumb
from hub.domain import Answer, Citation, Source
from ui import session, ways
from ui.reference import quoted

_THUMBS: tuple[Thumb, Thumb] = ("down", "up")
"""As `st.feedback` numbers them."""
REASONS: dict[Thumb, tuple[str, ...]] = {
    "up": ("It answered my question", "It led me to a useful case study", "I can quote it"),
    "down": ("Not what I asked", "A quote does not fit", "Something is missing", "Hard to follow"),
}
PROBLEMS = ("A fact is wrong", "It is out of date", "It is not ours, or should not be here", "Something else")


def show(answer: Answer) -> None:
    """The thumbs."""
    given = session.conversations().feedback.given(answer.id, LOCAL_PERSON)
    st.feedback(
        "thumbs",
        key=f"thumb-{answer.id}",
        default=_THUMBS.index(given.thumb) if given else None,
        on_change=_give,
        args=(answer.id,),
    )


def show_why(answer: Answer) -> None:
    """Once a thumb is given, a popover for why. Last in its row: what came before it would close while it is open and lose its file."""
    if given := session.conversations().feedback.given(answer.id, LOCAL_PERSON):
        with st.popover("Say why" if not given.reason and not given.comment else "Thank you", type="tertiary"):
            _why(answer, given)
            quality = ways.page("quality")
            if given.thumb == "down" and quality is not None:
                query = {"part": "Sets of questions", "turn": answer.id}
                st.page_link(quality, label="Make this a case", icon=":material/playlist_add:", query_params=query)


def _why(answer: Answer, given: Given) -> None:
    with st.form(f"why-{answer.id}", border=False):
        held = REASONS[given.thumb]
        reason = st.radio("What was it?", held, index=held.index(given.reason) if given.reason in held else None)
        comment = st.text_area("Anything else?", given.comment, max_chars=MOST_CHARACTERS, height=80, help="Leave personal details out.")
        if st.form_submit_button("Keep this", type="primary"):
            session.conversations().feedback.give(answer.id, given.thumb, LOCAL_PERSON, reason or "", comment)
            st.toast("Kept with the answer. Thank you.", icon=":material/check:")
            st.rerun()


def _give(id: str) -> None:
    store, value = session.conversations().feedback, st.session_state.get(f"thumb-{id}")
    if value is None:
        store.take_back(id, LOCAL_PERSON)
    else:
        store.give(id, _THUMBS[value], LOCAL_PERSON)


def report_problem(source: Source, key: str, citation: Citation | None = None) -> None:
    """For the organisation that is named, or anybody: what is wrong with a source, or with the words cited."""
    what = "case study" if source.kind == "case-study" else "document"
    with (
        st.expander(f"Report a problem with this {what}", icon=":material/flag:"),
        st.form(f"report-{key}", border=False, clear_on_submit=True),
    ):
        reason = st.radio("What is wrong?", PROBLEMS, index=None)
        comment = st.text_area("What should it say?", max_chars=MOST_CHARACTERS, height=80, help="Leave personal details out.")
        if st.form_submit_button("Report it"):
            if not reason:
                st.error("Choose what is wrong first.", icon=":material/error:")
                return
            session.conversations().feedback.report(source.id, reason, comment, quoted(citation) if citation else "")
            st.success("Kept for the people who run this library. They see it beside the document.", icon=":material/check:")
