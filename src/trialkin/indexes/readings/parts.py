"""Parts: the readings of some tens of thousands of studies, in four files that are never changed.

`frames`: the reading of each study as msgpack, compressed alone, one after the other. `places`: where each one's is,
sorted by study. `facts` and `doses`: see `columns`. `names`: the strings behind their codes. Must not know which parts
there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import zstandard

from ...model.ids import FIRST_OTHER, number_of
from .columns import DOSE, FACT, Names, dose_rows, fact_rows
from .reading import StudyReading

PLACE = np.dtype([("study", "<u4"), ("length", "<u4"), ("seq", "<i8"), ("start", "<i8")])
"""length 0: the registry no longer has the study."""

_LEVEL = 9


def id_of(number: int) -> str:
    """The NCT id of a number; of another register's study its number in hexadecimal."""
    return f"{number:#x}" if number >= FIRST_OTHER else f"NCT{number:08d}"


class Codec:
    """Turns readings into frames and back, with a dictionary learnt from some of them (b"" for none)."""

    def __init__(self, dictionary: bytes) -> None:
        self.dictionary = dictionary
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(StudyReading).decode
        self._learnt = zstandard.ZstdCompressionDict(dictionary) if dictionary else None

    @classmethod
    def learn(cls, readings: Sequence[StudyReading]) -> Codec:
        """A codec that has learnt from readings; too few teach nothing."""
        raw: list[bytes | bytearray | memoryview] = [msgspec.msgpack.encode(reading) for reading in readings]
        if len(raw) < 100:
            return cls(b"")
        return cls(zstandard.train_dictionary(min(110_000, sum(map(len, raw)) // 10), raw).as_bytes())

    @cached_property
    def _compressor(self) -> zstandard.ZstdCompressor:
        return zstandard.ZstdCompressor(level=_LEVEL, dict_data=self._learnt)

    def write(self, reading: StudyReading) -> bytes:
        return self._compressor.compress(self._encode(reading))

    def read(self, frame: bytes) -> StudyReading:
        """Safe from many threads: each call has a decompressor of its own."""
        raw = zstandard.ZstdDecompressor(dict_data=self._learnt).decompress(frame)
        return self._decode(raw)


@dataclass(frozen=True, eq=False)
class Part:
    """The readings of some studies; a study is in it once. `frames`: bytes as an array of u1."""

    frames: np.ndarray
    places: np.ndarray
    facts: np.ndarray
    doses: np.ndarray
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.places)

    @classmethod
    def of(cls, read: Iterable[tuple[int, str, StudyReading | None]], codec: Codec) -> Part:
        """A part of (seq, id, reading; None: gone), a study once."""
        names, frames, places = Names(), bytearray(), list[tuple[int, int, int, int]]()
        facts, doses = list[tuple[object, ...]](), list[tuple[object, ...]]()
        for seq, nct_id, reading in read:
            study = number_of(nct_id)
            frame = codec.write(reading) if reading is not None else b""
            places.append((study, len(frame), seq, len(frames)))
            frames += frame
            if reading is not None:
                facts += fact_rows(study, reading.criteria, names)
                doses += dose_rows(study, reading.doses, names)
        return cls(
            np.frombuffer(bytes(frames), np.uint8),
            np.sort(np.array(places, PLACE), order="study"),
            _sorted(np.array(facts, FACT)),
            _sorted(np.array(doses, DOSE)),
            tuple(names.listed),
        )

    @classmethod
    def joined(cls, parts: Sequence[Part], kept: Sequence[np.ndarray]) -> Part:
        """One part of several. kept: for each which of its places go on; a study in one of them only."""
        names, frames, places = Names(), list[np.ndarray](), list[np.ndarray]()
        facts, doses, start = list[np.ndarray](), list[np.ndarray](), 0
        for part, keeps in zip(parts, kept, strict=True):
            codes = np.array([names.code(name) for name in part.names], np.uint32)
            own = part.places[keeps].copy()
            frames += [part.frames[at : at + size] for at, size in zip(own["start"], own["length"], strict=True)]
            own["start"] = start + np.concatenate(([0], np.cumsum(own["length"])[:-1])) if len(own) else 0
            start += int(own["length"].sum())
            places.append(own)
            for columns, coded, into in (
                (part.facts, ("about", "unit", "first", "last"), facts),
                (part.doses, ("about", "unit", "schedule"), doses),
            ):
                rows = columns[np.isin(columns["study"], own["study"])]
                for name in coded:
                    rows[name] = codes[rows[name]]
                into.append(rows)
        return cls(
            np.concatenate(frames) if frames else np.zeros(0, np.uint8),
            np.sort(np.concatenate(places), order="study"),
            _sorted(np.concatenate(facts)),
            _sorted(np.concatenate(doses)),
            tuple(names.listed),
        )

    def save(self, folder: Path, name: str) -> None:
        """Write the files of a part."""
        for what in ("frames", "places", "facts", "doses"):
            np.save(folder / f"{name}.{what}.npy", getattr(self, what))
        (folder / f"{name}.names.msgpack").write_bytes(msgspec.msgpack.encode(self.names))

    @classmethod
    def open(cls, folder: Path, name: str) -> Part:
        """Open the files of a part, mapped from disk.

        Raises:
            OSError, ValueError: they are not as they were written.
        """
        frames, places, facts, doses = (
            _mapped(folder / f"{name}.{what}.npy") for what in ("frames", "places", "facts", "doses")
        )
        raw = (folder / f"{name}.names.msgpack").read_bytes()
        return cls(frames, places, facts, doses, msgspec.msgpack.decode(raw, type=tuple[str, ...]))

    # ---- asking

    def place_of(self, study: int) -> int | None:
        """The index of a study's place, None when it is not in here."""
        at = int(np.searchsorted(self.places["study"], study))
        return at if at < len(self.places) and self.places["study"][at] == study else None

    def frame(self, place: int) -> bytes:
        """The bytes of a reading."""
        start, length = int(self.places["start"][place]), int(self.places["length"][place])
        return self.frames[start : start + length].tobytes()

    @cached_property
    def codes(self) -> dict[str, int]:
        """Codes by string."""
        return {name: code for code, name in enumerate(self.names)}

    def about(self, columns: np.ndarray, name: str) -> np.ndarray:
        """The rows about one thing."""
        code = self.codes.get(name)
        if code is None:
            return columns[:0]
        first, last = np.searchsorted(columns["about"], (code, code + 1))
        return columns[first:last]


def _sorted(rows: np.ndarray) -> np.ndarray:
    return rows[np.lexsort((rows["study"], rows["about"]))]


def _mapped(path: Path) -> np.ndarray:
    found: np.ndarray = np.load(path, mmap_mode="r") if path.stat().st_size > 256 else np.load(path)
    return found.view(np.ndarray)
