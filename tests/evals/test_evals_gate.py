"""The gate: open for the engine as it is, red for the engine broken in five ways, and the report says where."""

import html
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import evals_breaks as breaks
import pytest
from evals_making import make_folder

from assistant.build import build_assistant
from assistant.engine import Assistant
from evals.asking import Make
from evals.gate import Fallen, Gate, GateError, Passed, judge, load_gates, run_gate
from evals.metrics import FAULTLESS
from evals.report import write_report
from evals.runs import RunFolder
from evals.sets import find_set, load_set
from hub.settings import Settings

BROKEN = (breaks.retrieval_shuffled, breaks.citations_shifted, breaks.refusals_off, breaks.numbers_altered, breaks.component_removed)


@pytest.fixture(scope="module")
def gated(own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Make], tuple[Passed, str]]:
    """The shipped gate's outcome for an engine, and its report; each engine once."""

    @cache
    def run(make: Make) -> tuple[Passed, str]:
        page = tmp_path_factory.mktemp("gate") / "report.html"

        def keep(folder: RunFolder, fallen: Sequence[Fallen]) -> None:
            write_report(folder, page, fallen)

        found = run_gate(load_gates()[0], own_settings, lambda done, total, left: None, make=make, keep=keep, store=own_settings.store)
        return found, page.read_text(encoding="utf-8")

    return run


def test_the_gate_is_open_for_the_engine_as_it_is(gated: Callable[[Make], tuple[Passed, str]]) -> None:
    found, page = gated(build_assistant)
    assert [str(f) for f in found.fallen] == []
    assert "Thresholds that were not reached" not in page


@pytest.mark.parametrize(
    ("broken", "scorer", "group"),
    [
        (breaks.retrieval_shuffled, "recall", ""),
        (breaks.citations_shifted, "words", ""),
        (breaks.refusals_off, "status", "kind: no evidence"),
        (breaks.numbers_altered, "words", ""),
        (breaks.component_removed, "recall", f"component: {breaks.REMOVED}"),
    ],
)
def test_the_gate_is_red_for_a_broken_engine_and_says_where(
    gated: Callable[[Make], tuple[Passed, str]], broken: Make, scorer: str, group: str
) -> None:
    found, page = gated(broken)
    [named] = [f for f in found.fallen if (f.scorer, f.group) == (scorer, group)]
    assert named.cases
    said = html.unescape(page[page.index("Thresholds that were not reached") : page.index("What was measured")])
    assert str(named) in said
    short = page[page.index("Questions that fell short") :]
    short = short[: short.index("Questions that were answered or refused well")]
    failing = {id for f in found.fallen for id in f.cases if f.scorer in FAULTLESS}
    assert failing
    assert [id for id in failing if f"· {id}<" not in short] == []


def test_a_broken_component_falls_and_the_others_stand(gated: Callable[[Make], tuple[Passed, str]]) -> None:
    found, _ = gated(breaks.component_removed)
    assert {f.group for f in found.fallen if f.group.startswith("component: ") and f.scorer == "recall"} == {f"component: {breaks.REMOVED}"}


def test_thresholds_are_least_and_most_overall_by_kind_and_by_component(tmp_path: Path) -> None:
    pairs = make_folder(tmp_path / "run", {"a": 1.0, "b": 0.0}, kinds={"a": "define", "b": "list"}).pairs()
    gate = Gate(set="x", sources=("y",), least={"gold_quote": 0.5}, kind={"list": {"gold_quote": 0.1}, "define": {"gold_quote": 1.0}})
    [fallen] = judge(gate, pairs)
    assert (fallen.group, fallen.reached, fallen.wanted, fallen.cases) == ("kind: list", 0.0, 0.1, ("b",))
    assert "cases: b" in str(fallen)
    assert judge(Gate(set="x", sources=("y",), most={"gold_quote": 0.4}), pairs)[0].reached == 0.5
    assert judge(Gate(set="x", sources=("y",), most={"gold_quote": 0.6}), pairs) == []


def test_a_scorer_that_scores_nothing_any_more_is_a_fall_and_so_is_an_error(tmp_path: Path) -> None:
    pairs = make_folder(tmp_path / "run", {"a": 1.0, "b": None}).pairs()
    fallen = judge(Gate(set="x", sources=("y",), least={"recall": 0.1}), pairs)
    assert {f.scorer for f in fallen} == {"recall", "error"}
    assert next(f for f in fallen if f.scorer == "error").cases == ("b",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[gate]]\nset = "s"\nsources = ["x"]\n[gate.least]\nno_such = 0.5', "no scorer is named no_such"),
        ('[[gate]]\nsources = ["x"]', "gate.toml: set"),
        ("[[gate]\n", "gate.toml"),
        ("other = 1", "one \\[\\[gate\\]\\] or more"),
        ('[[gate]]\nset = "s"\nsources = ["x"]\ncolour = 1', "colour"),
    ],
)
def test_a_gates_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "gate.toml").write_text(text, encoding="utf-8")
    with pytest.raises(GateError, match=says):
        load_gates(tmp_path / "gate.toml")


def test_the_shipped_gates_name_every_kind_and_component_rightly(own: Assistant) -> None:
    [gate] = load_gates()
    assert set(gate.component) <= {c.id for c in own.model.components}
    assert set(gate.kind) <= {c.kind for c in load_set(find_set("hub")).cases}
