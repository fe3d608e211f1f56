"""What the Library pages look at. The figures are counted once for each state of the library."""

import streamlit as st

from hub.domain import Citation
from hub.library import Library
from hub.stock import Figures
from ingest.errors import IngestError
from ingest.last import last_ingest
from ingest.uploads import uploads_folder
from ui import session
from ui.library_actions import uploads
from ui.library_rows import Row, list_rows


def rows() -> list[Row]:
    """Every document. IngestError where the uploads' manifest was put out of order by hand."""
    library, own = session.assistant().shelf.library, session.settings()
    return list_rows(
        figures(),
        last_ingest(library).unread,
        uploads().rows(),
        str(uploads_folder(own.store)),
        _withdrawn(library),
        own.illustrative,
        {report.source for report in session.conversations().feedback.reports()},
    )


def figures() -> dict[str, Figures]:
    """What is held."""
    library = session.assistant().shelf.library
    state = f"{session.settings().store} {library.fact('generation')}"
    held: tuple[str, dict[str, Figures]] = st.session_state.get("library_figures", ("", {}))
    if held[0] != state:
        held = st.session_state["library_figures"] = (state, library.stock.figures())
    return held[1]


def _withdrawn(library: Library) -> list[Citation]:
    """What this person's answers cite and the library does not hold any more."""
    cited = {c.source: c for turn in session.conversations().citing() for c in turn.citations}
    return [cited[id] for id in library.readings.withdrawn(set(cited))]


def trouble() -> str:
    """Why the list cannot be drawn; "" where it can."""
    try:
        uploads().rows()
    except IngestError as error:
        return str(error)
    return ""
