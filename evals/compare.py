"""Two runs, case by case: what got better, what worse, and whether it is more than chance."""

from collections.abc import Sequence
from typing import Any

from evals.differences import say_differences
from evals.domain import About, EvalCase, Outcome
from evals.intervals import bootstrap, sign_test
from evals.metrics import cells
from evals.runs import RunError, RunFolder
from evals.scoring import ABOUTS
from hub.domain import Noun

SAME = 1e-9
NOISE = {"latency": 0.2}
"""A time is better or worse only where it moves by more than this share of the first: a machine's breath is no change."""


class Change(Noun):
    """One scorer over the cases that both runs scored, or those of a kind."""

    scorer: str
    group: str
    n: int
    first: float
    second: float
    difference: float
    """Second less first, on average."""
    low: float
    high: float
    """Its 95% interval, by bootstrap over the cases."""
    better: int
    worse: int
    same: int
    p: float
    """Of the two-sided sign test."""


class Pair(Noun):
    """One case in both runs."""

    case: EvalCase
    first: Outcome
    second: Outcome
    worse: tuple[str, ...]
    """The scorers by which the second is worse."""
    better: tuple[str, ...]
    loss: float
    """How much worse it is, over the shares: what regressions are put in order by."""


class Comparison(Noun):
    """What there is to say of two runs."""

    first: str
    second: str
    set_name: str
    same_set: bool
    left_out: int
    """Cases that only one run has."""
    first_cells: dict[str, int]
    second_cells: dict[str, int]
    changes: tuple[Change, ...]
    pairs: tuple[Pair, ...]
    """Those that changed, the worst regressions first."""
    settings: dict[str, tuple[Any, Any]]
    """What the runs were made by, where it differs."""


def compare(first: RunFolder, second: RunFolder, anyway: bool = False) -> Comparison:
    """Pair two runs. RunError where their sets differ, unless told to go on with the cases that are alike in both."""
    one, two = first.run(), second.run()
    same = one.set_version == two.set_version
    if not same and not anyway:
        raise RunError(
            f"{one.id} ran the set {one.set_name} {one.set_version}, {two.id} ran {two.set_name} {two.set_version}: not the same cases; "
            "give --anyway to compare the cases that are alike in both"
        )
    mine, theirs = {c.id: (c, o) for c, o in first.pairs()}, {c.id: (c, o) for c, o in second.pairs()}
    shared = [id for id in mine if id in theirs and mine[id][0] == theirs[id][0]]
    if not shared:
        raise RunError(f"{one.id} and {two.id} have no case in common; run both on one set")
    pairs = [_pair(mine[id][0], mine[id][1], theirs[id][1]) for id in shared]
    return Comparison(
        first=one.id, second=two.id, set_name=one.set_name, same_set=same, left_out=len(mine.keys() | theirs.keys()) - len(shared),
        first_cells=cells(p.first for p in pairs), second_cells=cells(p.second for p in pairs),
        changes=tuple(_changes(pairs)),
        pairs=tuple(sorted((p for p in pairs if p.worse or p.better), key=lambda p: (-p.loss, p.case.id))),
        settings=_differences(one.model_dump(mode="json"), two.model_dump(mode="json")),
    )  # fmt: skip


def gain(about: About, first: float, second: float) -> float:
    """How much better the second is: positive is better, 0 is the same."""
    change = second - first if about.higher_is_better else first - second
    return 0.0 if abs(change) <= max(SAME, NOISE.get(about.name, 0.0) * abs(first)) else change


def _pair(case: EvalCase, first: Outcome, second: Outcome) -> Pair:
    worse: list[str] = []
    better: list[str] = []
    loss = 0.0
    if bool(first.error) != bool(second.error):
        (worse if second.error else better).append("error")
        loss += 10.0 if second.error else -10.0
    for name, about in ABOUTS.items():
        values = _both(name, first, second)
        if values is None:
            continue
        gained = gain(about, *values)
        if gained:
            (better if gained > 0 else worse).append(name)
        if about.unit == "share":
            loss -= gained
    return Pair(case=case, first=first, second=second, worse=tuple(worse), better=tuple(better), loss=round(loss, 6))


def _both(scorer: str, first: Outcome, second: Outcome) -> tuple[float, float] | None:
    one, two = first.score(scorer), second.score(scorer)
    if first.error or second.error or one is None or two is None or one.value is None or two.value is None:
        return None
    return one.value, two.value


def _changes(pairs: Sequence[Pair]) -> list[Change]:
    grouped: dict[str, list[Pair]] = {"": list(pairs)}
    for pair in pairs:
        if pair.case.kind:
            grouped.setdefault(f"kind: {pair.case.kind}", []).append(pair)
    found = []
    for group, members in grouped.items():
        for name, about in ABOUTS.items():
            both = [v for p in members if (v := _both(name, p.first, p.second))]
            if both:
                found.append(_change(about, group, both))
    return found


def _change(about: About, group: str, both: Sequence[tuple[float, float]]) -> Change:
    gains = [gain(about, a, b) for a, b in both]
    better, worse = sum(g > 0 for g in gains), sum(g < 0 for g in gains)
    differences = [b - a for a, b in both]
    low, high = bootstrap(differences)
    n = len(both)
    return Change(
        scorer=about.name, group=group, n=n, first=sum(a for a, _ in both) / n, second=sum(b for _, b in both) / n,
        difference=sum(differences) / n, low=low, high=high, better=better, worse=worse, same=n - better - worse, p=sign_test(better, worse),
    )  # fmt: skip


def _differences(one: dict[str, Any], two: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for key in ("commit", "code", "judge", "repeats", "set_version"):
        if one[key] != two[key]:
            found[key] = (one[key], two[key])
    for part in ("settings", "prompts", "store"):
        for key in sorted({*one[part], *two[part]}):
            a, b = one[part].get(key), two[part].get(key)
            if a != b:
                found[f"{part}: {key}"] = (a, b)
    return found


def say(comparison: Comparison) -> str:
    """The comparison for a terminal."""
    c = comparison
    lines = [f"{c.first} → {c.second}, set {c.set_name}, {sum(c.first_cells.values())} cases"]
    if not c.same_set:
        lines.append(f"The sets differ: only the cases that are alike in both are compared; {c.left_out} are left out.")
    lines += [f"differs: {line}" for line in say_differences(c.settings)]
    lines.append("")
    for change in (x for x in c.changes if not x.group):
        lines.append(say_change(change))
    moved = [x for x in c.changes if x.group.startswith("kind") and x.better + x.worse and ABOUTS[x.scorer].unit == "share"]
    if moved:
        lines += ["", "By kind of question:", *(f"  {x.group.removeprefix('kind: ')}: {say_change(x)}" for x in moved)]
    worst = [p for p in c.pairs if p.loss > 0]
    lines += ["", f"{len(worst)} cases got worse on the whole." if worst else "No case got worse."]
    for pair in worst[:10]:
        lines += ["", f"{pair.case.id} ({pair.case.kind}): worse by {', '.join(pair.worse)}", f"  asked:  {pair.case.question}"]
        lines += [
            f"  {(pair.first.answer and pair.first.answer.status) or 'error'}: {_brief(pair.first)}",
            f"  now {_brief(pair.second, True)}",
        ]
    return "\n".join(lines)


def _brief(outcome: Outcome, status: bool = False) -> str:
    if not outcome.answer:
        return f"error: {outcome.error}"
    text = " ".join(outcome.answer.text.split())
    return f"{outcome.answer.status + ': ' if status else ''}{text[:300]}{'…' if len(text) > 300 else ''}"


def say_change(change: Change) -> str:
    """One line on one scorer."""
    about = ABOUTS[change.scorer]
    times, unit, digits = {"share": (100, " points", 1), "milliseconds": (1, " ms", 0), "dollars": (1, " dollars", 4)}[about.unit]
    sign = f"{times * change.difference:+.{digits}f}{unit} ({times * change.low:+.{digits}f} to {times * change.high:+.{digits}f})"
    return f"{about.title}: {sign}; {change.better} better, {change.worse} worse, {change.same} the same of {change.n}; sign test p {'< 0.001' if change.p < 0.001 else f'= {change.p:.2g}'}"
