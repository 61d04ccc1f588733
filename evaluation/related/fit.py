"""Fitting the weights of the signals: a ridge on the grades, none negative, targets left out in folds.

Few parameters and a strong pull to nought, so that another set of targets gets the same answer. Signals that the
labels cannot teach keep a small weight set by hand, in the folds as in the shipped table.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from trialkin.indexes.related.combine import NAMES

from .measures import SEED, Graded

BY_HAND: dict[str, float] = {
    "setting": 0.06,
    "strategy": 0.05,
    "programme": 0.04,
    "intervention": 0.03,
    "outcomes": 0.02,
    "comparator": 0.01,
}
"""Share of the whole: judges of content ignore sponsor and ids, old records have no outcomes or arms, and a ridge gives
too little to what few pairs differ in, setting and strategy (about 0.03 and 0.04 when fitted)."""

FITTED = tuple(name for name in NAMES if name not in BY_HAND)
PULL = 30.0
FOLDS = 6


def fit(features: Sequence[np.ndarray], graded: Sequence[Graded]) -> dict[str, float]:
    """Weights that sum to one. features: per target, candidates × `NAMES`, nought where a signal is silent."""
    columns = [NAMES.index(name) for name in FITTED]
    rows = np.concatenate([one[:, columns] - one[:, columns].mean(axis=0) for one in features])
    grades = np.concatenate([np.asarray(one.grades, float) - np.mean(one.grades) for one in graded])
    spread = np.maximum(rows.std(axis=0), 1e-9)
    found = _ridge(rows / spread, grades) / spread
    share = (1 - sum(BY_HAND.values())) / max(1e-9, float(found.sum()))
    fitted = {name: float(weight) * share for name, weight in zip(FITTED, found, strict=True)}
    return {name: {**fitted, **BY_HAND}[name] for name in NAMES}


def _ridge(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Least squares with a pull to nought and no negative weight, by coordinate descent."""
    square = rows.T @ rows + PULL * np.eye(rows.shape[1])
    target = rows.T @ wanted
    weights = np.zeros(rows.shape[1])
    for _ in range(500):
        for place in range(len(weights)):
            rest = target[place] - square[place] @ weights + square[place, place] * weights[place]
            weights[place] = max(0.0, rest / square[place, place])
    return weights


def cross_validated(
    features: Sequence[np.ndarray], graded: Sequence[Graded], *, turn: int = 0
) -> list[np.ndarray]:
    """Scores of every target's candidates with weights fitted on the other folds; `turn` deals the folds anew."""
    fold = np.random.default_rng(SEED + turn).permutation(len(graded)) % FOLDS
    scores: list[np.ndarray] = [np.zeros(0)] * len(graded)
    for number in range(FOLDS):
        kept = [place for place in range(len(graded)) if fold[place] != number]
        weights = fit([features[place] for place in kept], [graded[place] for place in kept])
        vector = np.asarray([weights[name] for name in NAMES])
        for place in np.flatnonzero(fold == number):
            scores[place] = features[place] @ vector
    return scores


def write_weights(path: Path, weights: dict[str, float]) -> None:
    """The table that the package ships."""
    lines = ["signal\tweight\tsource"]
    for name in NAMES:
        source = "set by hand" if name in BY_HAND else "fitted by evaluation/related"
        lines.append(f"{name}\t{weights[name]:.4f}\t{source}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
