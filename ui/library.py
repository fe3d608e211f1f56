"""The library: what is held, source by source."""

import streamlit as st

from assistant.shelf import ShelfError
from assistant.wording import context_of
from hub.domain import Source
from ui import session, ways
from ui.holding import holding_line
from ui.markdown import escape
from ui.words import KINDS, dated


def show() -> None:
    """The page."""
    shelf = session.assistant().shelf
    st.title("Library")
    try:
        shelf.refresh()
    except ShelfError as error:
        st.error(escape(str(error)), icon=":material/folder_off:")
        return
    st.caption(holding_line(shelf))
    wanted = st.text_input("Find a source", placeholder="A title, trust, school, place or phase", icon=":material/search:").strip().lower()
    found = [
        s for s in shelf.sources.values() if wanted in f"{s.title} {s.organisation} {' '.join(s.context.model_dump().values())}".lower()
    ]
    if not found:
        st.info("No source held has these words in its title, organisation or context.", icon=":material/search_off:")
    for kind, name in KINDS.items():
        of_kind = [s for s in found if s.kind == kind]
        if of_kind:
            st.subheader(f"{name} ({len(of_kind)})")
            for source in sorted(of_kind, key=lambda s: s.title):
                _row(source)


def _row(source: Source) -> None:
    where = context_of(source) or dated(source.published)
    label = f"{escape(source.title)} · {escape(source.organisation)}"
    with st.expander(label):
        if source.illustrative:
            st.caption(":material/science: Invented example: do not cite.")
        if where:
            st.markdown(escape(where))
        if source.licence:
            st.caption(f"Licence: {escape(source.licence)}")
        if source.url:
            st.link_button("Open the original page", source.url, icon=":material/open_in_new:")
        _problems(source)
        if source.kind == "case-study":
            st.button("Ask about this one", key=f"about-{source.id}", icon=":material/forum:", on_click=_ask_about, args=(source,))
    if st.session_state.pop("go", None) and (ask := ways.page("ask")):
        st.switch_page(ask)


def _problems(source: Source) -> None:
    """What readers have reported of it."""
    for report in session.conversations().feedback.reports(source.id):
        about = f" About {escape(report.quote)}." if report.quote else ""
        st.warning(
            f"Reported on {escape(report.reported_at[:10])}: {escape(report.reason)}. {escape(report.comment)}{about}",
            icon=":material/flag:",
        )


def _ask_about(source: Source) -> None:
    session.leave()
    name = source.context.school or source.organisation.removesuffix("(illustrative)").strip()
    st.session_state["ask"] = f"What did {name} do, and what changed?"
    st.session_state["go"] = True
