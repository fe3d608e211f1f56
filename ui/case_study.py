"""The page of one case study."""

from collections.abc import Mapping

import streamlit as st

from assistant.explore.coverage import Map
from assistant.explore.evidence import EVIDENCE_RULE, CaseStudy, tell
from assistant.explore.levels import RULE
from assistant.wording import name_of, plain_organisation
from hub.domain import CASE_STUDY, Answer, Source
from ui import filters, report, session, ways
from ui.markdown import escape
from ui.strands import component_badge
from ui.words import dated

ID = "id"
PAGE = "case-studies"


def show(held: Map, id: str, rest: Mapping[str, str]) -> None:
    """The case study of that id. `rest`: the address of the list that the reader comes from."""
    page = ways.page(PAGE)
    if page is not None:
        st.page_link(page, label="All case studies", icon=":material/arrow_back:", query_params=dict(rest))
    source = held.shelf.sources.get(id)
    if source is None or source.kind != CASE_STUDY:
        st.title("This case study is not held")
        st.info(
            "It may have been withdrawn, or the link may be cut short. All that are held are one step back.", icon=":material/link_off:"
        )
        return
    study = tell(source, held)
    query = {ID: id, **rest}
    cited = [*(q for t in study.told for q in t.quotes), *(q for e in study.facts.evidence for q in e.quotes)]
    own = report.as_answer(PAGE, {ID: id}, source.title, cited)
    report.listen(own, PAGE, query)
    st.title(escape(source.title))
    st.markdown(escape(name_of(source)))
    if source.illustrative:
        st.warning("Invented example: do not cite. No such trust exists.", icon=":material/science:")
    _context(source)
    _ways_on(source)
    _did(held, study, own)
    _changed(study, own)


def _context(source: Source) -> None:
    c = source.context
    rows = {
        "Phase": c.phase,
        "Schools": c.schools,
        "Where": ", ".join(dict.fromkeys(x for x in (c.location, c.region) if x)),
        "Pupils": f"{int(c.pupils):,}" if c.pupils.isdigit() else c.pupils,
        "Published": dated(source.published),
    }
    said = [f"**{name}**: {escape(value)}" for name, value in rows.items() if value]
    st.markdown("  \n".join(said) if said else "*Its context is not stated.*")


def _ways_on(source: Source) -> None:
    with st.container(horizontal=True, gap="small"):
        ask, compare = ways.page("ask"), ways.page("compare")
        pressed = st.button(
            "Ask about this one", key="study-ask", icon=":material/forum:", type="primary", on_click=_ask_of, args=(source,)
        )
        if pressed and ask is not None:
            st.switch_page(ask)
        if st.button("Compare with others", key="study-compare", icon=":material/compare:") and compare is not None:
            st.switch_page(compare, query_params={"o": source.organisation})
        if source.url:
            st.link_button("Open the original page", source.url, icon=":material/open_in_new:")


def _ask_of(source: Source) -> None:
    """The chat, asked of this organisation alone."""
    session.leave()
    filters.choose(trust=plain_organisation(source))


def _did(held: Map, study: CaseStudy, own: Answer) -> None:
    st.subheader("What they did, by component")
    if not study.told:
        st.markdown("*The program found no passage on any of the twelve components in it.*")
    for level, told in (("described", "Described"), ("mentioned", "Perhaps also: one passage each, and the program is not sure")):
        parts = [t for t in study.told if t.level == level]
        if parts and level == "mentioned":
            st.markdown(f"**{told}**")
        for part in parts:
            st.markdown(component_badge(held.model, part.component), help=part.why[:1].upper() + part.why[1:])
            st.markdown("\n".join(f"- {report.marked(own, q)}" for q in part.quotes))
    with st.popover("How a component is found", icon=":material/rule:", type="tertiary"):
        st.markdown(escape(RULE))


def _changed(study: CaseStudy, own: Answer) -> None:
    st.subheader("What changed, and how it says it knows")
    for evidence in study.facts.evidence:
        if evidence.label == "none":
            st.markdown("*It states no result that the program found: no figure, outside body or judgement of its own.*")
        else:
            st.markdown(f"**{evidence.words.capitalize()}**")
            st.markdown("\n".join(f"- {report.marked(own, q)}" for q in evidence.quotes))
    with st.popover("What these labels mean", icon=":material/rule:", type="tertiary"):
        st.markdown(escape(EVIDENCE_RULE))
