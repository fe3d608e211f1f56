"""A document's own page: its facts, how it stands, its text by heading, its passages by component, the answers that used it."""

from html import escape as html
from pathlib import PurePath

import streamlit as st

from assistant.conversations import Citing
from assistant.wording import context_of, counted, plain_organisation
from hub.domain import Source
from hub.library import Held
from hub.stock import Figures
from ingest.decisions import from_kept
from ui import library_held, library_passages, library_removal, session, ways
from ui.library import SOURCE
from ui.library_rows import MARKS, STATES, Row
from ui.library_text import contents, parts_of
from ui.markdown import escape
from ui.passage import passage_html
from ui.words import KINDS, dated, dated_day

MOST_ANSWERS = 50
_FACTS = "display:grid;grid-template-columns:minmax(5rem,9rem) 1fr;gap:.5rem 1rem;margin:0;padding:0;line-height:1.5;overflow-wrap:anywhere"


def show() -> None:
    """The page."""
    if page := ways.page("library"):
        st.page_link(page, label="Back to the library", icon=":material/arrow_back:")
    id = str(st.query_params.get(SOURCE, ""))
    row = next((r for r in library_held.rows() if r.id == id), None) if not library_held.trouble() else None
    if row is None:
        st.title("Nothing to open here")
        st.info("The library holds no document of that name. It may have been removed.", icon=":material/link_off:")
        return
    st.title(escape(row.title))
    st.caption(escape(" · ".join(w for w in (KINDS[row.kind], row.organisation, dated(row.published)) if w)))
    _standing(row)
    library = session.assistant().shelf.library
    held = library.held(id)
    figures, uses = library_held.figures().get(id), list(session.conversations().citing(library.readings.names_of(id)))
    if held and figures:
        _ways_on(held.source)
        _tabs(held, figures, uses)
    else:
        _answers(uses)
    library_removal.show(row, figures.folder if figures else "", len(uses))


def _standing(row: Row) -> None:
    if row.illustrative:
        st.warning("Invented example: do not cite.", icon=":material/science:")
    if row.state not in ("read", "warnings"):
        icon, colour = MARKS[row.state]
        st.markdown(f":{colour}-badge[{icon} {STATES[row.state]}]")
    for words in row.told:
        if row.state == "failed":
            st.error(escape(f"{words[:1].upper()}{words[1:]}"), icon=":material/error:")
        else:
            st.info(escape(f"{words[:1].upper()}{words[1:]}"), icon=":material/info:")
    for report in session.conversations().feedback.reports(row.id):
        about = f" About {escape(report.quote)}." if report.quote else ""
        said = f"Reported on {dated_day(report.reported_at)}: {escape(report.reason)}. {escape(report.comment)}{about}"
        st.warning(said, icon=":material/flag:")


def _ways_on(source: Source) -> None:
    ask = ways.page("ask")
    with st.container(horizontal=True, vertical_alignment="center"):
        if source.kind == "case-study" and ask and st.button("Ask about this one", key="ask-about", icon=":material/forum:"):
            session.leave()
            st.session_state["ask"] = f"What did {source.context.school or plain_organisation(source)} do, and what changed?"
            st.switch_page(ask)
        if source.url:
            st.link_button("Open the original page", source.url, icon=":material/open_in_new:")


def _tabs(held: Held, figures: Figures, uses: list[Citing]) -> None:
    id = held.source.id
    names = ["Facts", "Text", "By component", f"Answers that used it ({len(uses)})"]
    facts, text, passages, answers = st.tabs(names, key=f"document-{id}", on_change="rerun")
    if facts.open:
        with facts:
            _facts(held, figures)
    if text.open:
        with text:
            _text(held)
    if passages.open:
        with passages:
            assistant = session.assistant()
            chunks, decisions = assistant.shelf.library.chunks_of(id), from_kept(held.decisions, id)
            library_passages.show(chunks, assistant.model, held.source.show, decisions)
    if answers.open:
        with answers:
            _answers(uses)


def _facts(held: Held, figures: Figures) -> None:
    source, model = held.source, session.assistant().model
    shown = {"page": "The page itself", "quote": "The quote in its surroundings", "link": "The quote and a link"}
    said = {
        "Trust": source.trust,
        "School": source.context.school,
        "Context": context_of(source)[:1].upper() + context_of(source)[1:],
        "Authors": ", ".join(source.authors),
        "Published": dated(source.published),
        "Licence": source.licence,
        "Components confirmed by staff": ", ".join(model.component(c).name for c in source.components),
        "A reader may see": shown[source.show],
        "Length": ", ".join(p for p in (counted(figures.pages, "page") if figures.pages else "", f"{len(held.loaded.text.split()):,} words") if p),
        "Passages": f"{figures.chunks:,}",
        "Read on": dated_day(held.read_at) + (", through OCR" if figures.ocr else ""),
        "File": PurePath(source.path).name,
        "Id": source.id,
    }  # fmt: skip
    rows = "".join(f'<dt><b>{html(name)}</b></dt><dd style="margin:0">{html(value)}</dd>' for name, value in said.items() if value)
    st.html(f'<dl style="{_FACTS}">{rows}</dl>')


def _text(held: Held) -> None:
    source, loaded = held.source, held.loaded
    if source.show != "page":
        what = "quotes and a link" if source.show == "link" else "quotes in their surroundings"
        st.info(f"The publisher lets us show {what}, not the whole text. These are its headings.", icon=":material/lock:")
        for heading in contents(loaded) if source.show == "quote" else ():
            st.markdown(f"- {escape(heading)}")
        return
    parts = parts_of(loaded)
    if not parts:
        st.info("There is no text in it.", icon=":material/info:")
        return
    at = 0
    if len(parts) > 1:
        chosen = st.selectbox("Part", range(len(parts)), 0, lambda n: parts[n].label, key=f"part-{source.id}")
        at = int(chosen or 0)
    st.html(passage_html(loaded, parts[at].blocks))
    if at + 1 < len(parts):
        st.button(
            escape(f"Read on: {parts[at + 1].label}"),
            key="read-on",
            icon=":material/arrow_forward:",
            on_click=_go_to,
            args=(source.id, at + 1),
        )


def _go_to(source: str, part: int) -> None:
    st.session_state[f"part-{source}"] = part


def _answers(uses: list[Citing]) -> None:
    """This person's answers that cite it, newest first."""
    ask = ways.page("ask")
    if not uses:
        st.info("None of your answers used this document yet.", icon=":material/forum:")
        return
    st.markdown(f"{counted(len(uses), 'answer')} of yours quoted it, the newest first.")
    with st.container(gap="small", key="documents"):
        for use in uses[:MOST_ANSWERS]:
            with st.container(gap=None):
                if ask:
                    st.page_link(ask, label=escape(use.question), query_params={ways.ANSWER: use.turn})
                st.caption(f"Asked on {dated_day(use.asked_at)}")
