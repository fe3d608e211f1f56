"""Softmax regression, for the small classifiers that ship as weights."""

import numpy as np


def fit_softmax(given: np.ndarray, labels: np.ndarray, kinds: int, ridge: float, steps: int = 600) -> np.ndarray:
    """With a ridge, by gradient descent with momentum: float64 [features + 1, kinds]; the last row is the intercept."""
    x = np.hstack([given, np.ones((len(given), 1))])
    wanted = np.eye(kinds)[labels]
    weights, speed = np.zeros((x.shape[1], kinds)), np.zeros((x.shape[1], kinds))
    shrink = np.full((x.shape[1], 1), ridge)
    shrink[-1] = 0
    for _ in range(steps):
        raw = x @ weights
        shares = np.exp(raw - raw.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        speed = 0.9 * speed - 4 * (x.T @ (shares - wanted) / len(x) + shrink * weights)
        weights = weights + speed
    return weights
