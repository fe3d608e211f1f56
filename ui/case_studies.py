"""Case studies to look through, and a page for each: what they did, by component, and what they say came of it."""

import streamlit as st

from assistant.explore.coverage import Map
from assistant.explore.evidence import LABEL_WORDS, facts_of
from assistant.explore.studies import FACETS, Facet, Hit, choices, find_studies
from assistant.wording import name_of
from ui import case_study, ways
from ui.atlas import admitted, atlas, invented
from ui.markdown import escape
from ui.reference import quoted
from ui.strands import component_badge

ID, WORDS = "id", "words"
PAGE = 12
_LABELS: dict[Facet, str] = {
    "component": "Component",
    "phase": "Phase",
    "size": "Number of schools",
    "region": "Region",
    "evidence": "Kind of evidence",
}


def show() -> None:
    """The page: one case study where the address names it, else all."""
    id = str(st.query_params.get(ID, ""))
    if not id:
        st.title("Case studies")
    held = atlas()
    if held is None:
        return
    # A link from this page to itself asks for the new address and leaves the old one in the browser's bar: it is written anew.
    st.query_params.from_dict(st.query_params.to_dict())
    if id:
        case_study.show(held, id, {k: v for k, v in st.query_params.to_dict().items() if k != ID})
        return
    st.markdown("What trusts and schools did, in their own words. Find one by what it is, by its words, or by what you mean.")
    invented(held)
    words = _words()
    wanted = _facets(held)
    found = find_studies(held, words, wanted)
    st.caption(found.line)
    if not found.hits:
        st.info("No case study held is all of these. Clear one of them.", icon=":material/search_off:")
    most = st.session_state.setdefault("studies-shown", PAGE)
    for hit in found.hits[:most]:
        _card(held, hit)
    if len(found.hits) > most:
        st.button(f"Show more ({len(found.hits) - most} left)", key="studies-more", on_click=_more)


def _more() -> None:
    st.session_state["studies-shown"] += PAGE


def _first_page() -> None:
    st.session_state["studies-shown"] = PAGE


def _words() -> str:
    words = st.text_input(
        "Search the case studies",
        st.query_params.get(WORDS, ""),
        key="studies-words",
        max_chars=200,
        icon=":material/search:",
        placeholder="Their words, or what you mean",
        on_change=_first_page,
    ).strip()
    words = admitted(words) if words else ""
    _keep(WORDS, words)
    return words


def _facets(held: Map) -> dict[Facet, str]:
    wanted: dict[Facet, str] = {}
    on = sum(f in st.query_params for f in FACETS)
    with st.expander(f"Narrow down ({on} set)" if on else "Narrow down", icon=":material/filter_list:", key="studies-narrow"):
        columns = st.columns(2)
        for n, facet in enumerate(FACETS):
            options = choices(facet, held)
            first = st.query_params.get(facet, "")
            wanted[facet] = (
                columns[n % 2].selectbox(
                    _LABELS[facet],
                    options,
                    index=options.index(first) if first in options else None,
                    format_func=lambda v, f=facet: _named(f, v, held),
                    placeholder="Any",
                    key=f"studies-{facet}",
                    on_change=_first_page,
                )
                or ""
            )
            _keep(facet, wanted[facet])
    return wanted


def _named(facet: Facet, value: str, held: Map) -> str:
    if facet == "component":
        return held.model.component(value).name
    return LABEL_WORDS[value].capitalize() if facet == "evidence" else value  # type: ignore[index]


def _keep(name: str, value: str) -> None:
    """In the address, so that a reload, a bookmark and the way back find it."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _card(held: Map, hit: Hit) -> None:
    source = held.shelf.sources[hit.source]
    facts = facts_of(source, held)
    with st.container(border=True, gap="xsmall"):
        page = ways.page("case-studies")
        if page is not None:
            st.page_link(page, label=f"**{escape(source.title)}**", query_params={ID: source.id, **st.query_params.to_dict()})
        st.markdown(escape(name_of(source)) + (f"  \n{escape(facts.context)}" if facts.context else ""))
        if hit.quotes:
            st.markdown(f"*{'Has your words' if hit.by == 'words' else 'Near in meaning'}:* {escape(quoted(hit.quotes[0]))}")
        described = [id for id, level, _ in facts.components if level == "described"]
        if described:
            st.markdown(" ".join(component_badge(held.model, id) for id in described))
        st.caption(f"How it says it knows: {', '.join(e.words for e in facts.evidence)}.")
