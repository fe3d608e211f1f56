"""Two runs compared: pairs, groups, intervals, and what is refused."""

from pathlib import Path

import pytest
from evals_making import make_folder

from evals.compare import compare, gain, say
from evals.runs import RunError
from evals.scoring import ABOUTS


def test_each_case_is_paired_and_the_worst_regression_comes_first(tmp_path: Path) -> None:
    kinds = {"a": "define", "b": "define", "c": "look up", "d": "look up", "e": "look up"}
    first = make_folder(tmp_path / "first", {"a": 1.0, "b": 0.0, "c": 1.0, "d": 0.8, "e": 0.5}, kinds=kinds)
    second = make_folder(tmp_path / "second", {"a": 0.0, "b": 1.0, "c": 1.0, "d": 0.2, "e": None}, kinds=kinds)
    found = compare(first, second)
    [all_] = [c for c in found.changes if not c.group]
    assert (all_.better, all_.worse, all_.same, all_.n) == (1, 2, 1, 4)
    assert all_.difference == pytest.approx((-1 + 1 + 0 - 0.6) / 4)
    assert all_.low <= all_.difference <= all_.high
    assert all_.p == 1.0
    by_kind = {c.group: (c.better, c.worse, c.same) for c in found.changes if c.group}
    assert by_kind == {"kind: define": (1, 1, 0), "kind: look up": (0, 1, 1)}
    assert [p.case.id for p in found.pairs] == ["e", "a", "d", "b"]
    assert found.pairs[0].worse == ("error",)
    told = say(found)
    assert "first says of a" in told
    assert "second says of a" in told
    assert told.index("What of e?") < told.index("What of a?") < told.index("What of d?")


def test_runs_of_different_sets_are_refused_unless_told(tmp_path: Path) -> None:
    first, second = make_folder(tmp_path / "first", {"a": 1.0, "b": 1.0}), make_folder(tmp_path / "second", {"a": 0.0, "z": 1.0})
    with pytest.raises(RunError, match="not the same cases"):
        compare(first, second)
    found = compare(first, second, anyway=True)
    assert not found.same_set
    assert found.left_out == 2
    assert [c.n for c in found.changes if not c.group] == [1]
    assert "The sets differ" in say(found)


def test_a_case_that_was_rewritten_is_not_the_same_case(tmp_path: Path) -> None:
    first = make_folder(tmp_path / "first", {"a": 1.0}, kinds={"a": "define"})
    second = make_folder(tmp_path / "second", {"a": 1.0}, kinds={"a": "look up"})
    with pytest.raises(RunError, match="no case in common"):
        compare(first, second, anyway=True)


@pytest.mark.parametrize(
    ("scorer", "first", "second", "better"),
    [("latency", 100, 115, 0), ("latency", 100, 150, -1), ("latency", 100, 50, 1), ("cost", 0.1, 0.2, -1), ("gold_quote", 0, 1, 1)],
)
def test_less_is_better_of_time_and_cost(scorer: str, first: float, second: float, better: int) -> None:
    found = gain(ABOUTS[scorer], first, second)
    assert (found > 0) - (found < 0) == better


def test_ten_of_ten_worse_is_more_than_chance(tmp_path: Path) -> None:
    ids = [f"c{n}" for n in range(10)]
    first, second = make_folder(tmp_path / "first", dict.fromkeys(ids, 1.0)), make_folder(tmp_path / "second", dict.fromkeys(ids, 0.0))
    [all_] = [c for c in compare(first, second).changes if not c.group]
    assert all_.p == pytest.approx(2 / 1024)
    assert (all_.low, all_.high) == (-1.0, -1.0)
