"""Results: the runs held, how far one is, and what it found."""

import streamlit as st

from evals.background import Watched, carry_on, watch
from evals.charts import CSS, bars, figure, four
from evals.domain import Metric
from evals.export import run_csv
from evals.labels import agreement_of_scorer, labels_of
from evals.metrics import Pair, all_metrics, cells, failures
from evals.report import render
from evals.report_cases import CSS as CASE_CSS
from evals.report_cases import show_case
from evals.runs import RunError, RunFolder, list_runs, runs_folder
from evals.scoring import ABOUTS
from hub.components import load_model
from ui import session
from ui.markdown import escape

GOING = ("starting", "running", "stopping")


def choose(label: str, key: str) -> RunFolder | None:
    """A run that is picked, the newest first; None where none is held."""
    held = list_runs(session.settings())
    folders = {run.id: folder for run, folder in held}
    names = {r.id: f"{r.set_name}, {r.started[:19].replace('T', ' ')}, {r.settings.get('llm') or 'no language model'}" for r, _ in held}
    if not folders:
        st.info("No run is held yet. Choose a set under “Sets of questions” and run it.", icon=":material/hourglass_empty:")
        return None
    picked = st.selectbox(label, list(folders), format_func=lambda id: names[id], key=key)
    return folders[picked] if picked else None


def show() -> None:
    """The part of the page."""
    begun = st.session_state.get("quality-watch")
    if begun and watch(RunFolder(runs_folder(session.settings()) / begun)).state in ("starting", "failed"):
        _progress(begun)
    folder = choose("Run", "quality-run")
    if folder is None:
        return
    state = watch(folder)
    if state.state != "done":
        _progress(folder.path.name)
    try:
        pairs = folder.pairs()
    except RunError as error:
        st.error(escape(str(error)))
        return
    if pairs:
        _result(folder, pairs)


@st.fragment(run_every=2.0)
def _progress(id: str) -> None:
    """Looked at anew every two seconds; the run does not need it."""
    now = watch(RunFolder(runs_folder(session.settings()) / id))
    total = now.run.cases if now.run else 0
    if now.state == "done":
        st.rerun()
    if now.state == "failed":
        st.error(escape(now.said.removeprefix("evals: ") or "The run could not begin."))
        return
    left = f", {now.said.partition(', ')[2]}" if now.state == "running" and "left" in now.said else ""
    st.progress(now.done / total if total else 0.0, text=f"{now.state.capitalize()}: {now.done} of {total or '…'}{left}")
    _buttons(now)


def _buttons(now: Watched) -> None:
    if now.state in GOING:
        if st.button(
            "Stop",
            icon=":material/stop:",
            disabled=now.state == "stopping",
            help="Stops after the question it is at. It can be carried on.",
        ):
            now.folder.ask_to_stop()
    elif st.button("Carry on", icon=":material/play_arrow:"):
        carry_on(session.settings(), now.folder)
        st.rerun()


def _result(folder: RunFolder, pairs: list[Pair]) -> None:
    run = folder.run()
    metrics = all_metrics(pairs)
    st.html(f"<style>{CSS}{CASE_CSS}</style>{four(cells(o for _, o in pairs))}")
    report, table = st.columns(2)
    report.download_button("Report to mail (HTML)", render(run, pairs), f"{run.id}.html", "text/html", icon=":material/mail:")
    table.download_button("Every question (CSV)", run_csv(folder), f"{run.id}.csv", "text/csv", icon=":material/table:")
    st.subheader("What was measured")
    for metric in (m for m in metrics if not m.group):
        _measure(metric, folder, pairs)
    names = {c.id: c.name for c in load_model().components}
    for sort, title in (("kind", "By kind of question"), ("component", "By component")):
        rows = [(m.group.partition(": ")[2], m) for m in metrics if m.scorer == "gold_quote" and m.group.startswith(f"{sort}:")]
        if rows:
            st.subheader(f"{title}: {ABOUTS['gold_quote'].title.lower()}")
            st.html(bars([(names.get(label, label), m) for label, m in rows]))
    failed = [(c, o, why) for c, o in pairs if (why := failures(o))]
    st.subheader(f"Questions that fell short ({len(failed)} of {len(pairs)})")
    st.html("".join(show_case(c, o, why) for c, o, why in failed) or "<p>None.</p>")
    with st.expander("What this run was made by"):
        st.json(run.model_dump(mode="json"))


def _measure(metric: Metric, folder: RunFolder, pairs: list[Pair]) -> None:
    about = ABOUTS[metric.scorer]
    if about.unit == "share":
        st.html(bars([(about.title, metric)]))
    else:
        st.markdown(f"{about.title}: {escape(figure(metric))}")
    told = about.meaning
    if about.judged or metric.scorer in ("gold_quote", "words"):
        people = labels_of(folder)
        agreed = [a for who, own in people.items() if (a := agreement_of_scorer(metric.scorer, [o for _, o in pairs], own, who))]
        told += " Agreement with people's labels on this run: " + ("; ".join(str(a) for a in agreed) if agreed else "not yet known") + "."
    st.caption(f"What this means: {escape(told)}")
