"""Confirm tags, for staff: one passage at a time, yes or no, by keyboard if one likes; the map follows at once."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.explore.confirm import Doubt, doubts
from assistant.explore.coverage import Map
from assistant.wording import counted
from hub.components import Component
from hub.domain import Block, Chunk, Loaded, Source
from hub.library import Held
from hub.plain import clean
from ingest.deciding import Deciding, Verdict
from ingest.decisions import Decision
from ingest.errors import IngestError
from ui import atlas, confirm_tally, session
from ui.markdown import escape
from ui.passage import around, passage_html
from ui.strands import component_badge
from ui.words import KINDS, METHODS

_CHOSEN, _SKIPPED, _DONE, _TROUBLE, _BY = "confirm-chosen", "confirm-skipped", "confirm-done", "confirm-trouble", "confirm-by"
_ANY = "All components"
COMPONENT = "component"
"""What the address may name: the component to begin with."""


@st.cache_resource(show_spinner=False)
def deciding() -> Deciding:
    """Where decisions are kept; one a server."""
    assistant = session.assistant()
    return Deciding(assistant.settings, assistant.model, assistant.shelf.embedder)


def show() -> None:
    """The page."""
    st.title("Confirm tags")
    st.markdown(
        "Is this passage about this component? What you decide lasts, counts as confirmed by staff, and changes the map and the answers at once."
    )
    drawn = atlas.atlas()
    if drawn is None:
        return
    queue_, tally_ = st.tabs(["To decide", "How often the program is right"])
    with queue_:
        _queue(drawn)
    with tally_:
        confirm_tally.show(drawn, deciding())


def _queue(drawn: Map) -> None:
    every = doubts(drawn)
    if not _named(len(every)):
        return
    only, keys = _settings(drawn)
    every = tuple(d for d in every if only in (_ANY, d.component))
    skipped = st.session_state.setdefault(_SKIPPED, [])
    queue = [d for d in every if d.key not in skipped] or every
    _after(keys)
    if not queue:
        st.success("Nothing is left to decide here.", icon=":material/check:")
        return
    alone = sum(d.why == "alone" for d in every)
    st.caption(
        f"{len(every)} to decide: {alone} on which a cell of the map rests alone, then {len(every) - alone} of which the program is unsure."
    )
    _ask(queue[0], drawn, keys)


def _named(many: int) -> bool:
    """Whether it is known who decides. The box goes once it is: what is typed next is a decision."""
    if who := st.session_state.get(_BY, ""):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"Deciding as **{escape(who)}**")
            st.button("Change", key="confirm-change", type="tertiary", on_click=_name, args=("",))
        return True
    st.caption(f"{counted(many, 'tag')} to decide.")
    with st.form("confirm-who", border=False):
        st.text_input(
            "Your name or initials", key="confirm-name", max_chars=60, help="Kept with each decision, in tags.toml beside the documents."
        )
        if st.form_submit_button("Begin", type="primary", on_click=_begin):
            st.error("Give your name or initials first: decisions are kept with whose they are.", icon=":material/error:")
    return False


def _begin() -> None:
    _name(str(st.session_state.get("confirm-name", "")))


def _name(who: str) -> None:
    st.session_state[_BY] = clean(who)


def _settings(drawn: Map) -> tuple[str, bool]:
    """Which component, and whether single keys decide."""
    one, two = st.columns([3, 2], vertical_alignment="bottom")
    names = {_ANY: _ANY, **{c.id: c.name for c in drawn.model.components}}
    if (asked := st.query_params.get(COMPONENT, "")) in names:
        st.session_state.setdefault("confirm-only", asked)
    only = one.selectbox("Component", list(names), format_func=names.__getitem__, key="confirm-only")
    keys = two.toggle(
        "Decide by keyboard",
        value=True,
        key="confirm-keys",
        help="Y or N, then Enter. S puts a passage off, U undoes. Turn it off to use Tab and Enter alone.",
    )
    return only or _ANY, keys


def _after(keys: bool) -> None:
    """What the last decision came to, and its undoing."""
    if trouble := st.session_state.pop(_TROUBLE, ""):
        st.error(f"Nothing was kept: {escape(trouble)}.", icon=":material/error:")
    done: list[tuple[Decision, str]] = st.session_state.setdefault(_DONE, [])
    if done:
        said, undo = st.columns([4, 1], vertical_alignment="center")
        said.markdown(f":material/check: {escape(done[-1][1])}")
        undo.button("Undo", key="confirm-undo", on_click=_undo, shortcut="U" if keys else None, width="stretch")


def _ask(doubt: Doubt, drawn: Map, keys: bool) -> None:
    model, shelf = drawn.model, drawn.shelf
    component, source, chunk = model.component(doubt.component), shelf.sources[doubt.source], shelf.chunks[doubt.chunk]
    held = shelf.library.held(doubt.source)
    if held is None:
        return
    with st.container(border=True):
        st.subheader(escape(f"Is this about {component.name}?"), anchor=False)
        st.markdown(component_badge(model, component.id) + f" {escape(component.gloss)}")
        st.caption(escape(doubt.line))
        _passage(source, chunk, held)
    if trouble := deciding().trouble(Path(held.folder)):
        st.error(
            f"Decisions on this document cannot be kept: {escape(trouble)}. Ask whoever runs the hub to let it write there.",
            icon=":material/lock:",
        )
        st.button("Not now", key="confirm-skip", on_click=_skip, args=(doubt,), shortcut="S" if keys else None)
        return
    _buttons(doubt, component, keys)


def _passage(source: Source, chunk: Chunk, held: Held) -> None:
    blocks = around(held.loaded, chunk.start, chunk.end)
    if source.show == "link":  # nothing around it may be shown
        blocks = tuple(b for b in blocks if b.end > chunk.start and b.start < chunk.end)
    where = held.loaded.place(chunk.start, chunk.place.heading)
    page = f"page {where.page_label or where.page}" if where.page else where.heading.rpartition(" › ")[2]
    st.markdown(escape(" · ".join(p for p in (KINDS[source.kind], source.title, source.organisation, page) if p)))
    st.html(_in_surroundings(held.loaded, blocks, chunk))


def _in_surroundings(loaded: Loaded, blocks: Sequence[Block], chunk: Chunk) -> str:
    """The passage beside a line, what stands around it fainter; its own words are marked only where it ends inside a paragraph."""
    own = [b for b in blocks if b.end > chunk.start and b.start < chunk.end]
    whole = bool(own) and own[0].start >= chunk.start and own[-1].end <= chunk.end
    span = (0, 0) if whole else (chunk.start, chunk.end)
    before, after = (
        passage_html(loaded, part) for part in ([b for b in blocks if b.end <= chunk.start], [b for b in blocks if b.start >= chunk.end])
    )
    faint, beside = "opacity:.75", "border-left:4px solid currentColor;padding-left:1rem;margin:0.75rem 0"
    return f'<div style="{faint}">{before}</div><div style="{beside}">{passage_html(loaded, own, *span)}</div><div style="{faint}">{after}</div>'


def _buttons(doubt: Doubt, component: Component, keys: bool) -> None:
    chosen = st.session_state.get(_CHOSEN, ("", ""))
    verdict = chosen[1] if chosen[0] == doubt.key else ""
    with st.container(horizontal=True):
        for word, value, key in (("Yes", "yes", "Y"), ("No", "no", "N")):
            st.button(
                word,
                key=f"confirm-{value}",
                type="primary" if verdict == value else "secondary",
                on_click=_choose,
                args=(doubt, value),
                shortcut=key if keys else None,
            )
        st.button(
            "Keep",
            key="confirm-keep",
            disabled=not verdict,
            on_click=_keep,
            args=(doubt, verdict, component.name),
            shortcut="Enter" if keys else None,
        )
        st.button("Not now", key="confirm-skip", type="tertiary", on_click=_skip, args=(doubt,), shortcut="S" if keys else None)
    st.caption(
        escape(
            f"{'Chosen: ' + verdict + '. Keep it, or choose again.' if verdict else 'Choose yes or no, then keep it.'} {METHODS[doubt.method]}"
        )
    )


def _choose(doubt: Doubt, verdict: str) -> None:
    st.session_state[_CHOSEN] = (doubt.key, verdict)


def _keep(doubt: Doubt, verdict: Verdict, name: str) -> None:
    try:
        decision = deciding().keep(doubt.source, doubt.chunk, doubt.component, verdict, str(st.session_state.get(_BY, "")))
    except IngestError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    said = f"Kept: {'about' if verdict == 'yes' else 'not about'} {name} ({len(st.session_state[_DONE]) + 1} decided in this sitting)."
    st.session_state[_DONE].append((decision, said))
    st.session_state.pop(_CHOSEN, None)


def _undo() -> None:
    decision, _ = st.session_state[_DONE].pop()
    try:
        deciding().undo(decision)
    except IngestError as error:
        st.session_state[_TROUBLE] = str(error)


def _skip(doubt: Doubt) -> None:
    st.session_state[_SKIPPED].append(doubt.key)
