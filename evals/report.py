"""A run as one HTML page that can be mailed: its charts and styles are inside it, it needs no script, and asks no other machine for anything."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from evals.charts import CSS as CHART_CSS
from evals.charts import bars, figure, four
from evals.domain import Metric, Run
from evals.meta.known import WHAT_KAPPA_IS, say_known
from evals.metrics import Pair, all_metrics, cells, failures
from evals.report_cases import CSS as CASE_CSS
from evals.report_cases import show_case
from evals.runs import RunFolder
from evals.scorers.status import RIGHT_ANSWER, RIGHT_REFUSAL
from evals.scoring import ABOUTS
from hub.components import load_model

_CSS = """
*{box-sizing:border-box}body{font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#16202c;background:#fff;max-width:64rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0}h2{font-size:1.25rem;margin:2.2rem 0 .4rem;border-top:1px solid #d5dbe3;padding-top:1rem}h3{font-size:1.02rem;margin:1.2rem 0 .2rem}
p{margin:.4rem 0 .8rem;max-width:46rem}small{color:#4a5563}.lead{font-size:1.1rem}.means{color:#4a5563;margin:-.1rem 0 .9rem;font-size:.92rem}
table{border-collapse:collapse;width:100%;font-size:.93rem}th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #e3e7ec;vertical-align:top;overflow-wrap:anywhere}
summary{cursor:pointer}@media print{details{display:block}}
"""
_ALWAYS = ("status", "gold_source", "gold_quote")


def write_report(folder: RunFolder, out: Path, fallen: Sequence[object] = ()) -> Path:
    """Write the page of a run, with the thresholds that were not reached, each as it says itself. Returns where."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(render(folder.run(), folder.pairs(), [str(f) for f in fallen]), encoding="utf-8")
    return out


def render(run: Run, pairs: Sequence[Pair], fallen: Sequence[str] = ()) -> str:
    """The page."""
    metrics = all_metrics(pairs)
    body = [
        _head(run, pairs),
        _fallen(fallen),
        _measures([m for m in metrics if not m.group], bool(run.settings.get("llm"))),
        _grouped("kind", "By kind of question", metrics),
        _grouped("component", "By component of the model", metrics),
        _short(pairs),
        _all_rest(pairs),
        _made(run),
    ]
    title = f"Answer quality: {run.set_name}, {run.started[:10]}"
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_CSS}{CHART_CSS}{CASE_CSS}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def _head(run: Run, pairs: Sequence[Pair]) -> str:
    counted = cells(o for _, o in pairs)
    can = [(c, o) for c, o in pairs if c.answerable]
    good, right = counted[RIGHT_ANSWER], counted[RIGHT_REFUSAL]
    whose = (
        f"written by the language model {escape(str(run.settings['llm']))}"
        if run.settings.get("llm")
        else "made of the sources' own words, without a language model"
    )
    unfinished = (
        "" if run.state == "done" else f"<p><strong>This run is not finished: {len(pairs)} of {run.cases} questions so far.</strong></p>"
    )
    return (
        f"<h1>How good are the answers?</h1><p><small>Set “{escape(run.set_name)}” ({run.set_version}), {escape(run.started[:16].replace('T', ' '))} UTC</small></p>{unfinished}"
        f"{_lost(run)}"
        f'<p class="lead">Of {len(can)} questions that the library can answer, <strong>{good} were answered</strong>{_shown(pairs)}. '
        f"Of {len(pairs) - len(can)} that it cannot or should not, <strong>{right} were refused</strong> as they should be. Answers were {whose}.</p>"
        f"{four(counted)}"
        "<p><small>What a right answer is was decided beforehand by the set's authors, by reading the documents: these are author labels, not the judgement of readers. "
        "In the charts the line across a bar's end is the 95% interval: where two intervals overlap much, the difference may be chance.</small></p>"
        "<p><small>This page quotes the documents. Pass it on only where they may be passed on.</small></p>"
    )


def _shown(pairs: Sequence[Pair]) -> str:
    """To be answered is not yet to be answered well: how many show the words that were looked for."""
    values = [s.value for c, o in pairs if c.answerable and (s := o.score("gold_quote")) and s.value is not None]
    return f", and {sum(v == 1 for v in values)} of {len(values)} answers show the very words that were looked for" if values else ""


def say_lost(run: Run) -> str:
    """That some questions rest on what the library did not hold; "" where all can be answered rightly."""
    if not run.lost:
        return ""
    return (
        f"{run.lost} of the {run.cases} questions rest on documents or words that the library did not hold: no answer to them could be found right. "
        "Add those documents, or mend the set, before the figures are judged."
    )


def _lost(run: Run) -> str:
    return f'<p class="why"><strong>{escape(said)}</strong></p>' if (said := say_lost(run)) else ""


def _fallen(fallen: Sequence[str]) -> str:
    if not fallen:
        return ""
    rows = "".join(f'<li class="why">{escape(one)}</li>' for one in fallen)
    return f"<h2>Thresholds that were not reached ({len(fallen)})</h2><ul>{rows}</ul>"


def _measures(metrics: Sequence[Metric], by_llm: bool) -> str:
    out = ["<h2>What was measured</h2>"]
    for m in metrics:
        about = ABOUTS[m.scorer]
        if about.unit == "share":
            out.append(bars([(about.title, m)]))
        else:
            out.append(
                f'<div class="bar"><span>{escape(about.title)} <small>n&nbsp;=&nbsp;{m.n}</small></span><span></span><span class="value">{figure(m)}</span></div>'
            )
        trust = "Whether this judge agrees with staff is not yet known." if about.judged else say_known(m.scorer, by_llm)
        out.append(f'<p class="means">{escape(f"{about.meaning} {trust}").replace("Take care:", "<strong>Take care:</strong>")}</p>')
    out.append(f"<p><small>{escape(WHAT_KAPPA_IS)}</small></p>")
    return "".join(out)


def _grouped(sort: str, title: str, metrics: Sequence[Metric]) -> str:
    out = [f"<h2>{title}</h2>"]
    names = {c.id: c.name for c in load_model().components}
    for scorer in _ALWAYS:
        rows = [(m.group.split(": ", 1)[1], m) for m in metrics if m.scorer == scorer and m.group.startswith(f"{sort}: ")]
        if rows:
            out.append(f"<h3>{escape(ABOUTS[scorer].title)}</h3>")
            out.append(bars(sorted(((names.get(label, label), m) for label, m in rows), key=lambda r: (r[1].mean or 0.0, r[0]))))
    return "".join(out) if len(out) > 1 else ""


def _short(pairs: Sequence[Pair]) -> str:
    failed = [(c, o, why) for c, o in pairs if (why := failures(o))]
    if not failed:
        return "<h2>Questions that fell short</h2><p>None.</p>"
    shown = "".join(show_case(c, o, why) for c, o, why in failed)
    return f"<h2>Questions that fell short ({len(failed)} of {len(pairs)})</h2><p>What was expected beside what came. Open one to read it.</p>{shown}"


def _all_rest(pairs: Sequence[Pair]) -> str:
    good = [(c, o) for c, o in pairs if not failures(o)]
    shown = "".join(show_case(c, o, []) for c, o in good)
    return f"<h2>Questions that were answered or refused well ({len(good)})</h2>{shown}" if good else ""


def made_by(run: Run) -> dict[str, str]:
    """What a run was made by, as the rows of a table."""
    return {
        "run": run.id,
        "set": f"{run.set_name}, version {run.set_version}, {run.cases} questions",
        "started, took": f"{run.started[:19]}, {run.seconds:.0f} s",
        "code": f"{run.commit[:12] or 'not a checkout'}{' with changes ' + run.code if run.dirty else ''}",
        "library": f"{run.store.sources} sources, {run.store.chunks} passages; generation {run.store.generation}; {run.store.made_by}",
        "judge": f"{run.judge}, asked {run.repeats} times" if run.judge else "none",
        "prompts": ", ".join(f"{k} {v}" for k, v in run.prompts.items()),
        **{f"setting: {k}": str(v) for k, v in run.settings.items()},
    }


def _made(run: Run) -> str:
    rows = made_by(run)
    cells_ = "".join(f"<tr><th scope=row>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows.items())
    return f"<h2>What this run was made by</h2><table>{cells_}</table>"
