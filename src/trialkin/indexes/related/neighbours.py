"""The nearest of every study: a graph of the top 50, and the search for candidates behind it.

Candidates are the nearest by text vector, in clusters once a library is large, and the studies that share a rare
id; all of them get the full score. Owns building and updating the graph in memory. Must not know: files, texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .combine import Weights
from .rows import PLACES, TEXT, Rows, weight_vector

TOP = 50
TEXT_TOP = 10
POOL = 200
"""Candidates that get the full score; recall against scoring everything is measured in evaluation/RESULTS.md."""

_EXHAUSTIVE = 30_000  # up to here every study is compared with every other
_PER_CLUSTER = 750
_PROBES = 24
_LIVE_PROBES = 64
_SEED = 20260101
_TURNS = 6
_TIE = PLACES["programme"]
_SLICE = 250  # rows whose likeness to a whole pool is held at once
_MANY = 50_000  # rows of a graph or a table that are worked on at once

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, eq=False)
class Lists:
    """kin: studies × width rows of kin, best first, −1 where there are fewer. scores: theirs."""

    kin: np.ndarray
    scores: np.ndarray

    @classmethod
    def empty(cls, studies: int, width: int) -> Lists:
        """Lists without kin."""
        return cls(np.full((studies, width), -1, np.int32), np.zeros((studies, width), np.float32))

    def put(self, row: int, kin: np.ndarray, scores: np.ndarray) -> None:
        """Set the list of a study: the best of these, as many as fit."""
        best = np.lexsort((kin, -scores))[: self.kin.shape[1]]
        self.kin[row, : len(best)], self.scores[row, : len(best)] = kin[best], scores[best]

    def moved(self, old: Lists, moved: np.ndarray) -> None:
        """Take over the lists of studies that are still there, those gone taken out; moved: see `update`."""
        kept = np.flatnonzero(moved >= 0)
        for first in range(0, len(kept), _MANY):
            part = kept[first : first + _MANY]
            kin = np.where(old.kin[part] >= 0, moved[old.kin[part]], -1)
            scores = np.where(kin >= 0, old.scores[part], -1.0)
            order = np.argsort(-scores, axis=1, kind="stable")
            self.kin[moved[part]] = np.take_along_axis(kin, order, axis=1)
            self.scores[moved[part]] = np.maximum(np.take_along_axis(scores, order, axis=1), 0.0)

    def insert(self, kin: int, rows: np.ndarray, scores: np.ndarray) -> None:
        """Put a study into the lists of others where it belongs, their last ones falling off."""
        for place in np.flatnonzero(scores > self.scores[rows, -1]).tolist():
            self._insert(int(rows[place]), kin, float(scores[place]))

    def _insert(self, row: int, kin: int, score: float) -> None:
        held, scores = self.kin[row], self.scores[row]
        if kin in held:
            return
        place = int(np.searchsorted(-scores, -score, side="right"))
        empty = np.flatnonzero(held < 0)
        place = min(place, int(empty[0])) if len(empty) else place
        held[place + 1 :], scores[place + 1 :] = held[place:-1].copy(), scores[place:-1].copy()
        held[place], scores[place] = kin, score


@dataclass(frozen=True, eq=False)
class Graph:
    """by_score: the 50 nearest of each study by score. by_text: its 10 nearest by text vector."""

    by_score: Lists
    by_text: Lists


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


@dataclass(frozen=True, eq=False)
class Ties:
    """The programme's terms of all studies. keys: rising. rows: the study of each."""

    keys: np.ndarray
    rows: np.ndarray

    @classmethod
    def of(cls, rows: Rows) -> Ties:
        """Found in rows, some thousands of studies at a time."""
        keys, owners = [np.zeros(0, np.uint32)], [np.zeros(0, np.int32)]
        for first in range(0, len(rows), _MANY):
            part = rows.part(first, min(first + _MANY, len(rows)))
            ties = np.flatnonzero(part.keys >> 28 == _TIE)
            keys.append(part.keys[ties])
            owners.append((first + np.searchsorted(part.starts, ties, side="right") - 1).astype(np.int32))
        found = np.concatenate(keys)
        order = np.argsort(found, kind="stable")
        return cls(found[order], np.concatenate(owners)[order])

    def beside(self, keys: np.ndarray) -> np.ndarray:
        """Rows that share one of these keys, those of crowded keys left out."""
        own = keys[keys >> 28 == _TIE]
        left, right = np.searchsorted(self.keys, own), np.searchsorted(self.keys, own, side="right")
        found = [self.rows[a:b] for a, b in zip(left, right, strict=True) if b - a <= TOP]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)


class Finder:
    """Candidates and full scores over rows."""

    def __init__(self, rows: Rows, clusters: Clusters, weights: Weights, *, ties: Ties) -> None:
        self.rows = rows
        self.clusters = clusters
        self._weights = weight_vector(weights)
        self._ties = ties
        self._members = clusters.members()

    def tied(self, keys: np.ndarray) -> np.ndarray:
        """Rows that share an id or paper with a study of these keys."""
        return self._ties.beside(keys)

    def around(self, centre: int) -> np.ndarray:
        """The rows of the clusters nearest to a cluster, itself first."""
        centres = self.clusters.centres
        if len(centres) == 1:
            return np.arange(len(self.rows))
        near = np.argsort(-(centres @ centres[centre]))[:_PROBES]
        return np.concatenate([self._members[one] for one in near])

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


def _product(vectors: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """vectors @ vector without a float32 copy of the whole."""
    found = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), 50_000):
        found[start : start + 50_000] = vectors[start : start + 50_000].astype(np.float32) @ vector
    return found


def blocks(clusters: Clusters, most: int) -> list[tuple[int, np.ndarray]]:
    """All studies in blocks of one cluster each: (cluster, at most so many rows)."""
    members = clusters.members()
    return [
        (centre, rows[start : start + most])
        for centre, rows in enumerate(members)
        for start in range(0, len(rows), most)
    ]


def kin_of(finder: Finder, centre: int, block: np.ndarray) -> Graph:
    """The graph's lists of a block of a cluster."""
    found = Graph(Lists.empty(len(block), TOP), Lists.empty(len(block), TEXT_TOP))
    for place, (_, others, scores, text) in enumerate(_looked_up(finder, centre, block)):
        found.by_score.put(place, others, scores)
        found.by_text.put(place, others, text)
    return found


def _looked_up(
    finder: Finder, centre: int, block: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """(row, candidates, their scores, their likeness of text) for each row of a block of a cluster; never itself."""
    pool = finder.around(centre)
    vectors = finder.rows.vectors[pool].astype(np.float32)
    size = min(POOL, len(pool))
    for start in range(0, len(block), _SLICE):
        part = block[start : start + _SLICE]
        own = finder.rows.vectors[part].astype(np.float32)
        unlike = own @ vectors.T
        np.negative(unlike, out=unlike)
        nearest = np.argpartition(unlike, size - 1, axis=1)[:, :size]
        for row, vector, near in zip(part.tolist(), own, nearest, strict=True):
            keys, values = finder.rows.terms(row)
            others = np.union1d(pool[near], finder.tied(keys))
            others = others[others != row]
            scores, found = finder.score((keys, values, vector), others)
            yield row, others, scores, found[:, TEXT]


def update(
    finder: Finder, old: Graph, moved: np.ndarray, fresh: np.ndarray, graph: Graph, progress: Progress
) -> None:
    """Fill in the graph after some studies changed.

    moved: new row of each old row, −1 for those that changed or went; order kept. fresh: the rows that are new or
    changed. They are looked up anew; in the lists of the others they are taken out, or put in where they now belong.
    """
    graph.by_score.moved(old.by_score, moved)
    graph.by_text.moved(old.by_text, moved)
    for lists in (graph.by_score, graph.by_text):
        lists.kin[fresh], lists.scores[fresh] = -1, 0.0
    done, clusters = 0, finder.clusters.of[fresh]
    for centre in np.unique(clusters).tolist():
        block = fresh[clusters == centre]
        for row, others, scores, text in _looked_up(finder, centre, block):
            graph.by_score.put(row, others, scores)
            graph.by_text.put(row, others, text)
            graph.by_score.insert(row, others, scores)
            graph.by_text.insert(row, others, text)
        done += len(block)
        progress("finding kin", done, len(fresh))
