"""The way in for people: `streamlit run app.py`. Sign-in and navigation; no logic.

Streamlit reads this file twice: once as a module, for the server with what it does at its start, and as a script for each drawing of a page.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st
from streamlit.starlette import App

from ui import warm

# A file of ours: Streamlit fetches a named icon for the browser's tab from another host.
ICON = Path(__file__).parent / "ui" / "icon.png"


def page(name: str) -> Callable[[], None]:
    """What shows a page: `ui/<name>.py`, imported when it is first opened."""

    def show() -> None:
        import_module(f"ui.{name}").show()

    return show


def main() -> None:
    """One drawing of the page that is open."""
    warm.begun()
    from assistant.conversations import ConversationsError
    from ui import frame, ways
    from ui.markdown import escape

    st.set_page_config(page_title="Ask the hub", page_icon=str(ICON), layout="centered", initial_sidebar_state="auto")
    source = st.Page(page("source"), title="Source", url_path="source", visibility="hidden")
    ask = st.Page(page("ask"), title="Ask", icon=":material/forum:", url_path="ask", default=True)
    studies = st.Page(page("case_studies"), title="Case studies", icon=":material/cards_stack:", url_path="case-studies")
    coverage = st.Page(page("coverage_map"), title="Coverage map", icon=":material/grid_on:", url_path="coverage-map")
    quality = st.Page(page("quality"), title="Quality", icon=":material/fact_check:", url_path="quality")
    compare = st.Page(page("compare"), title="Compare", icon=":material/compare:", url_path="compare")
    pathway = st.Page(page("pathway"), title="Pathway", icon=":material/route:", url_path="pathway")
    gaps = st.Page(page("gaps"), title="Gaps", icon=":material/inbox_customize:", url_path="gaps")
    confirm = st.Page(page("confirm_tags"), title="Confirm tags", icon=":material/label:", url_path="confirm-tags")
    library = st.Page(page("library"), title="Library", icon=":material/menu_book:", url_path="library")
    document = st.Page(page("library_document"), title="Document", url_path="document", visibility="hidden")
    adding = st.Page(page("library_add"), title="Add a document", url_path="add-document", visibility="hidden")
    about = st.Page(page("about"), title="About", icon=":material/info:", url_path="about")
    ways.set_pages(
        {
            "library": library,
            "document": document,
            "add-document": adding,
            "ask": ask,
            "source": source,
            "case-studies": studies,
            "coverage-map": coverage,
            "compare": compare,
            "quality": quality,
            "pathway": pathway,
        }
    )
    pages = st.navigation(
        {
            "": [ask, library, about, source, document, adding],
            "Explore": [studies, coverage, compare, pathway],
            "For staff": [quality, gaps, confirm],
        },
        position="top",
    )
    frame.show(pages.title)
    try:
        pages.run()
    except ConversationsError as error:
        st.error(f"Your conversations cannot be read or kept: {escape(str(error))}", icon=":material/error:")
    warm.drawn()


if __name__ == "__main__":
    main()
else:
    app = App(__file__, lifespan=warm.warmed)
