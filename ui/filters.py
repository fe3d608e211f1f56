"""The filters: set in one place, always in sight while they are on, kept with the tab, and cleared in one click."""

from dataclasses import asdict
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from assistant.filters import choices
from assistant.held import ShelfError
from assistant.journey import Filters
from ui import mine, session
from ui.markdown import escape
from ui.words import KINDS

_KEYS = {"kind": "Kind of document", "phase": "Phase", "region": "Region", "component": "Component", "trust": "Trust or organisation"}
_SET = "filters"
"""Where the tab keeps them: a widget's own value is forgotten with the page."""
_ADDRESS = "f"
"""The address's parameter that holds them, so that a reload and a bookmark do."""


def current() -> Filters:
    """Those that are set. One whose value the library no longer holds is let go."""
    if _SET not in st.session_state:
        st.session_state[_SET] = dict(parse_qsl(st.query_params.get(_ADDRESS, "")))
    options = _options()
    return Filters(**{name: value for name, value in st.session_state[_SET].items() if value in options.get(name, ())})


def show() -> Filters:
    """The popover, and the ones set beside it, each a button that clears it."""
    on = current()
    _write_address(on)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        count = sum(map(bool, asdict(on).values()))
        with st.popover(f"Filters ({count})" if count else "Filters", icon=":material/filter_list:", type="tertiary"):
            _form(on)
        for name, value in asdict(on).items():
            if value:
                label = _named(name, value)
                st.button(
                    escape(label),
                    key=f"drop-{name}",
                    icon=":material/close:",
                    help=f"Clear this filter: {label}",
                    on_click=_drop,
                    args=(name,),
                )
        if count:  # on a phone there is room for this alone
            st.button("Clear", key="clear-filters", help="Clear all filters", type="tertiary", on_click=clear)
        if count > 1:  # one goes by its own button
            st.button("Clear all", key="drop-all", type="tertiary", on_click=clear)
        mine.show()
    return on


def clear() -> None:
    """Let all go."""
    st.session_state[_SET] = {}


def choose(**values: str) -> None:
    """Set these alone: where another page leads to the chat."""
    st.session_state[_SET] = values


def _write_address(on: Filters) -> None:
    written = urlencode({name: value for name, value in asdict(on).items() if value})
    if written:
        st.query_params[_ADDRESS] = written
    else:
        st.query_params.pop(_ADDRESS, None)


def _form(on: Filters) -> None:
    st.markdown("Answer only from")
    options = _options()
    for name, label in _KEYS.items():
        value = getattr(on, name)
        st.selectbox(
            label,
            options[name],
            index=options[name].index(value) if value else None,
            format_func=lambda v, name=name: _named(name, v),
            placeholder="Any",
            key=f"filter-{name}-{value}",  # a new value is a new box: one that is cleared elsewhere shows so
            on_change=_take,
            args=(name, value),
        )
    st.caption("Phase and region narrow the case studies. The model's own documents have neither, and stay.")


def _options() -> dict[str, list[str]]:
    try:
        held = choices(session.held())
    except ShelfError:  # the page says so; there is nothing to narrow
        return {}
    return {
        "kind": list(held.kinds),
        "trust": list(held.trusts),
        "phase": list(held.phases),
        "region": list(held.regions),
        "component": [c.id for c in session.model().components],
    }


def _named(name: str, value: str) -> str:
    if name == "kind":
        return KINDS[value]  # type: ignore[index]
    if name == "component":
        return session.model().component(value).name
    return value.capitalize() if name == "phase" else value


def _take(name: str, before: str) -> None:
    st.session_state[_SET] = {**st.session_state.get(_SET, {}), name: st.session_state.get(f"filter-{name}-{before}") or ""}


def _drop(name: str) -> None:
    st.session_state[_SET] = {**st.session_state.get(_SET, {}), name: ""}
