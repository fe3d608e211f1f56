"""How often the program's tags were right, by what staff decided; and those decisions as a labelled set."""

import streamlit as st

from assistant.explore.coverage import Map
from assistant.wording import counted
from evals.intervals import wilson
from hub.library import Library
from ingest.deciding import Deciding
from ingest.tally import Decided, Known, Tally, as_labels, tally
from ui import session

_FEW = 30
"""With fewer decisions the interval is wider than anybody would act on."""
_FOUND = {"row": "in a table", "heading": "in a heading", "named": "by name", "cue": "from wording", "meaning": "from meaning"}


def show(drawn: Map, deciding: Deciding) -> None:
    """The part of the page."""
    told = _told(drawn.shelf.state, deciding)
    if not told.decided:
        st.info("Nothing is decided yet. Once it is, how often the program was right is counted here.", icon=":material/inbox:")
        return
    st.markdown(_precision("All tags decided on", told.tagged))
    for method, words in _FOUND.items():
        if of_it := [d for d in told.tagged if d.machine and d.machine.method == method]:
            st.markdown(f"- {_precision(f'Found {words}', of_it)}")
    added = len(told.decided) - len(told.tagged)
    if added:
        st.caption(f"{counted(added, 'decision')} on passages that the program had not tagged: not counted.")
    if told.stale:
        st.caption(f"{counted(told.stale, 'decision')} no longer count: their words do not stand any more.")
    st.caption(
        "Precision: of the tags that the program gave and staff decided on, how many staff agreed with. The queue asks for the least certain first, so the "
        "program's other tags are likely right more often than this. It says nothing of what the program misses."
        + (f" With fewer than {_FEW} decisions it is no more than a hint." if len(told.tagged) < _FEW else "")
    )
    st.download_button(
        "Download as a labelled set",
        as_labels(told.decided),
        "tag-labels.jsonl",
        "application/jsonl",
        on_click="ignore",
        icon=":material/download:",
        help="Ids, offsets and labels: no text, and not who decided.",
    )


def _precision(name: str, decided: "tuple[Decided, ...] | list[Decided]") -> str:
    right, n = sum(d.decision.decision == "yes" for d in decided), len(decided)
    if not n:
        return f"**{name}**: none yet"
    low, high = wilson(right, n)
    return f"**{name}**: {right} of {n} right, {right / n:.0%} (95% interval {low:.0%} to {high:.0%})"


@st.cache_resource(show_spinner=False)
def _known() -> Known:
    return {}


@st.cache_resource(show_spinner="Counting …", max_entries=1)
def _told(state: str, _deciding: Deciding) -> Tally:  # noqa: ARG001 - it names what was counted
    with Library(session.settings().store) as library:
        return tally(library, _deciding, _known())
