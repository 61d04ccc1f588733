"""The kin of a library on disk: what was learnt, the rows, the graph; and questions to it.

A projection of the log: it carries the `seq` it has reached, catches up with what changed, and can be thrown away
and built again. Files of one state lie in a folder of their own; `current.json` names the folder, and is replaced
last, so a reader sees a whole state or the one before. Must not know: SQLite, pages.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path

import msgspec
import numpy as np

from ..model import Study
from ..vocab import table
from .combine import default_weights
from .concepts import TABLES
from .learnt import SAMPLE, Learnt, Portrait, Traits, learn, traits
from .neighbours import Clusters, Finder, Graph, Progress, build, nearest_of, update
from .passages import Reading
from .rows import Rows
from .vectors import TextSpace

VERSION = 2
"""Raise it when signals or the layout change: older states are then built anew, as with new weights or tables."""

_POINTER = "current.json"
_ARRAYS = ("ids", "starts", "keys", "values", "vectors", "kin", "scores", "centres", "of", "space", "by_id")
_RELEARN = 0.25  # above this share of changed studies everything is learnt anew

Changes = Callable[[int], Iterator[tuple[int, str, Study | None]]]
"""Studies after a seq, as `Library.studies(since=…)` gives them."""


class KinIndex:
    """The kin projection in a folder; opened lazily, arrays mapped from disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: State | None = None

    @property
    def seq(self) -> int:
        """How far in the log it has come; 0 when it is to be built."""
        return int(str(self._pointer().get("seq", 0)))

    @property
    def built(self) -> bool:
        """Whether there is a state to ask."""
        return bool(self._pointer())

    def _pointer(self) -> dict[str, object]:
        try:
            found = json.loads((self.folder / _POINTER).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found if found.get("made_by") == _maker() else {}

    @property
    def state(self) -> State:
        """The state on disk, opened again when another process has replaced it."""
        name = str(self._pointer()["folder"])
        if self._opened is None or self._opened.folder.name != name:
            self._opened = State(self.folder / name)
        return self._opened

    # ---- building

    def catch_up(self, changes: Changes, *, upto: int, count: int, progress: Progress) -> None:
        """Take in what changed since `seq`; build anew when there is no state or much has changed."""
        if not self.built:
            return self.rebuild(changes, upto=upto, count=count, progress=progress)
        changed: dict[str, Study | None] = {nct_id: study for _, nct_id, study in changes(self.seq)}
        state = self.state
        if len(changed) > _RELEARN * len(state.rows) + 20:
            return self.rebuild(changes, upto=upto, count=count, progress=progress)
        names = np.asarray(sorted(changed), "S11")
        gone = np.isin(state.rows.ids, names)
        kept = np.flatnonzero(~gone)
        moved = np.full(len(state.rows), -1, np.int64)
        moved[kept] = np.arange(len(kept))
        readings = (Reading(changed[name]) for name in sorted(changed) if changed[name] is not None)  # type: ignore
        fresh = Rows.of(state.learnt.portrait(reading) for reading in readings)
        rows = state.rows.taken(kept).joined(fresh)
        of = np.concatenate((state.clusters.of[kept], nearest_of(fresh.vectors, state.clusters.centres)))
        clusters = Clusters(state.clusters.centres, of)
        finder = Finder(rows, clusters, default_weights())
        graph = update(finder, state.graph, moved, np.arange(len(kept), len(rows)), progress)
        self._write(state.learnt, rows, clusters, graph, upto)

    def rebuild(self, changes: Changes, *, upto: int, count: int, progress: Progress) -> None:
        """Learn and build everything from the whole log; `count`: about how many studies there are."""
        learnt, portraits = _read(changes, count, progress)
        rows = Rows.of(portraits)
        clusters = Clusters.find(rows.vectors)
        graph = build(Finder(rows, clusters, default_weights()), progress)
        self._write(learnt, rows, clusters, graph, upto)

    def _write(self, learnt: Learnt, rows: Rows, clusters: Clusters, graph: Graph, upto: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        before = self._pointer().get("folder")
        number = max((int(one.name[1:]) for one in self.folder.glob("s[0-9]*")), default=0) + 1
        folder = self.folder / f"s{number}"
        folder.mkdir()
        empty = np.zeros((0, 0), np.float32)
        arrays = (
            rows.ids, rows.starts, rows.keys, rows.values, rows.vectors,
            graph.kin, graph.scores, clusters.centres, clusters.of,
            empty if learnt.space.table is None else learnt.space.table,
            np.argsort(rows.ids, kind="stable").astype(np.int32),
        )  # fmt: skip
        for name, values in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.npy", values)
        words = list(learnt.space.rows)
        (folder / "learnt.msgpack").write_bytes(msgspec.msgpack.encode((learnt.studies, learnt.counts, words)))
        pointer = json.dumps({"made_by": _maker(), "folder": folder.name, "seq": upto, "studies": len(rows)})
        waiting = self.folder / f"{_POINTER}.new"
        waiting.write_text(pointer, encoding="utf-8")
        os.replace(waiting, self.folder / _POINTER)
        for old in self.folder.glob("s[0-9]*"):
            if old.name not in (before, folder.name):  # the one before may still be read
                shutil.rmtree(old, ignore_errors=True)


@cache
def _maker() -> str:
    """What a state depends on besides the records: the layout, the weights and the concept tables."""
    known = repr((VERSION, sorted(default_weights().items()), [table(name) for name in TABLES]))
    return f"{zlib.crc32(known.encode()):08x}"


def _read(changes: Changes, count: int, progress: Progress) -> tuple[Learnt, Iterator[Portrait]]:
    """What is learnt, and the portraits of all studies; a library that fits is read only once."""
    step = max(1, -(-count // SAMPLE))
    sample = list(_traits(changes, "learning kinship", count, progress, step=step))
    learnt = learn(sample)
    whole = sample if step == 1 else _traits(changes, "reading for kinship", count, progress)
    return learnt, (learnt.weighed(read) for read in whole)


def _traits(changes: Changes, what: str, count: int, progress: Progress, *, step: int = 1) -> Iterator[Traits]:
    for done, (_, _, study) in enumerate(changes(0)):
        if study is not None and done % step == 0:
            yield traits(Reading(study))
        if done % 1000 == 999:
            progress(what, done + 1, count)


class State:
    """One whole state, its arrays mapped from disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _array(self, name: str) -> np.ndarray:
        found: np.ndarray = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return found

    @cached_property
    def rows(self) -> Rows:
        return Rows(*(self._array(name) for name in ("ids", "starts", "keys", "values", "vectors")))

    @cached_property
    def graph(self) -> Graph:
        return Graph(self._array("kin"), self._array("scores"))

    @cached_property
    def clusters(self) -> Clusters:
        return Clusters(self._array("centres"), self._array("of"))

    @cached_property
    def learnt(self) -> Learnt:
        raw = (self.folder / "learnt.msgpack").read_bytes()
        studies, counts, words = msgspec.msgpack.decode(raw, type=tuple[int, dict[str, dict[str, int]], list[str]])
        table = self._array("space")
        space = TextSpace({word: row for row, word in enumerate(words)}, table if len(words) else None)
        return Learnt(studies, counts, space)

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.rows, self.clusters, default_weights())

    @cached_property
    def _by_id(self) -> np.ndarray:
        return self._array("by_id")

    def row_of(self, nct_id: str) -> int | None:
        """The row of a study, None when it is not in the graph yet."""
        wanted, ids, order = nct_id.encode(), self.rows.ids, self._by_id
        place = bisect_left(range(len(order)), wanted, key=lambda one: bytes(ids[order[one]]))
        return int(order[place]) if place < len(order) and ids[order[place]] == wanted else None
