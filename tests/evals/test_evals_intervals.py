"""Intervals and tests against worked examples."""

import math

import pytest

from evals.intervals import bootstrap, interval, kappa, kappa_interval, sign_test, wilson


def test_wilson_is_that_of_newcombes_worked_example() -> None:
    # R. G. Newcombe, Statistics in Medicine 1998, 17: 857-872, table I: 81 of 263, and 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_kappa_is_that_of_the_textbooks_grant_readers() -> None:
    # 50 proposals, two readers: 20 both yes, 15 both no, 5 and 10 apart: agreement .70, chance .50, kappa .40.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(first, second) == pytest.approx(0.40)
    low, high = kappa_interval(first, second) or (0.0, 0.0)
    assert 0.1 < low < 0.4 < high < 0.7


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [(["a", "b"], ["a", "b"], 1.0), (["a", "b"], ["b", "a"], -1.0), (["a", "a"], ["a", "a"], None)],
)
def test_kappa_at_its_ends(first: list[str], second: list[str], value: float | None) -> None:
    assert kappa(first, second) == value


def test_kappa_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        kappa([], [])


@pytest.mark.parametrize(("better", "worse", "p"), [(0, 0, 1.0), (1, 0, 1.0), (9, 1, 22 / 1024), (5, 5, 1.0), (0, 8, 2 / 256)])
def test_the_sign_test_counts_the_tails(better: int, worse: int, p: float) -> None:
    assert sign_test(better, worse) == pytest.approx(p)


def test_the_bootstrap_narrows_with_n_and_is_the_same_each_time() -> None:
    few, many = bootstrap([0.0, 0.5, 1.0] * 5), bootstrap([0.0, 0.5, 1.0] * 200)
    assert few == bootstrap([0.0, 0.5, 1.0] * 5)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    # The standard error of the mean of 600 values with a standard deviation of .408 is .0167: 1.96 of it either way.
    assert many == pytest.approx((0.5 - 0.0327, 0.5 + 0.0327), abs=0.004)
    assert math.isnan(bootstrap([])[0])


def test_yes_and_no_get_wilsons_interval() -> None:
    assert interval([1.0, 1.0, 0.0]) == wilson(2, 3)
    assert interval([0.5, 1.0]) == bootstrap([0.5, 1.0])
