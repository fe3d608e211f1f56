"""One pathway, walked: the three strands at a glance, one component at a time, and the ways that lead from it to others."""

from collections.abc import Iterable

import streamlit as st

from assistant.conversations import LOCAL_PERSON
from assistant.disclosure import Disclosures
from assistant.explore.admit import admit
from assistant.explore.coverage import Map
from assistant.explore.pathway import NOT_A_RECIPE, ON_PRACTICE, Pathway, Practice, Stop, trace
from assistant.journey import JourneyEnds
from assistant.pathways import MOST_NOTE_CHARACTERS, KeptPathway, Pathways
from assistant.wording import join_names
from hub.domain import Answer, Citation
from hub.plain import HIDDEN
from ui import atlas, pathway_export, pathway_prose, report, session
from ui.markdown import escape
from ui.pathway_kept import AT, ID, TRACED, manage, privacy_line, trust_fields
from ui.strands import look_of, strand_label


def first_look(text: str, phase: str, region: str, schools: int) -> None:
    """Trace a text before it is kept: ExploreError where it has nothing to trace."""
    if (drawn := atlas.atlas()) is not None:
        st.session_state[TRACED] = (_key(text, phase, region, schools, drawn), trace(drawn, text, phase, region, schools))


def show(kept: KeptPathway, drawn: Map, store: Pathways) -> None:
    """The page of one pathway."""
    traced = _traced(kept, drawn)
    query = {ID: kept.id, AT: _at(traced).component}
    cited = report.as_answer("pathway", {ID: kept.id}, kept.title, list(_citations(traced)))
    report.listen(cited, "pathway", query, list(pathway_prose.drafts_of(kept.id).values()))
    st.title(escape(kept.title))
    st.markdown(escape(NOT_A_RECIPE))
    atlas.invented(drawn)
    _tools(kept, traced, store)
    _overview(traced, drawn)
    stop = _at(traced)
    _show_stop(stop, kept, cited, store)
    _ways_on(stop, traced)


def _key(text: str, phase: str, region: str, schools: int, drawn: Map) -> tuple[object, ...]:
    return text, phase, region, schools, drawn.shelf.state


def _traced(kept: KeptPathway, drawn: Map) -> Pathway:
    """The walk, traced once for what is held now. It lives in this tab alone."""
    key = _key(kept.text, kept.phase, kept.region, kept.schools, drawn)
    held = st.session_state.get(TRACED)
    if held is None or held[0] != key:
        with st.spinner("Tracing the pathway …"):
            held = key, trace(drawn, kept.text, kept.phase, kept.region, kept.schools)
        st.session_state[TRACED] = held
    found: Pathway = held[1]
    return found


def _citations(traced: Pathway) -> Iterable[Citation]:
    for stop in traced.stops:
        yield from stop.model
        for practice in stop.practice:
            yield from practice.quotes


def _at(traced: Pathway) -> Stop:
    wanted = st.query_params.get(AT, "")
    return next((s for s in traced.stops if s.component == wanted), traced.stops[0])


def _tools(kept: KeptPathway, traced: Pathway, store: Pathways) -> None:
    near = "; ".join(traced.own.said)
    st.caption(
        f"Near to yours means: {escape(near)}."
        if near
        else "No phase, region or number of schools is known: no case study counts as nearer."
    )
    with st.container(horizontal=True, gap="small"):
        pathway_export.show(kept, traced)
        with st.popover("Your trust", icon=":material/near_me:", type="tertiary"), st.form(f"pathway-place-{kept.id}", border=False):
            trust_fields(kept.phase, kept.region, kept.schools, kept.id)
            st.form_submit_button("Trace again", type="primary", on_click=_place, args=(kept.id, store))
        with st.popover("Your text", icon=":material/description:", type="tertiary"):
            st.caption(privacy_line())
            for line in kept.text.split("\n"):
                st.markdown(escape(line) or "&nbsp;")
        with st.popover("Rename or delete", icon=":material/more_horiz:", type="tertiary"):
            manage(kept.id, kept.title)


def _place(id: str, store: Pathways) -> None:
    phase, region, schools = (st.session_state.get(f"pathway-{name}-{id}") for name in ("phase", "region", "schools"))
    store.place(id, LOCAL_PERSON, phase or "", region or "", int(schools or 0))


def _overview(traced: Pathway, drawn: Map) -> None:
    """The strands side by side, to begin anywhere. What the text says nothing of is named, and nothing is counted up."""
    model, here = drawn.model, _at(traced)
    with st.container(border=True):
        for strand in model.strands:
            of_it = [s for s in traced.stops if s.strand == strand.name]
            st.markdown(f"**{strand_label(model, strand.id)}**")
            with st.container(horizontal=True, gap="small"):
                for stop in of_it:
                    open_here = stop.component == here.component
                    st.button(
                        escape(stop.name),
                        key=f"stop-{stop.component}",
                        type="primary" if open_here else "secondary",
                        on_click=_go,
                        args=(stop.component,),
                    )
            said = [s.name for s in of_it if s.said]
            st.caption(
                escape(f"Your text speaks of {join_names(said)}." if said else "Your text says nothing here yet that we could find.")
            )
        st.caption("The strands work on one another: each component shows which others it may send you back to.")


def _go(component: str) -> None:
    st.query_params[AT] = component


def _show_stop(stop: Stop, kept: KeptPathway, cited: Answer, store: Pathways) -> None:
    model = session.assistant().model
    look = look_of(model, model.component(stop.component).strand)
    st.header(f":{look.colour}[{look.shape}] {escape(stop.name)}")
    st.subheader("What the model asks")
    if stop.model:
        st.markdown("\n".join(f"- {report.marked(cited, c)}" for c in stop.model))
    else:
        st.markdown(f"{escape(stop.gloss)}  \n*In our own words: the model paper is not held.*")
    st.subheader("What your text says")
    if stop.said:
        st.markdown("\n".join(f"- “{escape(' '.join(s.quote.split()))}”" for s in stop.said))
    else:
        st.markdown(f"*{escape(stop.said_line)}*")
    st.subheader("Questions to work through")
    st.markdown("\n".join(f"- {escape(q)}" for q in stop.questions))
    _notes(stop, kept, store)
    st.subheader("What others did")
    st.markdown(escape(stop.practice_line))
    for practice in stop.practice:
        _practice(practice, cited)
    if stop.practice:
        st.caption(escape(ON_PRACTICE))
    pathway_prose.show(kept, stop, max((c.marker for c in cited.citations), default=0))


def _practice(practice: Practice, cited: Answer) -> None:
    st.markdown(f"**{escape(practice.name)}**" + (f"  \n{escape(practice.context)}" if practice.context else ""))
    near = f"Near to yours? {practice.near[:1].upper()}{practice.near[1:]}. " if practice.near else ""
    st.caption(escape(near + ("Component confirmed by staff." if practice.confirmed else "Component found by the program.")))
    st.markdown("\n".join(f"- {report.marked(cited, c)}" for c in practice.quotes))


def _ways_on(stop: Stop, traced: Pathway) -> None:
    """The loops: where an answer here may lead back to, and which answers lead here."""
    st.subheader("Where it may send you back to")
    for way in stop.returns:
        st.button(
            escape(way.name), key=f"back-{stop.component}-{way.component}", icon=":material/redo:", on_click=_go, args=(way.component,)
        )
        st.caption(escape(f"{way.why[:1].upper()}{way.why[1:]}."))
    if here := [s.name for s in traced.stops if any(r.component == stop.component for r in s.returns)]:
        st.caption(escape(f"What may send you here: {join_names(here)}."))


def _notes(stop: Stop, kept: KeptPathway, store: Pathways) -> None:
    key = f"note-{kept.id}-{stop.component}"
    if refused := st.session_state.pop(f"{key}-refused", ""):
        st.error(refused, icon=":material/emergency_home:")
    st.text_area(
        f"Your notes on {stop.name}",
        kept.notes.get(stop.component, ""),
        key=key,
        height=120,
        max_chars=MOST_NOTE_CHARACTERS,
        on_change=_keep_note,
        args=(kept.id, stop.component, key, store),
        help="Kept when you leave the box, with personal data masked.",
    )


def _keep_note(id: str, component: str, key: str, store: Pathways) -> None:
    words = HIDDEN.sub("", str(st.session_state.get(key, ""))).strip()
    try:
        store.note(id, component, admit(words, Disclosures(session.assistant().shelf.reader)) if words else "", LOCAL_PERSON)
        st.toast("Note kept.", icon=":material/check:")
    except JourneyEnds as end:
        held = store.get(id, LOCAL_PERSON)
        st.session_state[key] = held.notes.get(component, "") if held else ""
        st.session_state[f"{key}-refused"] = end.text
