"""Gaps, for staff: where the evidence held is thin or one-sided, what was asked and not well answered, and a draft of the next call."""

from collections.abc import Sequence

import streamlit as st

from assistant.explore.call import TOGETHER, Gap, Side, What
from assistant.explore.coverage import Map
from assistant.explore.gaps import Gaps, find_gaps
from assistant.explore.rows import as_csv, gaps_rows
from assistant.explore.unanswered import Asked, Disliked
from assistant.wording import counted
from ui import atlas, files, session
from ui.markdown import escape

_SIDES: dict[Side, str] = {"component": "Components", "strand": "Strands", "phase": "Phases", "region": "Regions"}
_ORDER: tuple[What, ...] = ("nothing", "thin", "one-sided")


def show() -> None:
    """The page."""
    st.title("Gaps")
    st.markdown("What the library is short of, and what people asked of it and did not find: to begin the next call for evidence with.")
    drawn = atlas.atlas()
    if drawn is None:
        return
    gaps = _found(drawn)
    for note in gaps.notes:
        st.caption(escape(note))
    table = as_csv(gaps_rows(gaps))
    files.offer("Export", "gaps", table, files.File("CSV", "gaps.csv", "text/csv", files.TABLE, table.encode), said="All of it, as a table")
    evidence, asked, call = st.tabs(["Thin evidence", "Asked and not well answered", "Draft call for evidence"])
    with evidence:
        _evidence(gaps)
    with asked:
        _asked(gaps.asked)
    with call:
        _call(gaps)


def _found(drawn: Map) -> Gaps:
    kept = session.conversations()
    return find_gaps(drawn, kept.unanswered(), [Disliked(*given) for given in kept.disliked()], kept.unanswered_within_filters())


def _evidence(gaps: Gaps) -> None:
    if not gaps.gaps:
        st.success(
            "By the rule below nothing is thin: every component is described by three organisations or more.", icon=":material/check:"
        )
    for side, title in _SIDES.items():
        if own := [g for g in gaps.gaps if g.side == side]:
            st.subheader(title)
            _of_side(own)
    with st.expander("When is evidence thin? The rule", icon=":material/rule:"):
        st.markdown(escape(gaps.rule))


def _of_side(own: Sequence[Gap]) -> None:
    lines = [_line(g) for what in _ORDER for g in own if g.what == what]
    lines += [
        f"{words} {escape(', '.join(names))}\\." for what, words in TOGETHER.items() if (names := [g.name for g in own if g.what == what])
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))


def _line(gap: Gap) -> str:
    return escape(gap.line).replace("\\*", "*")


def _asked(asked: Sequence[Asked]) -> None:
    if not asked:
        st.info(
            "No question that found nothing and no thumbs-down is kept. They are counted from the conversations.", icon=":material/inbox:"
        )
    for group in asked:
        st.subheader(escape(group.name[:1].upper() + group.name[1:]))
        st.markdown(escape(group.line).replace("\\*", "*"))
        if group.examples:
            st.caption("Found nothing")
            st.markdown("\n".join(f"- {escape(e)}" for e in group.examples))
        if group.down:
            why = "; ".join(f"{reason}: {count}" for reason, count in group.reasons)
            st.caption(f"{counted(group.down, 'thumbs-down', 'thumbs-down')}{f' ({escape(why)})' if why else ''}")
            st.markdown("\n".join(f"- {escape(e)}" for e in group.down_examples))


def _call(gaps: Gaps) -> None:
    if gaps.illustrative:
        st.warning("What is held is invented: this draft is an example and must not be sent.", icon=":material/science:")
    st.markdown("A text to begin with, in Markdown. Change it as you like; it names no organisation and quotes nobody's question.")
    above = st.container()
    words = st.text_area("Draft", gaps.call, height=480, key="gaps-call")
    # Not a button beside the box: pressed straight from it, it would give the draft without what was typed last.
    draft = files.File("Markdown", "call-for-evidence.md", "text/markdown", files.TEXT, words.encode)
    with above:  # there is no room under what stands last on a page for what opens
        files.offer("Export the draft", "call", words, draft)
