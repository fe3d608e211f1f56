"""The way in for people: `streamlit run app.py`. Sign-in and navigation; no logic."""

from pathlib import Path

import streamlit as st

from assistant.conversations import ConversationsError
from ui import about, ask, library, quality, source, ways
from ui.markdown import escape

# A file of ours: Streamlit fetches a named icon for the browser's tab from another host.
ICON = Path(__file__).parent / "ui" / "icon.png"

st.set_page_config(page_title="Ask the hub", page_icon=str(ICON), layout="centered", initial_sidebar_state="auto")
opened = st.Page(source.show, title="Source", url_path="source", visibility="hidden")
first = st.Page(ask.show, title="Ask", icon=":material/forum:", url_path="ask", default=True)
ways.set_pages({"ask": first, "source": opened})
pages = st.navigation(
    [
        first,
        st.Page(library.show, title="Library", icon=":material/menu_book:", url_path="library"),
        st.Page(quality.show, title="Quality", icon=":material/fact_check:", url_path="quality"),
        st.Page(about.show, title="About", icon=":material/info:", url_path="about"),
        opened,
    ],
    position="top",
)
try:
    pages.run()
except ConversationsError as error:
    st.error(f"Your conversations cannot be read or kept: {escape(str(error))}", icon=":material/error:")
