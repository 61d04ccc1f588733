"""The kin of a library on disk: which state is current, building it, bringing it up to date.

A state's files are a generation (`indexes.generation`): a reader sees a whole state or the one before, and a build
that is stopped changes nothing. Must not know: SQLite, pages.
"""

from __future__ import annotations

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
from ..generation import Generation, Generations
from ..generation import State as Position
from ..log import Log, Progress
from .build import build
from .combine import default_weights
from .learnt import Portrait
from .neighbours import nearest_of, update
from .rows import Rows
from .state import State

VERSION = 6
"""Raise it when signals or the layout change: older states are then built anew, as with new weights or tables."""

_TOLD = 500  # studies between two words of progress
_RELEARN = 0.25  # above this share of changed studies everything is learnt anew


class KinIndex:
    """The related studies in a folder, a user of `indexes.generation`; arrays mapped from disk."""

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder, name="kin", made_by=_maker)
        self._opened: tuple[Generation, State] | None = None

    @property
    def position(self) -> Position:
        """Where the index stands."""
        return self.generations.state()

    @property
    def seq(self) -> int:
        """How far in the log it has come; 0 when it is to be built."""
        return self.position.seq

    @property
    def built(self) -> bool:
        """Whether there is a state to ask."""
        return self.position.built

    @property
    def state(self) -> State:
        """The state on disk, opened again when another process has replaced it.

        Raises:
            NotPrepared: there is none yet. DamagedLibrary: it is not as it was written.
        """
        opened, generation = self._opened, self.generations.required()
        if opened is None or opened[0].folder != generation.folder:
            try:
                opened = self._opened = generation, State(generation.folder).opened()
            except (OSError, ValueError, EOFError) as error:
                raise self.generations.failed(str(error)) from error
        return opened[1]

    # ---- building; the caller holds the library's write lock

    def catch_up(self, log: Log, *, upto: int, progress: Progress) -> None:
        """Take in what changed since `seq`; build anew when there is no sound state or much has changed.

        Most updates of a record (dates, status, sites) change nothing that kinship reads; they only move `seq` on.
        """
        base = self.generations.to_catch_up()
        if base is None:
            return self.rebuild(log, upto=upto, progress=progress)
        state, gone = self.state, list[int]()
        most = int(_RELEARN * len(state.rows)) + 20
        differing = _differing(state, log.studies(since=base.seq), gone, progress)
        fresh = Rows.of(islice(differing, most + 1))
        if max(len(fresh), len(gone)) > most:
            return self.rebuild(log, upto=upto, progress=progress)
        if not gone and not len(fresh):
            self.generations.finish(base.folder, seq=upto, base=base)
            return None
        kept = np.delete(np.arange(len(state.rows)), gone)
        with self.generations.making(seq=upto) as home:
            _changed(state, home, kept, fresh, progress)
        return None

    def rebuild(self, log: Log, *, upto: int, progress: Progress, processes: int | None = None) -> None:
        """Learn and build everything from the whole log; processes: as for `build`."""
        with self.generations.making(seq=upto) as home:
            build(home, log, progress=progress, processes=processes)


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
