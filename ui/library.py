"""The library: every document with how it stands, found by its words, kind and state; the way to add one and to read all again."""

import streamlit as st

from assistant.wording import counted
from ui import library_held, library_reading, ways
from ui.library_rows import MARKS, STATES, Row, find, kinds_of, states_of
from ui.markdown import escape
from ui.words import KINDS, dated, dated_day

A_PAGE = 25
"""Rows shown at once."""
SOURCE = "s"
"""The parameter of a document's page that names it."""


def show() -> None:
    """The page."""
    st.title("Library")
    library_reading.show_error()
    library_reading.follow()
    if trouble := library_held.trouble():
        st.error(escape(trouble), icon=":material/error:")
        return
    rows = library_held.rows()
    held = [r for r in rows if r.held]
    if not held and not rows:
        _empty()
        return
    st.caption(_holding(held))
    _ways_on()
    _in_trouble(rows)
    _list(rows)


def _empty() -> None:
    if not library_reading.under_way():
        st.info("Nothing is held yet. Read the operator's documents in, or add one of your own.", icon=":material/folder_open:")
    _ways_on(primary=True)


def _ways_on(primary: bool = False) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if not (primary and library_reading.under_way()):
            library_reading.read_button(primary)
        if add := ways.page("add-document"):
            st.page_link(add, label="Add a document", icon=":material/add:")


def _holding(held: list[Row]) -> str:
    organisations = len({r.organisation for r in held})
    newest = max((r.read_at for r in held), default="")
    read = f" Last read on {dated_day(newest)}." if newest else ""
    return f"{counted(len(held), 'document')} held, from {counted(organisations, 'organisation')}, in {sum(r.chunks for r in held):,} passages.{read}"


def _in_trouble(rows: list[Row]) -> None:
    failed = [r for r in rows if r.state == "failed"]
    if failed:
        st.error(f"{counted(len(failed), 'document')} could not be read. Each says why, and what to do.", icon=":material/error:")
    if reported := sum(r.reported for r in rows):
        st.warning(f"Readers have reported a problem with {counted(reported, 'document')}. It stands on its page.", icon=":material/flag:")
    if any(r.state == "set aside" for r in rows):
        st.info("The invented examples are set aside: no answer rests on them while a real document is held.", icon=":material/science:")


def _list(rows: list[Row]) -> None:
    words = st.text_input(
        "Find a document",
        key="library-find",
        placeholder="Title, trust, school, place or phase",
        icon=":material/search:",
        persist_state="session",
    )
    left, right = st.columns(2)
    kind = left.selectbox("Kind", kinds_of(rows), None, _kind_name, key="library-kind", placeholder="Any", persist_state="session")
    counts = states_of(rows)
    state = right.selectbox(
        "State",
        list(counts),
        None,
        lambda s: f"{STATES[s]} ({counts[s]})",
        key="library-state",
        placeholder="Any but withdrawn" if "withdrawn" in counts else "Any",
        persist_state="session",
    )
    found = find(rows, words or "", kind or "", state or "")
    if not found:
        st.info("No document fits. Try fewer words, or clear the kind and the state.", icon=":material/search_off:")
        return
    pages = -(-len(found) // A_PAGE)
    slot = st.container(gap="medium", key="documents")
    number = st.pagination(pages, key=f"library-page-{words}-{kind}-{state}-{pages}") if pages > 1 else 1
    with slot:
        if pages > 1:
            st.caption(f"{(number - 1) * A_PAGE + 1} to {min(number * A_PAGE, len(found))} of {len(found)}")
        for row in found[(number - 1) * A_PAGE : number * A_PAGE]:
            _row(row)


def _kind_name(kind: str) -> str:
    return KINDS[kind]  # type: ignore[index]


def _row(row: Row) -> None:
    where = [KINDS[row.kind], row.organisation, dated(row.published)]
    size = [counted(row.pages, "page") if row.pages else "", counted(row.chunks, "passage") if row.held else ""]
    size.append(f"read {dated_day(row.read_at)}" if row.held else "")
    with st.container(gap=None):
        page = ways.page("document")
        if page:
            st.page_link(page, label=escape(row.title), query_params={SOURCE: row.id})
        else:
            st.markdown(f"**{escape(row.title)}**")
        st.caption(escape(" · ".join(w for w in (*where, *size) if w)))
        if marks := _marks(row):
            st.markdown(marks)
        if row.state in ("failed", "withdrawn"):
            for words in row.told:
                st.markdown(escape(f"{words[:1].upper()}{words[1:]}"))


def _marks(row: Row) -> str:
    """How it stands, where that is not simply read. Not in a caption, whose grey would pale it."""
    icon, colour = MARKS[row.state]
    reported = ":orange-badge[:material/flag: Problem reported]" if row.reported else ""
    return " ".join(m for m in (reported, f":{colour}-badge[{icon} {STATES[row.state]}]" if row.state != "read" else "") if m)
