"""The card behind a marker: the quote, where it stands, and the quote in its surroundings."""

from collections.abc import Callable

import streamlit as st

from assistant.wording import NEAR
from hub.domain import Answer, Citation, Source
from hub.plain import CELL, LINE
from hub.quotes import stands_at
from hub.readings import Cited
from ui import session, ways
from ui.feedback import report_problem
from ui.markdown import escape
from ui.mine import near_words
from ui.reference import reference_of
from ui.strands import component_badge
from ui.words import KINDS, METHODS, VERDICTS, dated, place_of

AROUND_CHARACTERS = 700


def open_card(answer: Answer, marker: int, on_close: Callable[[], None]) -> None:
    """Show the card of one citation in a dialog."""
    citation = next((c for c in answer.citations if c.marker == marker), None)
    if citation is not None:
        st.dialog(f"Source {marker}", width="medium", on_dismiss=on_close)(_show)(answer, citation)


def _show(answer: Answer, citation: Citation) -> None:
    cited = session.assistant().shelf.library.readings.cited(citation)
    if citation.illustrative:
        st.warning("Invented example: do not cite. It shows what the assistant does; no such trust exists.", icon=":material/science:")
    if cited.source is None:
        st.info("This source has been withdrawn from the library, so its words are no longer shown.", icon=":material/visibility_off:")
        st.markdown(f"**{escape(citation.title)}**  \n{escape(citation.organisation)}")
        return
    _show_quote(citation)
    st.markdown(f"**{escape(citation.title)}**  \n{escape(_line(citation, cited.source))}")
    if like_mine := near_words(cited.source):
        st.caption(f":material/near_me: {NEAR.capitalize()}: {escape(like_mine)}")
    _chips(citation)
    _verdicts(answer, citation)
    _way_to_page(answer, citation, cited.source)
    _surroundings(citation, cited, cited.source)
    if citation.url:
        st.link_button("Open the original page", citation.url, icon=":material/open_in_new:")
    st.text_area("Copy as a reference", reference_of(citation), height=100, key=f"reference-{answer.id}-{citation.marker}")
    report_problem(cited.source, f"{answer.id}-{citation.marker}", citation)


def _way_to_page(answer: Answer, citation: Citation, source: Source) -> None:
    page = ways.page("source")
    if page is None or source.show != "page":
        return
    label = "Open at the page" if citation.page else "Open at the heading"
    query = {session.CONVERSATION: session.current(), ways.ANSWER: answer.id, ways.MARKER: str(citation.marker)}
    if answer.route == ways.REPORT:
        query = ways.to_quote(citation, *ways.here())
    st.page_link(page, label=label, icon=":material/find_in_page:", query_params=query)


def _verdicts(answer: Answer, citation: Citation) -> None:
    """What is known of each sentence that rests on the quote; an llm's sentence is shown beside its verdict."""
    resting = [c for c in answer.claims if citation.marker in c.markers]
    if not answer.llm:
        for verdict in sorted({c.verdict for c in resting}):
            st.caption(f":material/verified: {VERDICTS[verdict]}")
        return
    for claim in resting:
        icon = ":material/help:" if claim.verdict == "not_verified" else ":material/verified:"
        why = f" {escape(claim.note)}" if claim.note else ""
        st.caption(f"{icon} “{escape(claim.text)}” {VERDICTS[claim.verdict]}{why}")


def _show_quote(citation: Citation) -> None:
    with st.container(border=True):
        if citation.lead:
            st.caption(escape(citation.lead))
        for part in citation.quote.replace(CELL, LINE).split(LINE):
            st.markdown(f"“{escape(part)}”" if LINE not in citation.quote and CELL not in citation.quote else escape(part))


def _line(citation: Citation, source: Source) -> str:
    c = source.context
    where = [
        x
        for x in (c.phase, f"{c.schools} schools" if c.schools else "", c.location or c.region, f"{c.pupils} pupils" if c.pupils else "")
        if x
    ]
    parts = [KINDS[citation.kind], citation.organisation, dated(citation.published), ", ".join(where), place_of(citation)]
    return " · ".join(p for p in parts if p)


def _chips(citation: Citation) -> None:
    model = session.assistant().model
    badges = [component_badge(model, id) for id in citation.components]
    if citation.ocr:
        badges.append(":gray-badge[read by OCR]")
    if badges:
        st.markdown(" ".join(badges), help=METHODS.get(citation.tag_method))


def _surroundings(citation: Citation, cited: Cited, source: Source) -> None:
    """The quote where it stands, marked, in the text that was cited: the offsets hold in no other."""
    stands = cited.loaded is not None and stands_at(citation.quote, cited.loaded, citation.start, citation.end)
    if cited.standing == "older" or not stands:
        shown = "They are shown as they stood then." if stands and source.show != "link" else "Its earlier text is no longer kept."
        st.info(
            f"This document has changed since the answer was given: these words may no longer stand in it. {shown}",
            icon=":material/history:",
        )
    if source.show == "link" or cited.loaded is None or not stands:
        return
    text = cited.loaded.text
    start = max(0, text.rfind("\n\n", 0, max(0, citation.start - AROUND_CHARACTERS // 2)) + 1)
    end = text.find("\n\n", citation.end + AROUND_CHARACTERS // 2)
    end = len(text) if end < 0 else end
    with st.expander("See it in its surroundings", icon=":material/article:"):
        if citation.heading:
            st.caption(escape(citation.heading))
        before, quote, after = text[start : citation.start], text[citation.start : citation.end], text[citation.end : end]
        marked = "\n\n".join(
            f":primary-background[**{escape(part.strip())}**]" for part in quote.replace(CELL, "\n").split("\n") if part.strip()
        )
        st.markdown(f"{_paragraphs(before)}{marked}{_paragraphs(after)}")


def _paragraphs(text: str) -> str:
    """Escaped text, its line ends kept."""
    return "\n\n".join(escape(line) for line in text.replace(CELL, "\n").split("\n") if line.strip() or line == "") if text.strip() else " "
