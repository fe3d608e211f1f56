"""Trace a pathway: a person's own strategy through the model. Begun, listed and opened here; walked in `pathway_walk`."""

import streamlit as st

from assistant.conversations import LOCAL_PERSON
from assistant.disclosure import Disclosures
from assistant.explore.admit import admit
from assistant.explore.pathway import NOT_A_RECIPE
from assistant.explore.strategy import LONGEST
from assistant.explore.usage import ExploreError
from assistant.journey import JourneyEnds
from assistant.pathways import Listed
from ingest.errors import LoadError
from ui import atlas, mine, pathway_kept, pathway_walk, session, ways
from ui.markdown import escape
from ui.pathway_read import FORMATS, MOST_MEGABYTES, read_strategy
from ui.words import dated


def show() -> None:
    """The page."""
    if id := str(st.query_params.get(pathway_kept.ID, "")):
        _open(id)
        return
    st.title("Trace a pathway")
    st.markdown(
        "Give what your strategy means to improve, and walk it through the three strands of the model: what the model asks, questions to work "
        "through, what trusts near to yours did, and what your own text already says."
    )
    st.caption(NOT_A_RECIPE)
    if atlas.atlas() is not None:
        _begin()
    _list()


def _open(id: str) -> None:
    kept = pathway_kept.store().get(id, LOCAL_PERSON)
    if kept is None:
        st.title("No pathway here")
        st.info("This link names no pathway of yours. It may have been deleted.", icon=":material/link_off:")
        if (page := ways.page("pathway")) is not None:
            st.page_link(page, label="All pathways", icon=":material/arrow_back:")
        return
    st.button("All pathways", icon=":material/arrow_back:", type="tertiary", on_click=pathway_kept.leave)
    if (drawn := atlas.atlas()) is not None:
        pathway_walk.show(kept, drawn, pathway_kept.store())


def _begin() -> None:
    told = mine.profile()
    with st.form("pathway", border=False):
        text = st.text_area(
            "What does your strategy mean to improve, and how?",
            height=220,
            max_chars=LONGEST,
            placeholder="Paste the part of your strategy that you mean. For example: reading at Key Stage 2 across fourteen primaries …",
        )
        file = st.file_uploader("Or upload it", type=list(FORMATS), max_upload_size=MOST_MEGABYTES)
        phase, region, schools = pathway_kept.trust_fields(told.phase, told.region, told.schools, "new")
        st.caption(pathway_kept.privacy_line())
        begun = st.form_submit_button("Trace the pathway", type="primary", icon=":material/route:")
    if begun:
        _trace(text, file.name if file else "", file.getvalue() if file else b"", phase, region, schools)


def _trace(text: str, name: str, data: bytes, phase: str, region: str, schools: int) -> None:
    try:
        with st.spinner("Reading your text …"):
            given = "\n\n".join(t for t in (text.strip(), read_strategy(name, data) if data else "") if t)
            if not given:
                st.error("There is no text yet. Paste what your strategy means to improve, or upload it.", icon=":material/edit_note:")
                return
            admitted = admit(given, Disclosures(session.assistant().shelf.reader))
            pathway_walk.first_look(admitted, phase, region, schools)
    except LoadError as error:
        st.error(f"{escape(name)} cannot be read: {escape(str(error))}.", icon=":material/error:")
    except ExploreError as error:
        st.error(f"This cannot be traced: {escape(str(error))}.", icon=":material/error:")
    except JourneyEnds as end:
        st.error(end.text, icon=":material/emergency_home:")
    else:
        st.query_params[pathway_kept.ID] = pathway_kept.store().begin(admitted, LOCAL_PERSON, phase=phase, region=region, schools=schools)
        st.rerun()


def _list() -> None:
    held = pathway_kept.store().list(LOCAL_PERSON)
    if not held:
        return
    st.subheader("Your pathways")
    for listed in held:
        _row(listed)


def _row(listed: Listed) -> None:
    name, more = st.columns([5, 2], vertical_alignment="center")
    name.button(escape(listed.title), key=f"pathway-{listed.id}", type="tertiary", icon=":material/route:", on_click=_go, args=(listed.id,))
    with more.popover("Rename or delete", type="tertiary"):
        pathway_kept.manage(listed.id, listed.title)
    name.caption(f"Last worked on: {int(listed.updated_at[8:10])} {dated(listed.updated_at[:10])}")


def _go(id: str) -> None:
    st.query_params[pathway_kept.ID] = id
