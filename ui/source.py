"""A citation opened where it stands: the page itself with the quote marked, or the document's text at its heading."""

import re
from typing import NamedTuple

import streamlit as st

from assistant.explore.opened import citation_at
from assistant.held import ShelfError
from assistant.standing import WITHDRAWN
from hub.domain import Answer, Block, Citation, Loaded, Source
from hub.quotes import stands_at
from hub.readings import Cited
from ui import session, ways
from ui.markdown import escape
from ui.passage import around, on_page, passage_html, section_of, whole
from ui.pdf_marks import letters_of
from ui.pdf_page import PagePicture, PdfError, close_up, draw_pages, is_pdf
from ui.words import KINDS, dated, place_of

_SCRIPT = """
export default function ({ data }) {
  // Once for each opening: the reader's own scrolling is left alone after that.
  if (window.hubOpened === data.at) return;
  const begin = () => {
    const mark = document.querySelector("[data-testid=stHtml] mark");
    const picture = document.querySelector("[data-testid=stImage] img");
    const top = data.page ? picture && picture.getBoundingClientRect().top + data.share * picture.height
      : mark && mark.getBoundingClientRect().top;
    if (!top || (data.page && !picture.complete)) return;
    window.hubOpened = data.at;
    const main = document.querySelector("[data-testid=stMain]");
    if (top > window.innerHeight * 0.7) main.scrollBy({ top: top - window.innerHeight * 0.4, behavior: "instant" });
  };
  const waits = [150, 500, 1200].map((wait) => setTimeout(begin, wait));
  return () => { waits.forEach(clearTimeout); window.hubOpened = ""; };
}
"""
_component = st.components.v2.component("hub_source", js=_SCRIPT)


NOTHING_KEPT = "This link names no citation of a conversation that is kept. It may have been deleted."
NOTHING_OF_REPORT = (
    "This link names no quote that the library holds now. The document may have changed, or be gone; open the map or the comparison anew."
)


class Opened(NamedTuple):
    """What the address names."""

    answer: Answer | None
    """None for a quote of a map or a comparison."""
    citation: Citation


def show() -> None:
    """The page."""
    opened = _opened()
    with st.container(key="way-back"):  # stays in sight when the page is brought to its quote
        _back(opened)
    if opened is None:
        st.title("Nothing to open here")
        st.info(NOTHING_OF_REPORT if ways.QUOTE in st.query_params else NOTHING_KEPT, icon=":material/link_off:")
        return
    st.session_state.pop("card", None)
    st.session_state.pop("report-card", None)
    if opened.answer:
        st.session_state["came_from"] = f"{opened.answer.id}-{opened.citation.marker}"
    cited = session.assistant().shelf.library.readings.cited(opened.citation)
    citation = opened.citation
    st.title(escape(citation.title))
    where = [KINDS[citation.kind], citation.organisation, dated(citation.published), place_of(citation)]
    st.caption(escape(" · ".join(w for w in where if w)))
    if citation.illustrative:
        st.warning("Invented example: do not cite.", icon=":material/science:")
    if cited.source is None:
        st.info(f"{WITHDRAWN.strip('()').capitalize()}. Its words are no longer shown.", icon=":material/visibility_off:")
        return
    _show_source(citation, cited, cited.source)
    if citation.url:
        st.link_button("Open the original page", citation.url, icon=":material/open_in_new:")


def _opened() -> Opened | None:
    if named := re.fullmatch(r"(.+):(\d{1,9})-(\d{1,9}):(\w*)", st.query_params.get(ways.QUOTE, "")):
        shelf = session.assistant().shelf
        try:
            shelf.refresh()
        except ShelfError:
            return None
        found = citation_at(shelf, named[1], int(named[2]), int(named[3]))
        return Opened(None, found) if found and found.text_hash.startswith(named[4]) else None
    id, marker = st.query_params.get(ways.ANSWER, ""), st.query_params.get(ways.MARKER, "")
    turn = session.turn(id)
    citation = next((c for c in turn.citations if str(c.marker) == marker), None) if turn else None
    return Opened(turn, citation) if turn and citation else None


def _back(opened: Opened | None) -> None:
    name, address = ways.back_from_quote()
    if ways.QUOTE in st.query_params:
        if page := ways.page(name):
            st.page_link(page, label=ways.BACK_LABELS[name], icon=":material/arrow_back:", query_params=address)
        return
    ask = ways.page("ask")
    if ask is not None:
        label = f"Back to the answer, at source {opened.citation.marker}" if opened else "Back to your questions"
        query = {session.CONVERSATION: session.current()} if session.current() else {}
        st.page_link(ask, label=label, icon=":material/arrow_back:", query_params=query)


def _show_source(citation: Citation, cited: Cited, source: Source) -> None:
    loaded = cited.loaded
    stands = loaded is not None and stands_at(citation.quote, loaded, citation.start, citation.end)
    if cited.standing == "older" or not stands:
        told = "This document has changed since the answer was given."
        kept = " It is shown as it stood then." if stands and source.show != "link" else " Its earlier text is no longer kept."
        st.info(told + kept, icon=":material/history:")
    if loaded is None or not stands or source.show == "link":
        with st.container(border=True):
            st.markdown(f"“{escape(citation.quote)}”")
        if source.show == "link":
            st.caption("The publisher lets us show the quote and a link, and nothing around it.")
        return
    if source.show == "quote":
        st.caption("The publisher lets us show the quote in its surroundings, and not the whole page.")
        _show_text(loaded, citation, around(loaded, citation.start, citation.end))
        return
    data = session.assistant().shelf.library.original(source.id) if cited.standing == "current" else None
    if data and citation.page and is_pdf(data) and _show_pages(data, loaded, citation):
        return
    everything = st.toggle("Show the whole document", key=f"whole-{citation.source}")
    held = whole(loaded, citation.start) if everything else section_of(loaded, citation.start, citation.end)
    _show_text(loaded, citation, held)


def _show_text(loaded: Loaded, citation: Citation, blocks: tuple[Block, ...], scrolls: bool = True) -> None:
    st.html(passage_html(loaded, blocks, citation.start, citation.end))
    if scrolls:
        _bring_into_view(f"{citation.source}-{citation.start}-{len(blocks)}")


def _bring_into_view(at: str, page: bool = False, share: float = 0.0) -> None:
    """Scroll to the mark in the text, or to so much of the page's picture, where it lies below the first screen."""
    _component(key="opened", data={"at": at, "page": page, "share": share}, height=1)


def _show_pages(data: bytes, loaded: Loaded, citation: Citation) -> bool:
    """The page of the quote, and the next where it runs over; whether they could be drawn."""
    first, last = loaded.place(citation.start).page or 1, loaded.place(max(citation.start, citation.end - 1)).page or 1
    try:
        pictures = _drawn(data, tuple(range(first, last + 1)), citation.quote, _times_before(loaded, citation, first))
    except PdfError as error:
        st.info(escape(f"{str(error)[:1].upper()}{str(error)[1:]}."), icon=":material/broken_image:")
        return False
    if not pictures:
        return False
    if not any(p.marks for p in pictures):
        told = "The words on this page were read off its picture, so the quote is marked in the text below and not on the page."
        other = "The quote could not be marked on the page itself; it is marked in the text below."
        st.info(told if citation.ocr else other, icon=":material/format_ink_highlighter:")
    # A whole page on a phone is too small to read.
    on_a_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    closer = any(p.marks for p in pictures) and st.toggle(
        "Close up", on_a_phone, key="close-up", help="Only the part of the page around the quote, larger"
    )
    for picture in pictures:
        label = loaded.place(next((s for s, n, _ in loaded.pages if n == picture.number), 0)).page_label or str(picture.number)
        st.image(close_up(picture) if closer else picture.pixels, width="stretch", caption=f"Page {label}", alt=_said(picture, label))
    with st.expander("Read the page as text", icon=":material/notes:", expanded=not any(p.marks for p in pictures)):
        blocks = dict.fromkeys(b for p in pictures for b in on_page(loaded, p.number))
        _show_text(loaded, citation, tuple(blocks), scrolls=False)
    if pictures[0].marks:
        _bring_into_view(f"{citation.source}-{citation.start}", page=True, share=pictures[0].marks[0].top)
    return True


def _said(picture: PagePicture, label: str) -> str:
    marked = "with the quote marked; " if picture.marks else ""
    return f"A picture of page {label}, {marked}its words follow under “Read the page as text”"


@st.cache_data(show_spinner="Opening the page …", max_entries=24)
def _drawn(data: bytes, pages: tuple[int, ...], quote: str, earlier: int) -> tuple[PagePicture, ...]:
    return draw_pages(data, pages, quote, earlier)


def _times_before(loaded: Loaded, citation: Citation, page: int) -> int:
    """How often the quote's own words stand before it on its page."""
    starts = next((s for s, n, _ in loaded.pages if n == page), 0)
    return "".join(letters_of(loaded.text[starts : citation.start])).count("".join(letters_of(citation.quote)))
