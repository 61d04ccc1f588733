"""Studies as rows of arrays: the same terms and vectors as portraits, in a shape that scores many at once.

A term is kept as a 32-bit key: four bits for its signal, 28 bits of a checksum of the term. Owns that shape and
scoring in it. Must not know: files, graphs, texts.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .combine import NAMES, Weights
from .learnt import Portrait
from .signals import SIGNALS
from .vectors import DIMENSIONS

_PLACES = {signal.name: place for place, signal in enumerate(SIGNALS)}
_DISEASE, _INTERVENTION = _PLACES["disease"], _PLACES["intervention"]
_COUNT = len(SIGNALS)
assert _COUNT <= 16 and NAMES[_COUNT:] == ("same_question", "text_vectors")


@lru_cache(maxsize=400_000)
def key_of(signal: str, term: str) -> int:
    """The key of a term of a signal."""
    return _PLACES[signal] << 28 | zlib.crc32(term.encode()) & 0x0FFF_FFFF


@dataclass(frozen=True, eq=False)
class Rows:
    """ids: one per study. starts: where each study's terms begin, one more at the end. keys, values: its terms,
    rising by key. vectors: studies × dimensions, all nought where a study has no known words.
    """

    ids: np.ndarray
    starts: np.ndarray
    keys: np.ndarray
    values: np.ndarray
    vectors: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, portraits: Iterable[Portrait]) -> Rows:
        """Rows of portraits, in their order."""
        ids: list[str] = []
        starts, keys, values = array("q", [0]), array("I"), array("f")
        vectors: list[np.ndarray] = []
        for portrait in portraits:
            own_keys, own_values, vector = terms_of(portrait)
            ids.append(portrait.nct_id)
            keys.frombytes(own_keys.tobytes())
            values.frombytes(own_values.tobytes())
            starts.append(len(keys))
            vectors.append(vector.astype(np.float16))
        return cls(
            np.asarray(ids, "S11"),
            np.frombuffer(starts, np.int64),
            np.frombuffer(keys, np.uint32),
            np.frombuffer(values, np.float32).astype(np.float16),
            np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float16),
        )

    def terms(self, row: int) -> tuple[np.ndarray, np.ndarray]:
        """Keys and values of one study."""
        part = slice(self.starts[row], self.starts[row + 1])
        return self.keys[part], self.values[part].astype(np.float32)

    def taken(self, rows: np.ndarray) -> Rows:
        """The same studies in another order or fewer of them."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        where = _ranges(self.starts[rows], lengths)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return Rows(self.ids[rows], starts, self.keys[where], self.values[where], self.vectors[rows])

    def joined(self, other: Rows) -> Rows:
        """These studies and then the others."""
        return Rows(
            np.concatenate((self.ids, other.ids)),
            np.concatenate((self.starts, other.starts[1:] + self.starts[-1])),
            np.concatenate((self.keys, other.keys)),
            np.concatenate((self.values, other.values)),
            np.concatenate((self.vectors, other.vectors)),
        )

    def likenesses(self, own: tuple[np.ndarray, np.ndarray, np.ndarray], others: np.ndarray) -> np.ndarray:
        """Likeness of a study (its keys, values and vector) with rows `others`, others × `NAMES`."""
        own_keys, own_values, vector = own
        found = np.zeros((len(others), len(NAMES)), np.float32)
        if len(others) == 0:
            return found
        lengths = self.starts[others + 1] - self.starts[others]
        where = _ranges(self.starts[others], lengths)
        keys = self.keys[where]
        if len(own_keys):
            place = np.minimum(np.searchsorted(own_keys, keys), len(own_keys) - 1)
            same = np.flatnonzero(own_keys[place] == keys)
            which = np.repeat(np.arange(len(others)), lengths)[same] * _COUNT + (keys[same] >> 28).astype(np.int64)
            worth = own_values[place[same]] * self.values[where[same]].astype(np.float32)
            summed = np.bincount(which, worth, minlength=len(others) * _COUNT)
            found[:, :_COUNT] = np.minimum(1.0, summed.reshape(len(others), _COUNT))
        found[:, _COUNT] = np.sqrt(found[:, _DISEASE] * found[:, _INTERVENTION])
        found[:, _COUNT + 1] = np.clip(self.vectors[others].astype(np.float32) @ vector, 0.0, 1.0)
        return found


def terms_of(portrait: Portrait) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keys (rising), values and vector of a portrait."""
    pairs = sorted(
        (key_of(signal, term), weight) for signal, bag in portrait.terms.items() for term, weight in bag.items()
    )
    vector = np.zeros(DIMENSIONS, np.float32)
    if portrait.vector is not None:
        vector[: len(portrait.vector)] = portrait.vector
    return (
        np.asarray([key for key, _ in pairs], np.uint32),
        np.asarray([weight for _, weight in pairs], np.float32),
        vector,
    )


def weight_vector(weights: Weights) -> np.ndarray:
    """Weights in the order of `NAMES`."""
    return np.asarray([weights.get(name, 0.0) for name in NAMES], np.float32)


def _ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """starts[0], starts[0]+1, … for each start and length, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
