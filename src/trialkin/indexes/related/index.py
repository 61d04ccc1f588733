"""The kin of a library on disk: which state is current, building it, bringing it up to date.

A projection of the log: it carries the `seq` it has reached, catches up with what changed, and can be thrown away
and built again. Files of one state lie in a folder of their own; `current.json` names the folder, and is replaced
last, so a reader sees a whole state or the one before, and a build that is stopped changes nothing. Must not know:
SQLite, pages.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from ...model import Study
from ...reading.concepts import TABLES
from ...reading.passages import Reading
from ...vocab import table
from .build import Log, Progress, build
from .combine import default_weights
from .learnt import Portrait
from .neighbours import nearest_of, update
from .rows import Rows
from .state import State

VERSION = 5
"""Raise it when signals or the layout change: older states are then built anew, as with new weights or tables."""

_POINTER = "current.json"
_TOLD = 500  # studies between two words of progress
_RELEARN = 0.25  # above this share of changed studies everything is learnt anew


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

    # ---- building; the caller holds the library's write lock

    def catch_up(self, log: Log, *, upto: int, progress: Progress) -> None:
        """Take in what changed since `seq`; build anew when there is no state or much has changed.

        Most updates of a record (dates, status, sites) change nothing that kinship reads; they only move `seq` on.
        """
        if not self.built:
            return self.rebuild(log, upto=upto, progress=progress)
        state, gone = self.state, list[int]()
        most = int(_RELEARN * len(state.rows)) + 20
        differing = _differing(state, log.studies(since=self.seq), gone, progress)
        fresh = Rows.of(islice(differing, most + 1))
        if max(len(fresh), len(gone)) > most:
            return self.rebuild(log, upto=upto, progress=progress)
        if gone or len(fresh):
            kept = np.delete(np.arange(len(state.rows)), gone)
            state = _changed(state, self._new_folder(), kept, fresh, progress)
        return self._switch(state, upto)

    def rebuild(self, log: Log, *, upto: int, progress: Progress, processes: int | None = None) -> None:
        """Learn and build everything from the whole log; processes: as for `build`."""
        self._switch(build(self._new_folder(), log, progress=progress, processes=processes), upto)

    def _new_folder(self) -> Path:
        """An empty folder for the next state; what a build left that was stopped goes."""
        current = str(self._pointer().get("folder", "s0"))
        for left in self.folder.glob("s[0-9]*"):
            if int(left.name[1:]) > int(current[1:]):
                shutil.rmtree(left, ignore_errors=True)
        number = max((int(one.name[1:]) for one in self.folder.glob("s[0-9]*")), default=0) + 1
        folder = self.folder / f"s{number}"
        folder.mkdir(parents=True)
        return folder

    def _switch(self, state: State, upto: int) -> None:
        """Make a whole state the current one."""
        name, before = state.folder.name, self._pointer().get("folder")
        pointer = {"made_by": _maker(), "folder": name, "seq": upto, "studies": len(state.rows)}
        waiting = self.folder / f"{_POINTER}.new"
        waiting.write_text(json.dumps(pointer), encoding="utf-8")
        os.replace(waiting, self.folder / _POINTER)
        for old in self.folder.glob("s[0-9]*"):
            if old.name not in (before, name):  # the one before may still be read
                shutil.rmtree(old, ignore_errors=True)


def _differing(
    state: State, changes: Iterable[tuple[int, str, Study | None]], gone: list[int], progress: Progress
) -> Iterator[Portrait]:
    """Portraits of the studies that are new or read otherwise than before; rows that no longer hold go to `gone`."""
    for done, (_, nct_id, study) in enumerate(changes, start=1):
        row = state.row_of(nct_id)
        portrait = state.learnt.portrait(Reading(study)) if study is not None else None
        if done % _TOLD == 0:
            progress("reading for kinship", done, None)
        if row is not None and portrait is not None and state.rows.holds(row, portrait):
            continue
        if row is not None:
            gone.append(row)
        if portrait is not None:
            yield portrait


def _changed(state: State, folder: Path, kept: np.ndarray, fresh: Rows, progress: Progress) -> State:
    """The state in which only these old rows are kept, and fresh ones come after them."""
    new = State(folder)
    for name in ("learnt.msgpack", "space.npy", "centres.npy"):
        shutil.copyfile(state.folder / name, folder / name)
    breaks = np.flatnonzero(np.diff(kept) != 1) + 1
    runs = [run for run in np.split(kept, breaks) if len(run)]
    new.save_rows([*(state.rows.part(int(run[0]), int(run[-1]) + 1) for run in runs), fresh])
    centres = state.clusters.centres
    new.save("of", np.concatenate((state.clusters.of[kept], nearest_of(fresh.vectors, centres))))
    moved = np.full(len(state.rows), -1, np.int64)
    moved[kept] = np.arange(len(kept))
    new.new_graph()
    update(new.finder, state.graph, moved, np.arange(len(kept), len(new.rows)), new.writable_graph(), progress)
    return new


@cache
def _maker() -> str:
    """What a state depends on besides the records: the layout, the weights and the concept tables."""
    known = repr((VERSION, sorted(default_weights().items()), [table(name) for name in TABLES]))
    return f"{zlib.crc32(known.encode()):08x}"
