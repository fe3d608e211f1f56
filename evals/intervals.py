"""Intervals and tests, in a few lines each: what a figure is worth."""

import math
from collections.abc import Sequence

import numpy as np

_Z = 1.959963984540054
RESAMPLES = 10_000


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95% interval of a share (E. B. Wilson, 1927, JASA 22: 209-212)."""
    if not n:
        return 0.0, 1.0
    p = hits / n
    centre = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(values: Sequence[float], resamples: int = RESAMPLES) -> tuple[float, float]:
    """The 95% interval of a mean, by the percentile bootstrap (B. Efron, 1979). Drawn from a fixed seed: the same values, the same interval."""
    if not values:
        return math.nan, math.nan
    drawn = np.random.default_rng(20260101).integers(0, len(values), (resamples, len(values)))
    means = np.asarray(values, dtype=float)[drawn].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95% interval of a mean: Wilson's where every value is 0 or 1, bootstrap otherwise."""
    if all(v in (0.0, 1.0) for v in values):
        return wilson(int(sum(values)), len(values))
    return bootstrap(values)


def sign_test(better: int, worse: int) -> float:
    """The two-sided p of the exact sign test; ties are left out (W. J. Conover, Practical Nonparametric Statistics, 3.4)."""
    n = better + worse
    if not n:
        return 1.0
    tail = sum(math.comb(n, k) for k in range(min(better, worse) + 1)) / float(2**n)
    return min(1.0, 2 * tail)


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Agreement beyond chance of two raters on the same things (J. Cohen, 1960). None where there is nothing to agree on but one label."""
    n = len(first)
    if not n or n != len(second):
        raise ValueError("two raters' labels of the same things, at least one")
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    labels = {*first, *second}
    chance = sum((first.count(x) / n) * (second.count(x) / n) for x in labels)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def kappa_interval(first: Sequence[str], second: Sequence[str], resamples: int = 2000) -> tuple[float, float] | None:
    """The 95% interval of kappa by bootstrap over the things labelled; None where kappa is not known."""
    if kappa(list(first), list(second)) is None:
        return None
    rng = np.random.default_rng(20260101)
    found = []
    for _ in range(resamples):
        drawn = rng.integers(0, len(first), len(first))
        value = kappa([first[i] for i in drawn], [second[i] for i in drawn])
        found.append(1.0 if value is None else value)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
