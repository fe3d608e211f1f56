"""The way in for people: `streamlit run app.py`. Sign-in and navigation; no logic."""

from pathlib import Path

import streamlit as st

from assistant.conversations import ConversationsError
from ui import about, ask, library, quality
from ui.markdown import escape

# A file of ours: Streamlit fetches a named icon for the browser's tab from another host.
ICON = Path(__file__).parent / "ui" / "icon.png"

st.set_page_config(page_title="Ask the hub", page_icon=str(ICON), layout="centered", initial_sidebar_state="auto")
pages = st.navigation(
    [
        st.Page(ask.show, title="Ask", icon=":material/forum:", url_path="ask", default=True),
        st.Page(library.show, title="Library", icon=":material/menu_book:", url_path="library"),
        st.Page(quality.show, title="Quality", icon=":material/fact_check:", url_path="quality"),
        st.Page(about.show, title="About", icon=":material/info:", url_path="about"),
    ],
    position="top",
)
try:
    pages.run()
except ConversationsError as error:
    st.error(f"Your conversations cannot be read or kept: {escape(str(error))}", icon=":material/error:")
