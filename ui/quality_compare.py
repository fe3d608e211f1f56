"""Two runs side by side: what got better, what worse, and whether it is more than chance."""

import streamlit as st

from evals.charts import CSS
from evals.compare import Comparison, compare, say_change
from evals.report_cases import CSS as CASE_CSS
from evals.report_cases import show_case
from evals.runs import RunError
from evals.scoring import ABOUTS
from ui.markdown import escape
from ui.quality_run import choose

MOST = 30


def show() -> None:
    """The part of the page."""
    first = choose("The run before", "quality-first")
    second = choose("The run after", "quality-second") if first else None
    if first is None or second is None:
        return
    if first == second:
        st.info("Choose two different runs.")
        return
    anyway = st.checkbox("Compare even if their sets differ, by the questions that are alike in both", key="quality-anyway")
    try:
        found = compare(first, second, anyway)
    except RunError as error:
        st.warning(escape(str(error).partition("; give --anyway")[0]))
        return
    _changes(found)
    _pairs(found)


def _changes(found: Comparison) -> None:
    if not found.same_set:
        st.warning(f"The sets differ. Only the questions that are alike in both are compared; {found.left_out} are left out.")
    st.subheader("On the whole")
    st.caption(
        "Each question is compared with itself. Where the interval in brackets holds zero, the difference may be chance. "
        "The sign test's p is how often chance alone would share out better and worse as unevenly."
    )
    for change in (c for c in found.changes if not c.group):
        st.markdown(f"- {escape(say_change(change))}")
    moved = [c for c in found.changes if c.group and c.better + c.worse and ABOUTS[c.scorer].unit == "share"]
    if moved:
        with st.expander("By kind of question"):
            for change in moved:
                st.markdown(f"- **{escape(change.group.removeprefix('kind: '))}**: {escape(say_change(change))}")
    if found.settings:
        with st.expander("What differs between the runs"):
            for key, (before, after) in found.settings.items():
                st.markdown(f"- {escape(key)}: {escape(str(before))} → {escape(str(after))}")


def _pairs(found: Comparison) -> None:
    worse = [p for p in found.pairs if p.loss > 0]
    better = [p for p in found.pairs if p.loss < 0]
    st.html(f"<style>{CSS}{CASE_CSS}</style>")
    for title, pairs in ((f"Got worse ({len(worse)})", worse), (f"Got better ({len(better)})", better[::-1])):
        st.subheader(title)
        if not pairs:
            st.markdown("None.")
        for pair in pairs[:MOST]:
            with st.expander(escape(pair.case.question)):
                st.caption(escape("Changed: " + "; ".join(ABOUTS[n].title for n in (*pair.worse, *pair.better) if n in ABOUTS)))
                before, after = st.columns(2)
                before.html("<b>Before</b>" + show_case(pair.case, pair.first, []))
                after.html("<b>After</b>" + show_case(pair.case, pair.second, []))
