"""Taking a document out: with a question first where it was added here, and said plainly where it is the operator's."""

import streamlit as st

from assistant.wording import counted
from ingest.errors import IngestError
from ui import library_actions, library_reading, ways
from ui.library_rows import Row
from ui.markdown import escape

_GONE = "library_gone"


def show(row: Row, folder: str, uses: int) -> None:
    """The way out of the library. `folder`: where it came from, "" of what is not held. `uses`: stored answers that quote it."""
    _leave_if_done()
    uploaded = any(s.id == row.id for s in library_actions.uploads().rows())
    if row.state in ("withdrawn", "leaving") or (not folder and not uploaded):
        return
    st.divider()
    out = library_actions.way_out(folder)
    if uploaded:
        if st.button("Remove this document", key="remove", icon=":material/delete:"):
            st.dialog("Remove this document?")(_ask)(row, uses)
        return
    with st.expander("Remove this document", icon=":material/delete:"):
        if out.read:
            st.markdown(
                f'It comes from the operator\'s own folder, which this page never changes. Take the row with `id = "{row.id}"` out of '
                f"`{out.manifest.replace('`', '')}`, then read the library again. {consequence(uses)}"
            )
        else:
            st.markdown(
                "It comes from a folder that is no longer read when the library is read again. In a terminal, "
                f"`python -m ingest --forget {folder.replace('`', '')}` drops all that came from there. {consequence(uses)}"
            )


def consequence(uses: int) -> str:
    """What becomes of the answers that quote it."""
    if not uses:
        return "No stored answer of yours quotes it."
    return f"Its quotes will be withheld and marked withdrawn in {counted(uses, 'stored answer')}."


def _ask(row: Row, uses: int) -> None:
    _leave_if_done()
    st.markdown(f"Remove “{escape(row.title)}”? {consequence(uses)} Its file is deleted from this computer's store. It cannot be undone.")
    library_reading.show_error()
    with st.container(horizontal=True):
        st.button("Remove it", key="remove-yes", type="primary", icon=":material/delete:", on_click=_remove, args=(row,))
        if st.button("Keep it", key="remove-no"):
            st.rerun()


def _remove(row: Row) -> None:
    try:
        library_actions.remove(row.id)
    except IngestError as error:
        library_reading.fail(str(error))
        return
    library_reading.tell(f"“{row.title}” is being removed.")
    library_reading.begin(library_actions.read_uploads)
    st.session_state[_GONE] = True


def _leave_if_done() -> None:
    """Back to the list once the document is taken out."""
    if st.session_state.pop(_GONE, False) and (page := ways.page("library")):
        st.switch_page(page)
