"""One whole state of a library's kin on disk: what was learnt, the rows, the clusters, the graph.

Owns the files of a state, written piece by piece so that none is held in memory whole, and opened lazily, mapped
from disk. Must not know: how kin are found, which state is the current one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from .combine import default_weights
from .learnt import Learnt
from .neighbours import TEXT_TOP, TOP, Clusters, Finder, Graph, Lists, Ties
from .rows import Rows
from .vectors import TextSpace

ROWS = ("ids", "starts", "keys", "values", "vectors")
_GRAPH = {
    "kin": (np.int32, TOP),
    "scores": (np.float32, TOP),
    "text_kin": (np.int32, TEXT_TOP),
    "text_scores": (np.float32, TEXT_TOP),
}


class State:
    """The files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def opened(self) -> State:
        """With everything open, so that it can be asked even after its files are gone."""
        _ = self.rows, self._by_id, self.clusters, self.finder, self.graph, self.learnt
        return self

    def _array(self, name: str, mode: Literal["r", "r+"] = "r") -> np.ndarray:
        found: np.ndarray = np.load(self.folder / f"{name}.npy", mmap_mode=mode)
        return found.view(np.ndarray)  # a memmap's own indexing is slow

    def save(self, name: str, values: np.ndarray) -> None:
        """Write an array whole."""
        np.save(self.folder / f"{name}.npy", values)

    def save_pieces(self, name: str, pieces: Iterable[np.ndarray], *, length: int, like: np.ndarray) -> None:
        """Write an array of `length` rows from its pieces, in their order; `like`: the shape and type of its rows."""
        head = {
            "descr": np.lib.format.dtype_to_descr(like.dtype),
            "fortran_order": False,
            "shape": (length, *like.shape[1:]),
        }
        with (self.folder / f"{name}.npy").open("wb") as file:
            np.lib.format.write_array_header_1_0(file, head)
            for piece in pieces:
                file.write(np.ascontiguousarray(piece, like.dtype).data.cast("B") if piece.size else b"")

    # ---- what was learnt

    @cached_property
    def learnt(self) -> Learnt:
        raw = (self.folder / "learnt.msgpack").read_bytes()
        studies, counts, words = msgspec.msgpack.decode(raw, type=tuple[int, dict[str, dict[str, int]], list[str]])
        table = self._array("space")
        space = TextSpace({word: row for row, word in enumerate(words)}, table if len(words) else None)
        return Learnt(studies, counts, space)

    def save_learnt(self, learnt: Learnt) -> None:
        """Write what was learnt."""
        table = learnt.space.table
        self.save("space", np.zeros((0, 0), np.float32) if table is None else table)
        known = (learnt.studies, learnt.counts, list(learnt.space.rows))
        (self.folder / "learnt.msgpack").write_bytes(msgspec.msgpack.encode(known))

    # ---- rows

    @cached_property
    def rows(self) -> Rows:
        return Rows(*(self._array(name) for name in ROWS))

    def save_rows(self, pieces: Iterable[Path | Rows]) -> None:
        """Write rows from pieces in their order: saved pieces (`save_piece`) or rows at hand; then their indexes."""
        pieces = list(pieces)
        lengths = [np.diff(_of(piece, "starts")) for piece in pieces]
        starts = np.concatenate(([0], *map(np.cumsum, [np.concatenate(lengths)] if lengths else [])))
        self.save("starts", starts.astype(np.int64))
        empty = Rows.of(())
        for name in ROWS:
            if name != "starts":
                length = int(starts[-1]) if name in ("keys", "values") else len(starts) - 1
                found = (_of(piece, name) for piece in pieces)
                self.save_pieces(name, found, length=length, like=getattr(empty, name))
        self.save("by_id", np.argsort(self.rows.ids, kind="stable").astype(np.int32))
        ties = Ties.of(self.rows)
        self.save("tie_keys", ties.keys)
        self.save("tie_rows", ties.rows)

    @cached_property
    def _by_id(self) -> np.ndarray:
        return self._array("by_id")

    def row_of(self, nct_id: str) -> int | None:
        """The row of a study, None when it is not in the graph yet."""
        wanted, ids, order = nct_id.encode(), self.rows.ids, self._by_id
        place = bisect_left(range(len(order)), wanted, key=lambda one: bytes(ids[order[one]]))
        return int(order[place]) if place < len(order) and ids[order[place]] == wanted else None

    # ---- neighbours

    @cached_property
    def clusters(self) -> Clusters:
        return Clusters(self._array("centres"), self._array("of"))

    def save_clusters(self, clusters: Clusters) -> None:
        """Write clusters."""
        self.save("centres", clusters.centres)
        self.save("of", clusters.of)

    @cached_property
    def finder(self) -> Finder:
        ties = Ties(self._array("tie_keys"), self._array("tie_rows"))
        return Finder(self.rows, self.clusters, default_weights(), ties=ties)

    @cached_property
    def graph(self) -> Graph:
        return self._graph("r")

    def new_graph(self) -> None:
        """Make the files of a graph, to be filled in."""
        for name, (kind, width) in _GRAPH.items():
            shape = (len(self.rows), width)
            if shape[0]:
                np.lib.format.open_memmap(self.folder / f"{name}.npy", mode="w+", dtype=kind, shape=shape)
            else:  # nothing to map
                self.save(name, np.zeros(shape, kind))

    def writable_graph(self) -> Graph:
        """The graph, its arrays written straight to disk; several processes may write rows of their own."""
        return self._graph("r+")

    def _graph(self, mode: Literal["r", "r+"]) -> Graph:
        kin, scores, text_kin, text_scores = (self._array(name, mode) for name in _GRAPH)
        return Graph(Lists(kin, scores), Lists(text_kin, text_scores))


def save_piece(path: Path, rows: Rows) -> None:
    """Keep some rows for `State.save_rows`."""
    with path.open("wb") as file:
        np.savez(file, **{name: getattr(rows, name) for name in ROWS})


def _of(piece: Path | Rows, name: str) -> np.ndarray:
    if isinstance(piece, Rows):
        return np.asarray(getattr(piece, name))
    with np.load(piece) as saved:
        return np.asarray(saved[name])
