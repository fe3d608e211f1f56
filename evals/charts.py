"""Charts of plain HTML and CSS, which a mail and a page of the app show alike: no script, no address outside, nothing told by colour alone."""

from collections.abc import Mapping, Sequence
from html import escape

from evals.domain import Metric
from evals.scoring import ABOUTS

CSS = """
.bar{display:grid;grid-template-columns:minmax(9rem,18rem) 1fr 8.5rem;gap:.25rem .75rem;align-items:center;margin:.35rem 0}
.track{position:relative;display:block;height:1rem;background:color-mix(in srgb,currentColor 14%,transparent);border-radius:2px}
.track i,.track b{position:absolute;display:block}.track i{left:0;top:.15rem;bottom:.15rem;background:light-dark(#0b5c5a,#63bdb3)}
.track b{top:.35rem;bottom:.35rem;border:solid currentColor;border-width:0 2px;background:linear-gradient(currentColor,currentColor) center/100% 2px no-repeat}
.bar .value{font-variant-numeric:tabular-nums;white-space:nowrap;text-align:right}
.cells{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0}
.cell{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-left-width:.4rem;border-radius:4px;padding:.6rem .8rem}
.cell b{display:block;font-size:1.7rem;line-height:1.2}
.cell.good{border-left-color:light-dark(#0b5c5a,#63bdb3)}.cell.bad{border-left-color:light-dark(#b3261e,#f2919a)}.cell.none{border-left-color:#70757d}
.sides{display:flex;height:1.5rem;gap:2px;margin:.25rem 0 .15rem;font-size:.85rem;line-height:1.5rem}
.sides span{display:block;min-width:1.9rem;text-align:center;border-radius:2px;white-space:nowrap;overflow:hidden}
.sides .worse{background:light-dark(#b3261e,#f2919a);color:light-dark(#fff,#0b0c0c)}.sides .better{background:light-dark(#0b5c5a,#63bdb3);color:light-dark(#fff,#0b0c0c)}
.sides .same{background:color-mix(in srgb,currentColor 14%,transparent)}
@media(max-width:34rem){.bar{grid-template-columns:1fr auto}.track{grid-column:1/-1;grid-row:2}}
"""


def bar(mean: float, low: float, high: float, words: str) -> str:
    """A bar of a share from 0 to 1, with its interval as a line across its end. `words` is what a screen reader says."""
    x, a, b = (round(100 * min(1.0, max(0.0, v)), 1) for v in (mean, low, high))
    interval = f'<b style="left:{a}%;width:{max(0.5, round(b - a, 1))}%"></b>'
    return f'<span class="track" role="img" aria-label="{escape(words)}"><i style="width:{x}%"></i>{interval}</span>'


def share(value: float) -> str:
    """A share as a reader's percentage."""
    return f"{100 * value:.0f}%"


def bars(rows: Sequence[tuple[str, Metric]]) -> str:
    """Rows of label, bar and figure. Only of shares."""
    out = []
    for label, m in rows:
        if m.mean is None or m.low is None or m.high is None:
            continue
        figure = f"{share(m.mean)} <small>({share(m.low)}–{share(m.high)})</small>"
        words = f"{label}: {share(m.mean)}, interval {share(m.low)} to {share(m.high)}, {m.n} cases"
        out.append(
            f'<div class="bar"><span>{escape(label)} <small>n&nbsp;=&nbsp;{m.n}</small></span>{bar(m.mean, m.low, m.high, words)}<span class="value">{figure}</span></div>'
        )
    return "".join(out)


_CELLS = {
    "right answer": ("good", "answered where the library holds an answer"),
    "right refusal": ("good", "refused where it holds none"),
    "wrong answer": ("bad", "answered, though the library does not hold it"),
    "wrong refusal": ("bad", "refused, or put off in the wrong way"),
    "error": ("none", "no answer came: counted apart"),
}


def four(cells: Mapping[str, int]) -> str:
    """The two by two of status, with errors beside it."""
    total = sum(cells.values()) or 1
    tiles = [
        f'<div class="cell {_CELLS[name][0] if cells[name] else "none"}"><b>{cells[name]}</b>{name} ({share(cells[name] / total)})<br><small>{_CELLS[name][1]}</small></div>'
        for name in _CELLS
        if cells.get(name) or name != "error"
    ]
    return f'<div class="cells">{"".join(tiles)}</div>'


def figure(metric: Metric) -> str:
    """A metric's figure with its unit and interval."""
    unit = ABOUTS[metric.scorer].unit
    if metric.mean is None or metric.low is None or metric.high is None:
        return "not scored"
    if unit == "share":
        return f"{share(metric.mean)} ({share(metric.low)}–{share(metric.high)})"
    if unit == "milliseconds":
        return f"{metric.mean:,.0f} ms ({metric.low:,.0f}–{metric.high:,.0f})"
    return f"${metric.mean:.4f} (${metric.low:.4f}–${metric.high:.4f})"


def sides(worse: int, same: int, better: int) -> str:
    """How many got worse, stayed the same and got better, as one bar with its counts in it."""
    parts = {"worse": worse, "same": same, "better": better}
    words = ", ".join(f"{n} {name}" for name, n in parts.items())
    drawn = "".join(f'<span class="{name}" style="flex:{n}">{n} {name}</span>' for name, n in parts.items() if n)
    return f'<div class="sides" role="img" aria-label="{words}">{drawn}</div>'
