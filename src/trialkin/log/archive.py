"""Records from files: the registry's bulk zip, a folder, single JSON files, pages of studies, gzip.

Owns bounded, streamed reading: names inside an archive are never used as paths, nothing is written, and every
member is either yielded as a record or yielded with the reason why it is none. Must not know the store.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from ..errors import InvalidValue, RefusedArchive

_CHUNK = 1 << 20
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """Bounds on what an archive may make us do; beyond them it is refused or the member set aside."""

    member_bytes: int = 64 * 1024 * 1024
    ratio: int = 200  # decompressed to compressed, for members above 1 MiB
    members: int = 2_000_000
    total_bytes: int = 40 * 1024**3
    depth: int = 100  # nesting of JSON


@dataclass(frozen=True)
class Offer:
    """One record found, or one that could not be read: then `problem` is (code, reason)."""

    source: str  # archive and member, for people
    raw: bytes
    problem: tuple[str, str] | None = None


class _Page(msgspec.Struct):
    studies: list[msgspec.Raw] | None = None


_page_decoder = msgspec.json.Decoder(_Page | list[msgspec.Raw])


def existing(path: Path) -> Path:
    """The path, when there is something at it.

    Raises:
        InvalidValue: there is nothing at the path.
    """
    if not path.exists():
        raise InvalidValue(f"there is no file {path}", hint="Name a bulk zip, a folder, or JSON files.")
    return path


def read_path(path: Path, *, limits: Limits | None = None) -> Iterator[Offer]:
    """All records of a file or folder, in a fixed order.

    Raises:
        InvalidValue: there is nothing at the path, or it is no kind of file that holds records.
        RefusedArchive: the archive is broken or beyond the limits.
    """
    bounds = limits or Limits()
    if existing(path).is_dir():
        yield from _read_folder(path, bounds)
    elif zipfile.is_zipfile(path):
        yield from _read_zip(path, bounds)
    elif path.suffix == ".gz":
        with gzip.open(path) as stream:
            yield from _read_json(
                stream, source=shown_name(path), limits=bounds, compressed_bytes=path.stat().st_size
            )
    elif path.suffix == ".json":
        with path.open("rb") as stream:
            yield from _read_json(stream, source=shown_name(path), limits=bounds)
    elif path.suffix == ".zip":
        raise RefusedArchive(f"{path} is not a readable zip file", hint="It may be cut off: fetch it again.")
    else:
        raise InvalidValue(
            f"{path} is no .zip, .json or .json.gz file", hint="Name a bulk zip, a folder, or JSON files."
        )


def count_members(path: Path) -> int | None:
    """How many members there are to read, for a progress bar; None when that is not known beforehand."""
    if path.is_file() and zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                return len(archive.infolist())
        except (zipfile.BadZipFile, OSError):
            return None
    return 1 if path.is_file() else None


def shown_name(path: Path) -> str:
    """The file's name as text that can be written anywhere, also where it is no text itself."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _read_folder(folder: Path, limits: Limits) -> Iterator[Offer]:
    names = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    for path in names:
        if path.suffix in {".json", ".gz", ".zip"} and path.name != "meta-info.json":
            yield from read_path(path, limits=limits)


def _read_zip(path: Path, limits: Limits) -> Iterator[Offer]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > limits.members:
                raise RefusedArchive(f"{path} has {len(members):,} members, more than {limits.members:,}")
            if sum(member.file_size for member in members) > limits.total_bytes:
                raise RefusedArchive(f"{path} would unpack to more than {limits.total_bytes:,} bytes")
            for member in members:
                if not member.is_dir():
                    yield from _read_member(archive, member, shown_name(path), limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise RefusedArchive(
            f"{path} is a broken zip file: {error}",
            hint="It may be cut off: fetch it again, then import it again.",
        ) from error


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits) -> Iterator[Offer]:
    source = f"{name}:{member.filename[:200]}"
    problem = _member_problem(member, limits)
    if problem:
        yield Offer(source, b"", problem)
        return
    try:
        with archive.open(member) as stream:
            yield from _read_json(stream, source=source, limits=limits, compressed_bytes=member.compress_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        yield Offer(source, b"", ("damaged-member", f"cannot be unpacked: {error}"))


def _member_problem(member: zipfile.ZipInfo, limits: Limits) -> tuple[str, str] | None:
    if stat.S_ISLNK(member.external_attr >> 16):
        return "link", "a link, not a file"
    if member.flag_bits & 1:
        return "encrypted", "encrypted"
    if not member.filename.lower().endswith((".json", ".json.gz")):
        return "not-a-record", "not a JSON file"
    if member.file_size > limits.member_bytes:
        return "too-large", f"{member.file_size:,} bytes, more than {limits.member_bytes:,}"
    if member.file_size > _CHUNK and member.file_size > limits.ratio * max(member.compress_size, 1):
        return "too-compressed", f"unpacks to more than {limits.ratio} times its size"
    return None


def _read_json(
    stream: IO[bytes] | gzip.GzipFile | zipfile.ZipExtFile,
    *,
    source: str,
    limits: Limits,
    compressed_bytes: int | None = None,
) -> Iterator[Offer]:
    cap = limits.member_bytes
    if compressed_bytes is not None:
        cap = min(cap, max(_CHUNK, limits.ratio * compressed_bytes))
    try:
        raw = stream.read(cap + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        yield Offer(source, b"", ("damaged-member", f"cannot be unpacked: {error}"))
        return
    if len(raw) > cap:
        yield Offer(source, b"", ("too-large", f"more than {cap:,} bytes"))
        return
    yield from split_page(raw, source=source, limits=limits)


def split_page(raw: bytes, *, source: str, limits: Limits | None = None) -> Iterator[Offer]:
    """The records of one JSON text: a study, a list of studies, or a page `{"studies": […]}`; bytes kept."""
    bounds = limits or Limits()
    if raw[:3] == b"\xef\xbb\xbf":
        raw = raw[3:]
    if _too_deep(raw, bounds.depth):
        yield Offer(source, raw, ("too-deep", f"nested deeper than {bounds.depth} levels"))
        return
    try:
        page = _page_decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Offer(source, raw, ("not-json", f"not a study record: {error}"))
        return
    if isinstance(page, list):
        studies = page
    elif page.studies is not None:
        studies = page.studies
    else:
        yield Offer(source, raw)
        return
    for number, study in enumerate(studies, start=1):
        yield Offer(f"{source}#{number}", bytes(study))


def _too_deep(raw: bytes, depth: int) -> bool:
    """Whether JSON nests deeper; brackets inside its strings do not count."""
    if not _nests_deeper(raw, depth):
        return False
    return _nests_deeper(_STRING.sub(b"", raw), depth)


def _nests_deeper(raw: bytes, depth: int) -> bool:
    if raw.count(b"{") + raw.count(b"[") <= depth:
        return False
    import numpy as np

    step = np.zeros(256, dtype=np.int8)
    step[[ord("{"), ord("[")]] = 1
    step[[ord("}"), ord("]")]] = -1
    return bool(np.cumsum(step[np.frombuffer(raw, dtype=np.uint8)], dtype=np.int32).max(initial=0) > depth)
