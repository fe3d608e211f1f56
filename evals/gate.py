"""The gate: sets run over private stores, and thresholds that a metric may not fall under. What lies in `HUB_STORE` does not matter."""

import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import Field, ValidationError

from assistant.build import build_assistant
from evals.asking import Make, Plan
from evals.domain import Metric, Run
from evals.estimate import estimate
from evals.metrics import FAULTLESS, Pair, failures, groups, metric
from evals.running import Progress, carry_out, start_or_resume
from evals.runs import RunFolder
from evals.scoring import ABOUTS
from evals.sets import SetError, load_set
from hub.domain import Noun
from hub.settings import ROOT, Settings
from ingest.run import ingest

GATES = ROOT / "evals" / "gates.toml"


class GateError(ValueError):
    """The gates' file cannot be used; the message names the row."""


class Gate(Noun):
    """One set over some sources, with what it must reach."""

    set: str
    """A path, from the project's root."""
    sources: tuple[str, ...]
    """Folders with a manifest, from the project's root."""
    errors: int = 0
    """At most so many cases without an answer."""
    least: Mapping[str, float] = {}
    """The least mean of a scorer over all cases."""
    most: Mapping[str, float] = {}
    """The highest mean of a scorer over all cases, where less is better."""
    each_component: Mapping[str, float] = {}
    """The least mean of a scorer over the cases of every component."""
    kind: Mapping[str, Mapping[str, float]] = Field(default={})
    """The least means over the cases of one kind of question."""
    component: Mapping[str, Mapping[str, float]] = Field(default={})
    """The same for one component, in place of `each_component`."""


class Fallen(Noun):
    """One threshold that was not reached."""

    scorer: str
    group: str
    reached: float
    wanted: float
    cases: tuple[str, ...]
    """The ids of the cases that fell short of the full mark there."""

    def __str__(self) -> str:
        about = ABOUTS.get(self.scorer)
        name = about.title if about else "Cases without an answer"
        share = about and about.unit == "share"
        told = (f"{100 * self.reached:.1f}%", f"{100 * self.wanted:.1f}%") if share else (f"{self.reached:g}", f"{self.wanted:g}")
        where = f" ({self.group})" if self.group else ""
        return f"{name}{where}: {told[0]}, wanted {told[1]}; cases: {', '.join(self.cases) or 'none by itself'}"


class Passed(Noun):
    """A gate's outcome."""

    set: str
    run: Run
    fallen: tuple[Fallen, ...]
    metrics: tuple[Metric, ...]

    @property
    def is_open(self) -> bool:
        """Whether every threshold was reached."""
        return not self.fallen


def load_gates(path: Path = GATES) -> tuple[Gate, ...]:
    """The gates of a file. GateError names what is wrong."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
        gates = tuple(Gate.model_validate(row) for row in rows["gate"])
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise GateError(f"{path}: {error}; it holds one [[gate]] or more") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise GateError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    for gate in gates:
        named = {*gate.least, *gate.most, *gate.each_component}
        named |= {s for part in (*gate.kind.values(), *gate.component.values()) for s in part}
        if unknown := sorted(named - ABOUTS.keys()):
            raise GateError(f"{path}: no scorer is named {', '.join(unknown)}; there are {', '.join(ABOUTS)}")
    return gates


def run_gate(
    gate: Gate,
    settings: Settings,
    progress: Progress,
    make: Make = build_assistant,
    keep: Callable[[RunFolder, Sequence[Fallen]], object] | None = None,
    store: Path | None = None,
) -> Passed:
    """Run a gate's set in quotes mode over a private store, and see. `keep` sees the run before the store is gone; `store`: one made already."""
    with tempfile.TemporaryDirectory(prefix="hub-gate-") as folder:
        own = private(settings, store or Path(folder))
        if store is None:
            report = ingest(own, [ROOT / s for s in gate.sources], quietly)
            if report.failed:
                raise GateError(f"{', '.join(gate.sources)}: {report.failed[0].source}: {report.failed[0].reason}")
        path = ROOT / gate.set
        try:
            cases = load_set(path)
        except SetError as error:
            raise GateError(str(error)) from error
        plan = Plan(own, cases, estimate(cases.cases, own, 1, judging=False), make=make)
        run_folder, _ = start_or_resume(plan, fresh=True)
        run = carry_out(plan, run_folder, progress)
        pairs = run_folder.pairs()
        fallen = judge(gate, pairs)
        if keep:
            keep(run_folder, fallen)
        everything = [metric(name, "", [o for _, o in pairs]) for name in ABOUTS]
        return Passed(set=gate.set, run=run, fallen=tuple(fallen), metrics=tuple(m for m in everything if m.n))


def quietly(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def private(settings: Settings, store: Path) -> Settings:
    """Settings of one's own store, in quotes mode, with illustrative sources in force where they are all there is."""
    changed = {"store": store, "llm": "", "judge": "", "database_url": "", "chroma_url": "", "illustrative": False}
    return Settings(**{**settings.model_dump(), **changed})


def judge(gate: Gate, pairs: Sequence[Pair]) -> list[Fallen]:
    """Every threshold that these outcomes do not reach."""
    wrong = [c.id for c, o in pairs if o.error]
    found = (
        [Fallen(scorer="error", group="", reached=len(wrong), wanted=gate.errors, cases=tuple(wrong))] if len(wrong) > gate.errors else []
    )
    for group, members in groups(pairs).items():
        for scorer, wanted in _wanted(gate, group).items():
            one = metric(scorer, group, [o for _, o in members])
            most = scorer in gate.most and not group
            if one.mean is None:
                # A scorer that no case has any more is a fault, not a pass.
                found.append(Fallen(scorer=scorer, group=group, reached=0.0, wanted=wanted, cases=tuple(c.id for c, _ in members)))
            elif one.mean > wanted if most else one.mean < wanted:
                found.append(Fallen(scorer=scorer, group=group, reached=one.mean, wanted=wanted, cases=_short(scorer, members)))
    return found


def _wanted(gate: Gate, group: str) -> dict[str, float]:
    sort, _, name = group.partition(": ")
    if sort == "kind":
        return dict(gate.kind.get(name, {}))
    if sort == "component":
        return {**gate.each_component, **gate.component.get(name, {})}
    return {**gate.least, **gate.most}


def _short(scorer: str, members: Sequence[Pair]) -> tuple[str, ...]:
    if scorer in FAULTLESS:
        return tuple(c.id for c, o in members if scorer in failures(o))
    scored = [(s.value, c.id) for c, o in members if (s := o.score(scorer)) and s.value is not None]
    return tuple(id for value, id in sorted(scored)[:10] if value < 1)
