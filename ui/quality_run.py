"""Results: the runs held, how far one is, and what it found."""

from collections.abc import Sequence

import streamlit as st

from evals.background import Watched, beginning, carry_on, watch
from evals.charts import CSS, bars, figure, four
from evals.differences import say_settings
from evals.domain import Metric, Run
from evals.export import run_csv
from evals.labels import agreement_of_people, agreement_of_scorer, labels_of
from evals.meta.known import TOGETHER, WHAT_KAPPA_IS, say_known
from evals.metrics import Pair, all_metrics, cells
from evals.report import made_by, render, say_lost
from evals.report_cases import CSS as CASE_CSS
from evals.runs import RunError, RunFolder, list_runs, runs_folder
from evals.scoring import ABOUTS
from hub.components import load_model
from ui import quality_cases, session
from ui.markdown import escape
from ui.quality_ways import AFTER, BEFORE, COMPARE, LABEL, RUN, choose_run, go

GOING = ("starting", "running", "stopping")
_FIRST = ("status", "gold_quote", "gold_source")
"""What is drawn by kind and by component, if nobody chooses otherwise."""
_SORTS = {"kind": "By kind of question", "component": "By component"}


def show() -> None:
    """The part of the page."""
    begun = beginning(session.settings())
    for one in begun:
        _progress(one.path.name)
    if any(watch(one).state == "starting" for one in begun):
        return
    folder = choose_run("Run", RUN)
    if folder is None:
        return
    if watch(folder).state != "done":
        _progress(folder.path.name)
    try:
        run, pairs = folder.run(), folder.pairs()
    except RunError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return
    st.caption(escape(_head(run)))
    if said := say_lost(run):
        st.warning(escape(said), icon=":material/rule:")
    if pairs:
        _result(run, folder, pairs)


def _head(run: Run) -> str:
    changed = say_settings(run.settings, ("passages", "llm", "illustrative"))
    return f"{run.cases} questions of “{run.set_name}”, begun {run.started[:16].replace('T', ' ')} UTC. Settings: {changed}."


@st.fragment(run_every=2.0)
def _progress(id: str) -> None:
    """Looked at anew every two seconds; the run does not need it."""
    now = watch(RunFolder(runs_folder(session.settings()) / id))
    begun = now.run is not None
    if now.state == "done" or st.session_state.setdefault(f"begun-{id}", begun) != begun:
        st.session_state[f"begun-{id}"] = begun
        st.rerun()  # the whole page: there is more to show now
    if now.state == "failed":
        st.error(escape(now.said.removeprefix("evals: ") or "The run could not begin."), icon=":material/error:")
        if now.run is None:
            st.button("Forget this run", key=f"forget-{id}", on_click=now.folder.delete)
        return
    total = now.run.cases if now.run else 0
    left = f", {now.said.partition(', ')[2]}" if now.state == "running" and "left" in now.said else ""
    st.progress(now.done / total if total else 0.0, text=f"{now.state.capitalize()}: {now.done} of {total or '…'}{left}")
    if now.state in GOING:
        st.caption("It goes on when this page is closed.")
    _buttons(now)


def _buttons(now: Watched) -> None:
    if now.state in GOING:
        st.button(
            "Stop",
            key=f"stop-{now.folder.path.name}",
            icon=":material/stop:",
            disabled=now.state == "stopping",
            on_click=now.folder.ask_to_stop,
            help="Stops after the question it is at. It can be carried on.",
        )
    elif st.button("Carry on", icon=":material/play_arrow:"):
        carry_on(session.settings(), now.folder)
        st.rerun()


def _result(run: Run, folder: RunFolder, pairs: list[Pair]) -> None:
    metrics = all_metrics(pairs)
    st.html(f"<style>{CSS}{CASE_CSS}</style>{four(cells(o for _, o in pairs))}")
    _ways(run, folder, pairs)
    overview, kind, component, cases, made = st.tabs(["Overview", *_SORTS.values(), "Every question", "What made it"])
    with overview:
        _overview([m for m in metrics if not m.group], folder, pairs, bool(run.settings.get("llm")))
    for tab, sort in ((kind, "kind"), (component, "component")):
        with tab:
            _grouped(sort, metrics)
    with cases:
        quality_cases.show(pairs, labels_of(folder))
    with made:
        st.table(made_by(run), border="horizontal")


def _ways(run: Run, folder: RunFolder, pairs: list[Pair]) -> None:
    """What can be done with a run."""
    earlier = [r.id for r, _ in list_runs(session.settings()) if r.set_version == run.set_version and r.started < run.started]
    with st.container(horizontal=True):
        st.button(
            "Compare with the run before", icon=":material/compare_arrows:", disabled=not earlier, on_click=go, args=(COMPARE,),
            kwargs={BEFORE: earlier[0], AFTER: run.id} if earlier else None, help=None if earlier else "No earlier run of this very set is held.",
        )  # fmt: skip
        st.button("Label these answers", icon=":material/rate_review:", on_click=go, args=(LABEL,), kwargs={"quality-label-run": run.id})
        st.download_button("Report to mail (HTML)", render(run, pairs), f"{run.id}.html", "text/html", icon=":material/mail:")
        st.download_button("Every question (CSV)", run_csv(folder), f"{run.id}.csv", "text/csv", icon=":material/table:")


def _overview(metrics: Sequence[Metric], folder: RunFolder, pairs: list[Pair], by_llm: bool) -> None:
    people = labels_of(folder)
    for agreed in agreement_of_people(people):
        st.markdown(f"People's labels: {escape(str(agreed))}")
    for metric in metrics:
        about = ABOUTS[metric.scorer]
        if about.unit == "share":
            st.html(bars([(about.title, metric)]))
        else:
            st.markdown(f"{about.title}: {escape(figure(metric))}")
        told = f"{about.meaning} {say_known(metric.scorer, by_llm)}"
        if about.judged or metric.scorer in ("gold_quote", *TOGETHER):
            agreements = [a for who, own in people.items() if (a := agreement_of_scorer(metric.scorer, [o for _, o in pairs], own, who))]
            told += f" Agreement with people's labels on this run: {'; '.join(map(str, agreements)) or 'not yet known'}."
        st.caption(f"What this means: {escape(told)}")
    st.caption(WHAT_KAPPA_IS)


def _grouped(sort: str, metrics: Sequence[Metric]) -> None:
    of_sort = [m for m in metrics if m.group.startswith(f"{sort}: ") and ABOUTS[m.scorer].unit == "share"]
    if not of_sort:
        st.caption(f"No question of this set names its {sort}.")
        return
    drawn = [name for name in (*_FIRST, *ABOUTS) if any(m.scorer == name for m in of_sort)]
    picked = st.selectbox("Measure", dict.fromkeys(drawn), format_func=lambda n: ABOUTS[n].title, key=f"measure-{sort}") or drawn[0]
    names = {c.id: c.name for c in load_model().components}
    rows = [(names.get(label, label), m) for m in of_sort if m.scorer == picked for label in [m.group.partition(": ")[2]]]
    st.html(bars(sorted(rows, key=lambda row: (row[1].mean or 0.0, row[0]))))
    st.caption(f"The lowest first. What this means: {escape(ABOUTS[picked].meaning)}")
