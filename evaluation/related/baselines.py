"""The methods that kinship is measured against, on the same candidates and the same library."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable

from trialkin.indexes.related.signals.base import STOP
from trialkin.reading.passages import Reading

_SHORT = ("title", "conditions", "interventions", "summary")


class Baselines:
    """Word and MeSH statistics of a library, and scores of pairs by them."""

    def __init__(self, readings: Iterable[Reading], wanted: frozenset[str]) -> None:
        self._full: dict[str, Counter[str]] = {}
        self._short: dict[str, Counter[str]] = {}
        self._mesh: dict[str, frozenset[str]] = {}
        self._in_full: Counter[str] = Counter()
        self._in_short: Counter[str] = Counter()
        self._studies, self._length = 0, 0
        for reading in readings:
            full, short = _count(reading, reading.passages), _count(reading, _SHORT)
            self._in_full.update(full.keys())
            self._in_short.update(short.keys())
            self._studies += 1
            self._length += short.total()
            if reading.study.nct_id in wanted:
                study = reading.study
                self._full[study.nct_id], self._short[study.nct_id] = full, short
                meshes = (*study.condition_meshes, *study.intervention_meshes)
                self._mesh[study.nct_id] = frozenset(mesh.term for mesh in meshes if mesh.term)

    def methods(self) -> dict[str, Callable[[str, str], float]]:
        """Name -> score of (target, candidate)."""
        return {
            "mesh overlap": self.mesh_overlap,
            "tf-idf, full text": lambda a, b: self._cosine(self._full[a], self._full[b], self._in_full),
            "tf-idf, title + conditions + interventions + summary": lambda a, b: self._cosine(
                self._short[a], self._short[b], self._in_short
            ),
            "bm25, the same fields": self.bm25,
        }

    def mesh_overlap(self, a: str, b: str) -> float:
        """Jaccard of all MeSH terms."""
        both = self._mesh[a] | self._mesh[b]
        return len(self._mesh[a] & self._mesh[b]) / len(both) if both else 0.0

    def bm25(self, a: str, b: str, *, k: float = 1.2, slope: float = 0.75) -> float:
        """BM25 with the target's words as the query."""
        document = self._short[b]
        norm = k * (1 - slope + slope * document.total() / (self._length / self._studies))
        score = 0.0
        for word in self._short[a]:
            if count := document.get(word, 0):
                df = self._in_short[word]
                score += math.log(1 + (self._studies - df + 0.5) / (df + 0.5)) * count * (k + 1) / (count + norm)
        return score

    def _cosine(self, a: Counter[str], b: Counter[str], df: Counter[str]) -> float:
        def weigh(counts: Counter[str]) -> dict[str, float]:
            weights = {word: (1 + math.log(n)) * math.log(self._studies / df[word]) for word, n in counts.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            return {word: weight / length for word, weight in weights.items()}

        left, right = weigh(a), weigh(b)
        return sum(weight * right[word] for word, weight in left.items() if word in right)


def _count(reading: Reading, kinds: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for kind in kinds:
        for words in reading.words(kind):
            counts.update(word for word in words if word not in STOP)
    return counts
