"""Text vectors learnt from the library itself: words that keep the same company point the same way.

Latent semantic analysis: rarity-weighted words of each study, a truncated singular value decomposition by random
projection with a fixed seed, nothing downloaded. A study's vector is the sum of its words' vectors, so its
likeness to another study falls apart exactly into words. Must not know: signals, scores, storage.
Source: Deerwester et al. 1990 (analysis); Halko, Martinsson and Tropp 2011 (randomised decomposition).
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...reading.passages import Reading
from .signals.base import Bag, word_bag

if TYPE_CHECKING:
    import numpy as np

DIMENSIONS = 200
_WORDS = 60_000
_SEED = 20260101
_ROUNDS = 3
_OVERSAMPLING = 20
_LEAST_STUDIES = 3  # a word in fewer studies keeps no company to learn from
_FIELDS = {
    "title": 2.0,
    "conditions": 2.0,
    "interventions": 2.0,
    "keywords": 1.0,
    "summary": 1.0,
    "condition mesh": 1.0,
    "arms": 0.5,
    "primary outcomes": 0.5,
    "description": 0.3,
    "inclusion": 0.3,
    "exclusion": 0.3,
    "secondary outcomes": 0.3,
}


def text_bag(reading: Reading) -> Bag:
    """The words of a study that its vector is made of."""
    return word_bag(reading, _FIELDS)


@dataclass(frozen=True, eq=False)
class TextSpace:
    """Word vectors. `rows`: word -> row of `table` (words × dimensions, float32, rarity already in it)."""

    rows: dict[str, int] = field(default_factory=dict)
    table: np.ndarray | None = None

    def vector(self, bag: Bag) -> np.ndarray | None:
        """The unit vector of a bag of words, None when none of them is known."""
        import numpy as np

        known = [(self.rows[word], weight) for word, weight in bag.items() if word in self.rows]
        if not known or self.table is None:
            return None
        places, weights = zip(*known, strict=True)
        summed = np.asarray(weights, np.float32) @ self.table[list(places)]
        length = float(np.linalg.norm(summed))
        return summed / length if length > 1e-9 else None

    def shares(self, bag: Bag, other: np.ndarray) -> dict[str, float]:
        """How much each word of a study brings to the likeness with another's vector; they sum to the likeness."""
        import numpy as np

        own = self.vector(bag)
        if own is None or self.table is None:
            return {}
        known = [(word, weight) for word, weight in bag.items() if word in self.rows]
        places = [self.rows[word] for word, _ in known]
        weights = np.asarray([weight for _, weight in known], np.float32)
        length = float(np.linalg.norm(weights @ self.table[places]))
        brought = weights * (self.table[places] @ other) / length
        return {word: float(value) for (word, _), value in zip(known, brought, strict=True)}


def learn_space(bags: Iterable[Bag], *, dimensions: int = DIMENSIONS) -> TextSpace:
    """Learn word vectors from the bags of many studies; the same bags in the same order give the same vectors."""
    import numpy as np

    found = _Words.of(bags)
    words = found.common()
    if len(found) < 2 or not words:
        return TextSpace()
    rows = {word: row for row, word in enumerate(words)}
    rarity = np.asarray([math.log(len(found) / found.counts[word]) for word in words], np.float32)
    matrix = _Sparse.of(found, rows, rarity)
    rank = min(dimensions, len(found), len(words))
    sample = np.random.default_rng(_SEED).standard_normal((len(words), rank + _OVERSAMPLING)).astype(np.float32)
    for turn in range(_ROUNDS):
        inner, _ = np.linalg.qr(matrix.times(sample))
        outer = matrix.transposed_times(inner)
        if turn < _ROUNDS - 1:
            sample, _ = np.linalg.qr(outer)
    _, _, directions = np.linalg.svd(outer.T, full_matrices=False)
    return TextSpace(rows, np.ascontiguousarray(directions[:rank].T * rarity[:, None], np.float32))


@dataclass(frozen=True, eq=False)
class _Words:
    """The words of many studies, kept small: number of each word, and one long list of (number, weight)."""

    numbers: dict[str, int]
    counts: Counter[str]
    ends: array[int]
    places: array[int]
    weights: array[float]

    def __len__(self) -> int:
        return len(self.ends)

    @classmethod
    def of(cls, bags: Iterable[Bag]) -> _Words:
        found = cls({}, Counter(), array("q"), array("i"), array("f"))
        for bag in bags:
            found.counts.update(bag.keys())
            found.places.extend(found.numbers.setdefault(word, len(found.numbers)) for word in bag)
            found.weights.extend(bag.values())
            found.ends.append(len(found.places))
        return found

    def common(self) -> list[str]:
        """The words that are learnt, the commonest first."""
        least = min(_LEAST_STUDIES, len(self))
        ranked = sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return [word for word, count in ranked[:_WORDS] if count >= least]


@dataclass(frozen=True, eq=False)
class _Sparse:
    """A studies × words matrix with unit rows, kept by row and by column."""

    by_row: tuple[np.ndarray, np.ndarray, np.ndarray]
    by_column: tuple[np.ndarray, np.ndarray, np.ndarray]

    @classmethod
    def of(cls, found: _Words, rows: dict[str, int], rarity: np.ndarray) -> _Sparse:
        import numpy as np

        column_of = np.full(len(found.numbers), -1, np.int32)
        for word, place in rows.items():
            column_of[found.numbers[word]] = place
        column = column_of[np.frombuffer(found.places, np.int32)]
        known = column >= 0
        ends = np.frombuffer(found.ends, np.int64)
        sizes = ends - np.concatenate(([0], ends[:-1]))
        row = np.repeat(np.arange(len(found), dtype=np.int32), sizes)[known]
        column = column[known]
        value = np.frombuffer(found.weights, np.float32)[known] * rarity[column]
        length = np.sqrt(np.bincount(row, value.astype(np.float64) ** 2, minlength=len(found)))
        value /= np.maximum(length, 1e-9).astype(np.float32)[row]
        order = np.argsort(column, kind="stable")
        return cls(
            (np.searchsorted(row, np.arange(len(found) + 1)), column, value),
            (np.searchsorted(column[order], np.arange(len(rows) + 1)), row[order], value[order]),
        )

    def times(self, dense: np.ndarray) -> np.ndarray:
        return _multiply(self.by_row, dense)

    def transposed_times(self, dense: np.ndarray) -> np.ndarray:
        return _multiply(self.by_column, dense)


def _multiply(matrix: tuple[np.ndarray, np.ndarray, np.ndarray], dense: np.ndarray) -> np.ndarray:
    import numpy as np

    starts, places, values = matrix
    product = np.zeros((len(starts) - 1, dense.shape[1]), np.float32)
    for row in range(len(starts) - 1):
        start, end = starts[row], starts[row + 1]
        if end > start:
            product[row] = values[start:end] @ dense[places[start:end]]
    return product
