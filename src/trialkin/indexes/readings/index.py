"""The readings of a library on disk: a user of `indexes.generation`.

A generation is a few parts and a dictionary; where two parts hold a study, the later part counts. Catching up reads
what changed into one more part, and joins small parts when there are many. Must not know: the log's files, questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from ...model import Study
from ...model.ids import number_of
from .. import workers as crew
from ..cache import Kept
from ..generation import Generation, Generations, State
from ..log import Log, Progress
from .parts import Codec, Part, id_of
from .reading import StudyReading, read_texts, rules

if TYPE_CHECKING:
    from .asking import Said

LAYOUT = 3
PIECE = 500
"""Studies that are read in one piece of work."""
PART = 50_000
"""Studies of a part at most, so that making one needs little memory."""
MOST_SMALL = 8
MOST_KEPT = 64
_SMALL = PART // 2
_FEW = 1_000  # below, starting processes costs more than they bring
_SAMPLE = 1_000  # readings that the dictionary is learnt from
_DICTIONARY = "dictionary"


def _made_by() -> str:
    return f"{LAYOUT}-{rules()}"


class Readings:
    """One unchanging view of the readings. `seq`: the position of the log they stand at."""

    def __init__(self, generation: Generation) -> None:
        folder = generation.folder
        self.seq = generation.seq
        self.codec = Codec((folder / _DICTIONARY).read_bytes())
        self._kept = Kept(MOST_KEPT)
        self.parts = tuple(Part.open(folder, name) for name in part_names(generation))

    def __len__(self) -> int:
        return len(self.studies)

    def of(self, nct_id: str) -> tuple[int, StudyReading] | None:
        """The position of the version that was read, and its reading; None when the study is not here."""
        return self.numbered(number_of(nct_id))

    def numbered(self, study: int) -> tuple[int, StudyReading] | None:
        """As `of`, by the number of the study."""
        for part in reversed(self.parts):
            place = part.place_of(study)
            if place is not None:
                frame = part.frame(place)
                return (int(part.places["seq"][place]), self.codec.read(frame)) if frame else None
        return None

    def all(self) -> Iterator[tuple[str, StudyReading]]:
        """Every study's reading by id, in no order."""
        for part, kept in zip(self.parts, self.kept, strict=True):
            for place in np.flatnonzero(kept & (part.places["length"] > 0)).tolist():
                yield id_of(int(part.places["study"][place])), self.codec.read(part.frame(place))

    @cached_property
    def kept(self) -> tuple[np.ndarray, ...]:
        """For each part which of its places count: those of studies that no later part holds."""
        found, later = list[np.ndarray](), np.zeros(0, np.uint32)
        for part in reversed(self.parts):
            found.append(~np.isin(part.places["study"], later))
            later = np.union1d(later, part.places["study"])
        return tuple(reversed(found))

    @cached_property
    def studies(self) -> np.ndarray:
        """The numbers of all studies here, rising."""
        found = [
            part.places["study"][kept & (part.places["length"] > 0)]
            for part, kept in zip(self.parts, self.kept, strict=True)
        ]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.uint32)

    @cached_property
    def abouts(self) -> tuple[str, ...]:
        """Everything that criteria are about, "KIND\\tVARIABLE"."""
        return tuple(sorted({name for part in self.parts for name in part.names if "\t" in name}))

    def said(self, name: str, text: str) -> Said:
        """The answer to a question of `asking`, kept for the next time; raises as `asking.ask`."""
        from .asking import ask

        return self._kept.get((name, text), lambda: ask(self, name, text))

    def facts(self, kind: str, variable: str) -> list[tuple[Part, np.ndarray]]:
        """The rows of `columns.FACT` about one variable, by study, each with the part whose names its codes mean."""
        return [self._rows(number, "facts", f"{kind}\t{variable}") for number in range(len(self.parts))]

    def of_kind(self, *kinds: str) -> np.ndarray:
        """The rows of `columns.FACT` of whole kinds, in no order; their codes differ from part to part."""
        found = []
        for number, part in enumerate(self.parts):
            codes = [
                code for name, code in part.codes.items() if name.partition("\t")[0] in kinds and "\t" in name
            ]
            found.append(self._counting(number, part.facts[np.isin(part.facts["about"], codes)]))
        return np.concatenate(found)

    def doses(self, agent: str) -> list[tuple[Part, np.ndarray]]:
        """The rows of `columns.DOSE` of one agent, as `facts`."""
        return [self._rows(number, "doses", agent.casefold()) for number in range(len(self.parts))]

    def _rows(self, number: int, columns: str, about: str) -> tuple[Part, np.ndarray]:
        part = self.parts[number]
        return part, self._counting(number, part.about(getattr(part, columns), about))

    def _counting(self, number: int, rows: np.ndarray) -> np.ndarray:
        """The rows of a part that no later part replaces."""
        kept = self.kept[number]
        if len(rows) and not kept.all():
            rows = rows[np.isin(rows["study"], self.parts[number].places["study"][kept])]
        return rows


class ReadingsIndex:
    """The readings in a folder. Readers are safe from many threads and write nothing; one process writes at a time."""

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder, name="readings", made_by=_made_by)
        self._opened: tuple[Generation, Readings] | None = None

    @property
    def state(self) -> State:
        """Where the index stands."""
        return self.generations.state()

    def view(self) -> Readings:
        """The readings as they stand now.

        Raises:
            NotPrepared: none were made by the rules of now. DamagedLibrary: they are not as they were written.
        """
        opened, generation = self._opened, self.generations.required()
        if opened is None or opened[0].stamp != generation.stamp:
            opened = self._opened = generation, self._open(generation)
        return opened[1]

    def last(self) -> Readings | None:
        """The readings that are there, made by whatever rules; None when there are none that can be read."""
        generation = self.generations.newest()
        return None if generation is None or generation.differing(deep=True) else self._open(generation)

    def _open(self, generation: Generation) -> Readings:
        try:
            return Readings(generation)
        except (OSError, ValueError, EOFError) as error:
            raise self.generations.failed(str(error)) from error

    # ---- writing; the caller holds the library's write lock

    def catch_up(self, log: Log, *, upto: int, progress: Progress) -> None:
        """Read what changed since the position; everything when nothing sound was made by the rules of now."""
        base = self.generations.to_catch_up()
        if base is None:
            return self.rebuild(log, upto=upto, progress=progress)
        before = self._open(base)
        changed = [position for position, _, _ in log.studies(since=base.seq, upto=upto)]
        if not changed:
            self.generations.finish(base.folder, seq=upto, base=base)
            return None
        with self.generations.making(seq=upto, base=base) as home:
            names = part_names(base)
            for part in _read(log, changed, before.codec, work=home.parent, progress=progress):
                name = _next(names)
                part.save(home, name)
                names.append(name)
            _join_small(home, names)
        return None

    def rebuild(self, log: Log, *, upto: int, progress: Progress, processes: int | None = None) -> None:
        """Read every study; processes: by default as many as the library is worth, 0 for none."""
        positions = log.positions()
        codec = Codec.learn([read_texts(study) for study in _sample(log, positions)])
        with self.generations.making(seq=upto) as home:
            (home / _DICTIONARY).write_bytes(codec.dictionary)
            names = list[str]()
            for part in _read(log, positions, codec, work=home.parent, progress=progress, processes=processes):
                names.append(_next(names))
                part.save(home, names[-1])


def part_names(generation: Generation) -> list[str]:
    """The parts of a generation, the later ones last."""
    return sorted(name.partition(".")[0] for name in generation.manifest.files if name.endswith(".places.npy"))


def _next(names: list[str]) -> str:
    return f"part-{int(names[-1][5:]) + 1 if names else 1:06d}"


def _sample(log: Log, positions: list[int]) -> Iterator[Study]:
    for position in positions[:: max(1, len(positions) // _SAMPLE)] if len(positions) >= 100 else ():
        for _, _, study in log.studies(since=position - 1, upto=position):
            if study is not None:
                yield study


def _read(
    log: Log,
    positions: list[int],
    codec: Codec,
    *,
    work: Path,
    progress: Progress,
    processes: int | None = None,
) -> Iterator[Part]:
    """The parts of the studies at these positions of the log; pieces lie in `work` for the while."""
    if processes is None:
        processes = crew.available() if len(positions) >= _FEW else 0
    done = 0
    for first in range(0, len(positions), PART):
        own = positions[first : first + PART]
        pieces = [own[start : start + PIECE] for start in range(0, len(own), PIECE)]
        with TemporaryDirectory(prefix="work-", dir=work) as folder:
            job = _ReadPiece(log, pieces, codec.dictionary, Path(folder))
            for number in crew.each(job, len(pieces), processes=processes):
                done += len(pieces[number])
                progress("reading criteria and doses", done, len(positions))
            yield _whole([Part.open(Path(folder), str(number)) for number in range(len(pieces))])


def _whole(pieces: Sequence[Part]) -> Part:
    return Part.joined(pieces, [np.ones(len(piece), np.bool_) for piece in pieces])


@dataclass(frozen=True, eq=False)
class _ReadPiece:
    """Reads some studies and leaves their part in a file."""

    log: Log
    pieces: list[list[int]]
    dictionary: bytes
    folder: Path

    @cached_property
    def _codec(self) -> Codec:
        return Codec(self.dictionary)

    def __call__(self, number: int) -> None:
        Part.of(self._read(self.pieces[number]), self._codec).save(self.folder, str(number))

    def _read(self, positions: list[int]) -> Iterator[tuple[int, str, StudyReading | None]]:
        for seq, nct_id, study in self.log.studies(since=positions[0] - 1, upto=positions[-1]):
            yield seq, nct_id, None if study is None else read_texts(study)


def _join_small(home: Path, names: list[str]) -> None:
    """Make one part of the small ones at the end when there are many."""
    parts = [Part.open(home, name) for name in names]
    first = len(parts)
    while first and len(parts[first - 1]) < _SMALL:
        first -= 1
    small = parts[first:]
    if len(small) <= MOST_SMALL or sum(map(len, small)) > PART:
        return
    kept, later = list[np.ndarray](), np.zeros(0, np.uint32)
    for part in reversed(small):
        kept.insert(0, ~np.isin(part.places["study"], later))
        later = np.union1d(later, part.places["study"])
    Part.joined(small, kept).save(home, _next(names))
    for name in names[first:]:
        for path in home.glob(f"{name}.*"):
            path.unlink()
