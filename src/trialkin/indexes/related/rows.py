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

PLACES = {signal.name: place for place, signal in enumerate(SIGNALS)}
_DISEASE, _INTERVENTION = PLACES["disease"], PLACES["intervention"]
_COUNT = len(SIGNALS)
TEXT = NAMES.index("text_vectors")
_SIEVE = 0xFFFF
ID = "S24"
"""How ids are kept: as wide as the longest id of any register (IRCT)."""
assert _COUNT <= 16 and NAMES[_COUNT:] == ("same_question", "text_vectors")


@lru_cache(maxsize=400_000)
def key_of(signal: str, term: str) -> int:
    """The key of a term of a signal."""
    return PLACES[signal] << 28 | zlib.crc32(term.encode()) & 0x0FFF_FFFF


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
            np.asarray(ids, ID),
            np.frombuffer(starts, np.int64),
            np.frombuffer(keys, np.uint32),
            np.frombuffer(values, np.float32).astype(np.float16),
            np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float16),
        )

    def terms(self, row: int) -> tuple[np.ndarray, np.ndarray]:
        """Keys and values of one study."""
        part = slice(self.starts[row], self.starts[row + 1])
        return self.keys[part], self.values[part].astype(np.float32)

    def holds(self, row: int, portrait: Portrait) -> bool:
        """Whether a row already says what a portrait says."""
        kept = slice(self.starts[row], self.starts[row + 1])
        keys, values, vector = terms_of(portrait)
        return (
            np.array_equal(self.keys[kept], keys)
            and np.array_equal(self.values[kept], values.astype(np.float16))
            and np.array_equal(self.vectors[row], vector.astype(np.float16))
        )

    def part(self, first: int, last: int) -> Rows:
        """Rows first..last (exclusive), their terms not copied."""
        terms = slice(self.starts[first], self.starts[last])
        starts = self.starts[first : last + 1] - self.starts[first]
        return Rows(self.ids[first:last], starts, self.keys[terms], self.values[terms], self.vectors[first:last])

    def likenesses(self, own: tuple[np.ndarray, np.ndarray, np.ndarray], others: np.ndarray) -> np.ndarray:
        """Likeness of a study (its keys, values and vector) with rows `others`, others × `NAMES`."""
        own_keys, own_values, vector = own
        found = np.zeros((len(others), len(NAMES)), np.float32)
        if len(others) == 0:
            return found
        starts = self.starts[others]
        ends = np.cumsum(self.starts[others + 1] - starts)
        keys = np.concatenate([self.keys[a:b] for a, b in zip(starts, self.starts[others + 1], strict=True)])
        if len(own_keys) and len(keys):
            same = np.flatnonzero(_sieve(own_keys)[keys & _SIEVE])
            place = np.minimum(np.searchsorted(own_keys, keys[same]), len(own_keys) - 1)
            truly = own_keys[place] == keys[same]
            same, place = same[truly], place[truly]
            which = np.searchsorted(ends, same, side="right")
            values = self.values[same + (starts - np.concatenate(([0], ends[:-1])))[which]].astype(np.float32)
            worth = own_values[place] * values
            column = which * _COUNT + (keys[same] >> 28).astype(np.int64)
            summed = np.bincount(column, worth, minlength=len(others) * _COUNT)
            found[:, :_COUNT] = np.clip(summed.reshape(len(others), _COUNT), -1.0, 1.0)
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


def as_kept(weight: float) -> float:
    """A weight as rows keep it, so that what is read anew and what was kept tell the same."""
    return float(np.float16(weight))


def weight_vector(weights: Weights) -> np.ndarray:
    """Weights in the order of `NAMES`."""
    return np.asarray([weights.get(name, 0.0) for name in NAMES], np.float32)


def _sieve(keys: np.ndarray) -> np.ndarray:
    """Which last 16 bits these keys have: most other keys fall through at the cost of one look."""
    found = np.zeros(_SIEVE + 1, np.bool_)
    found[keys & _SIEVE] = True
    return found
