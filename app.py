"""The way in for people: `streamlit run app.py`. Sign-in and navigation; no logic."""

from pathlib import Path

import streamlit as st

from assistant.conversations import ConversationsError
from ui import (
    about,
    ask,
    case_studies,
    compare,
    confirm_tags,
    coverage_map,
    frame,
    gaps,
    library,
    library_add,
    library_document,
    pathway,
    quality,
    source,
    ways,
)
from ui.markdown import escape

# A file of ours: Streamlit fetches a named icon for the browser's tab from another host.
ICON = Path(__file__).parent / "ui" / "icon.png"

st.set_page_config(page_title="Ask the hub", page_icon=str(ICON), layout="centered", initial_sidebar_state="auto")
opened = st.Page(source.show, title="Source", url_path="source", visibility="hidden")
first = st.Page(ask.show, title="Ask", icon=":material/forum:", url_path="ask", default=True)
studies = st.Page(case_studies.show, title="Case studies", icon=":material/cards_stack:", url_path="case-studies")
grid = st.Page(coverage_map.show, title="Coverage map", icon=":material/grid_on:", url_path="coverage-map")
answers = st.Page(quality.show, title="Quality", icon=":material/fact_check:", url_path="quality")
side_by_side = st.Page(compare.show, title="Compare", icon=":material/compare:", url_path="compare")
walk = st.Page(pathway.show, title="Pathway", icon=":material/route:", url_path="pathway")
short = st.Page(gaps.show, title="Gaps", icon=":material/inbox_customize:", url_path="gaps")
confirm = st.Page(confirm_tags.show, title="Confirm tags", icon=":material/label:", url_path="confirm-tags")
held = st.Page(library.show, title="Library", icon=":material/menu_book:", url_path="library")
document = st.Page(library_document.show, title="Document", url_path="document", visibility="hidden")
adding = st.Page(library_add.show, title="Add a document", url_path="add-document", visibility="hidden")
ways.set_pages(
    {
        "library": held,
        "document": document,
        "add-document": adding,
        "ask": first,
        "source": opened,
        "case-studies": studies,
        "coverage-map": grid,
        "compare": side_by_side,
        "quality": answers,
        "pathway": walk,
    }
)
pages = st.navigation(
    {
        "": [
            first,
            held,
            st.Page(about.show, title="About", icon=":material/info:", url_path="about"),
            opened,
            document,
            adding,
        ],
        "Explore": [studies, grid, side_by_side, walk],
        "For staff": [answers, short, confirm],
    },
    position="top",
)
frame.show(pages.title)
try:
    pages.run()
except ConversationsError as error:
    st.error(f"Your conversations cannot be read or kept: {escape(str(error))}", icon=":material/error:")
