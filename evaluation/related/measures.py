"""What is measured on graded candidates: nDCG@10, P@5, pairs in the right order, bootstrap intervals."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEED = 20260101


@dataclass(frozen=True)
class Graded:
    """One target with its candidates and their grades 0 to 3."""

    target: str
    candidates: tuple[str, ...]
    grades: tuple[int, ...]


def read_grades(path: Path) -> list[Graded]:
    """The targets of a file (columns target, candidate, grade), in the order of the file."""
    found: dict[str, list[tuple[str, int]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        target, candidate, grade = line.split("\t")
        found.setdefault(target, []).append((candidate, int(grade)))
    return [Graded(target, *map(tuple, zip(*pairs, strict=True))) for target, pairs in found.items()]  # type: ignore


def order(scores: Sequence[float], *, seed: int = SEED) -> list[int]:
    """Places of the candidates, best first, ties in an order shuffled with a fixed seed."""
    places = list(range(len(scores)))
    random.Random(seed).shuffle(places)
    return sorted(places, key=lambda place: -scores[place])


def ndcg_at_10(grades: Sequence[int], scores: Sequence[float], *, seed: int = SEED) -> float:
    """nDCG@10 with gain 2^grade − 1, over the judged candidates alone; 1 when nothing could be gained."""
    ideal = _gained(sorted(grades, reverse=True))
    return _gained([grades[place] for place in order(scores, seed=seed)]) / ideal if ideal else 1.0


def _gained(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:10]))


def precision_at_5(grades: Sequence[int], scores: Sequence[float]) -> float:
    """Share of the first five with grade 2 or 3."""
    return sum(grades[place] >= 2 for place in order(scores)[:5]) / min(5, len(grades))


def pairs_in_order(grades: Sequence[int], scores: Sequence[float]) -> tuple[float, int]:
    """(how many pairs of different grade are in the right order, ties half; how many such pairs there are)."""
    right, pairs = 0.0, 0
    for i, grade in enumerate(grades):
        for j, other in enumerate(grades):
            if grade > other:
                pairs += 1
                right += 1.0 if scores[i] > scores[j] else 0.5 if scores[i] == scores[j] else 0.0
    return right, pairs


def interval(values: Sequence[float], *, rounds: int = 2000) -> tuple[float, float]:
    """The 95% bootstrap interval of the mean over targets."""
    draws = np.random.default_rng(SEED).integers(0, len(values), (rounds, len(values)))
    means = np.asarray(values)[draws].mean(axis=1)
    return round(float(np.quantile(means, 0.025)), 4), round(float(np.quantile(means, 0.975)), 4)


def ndcg_of(graded: Sequence[Graded], score: Callable[[int], Sequence[float]]) -> list[float]:
    """nDCG@10 of every target; `score(i)` gives the scores of target i's candidates."""
    return [ndcg_at_10(one.grades, score(place)) for place, one in enumerate(graded)]


def figures(graded: Sequence[Graded], score: Callable[[int], Sequence[float]]) -> dict[str, object]:
    """All figures of one way of scoring; `score(i)` gives the scores of target i's candidates."""
    scores = [score(place) for place in range(len(graded))]
    ndcg = ndcg_of(graded, scores.__getitem__)
    precision = [precision_at_5(one.grades, given) for one, given in zip(graded, scores, strict=True)]
    right = [pairs_in_order(one.grades, given) for one, given in zip(graded, scores, strict=True)]
    return {
        "ndcg_at_10": round(float(np.mean(ndcg)), 4),
        "ndcg_95": interval(ndcg),
        "p_at_5": round(float(np.mean(precision)), 4),
        "p_95": interval(precision),
        "pairs_in_order": round(sum(one for one, _ in right) / max(1, sum(pairs for _, pairs in right)), 4),
    }
