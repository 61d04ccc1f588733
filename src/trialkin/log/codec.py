"""Compressing record bytes, and the hashes that tell whether they are intact and whether they changed.

Must not know where bytes are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
import zstandard

from ..errors import UnreadableRecord

LEVEL = 4  # 10 % larger than with level 6, in a third of its time
DICTIONARY_BYTES = 112_640
MAX_RECORD_BYTES = 64 * 1024 * 1024

_any = msgspec.json.Decoder()
_sorted = msgspec.json.Encoder(order="sorted")


class Codec:
    """Compresses with at most one dictionary; decompresses with any of the dictionaries given."""

    def __init__(self, dictionaries: dict[int, bytes]) -> None:
        self._decompressors = {
            key: zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(body))
            for key, body in dictionaries.items()
        }
        self._plain = zstandard.ZstdDecompressor()
        self.dictionary_id = max(dictionaries, default=None)
        trained = None if self.dictionary_id is None else dictionaries[self.dictionary_id]
        self._compressor = (
            zstandard.ZstdCompressor(level=LEVEL)
            if trained is None
            else zstandard.ZstdCompressor(level=LEVEL, dict_data=zstandard.ZstdCompressionDict(trained))
        )

    def knows(self, dictionary_id: int | None) -> bool:
        """Whether bodies compressed with this dictionary can be read."""
        return dictionary_id is None or dictionary_id in self._decompressors

    def compress(self, raw: bytes) -> bytes:
        return self._compressor.compress(raw)

    @staticmethod
    def compress_against(base: bytes, raw: bytes) -> bytes:
        """The bytes as what differs from those of a neighbour: a few hundred where the whole takes thousands."""
        return _neighbour_compressor(base).compress(raw)

    @staticmethod
    def decompress_against(base: bytes, body: bytes) -> bytes:
        """The bytes as they came.

        Raises:
            ValueError: the body does not decompress.
        """
        dictionary = zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        try:
            return zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=MAX_RECORD_BYTES).decompress(
                body, max_output_size=MAX_RECORD_BYTES
            )
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error

    def decompress(self, body: bytes, *, dictionary_id: int | None) -> bytes:
        """The bytes as they came.

        Raises:
            ValueError: the body does not decompress.
        """
        decompressor = self._plain if dictionary_id is None else self._decompressors.get(dictionary_id)
        if decompressor is None:
            raise ValueError(f"compression dictionary {dictionary_id} is missing")
        try:
            return decompressor.decompress(body, max_output_size=MAX_RECORD_BYTES)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error


def _neighbour_compressor(base: bytes) -> zstandard.ZstdCompressor:
    dictionary = zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=dictionary)


def train_dictionary(samples: Sequence[bytes]) -> bytes | None:
    """A dictionary learnt from records of the library itself; None when there are too few to learn from."""
    if len(samples) < 100:
        return None
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, list(samples), level=LEVEL).as_bytes()
    except zstandard.ZstdError:
        return None


def raw_hash(raw: bytes) -> bytes:
    """16 bytes that tell damage."""
    return hashlib.blake2b(raw, digest_size=16).digest()


def _without_nulls(value: Any) -> Any:
    """null means absent: a record that somebody's library wrote with nulls has not changed."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value


def content_hash(raw: bytes) -> bytes:
    """16 bytes that tell change: equal for records that differ only in layout or in the data-release stamp.

    Source: the release stamp is derivedSection.miscInfoModule.versionHolder; it moves daily on every record.

    Raises:
        UnreadableRecord: a part that the model does not look at is no JSON.
    """
    try:
        record = _any.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableRecord(f"not a JSON text: {error}") from error
    if b"null" in raw:
        record = _without_nulls(record)
    derived = record.get("derivedSection")
    misc = derived.get("miscInfoModule") if isinstance(derived, dict) else None
    if isinstance(misc, dict):
        misc.pop("versionHolder", None)
    return hashlib.blake2b(_sorted.encode(record), digest_size=16).digest()
