"""Two runs side by side: what differs between them, what got better, what worse, and whether it is more than chance."""

import streamlit as st

from evals.charts import CSS, sides
from evals.compare import Comparison, Pair, compare, say_change
from evals.differences import say_differences
from evals.report_cases import CSS as CASE_CSS
from evals.report_cases import show_came, show_expected
from evals.runs import RunError
from evals.scoring import ABOUTS
from ui.markdown import escape
from ui.quality_ways import AFTER, BEFORE, choose_run

MOST = 30


def show() -> None:
    """The part of the page."""
    first = choose_run("The run before", BEFORE, at=1)
    second = choose_run("The run after", AFTER) if first else None
    if first is None or second is None:
        return
    if first == second:
        st.info("Choose two different runs.", icon=":material/info:")
        return
    same = first.run().set_version == second.run().set_version
    anyway = not same and st.checkbox("The sets differ. Compare the questions that are alike in both", key="quality-anyway")
    try:
        found = compare(first, second, anyway)
    except RunError as error:
        st.warning(escape(str(error).partition("; give --anyway")[0]), icon=":material/warning:")
        return
    st.html(f"<style>{CSS}{CASE_CSS}</style>")
    _settings(found)
    _pairs(found)
    _changes(found)


def _settings(found: Comparison) -> None:
    """First what was changed: whoever reads what got worse asks that."""
    st.subheader("What differs between the runs")
    lines = say_differences(found.settings)
    st.markdown("\n".join(f"- {escape(line)}" for line in lines) or "Nothing: the same settings, library and program.")
    if not found.same_set:
        st.warning(f"The sets differ: {found.left_out} questions are left out.", icon=":material/warning:")


def _pairs(found: Comparison) -> None:
    worse = [p for p in found.pairs if p.loss > 0]
    better = [p for p in found.pairs if p.loss < 0]
    compared = sum(found.first_cells.values())
    st.html(sides(len(worse), compared - len(worse) - len(better), len(better)))
    for title, pairs in ((f"Got worse ({len(worse)})", worse), (f"Got better ({len(better)})", better[::-1])):
        st.subheader(title)
        if not pairs:
            st.markdown("None.")
        for n, pair in enumerate(pairs[:MOST]):
            with st.expander(escape(pair.case.question), expanded=not n and pairs is worse):
                _pair(pair)
        if len(pairs) > MOST:
            st.caption(f"The {MOST} that changed most; {len(pairs) - MOST} more changed less.")


def _pair(pair: Pair) -> None:
    changed = [("Worse", pair.worse), ("Better", pair.better)]
    said = [
        f"{word}: {'; '.join(ABOUTS[n].title if n in ABOUTS else 'no answer came' for n in names)}." for word, names in changed if names
    ]
    st.caption(escape(" ".join(said)))
    st.html(f"<b>Expected</b>{show_expected(pair.case, pair.first, pair.second)}")
    before, after = st.columns(2)
    before.html(f"<b>Before</b>{show_came(pair.first)}")
    after.html(f"<b>After</b>{show_came(pair.second)}")


def _changes(found: Comparison) -> None:
    st.subheader("On the whole")
    st.caption(
        "Each question is compared with itself. Where the interval in brackets holds zero, the difference may be chance. "
        "The sign test's p is how often chance alone would share out better and worse as unevenly."
    )
    whole = [c for c in found.changes if not c.group]
    st.markdown("\n".join(f"- {escape(say_change(c))}" for c in whole if c.better + c.worse) or "Nothing moved.")
    if still := [ABOUTS[c.scorer].title for c in whole if not c.better + c.worse]:
        st.markdown(f"Unchanged: {escape('; '.join(still))}.")
    moved = [c for c in found.changes if c.group and c.better + c.worse and ABOUTS[c.scorer].unit == "share"]
    if moved:
        with st.expander("By kind of question"):
            for change in moved:
                st.markdown(f"- **{escape(change.group.removeprefix('kind: '))}**: {escape(say_change(change))}")
