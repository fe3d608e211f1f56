"""What a page says where nothing is held yet, or what is held cannot be opened: why, how far the reading is, and the next step."""

import streamlit as st

from assistant.held import ShelfError
from ui import library_reading, session, ways
from ui.markdown import escape


def show(error: ShelfError, to_do: str) -> None:
    """For a page that has its heading. `to_do`: what there is nothing for, such as "answer from"."""
    library_reading.show_error()
    if library_reading.under_way():
        st.markdown("The documents are being read in. You need not wait here; if you do, this page opens once they are there.")
        library_reading.follow()
        return
    library_reading.follow()  # how the last one ended
    if session.assistant().shelf.library.count_chunks():
        st.error(f"There is nothing to {to_do} yet: {escape(str(error))}", icon=":material/folder_off:")
        return
    st.info(f"The library is empty, so there is nothing to {to_do} yet. Read the documents in, or add one.", icon=":material/folder_open:")
    with st.container(horizontal=True, vertical_alignment="center"):
        library_reading.read_button(primary=True)
        if add := ways.page("add-document"):
            st.page_link(add, label="Add a document", icon=":material/add:")
