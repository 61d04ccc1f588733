"""The study records of one text, whatever it wraps them in: a study, a list, pages, JSON lines, objects by id.

Records keep their bytes; where the text is no strict JSON (NaN, raw control characters, trailing commas) they are
written anew from what it plainly means. What is no record is told by its kind. Must not know files or the store.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import msgspec

from .kinds import kind_of_bytes, kind_of_keys

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_TRAILING = re.compile(r'("(?:[^"\\]++|\\.)*+")|,(?=\s*[}\]])', re.DOTALL)
_BETWEEN = re.compile(r"[\s,\x1e\x00]*")
_RECORD_START = re.compile(r'\{\s*"(?:protocolSection|_id|hasResults)"\s*:')
_NCT_KEY = re.compile(r"NCT\d{8}")
_WRAPPING_DEPTH = 5
_DEEPEST = 900  # levels that a parser can follow at all
_RECORD_KEY = "protocolSection"
# what others write beside the sections of a record they keep
_FOREIGN_KEYS = frozenset({"ctrname", "record_last_import", "history"})
_UTF = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw] | list[msgspec.Raw])
_loose = json.JSONDecoder(strict=False, parse_constant=lambda _: None)  # NaN and Infinity: absent
_KEY = re.compile(rb'"([\w ]{2,40})"\s*:')
# letters as UTF-8 writes them, or bytes that are nobody's Latin: then the bad bytes are damage to one record
_DAMAGE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True)
class Offer:
    """One record found, or one that could not be read: then `problem` is (code, reason).

    passed: it was no record and nobody said that it was one; it is counted by its kind, not set aside.
    second_hand: told by somebody else than the study's own register; never replaces what the register itself says.
    """

    source: str  # archive and member, for people
    raw: bytes
    problem: tuple[str, str] | None = None
    passed: bool = False
    second_hand: bool = False


@dataclass(frozen=True)
class _Other:
    """What stands where a record should: its bytes, and (code, reason)."""

    raw: bytes
    problem: tuple[str, str]


def records_of(raw: bytes, *, source: str, depth: int, record_bytes: int) -> Iterator[Offer]:
    """The records of one text, and what in it could not be read.

    depth: the deepest nesting of JSON that is read. record_bytes: the largest record that is stored.
    """
    raw = as_utf8(raw)
    if problem := kind_of_bytes(raw[:4096]):
        yield Offer(source, raw, problem)
        return
    if deep := too_deep(raw, depth):
        if too_deep(raw, _DEEPEST):
            yield Offer(source, raw, _deeper(depth))
            return
    try:
        value = _decoder.decode(raw)
        items = _records(raw, value, 0)
        alone = isinstance(value, dict) and _RECORD_KEY in value
    except _BROKEN as error:
        items, alone = _lenient(raw, str(error)), not _RECORD_START.search(raw.decode("utf-8", "replace"), 2)
    for number, item in enumerate(items, start=1):
        if deep and too_deep(item if isinstance(item, bytes) else item.raw, depth):
            item = _Other(item if isinstance(item, bytes) else item.raw, _deeper(depth))
        yield _offer(item, source if alone else f"{source}#{number}", record_bytes)


def lines_are_records(line: bytes) -> bool:
    """Whether a line is a whole JSON object of its own: then the lines that follow are as well."""
    text = as_utf8(line).strip()
    if text[:1] != b"{" or text[-1:] != b"}":
        return False
    try:
        return isinstance(_decoder.decode(text), dict)
    except _BROKEN:
        return _parsed(text.decode("utf-8", "replace")) is not None


def _deeper(depth: int) -> tuple[str, str]:
    return "too-deep", f"nested deeper than {depth} levels"


def _offer(item: bytes | _Other, source: str, record_bytes: int) -> Offer:
    if isinstance(item, _Other):
        return Offer(source, item.raw, item.problem)
    if len(item) > record_bytes:
        return Offer(source, b"", ("too-large", f"{len(item):,} bytes, more than {record_bytes:,}"))
    return Offer(source, item)


# ---- encodings


def as_utf8(raw: bytes) -> bytes:
    """The text in UTF-8 without a byte order mark: from UTF-16, UTF-32, or Windows' Latin where it is plainly that."""
    if raw[:3] == b"\xef\xbb\xbf":
        return raw[3:]
    named = next((name for mark, name in _UTF.items() if raw.startswith(mark)), None) or _unmarked(raw[:4])
    try:
        if named:
            return raw.decode(named).lstrip("\ufeff").encode()
        raw.decode()
    except UnicodeDecodeError:
        if named:
            return raw
        if raw.lstrip()[:1] in (b"{", b"[") and not _DAMAGE.search(raw):
            with suppress(UnicodeDecodeError):
                return raw.decode("cp1252").encode()
    return raw


def _unmarked(head: bytes) -> str | None:
    """The encoding of JSON without a mark, by where its zero bytes stand (RFC 4627, 3)."""
    known: dict[tuple[bool, ...], str] = {
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
    }
    return known.get(tuple(byte == 0 for byte in head))


# ---- what wraps a record


def _records(text: bytes, value: Any, depth: int) -> Iterator[bytes | _Other]:
    """The bytes of every record inside a decoded object or list, in order; what is no record is told."""
    if isinstance(value, list):
        for raw in value:
            yield from _inside(bytes(raw), depth)
    elif _RECORD_KEY in value:
        yield _own(text, value)
    elif bytes(value.get("studies", b""))[:1] == b"[":
        yield from _inside(bytes(value["studies"]), depth)
    else:
        found = False
        for key, raw in value.items():
            for item in _inside(bytes(raw), depth):
                if isinstance(item, bytes) or _NCT_KEY.fullmatch(key):
                    found = True
                    yield item
        if not found:
            yield _Other(text, kind_of_keys(set(value) | _keys_of(text)))


def _inside(text: bytes, depth: int) -> Iterator[bytes | _Other]:
    if depth >= _WRAPPING_DEPTH or text[:1] not in (b"{", b"["):
        yield _Other(text, ("not-a-record", "a value where a study should be"))
        return
    try:
        value = _decoder.decode(text)
    except _BROKEN as error:
        yield _Other(text, ("not-json", f"not a study record: {error}"))
        return
    yield from _records(text, value, depth + 1)


def _own(text: bytes, value: dict[str, msgspec.Raw]) -> bytes:
    """The record as it came, but without what somebody's database wrote beside its sections."""
    own = {key: raw for key, raw in value.items() if not (key.startswith("_") or key in _FOREIGN_KEYS)}
    return text if len(own) == len(value) else msgspec.json.encode(own)


def _keys_of(text: bytes) -> set[str]:
    """Keys at any depth of the beginning, by which other registries' JSON is known."""
    found = {key.decode("utf-8", "replace") for key in _KEY.findall(text[:20_000])}
    return found - {"message", "detail", "error", "errors"}


# ---- JSON that is not strict


def _lenient(raw: bytes, why: str) -> Iterator[bytes | _Other]:
    """Records of a text that strict JSON does not allow: what is plain is read, each damaged record is told."""
    text = raw.decode("utf-8", "surrogateescape")
    values = _parsed(text)
    if values is None:
        yield from _salvaged(text, why)
        return
    for value in values:
        yield from _written(value, why)


def _parsed(text: str) -> list[Any] | None:
    """The values that stand in a text one after the other; None when something else stands there."""
    for tried in (text, _TRAILING.sub(lambda match: match[1] or "", text)):
        values, at = [], _BETWEEN.match(tried).end()  # type: ignore[union-attr]
        try:
            while at < len(tried):
                value, at = _loose.raw_decode(tried, at)
                values.append(value)
                at = _BETWEEN.match(tried, at).end()  # type: ignore[union-attr]
        except (ValueError, RecursionError):
            continue
        return values
    return None


def _written(value: Any, why: str) -> Iterator[bytes | _Other]:
    """Records inside a parsed value, each written anew; only the one that cannot be written is lost."""
    if isinstance(value, dict) and _RECORD_KEY not in value and "studies" in value:
        value = value["studies"]
    if isinstance(value, list):
        for item in value:
            yield from _written(item, why)
        return
    try:
        text = msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError, ValueError) as error:
        yield _Other(json.dumps(value).encode(), ("not-json", f"not a study record: {error}"))
        return
    yield from _inside(text, 0)


def _salvaged(text: str, why: str) -> Iterator[bytes | _Other]:
    """The whole records of a damaged text, and every piece between them."""
    starts = [match.start() for match in _RECORD_START.finditer(text)]
    done = 0
    for start, following in pairwise([*starts, len(text)]):
        if start < done:
            continue
        try:
            value, done = _loose.raw_decode(text, start)
        except (ValueError, RecursionError):
            done = following
            yield _Other(text[start:following].encode("utf-8", "surrogateescape"), _cut(why))
            continue
        yield from _written(value, why)
    if not starts:
        yield _Other(text.encode("utf-8", "surrogateescape"), _cut(why))


def _cut(why: str) -> tuple[str, str]:
    return "not-json", f"not a study record, perhaps cut off: {why}"


def too_deep(raw: bytes, depth: int) -> bool:
    """Whether JSON nests deeper; brackets inside its strings do not count."""
    return _nests_deeper(raw, depth) and _nests_deeper(_STRING.sub(b"", raw), depth)


def _nests_deeper(raw: bytes, depth: int) -> bool:
    if raw.count(b"{") + raw.count(b"[") <= depth:
        return False
    import numpy as np

    step = np.zeros(256, dtype=np.int8)
    step[[ord("{"), ord("[")]] = 1
    step[[ord("}"), ord("]")]] = -1
    return bool(np.cumsum(step[np.frombuffer(raw, dtype=np.uint8)], dtype=np.int32).max(initial=0) > depth)
