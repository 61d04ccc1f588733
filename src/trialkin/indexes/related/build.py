"""Building the kin of a whole library: learn from a sample, read every study, find the nearest of each.

The work is cut into pieces that processes of their own may do; every piece leaves its result in a file, and the
result is the same for any number of processes. Must not know: SQLite, which state is the current one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from ...reading.passages import Reading
from .. import workers as crew
from ..log import Log, Progress
from .learnt import SAMPLE, Traits, learn, traits
from .neighbours import Clusters, Graph, blocks, kin_of
from .rows import Rows
from .state import State, save_piece

CHUNK = 1_000
"""Studies that are read in one piece."""

_FEW = 3_000  # below, starting processes costs more than they bring


def build(
    folder: Path, log: Log, *, progress: Progress, processes: int | None = None, chunk: int = CHUNK
) -> State:
    """Write a whole state into an empty folder.

    processes: by default as many as the library is worth, 0 for none. chunk: studies in a piece.
    """
    positions = np.asarray(log.positions(), np.int64)
    if processes is None:
        processes = crew.available() if len(positions) >= _FEW else 0
    parts = folder / "parts"
    parts.mkdir()
    state = State(folder)

    def work(what: str, job: crew.Job, pieces: list[np.ndarray]) -> None:
        done, total = 0, sum(map(len, pieces))
        for number in crew.each(job, len(pieces), processes=processes):
            done += len(pieces[number])
            progress(what, done, total)

    step = max(1, -(-len(positions) // SAMPLE))
    sample, everything = _cut(positions[::step], chunk), _cut(positions, chunk)
    work("reading a sample for kinship", _ReadSample(log, sample, parts), sample)
    progress("learning kinship", 0, None)
    list(crew.each(_Learn(folder, len(sample)), 1, processes=processes))
    work("reading for kinship", _Weigh(log, everything, folder, whole=step == 1), everything)
    state.save_rows(parts / f"rows-{number}" for number in range(len(everything)))
    shutil.rmtree(parts)
    progress("grouping studies", 0, None)
    list(crew.each(_Cluster(folder), 1, processes=processes))
    state.new_graph()
    found = blocks(state.clusters, chunk)
    work("finding kin", _FindKin(folder, chunk), [block for _, block in found])
    return state


def _cut(positions: np.ndarray, chunk: int) -> list[np.ndarray]:
    return [positions[start : start + chunk] for start in range(0, len(positions), chunk)]


@dataclass(frozen=True, eq=False)
class _ReadSample:
    """Reads some studies by every signal and keeps what was read."""

    log: Log
    pieces: list[np.ndarray]
    parts: Path

    def __call__(self, number: int) -> None:
        found = [
            traits(Reading(study))
            for position in self.pieces[number].tolist()
            for _, _, study in self.log.studies(since=position - 1, upto=position)
            if study is not None
        ]
        (self.parts / f"sample-{number}").write_bytes(msgspec.msgpack.encode(found))


def _sampled(parts: Path, number: int) -> list[Traits]:
    return msgspec.msgpack.decode((parts / f"sample-{number}").read_bytes(), type=list[Traits])


@dataclass(frozen=True, eq=False)
class _Learn:
    """Learns from what was kept, in one go, so that its memory goes with its process."""

    folder: Path
    pieces: int

    def __call__(self, _number: int) -> None:
        parts = self.folder / "parts"
        read = (one for number in range(self.pieces) for one in _sampled(parts, number))
        State(self.folder).save_learnt(learn(read))


@dataclass(frozen=True, eq=False)
class _Weigh:
    """Turns studies into rows; `whole`: the sample was all of them and need not be read again."""

    log: Log
    pieces: list[np.ndarray]
    folder: Path
    whole: bool

    @cached_property
    def _state(self) -> State:
        return State(self.folder)

    def __call__(self, number: int) -> None:
        parts = self.folder / "parts"
        read: Iterable[Traits] = _sampled(parts, number) if self.whole else self._read(number)
        save_piece(parts / f"rows-{number}", Rows.of(self._state.learnt.weighed(one) for one in read))

    def _read(self, number: int) -> Iterator[Traits]:
        chunk = self.pieces[number].tolist()
        for _, _, study in self.log.studies(since=chunk[0] - 1, upto=chunk[-1]):
            if study is not None:
                yield traits(Reading(study))


@dataclass(frozen=True, eq=False)
class _Cluster:
    """Groups studies of like text, in one go."""

    folder: Path

    def __call__(self, _number: int) -> None:
        state = State(self.folder)
        state.save_clusters(Clusters.find(state.rows.vectors))


@dataclass(frozen=True, eq=False)
class _FindKin:
    """Finds the nearest of a block of studies and writes them into the graph."""

    folder: Path
    chunk: int

    @cached_property
    def _state(self) -> State:
        return State(self.folder)

    @cached_property
    def _graph(self) -> Graph:
        return self._state.writable_graph()

    @cached_property
    def _blocks(self) -> list[tuple[int, np.ndarray]]:
        return blocks(self._state.clusters, self.chunk)

    def __call__(self, number: int) -> None:
        centre, block = self._blocks[number]
        found = kin_of(self._state.finder, centre, block)
        for whole, part in ((self._graph.by_score, found.by_score), (self._graph.by_text, found.by_text)):
            whole.kin[block], whole.scores[block] = part.kin, part.scores
