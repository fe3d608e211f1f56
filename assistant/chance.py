"""How likely it is that an answer stands in what was found, from several signals at once."""

import math
from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {"sentence": 3.7, "aligned": 9.8, "weakest": 4.1}
BIAS = -9.5
"""Logistic regression on half of ClapNQ, where half the questions have no answer in the passage nearest to them;
`python -m evals.benchmarks.public_sets` fits it again and reports it on the other half."""


def chance(signals: Mapping[str, float]) -> float:
    """From 0 to 1: how likely an answer stands in what was found."""
    return 1.0 / (1.0 + math.exp(-(BIAS + sum(weight * signals.get(name, 0.0) for name, weight in WEIGHTS.items()))))
