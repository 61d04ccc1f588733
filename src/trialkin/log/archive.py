"""Records from files: the registry's bulk zip, folders, JSON of every shape, each also compressed or in a tar.

Owns bounded, streamed reading: names inside an archive are never used as paths, nothing is written, and every
member is either yielded as a record or yielded with the reason why it is none. Must not know the store.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from ..errors import InvalidValue, RefusedArchive
from .kinds import kind_of_bytes
from .shapes import Offer, as_utf8, lines_are_records, records_of

__all__ = ["Limits", "Offer", "count_members", "existing", "read_path", "shown_name", "split_page"]

_CHUNK = 1 << 20
_HEAD = 4096
_NAMED_JSON = (".json", ".jsonl", ".ndjson", ".geojson")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Limits:
    """Bounds on what an archive may make us do; beyond them it is refused or the member set aside."""

    member_bytes: int = 64 * 1024 * 1024  # also the largest record
    file_bytes: int = 1024**3  # of a file that is one JSON text; JSON lines have no bound but that of a record
    ratio: int = 200  # decompressed to compressed, for members above 1 MiB
    members: int = 2_000_000
    total_bytes: int = 40 * 1024**3
    depth: int = 100  # nesting of JSON


def existing(path: Path) -> Path:
    """The path, when there is something at it.

    Raises:
        InvalidValue: there is nothing at the path.
    """
    if not path.exists():
        raise InvalidValue(f"there is no file {path}", hint="Name a bulk zip, a folder, or JSON files.")
    return path


Other = Callable[[Path], "Iterator[Offer] | None"]
"""Reads files of other registers: None for a file that is none of theirs."""


def no_other(_path: Path) -> None:
    return None


def read_path(path: Path, *, limits: Limits | None = None, other: Other = no_other) -> Iterator[Offer]:
    """All records of a file or folder, in a fixed order; what is no record is offered with its kind.

    other: asked first about each file.

    Raises:
        InvalidValue: there is nothing at the path.
        RefusedArchive: the archive is broken or beyond the limits.
    """
    bounds = limits or Limits()
    if existing(path).is_dir():
        yield from _read_folder(path, bounds, other)
        return
    if (theirs := other(path)) is not None:
        yield from theirs
        return
    name = shown_name(path)
    try:
        with path.open("rb") as file:
            yield from _read_file(file, name, path, bounds)
    except OSError as error:
        yield Offer(name, b"", ("unreadable", f"the file cannot be read: {error.strerror or error}"))


def _read_file(file: IO[bytes], name: str, path: Path, limits: Limits) -> Iterator[Offer]:
    if zipfile.is_zipfile(file):
        yield from _read_zip(file, name, limits)
        return
    file.seek(0)
    if path.suffix.lower() == ".zip":
        raise RefusedArchive(f"{path} is not a readable zip file", hint="It may be cut off: fetch it again.")
    size = path.stat().st_size
    yield from _read_any(file, source=name, limits=replace(limits, member_bytes=limits.file_bytes), size=size,
                         record_bytes=limits.member_bytes)  # fmt: skip


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


# ---- folders


def _read_folder(folder: Path, limits: Limits, other: Other) -> Iterator[Offer]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        if path.name == "meta-info.json":
            continue
        if (theirs := other(path)) is not None:
            yield from theirs
            continue
        kind = None if path.name.lower().endswith(_NAMED_JSON) else _kind_of(path)
        if kind is not None:
            yield Offer(shown_name(path), b"", kind, passed=True)
            continue
        try:
            yield from read_path(path, limits=limits)
        except RefusedArchive as error:
            yield Offer(shown_name(path), b"", (error.code, error.message))


def _kind_of(path: Path) -> tuple[str, str] | None:
    """What a file is that need not be opened; None: it may hold records."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None  # told when it is read
    return None if _packing(head) or path.suffix.lower() in {".gz", ".zip"} else kind_of_bytes(head)


# ---- archives


def _read_zip(file: IO[bytes], name: str, limits: Limits, *, inside: bool = False) -> Iterator[Offer]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > limits.members:
                raise RefusedArchive(f"{name} has {len(members):,} members, more than {limits.members:,}")
            if sum(member.file_size for member in members) > limits.total_bytes:
                raise RefusedArchive(f"{name} would unpack to more than {limits.total_bytes:,} bytes")
            if any(member.filename == "[Content_Types].xml" for member in members):
                yield Offer(name, b"", ("not-a-record", "an Excel or Word file: choose JSON in the download"))
                return
            for member in members:
                if not member.is_dir() and not member.filename.endswith("meta-info.json"):
                    yield from _read_member(archive, member, name, limits, inside=inside)
    except (zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise RefusedArchive(
            f"{name} is a broken zip file: {error}",
            hint="It may be cut off: fetch it again, then import it again.",
        ) from error


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits, *, inside: bool
) -> Iterator[Offer]:
    source = f"{name}:{member.filename[:200]}"
    problem = _member_problem(member, limits)
    if problem:
        yield Offer(source, b"", problem)
        return
    try:
        with archive.open(member) as stream:
            yield from _read_any(stream, source=source, limits=limits, size=member.compress_size, packed=True,
                                 inside=inside, record_bytes=limits.member_bytes)  # fmt: skip
    except _BROKEN as error:
        yield Offer(source, b"", ("damaged-member", f"cannot be unpacked: {error}"))


def _member_problem(member: zipfile.ZipInfo, limits: Limits) -> tuple[str, str] | None:
    if stat.S_ISLNK(member.external_attr >> 16):
        return "link", "a link, not a file"
    if member.flag_bits & 1:
        return "encrypted", "encrypted"
    if member.file_size > limits.member_bytes:
        return "too-large", f"{member.file_size:,} bytes, more than {limits.member_bytes:,}"
    if member.file_size > _CHUNK and member.file_size > limits.ratio * max(member.compress_size, 1):
        return "too-compressed", f"unpacks to more than {limits.ratio} times its size"
    return None


def _read_tar(stream: IO[bytes], name: str, limits: Limits) -> Iterator[Offer]:
    total = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, member in enumerate(archive, start=1):
                source = f"{name}:{member.name[:200]}"
                total += member.size
                if number > limits.members or total > limits.total_bytes:
                    raise RefusedArchive(f"{name} would unpack to more than Trialkin reads")
                if member.issym() or member.islnk():
                    yield Offer(source, b"", ("link", "a link, not a file"))
                elif member.size > limits.member_bytes:
                    yield Offer(source, b"", ("too-large", f"{member.size:,} bytes"))
                elif member.isfile() and (body := archive.extractfile(member)):
                    yield from _read_any(body, source=source, limits=limits, size=member.size, inside=True,
                                         record_bytes=limits.member_bytes)  # fmt: skip
    except tarfile.TarError as error:
        raise RefusedArchive(f"{name} is a broken tar file: {error}", hint="Fetch it again.") from error


# ---- one stream


def _packing(head: bytes) -> str:
    """What packs a stream whose first bytes these are; "" for nothing."""
    if head[257:262] == b"ustar":
        return "tar"
    for magic, kind in ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"PK\x03\x04", "zip")):
        if head.startswith(magic):
            return kind
    return "zstd" if head.startswith(b"\x28\xb5\x2f\xfd") else ""


def _unpacked(kind: str, stream: IO[bytes]) -> Any:
    if kind == "gzip":
        return gzip.GzipFile(fileobj=stream)
    if kind == "bzip2":
        return bz2.BZ2File(stream)
    if kind == "xz":
        return lzma.LZMAFile(stream)
    import zstandard

    return io.BufferedReader(zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream))


def _read_any(
    stream: IO[bytes],
    *,
    source: str,
    limits: Limits,
    size: int,
    record_bytes: int,
    packed: bool = False,
    inside: bool = False,
    unpack: bool = True,
) -> Iterator[Offer]:
    """The records of a stream, unpacked at most once. size: of what is packed, to see bombs by."""
    buffered = io.BufferedReader(_Plain(stream), _CHUNK)
    cap = min(limits.member_bytes, max(_CHUNK, limits.ratio * size)) if packed else limits.member_bytes
    try:
        head = buffered.peek(_HEAD)[:_HEAD]
        kind = _packing(head)
        if kind == "tar":
            yield from _read_tar(buffered, source, replace(limits, member_bytes=record_bytes))
        elif kind == "zip" and not inside:
            yield from _zip_inside(buffered, source, limits, cap)
        elif kind in {"", "zip"} or not unpack:
            yield from _read_text(buffered, source, limits, cap, record_bytes)
        else:
            yield from _read_any(_unpacked(kind, buffered), source=source, limits=limits, size=size,
                                 record_bytes=record_bytes, packed=True, inside=inside, unpack=False)  # fmt: skip
    except _BROKEN as error:
        yield Offer(source, b"", ("damaged-member", f"cannot be unpacked: {error}"))


class _Plain(io.RawIOBase):
    """Any readable stream as the raw side of a buffered one."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        data = self._stream.read(len(into))
        into[: len(data)] = data
        return len(data)


def _zip_inside(stream: IO[bytes], source: str, limits: Limits, cap: int) -> Iterator[Offer]:
    body = stream.read(cap + 1)
    if len(body) > cap:
        yield Offer(source, b"", ("too-large", f"an archive of more than {cap:,} bytes in an archive"))
        return
    try:
        yield from _read_zip(io.BytesIO(body), source, replace(limits, total_bytes=1024**3), inside=True)
    except RefusedArchive as error:
        yield Offer(source, b"", ("damaged-member", error.message))


def _read_text(stream: IO[bytes], source: str, limits: Limits, cap: int, record_bytes: int) -> Iterator[Offer]:
    first = stream.readline(cap + 1)
    if first.endswith(b"\n") and lines_are_records(first):
        yield from _read_lines(first, stream, source, limits, record_bytes)
        return
    raw = first + stream.read(cap + 1 - len(first)) if len(first) <= cap else first
    if len(raw) > cap:
        yield Offer(source, b"", ("too-large", f"more than {cap:,} bytes"))
        return
    yield from records_of(raw, source=source, depth=limits.depth, record_bytes=record_bytes)


def _read_lines(
    first: bytes, stream: IO[bytes], source: str, limits: Limits, record_bytes: int
) -> Iterator[Offer]:
    """JSON lines, one at a time, so that there may be any number; an empty line is nothing."""
    number, line = 1, as_utf8(first)
    while line:
        if len(line) > record_bytes:
            yield Offer(f"{source}#{number}", b"", ("too-large", f"a line of more than {record_bytes:,} bytes"))
            while not line.endswith(b"\n") and (line := stream.readline(_CHUNK)):
                pass
        elif line.strip():
            yield from records_of(
                line.strip(), source=f"{source}#{number}", depth=limits.depth, record_bytes=record_bytes
            )
        number, line = number + 1, stream.readline(record_bytes + 1)


def split_page(raw: bytes, *, source: str, limits: Limits | None = None) -> Iterator[Offer]:
    """The records of one JSON text, whatever wraps them; their bytes kept where the text is strict JSON."""
    bounds = limits or Limits()
    return records_of(raw, source=source, depth=bounds.depth, record_bytes=bounds.member_bytes)
