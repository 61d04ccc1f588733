"""The nearest of every study: a graph of the top 50, and the search for candidates behind it.

Candidates are the nearest by text vector, in clusters once a library is large, and the studies that share a rare
id; all of them get the full score. Owns building and updating the graph in memory. Must not know: files, texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .combine import Weights
from .rows import Rows, weight_vector

TOP = 50
POOL = 200
"""Candidates that get the full score; recall against scoring everything is measured in evaluation/RESULTS.md."""

_EXHAUSTIVE = 30_000  # up to here every study is compared with every other
_PER_CLUSTER = 750
_PROBES = 24
_LIVE_PROBES = 64
_BLOCK = 1_000
_SEED = 20260101
_TURNS = 6
_TIE = np.uint32(9 << 28)


Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, eq=False)
class Graph:
    """kin: studies × 50 rows of kin, best first, −1 where there are fewer. scores: theirs."""

    kin: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True, eq=False)
class Clusters:
    """centres: clusters × dimensions. of: the cluster of each study."""

    centres: np.ndarray
    of: np.ndarray

    @classmethod
    def find(cls, vectors: np.ndarray) -> Clusters:
        """Spherical k-means on a sample, with a fixed seed; one cluster for a small library."""
        count = 1 if len(vectors) <= _EXHAUSTIVE else len(vectors) // _PER_CLUSTER
        dice = np.random.default_rng(_SEED)
        sample = vectors[np.sort(dice.permutation(len(vectors))[: 60 * count])].astype(np.float32)
        if count == 1:
            return cls(np.zeros((1, vectors.shape[1]), np.float32), np.zeros(len(vectors), np.int32))
        centres = sample[dice.permutation(len(sample))[:count]]
        for _ in range(_TURNS):
            nearest = np.argmax(sample @ centres.T, axis=1)
            summed = np.zeros_like(centres)
            np.add.at(summed, nearest, sample)
            lengths = np.linalg.norm(summed, axis=1, keepdims=True)
            centres = np.where(lengths > 1e-6, summed / np.maximum(lengths, 1e-6), centres)
        return cls(centres, nearest_of(vectors, centres))

    def members(self) -> list[np.ndarray]:
        """The studies of each cluster."""
        order = np.argsort(self.of, kind="stable")
        return np.split(order, np.searchsorted(self.of[order], np.arange(1, len(self.centres))))


def nearest_of(vectors: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The nearest centre of each vector."""
    found = np.zeros(len(vectors), np.int32)
    for start in range(0, len(vectors), 20_000):
        part = vectors[start : start + 20_000].astype(np.float32)
        found[start : start + 20_000] = np.argmax(part @ centres.T, axis=1)
    return found


class Finder:
    """Candidates and full scores over rows."""

    def __init__(self, rows: Rows, clusters: Clusters, weights: Weights) -> None:
        self.rows = rows
        self.clusters = clusters
        self._weights = weight_vector(weights)
        self._members = clusters.members()
        ties = np.flatnonzero(rows.keys >> 28 == _TIE >> 28)
        order = np.argsort(rows.keys[ties], kind="stable")
        self._tie_keys = rows.keys[ties][order]
        self._tie_rows = (np.searchsorted(rows.starts, ties, side="right") - 1)[order].astype(np.int32)

    def tied(self, keys: np.ndarray) -> np.ndarray:
        """Rows that share one of these keys of the programme signal, those of crowded keys left out."""
        own = keys[keys >> 28 == _TIE >> 28]
        left, right = np.searchsorted(self._tie_keys, own), np.searchsorted(self._tie_keys, own, side="right")
        found = [self._tie_rows[a:b] for a, b in zip(left, right, strict=True) if b - a <= TOP]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)

    def near(self, vector: np.ndarray, *, pool: int = POOL) -> np.ndarray:
        """Rows nearest to a vector, in no order."""
        if len(self._members) == 1:
            rows, likeness = None, _product(self.rows.vectors, vector)
        else:
            probes = np.argsort(-(self.clusters.centres @ vector))[:_LIVE_PROBES]
            rows = np.concatenate([self._members[probe] for probe in probes])
            likeness = _product(self.rows.vectors[rows], vector)
        best = np.argpartition(-likeness, pool)[:pool] if len(likeness) > pool else np.arange(len(likeness))
        return best if rows is None else rows[best]

    def score(
        self, own: tuple[np.ndarray, np.ndarray, np.ndarray], others: np.ndarray, weights: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Scores of rows and their likenesses (others × `NAMES`)."""
        found = self.rows.likenesses(own, others)
        return found @ (self._weights if weights is None else weights), found

    def best(self, row: int, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The top 50 of a study among candidates: rows and scores, best first; never itself."""
        keys, values = self.rows.terms(row)
        others = np.union1d(candidates, self.tied(keys))
        others = others[others != row]
        scores, _ = self.score((keys, values, self.rows.vectors[row].astype(np.float32)), others)
        order = np.lexsort((others, -scores))[:TOP]
        return others[order], scores[order]


def _product(vectors: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """vectors @ vector without a float32 copy of the whole."""
    found = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), 50_000):
        found[start : start + 50_000] = vectors[start : start + 50_000].astype(np.float32) @ vector
    return found


def build(finder: Finder, progress: Progress) -> Graph:
    """The graph of all studies, block by block."""
    rows = finder.rows
    graph = Graph(np.full((len(rows), TOP), -1, np.int32), np.zeros((len(rows), TOP), np.float32))
    done = 0
    for centre, members in enumerate(finder.clusters.members()):
        pool_rows = _around(finder, centre)
        pool = rows.vectors[pool_rows].astype(np.float32)
        for start in range(0, len(members), _BLOCK):
            block = members[start : start + _BLOCK]
            likeness = rows.vectors[block].astype(np.float32) @ pool.T
            size = min(POOL, likeness.shape[1])
            best = np.argpartition(-likeness, size - 1, axis=1)[:, :size]
            for row, places in zip(block, best, strict=True):
                _put(graph, int(row), *finder.best(int(row), pool_rows[places]))
            done += len(block)
            progress("finding kin", done, len(rows))
    return graph


def _around(finder: Finder, centre: int) -> np.ndarray:
    """The rows of the clusters nearest to a cluster, itself first."""
    centres = finder.clusters.centres
    if len(centres) == 1:
        return np.arange(len(finder.rows))
    near = np.argsort(-(centres @ centres[centre]))[:_PROBES]
    members = finder._members
    return np.concatenate([members[one] for one in near])


def _put(graph: Graph, row: int, kin: np.ndarray, scores: np.ndarray) -> None:
    graph.kin[row, : len(kin)] = kin
    graph.scores[row, : len(kin)] = scores


def update(finder: Finder, old: Graph, moved: np.ndarray, fresh: np.ndarray, progress: Progress) -> Graph:
    """The graph after some studies changed.

    moved: new row of each old row, −1 for those that changed or went. fresh: the rows that are new or changed.
    They are looked up anew; in the lists of the others they are taken out, or put in where they now belong.
    """
    count = len(finder.rows)
    graph = Graph(np.full((count, TOP), -1, np.int32), np.zeros((count, TOP), np.float32))
    kept = np.flatnonzero(moved >= 0)
    kin = np.where(old.kin[kept] >= 0, moved[old.kin[kept]], -1)
    scores = np.where(kin >= 0, old.scores[kept], -1.0)
    order = np.argsort(-scores, axis=1, kind="stable")
    graph.kin[moved[kept]] = np.take_along_axis(kin, order, axis=1)
    graph.scores[moved[kept]] = np.maximum(np.take_along_axis(scores, order, axis=1), 0.0)
    for done, row in enumerate(fresh, start=1):
        keys, values = finder.rows.terms(row)
        vector = finder.rows.vectors[row].astype(np.float32)
        others = np.union1d(finder.near(vector), finder.tied(keys))
        others = others[others != row]
        found, _ = finder.score((keys, values, vector), others)
        best = np.lexsort((others, -found))[:TOP]
        _put(graph, int(row), others[best], found[best])
        for other, score in zip(others, found, strict=True):
            _insert(graph, int(other), int(row), float(score))
        if done % 500 == 0:
            progress("finding kin", done, len(fresh))
    return graph


def _insert(graph: Graph, row: int, kin: int, score: float) -> None:
    """Put a study into another's list where it belongs, the last one falling off."""
    held = graph.kin[row]
    if score <= graph.scores[row, -1] or kin in held:
        return
    place = int(np.searchsorted(-graph.scores[row], -score, side="right"))
    empty = np.flatnonzero(held < 0)
    place = min(place, int(empty[0])) if len(empty) else place
    graph.kin[row, place + 1 :] = graph.kin[row, place:-1].copy()
    graph.scores[row, place + 1 :] = graph.scores[row, place:-1].copy()
    graph.kin[row, place], graph.scores[row, place] = kin, score
