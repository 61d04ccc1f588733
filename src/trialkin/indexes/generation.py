"""Generations: the one way in which anything derived from the log lies on disk.

A generation is a folder of files that are never written again, and a manifest that names each with its size and its
hash, the rules it was made by and the position of the log it stands at. The manifest is written last, after files and
folder are flushed, and its appearing is the switch: a folder without one was never finished. The newest finished
generation is the current one; a reader keeps what it has opened. To catch up, a new generation begins with links to
the files of the one before.

Opening looks at the manifest and at every file's size and time; a file whose time is another, and every file of a
small generation, is read and compared with its hash. What differs is an error that names the command, never an
answer. Must not know what the files hold, the log, or who asks.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..errors import DamagedLibrary, NotPrepared

MANIFEST = "manifest.json"
CHECKED = "checked.json"
READ_WHOLE = 16_000_000
"""Generations up to so many bytes are compared with their hashes whenever a process opens them: some milliseconds."""

_PASSING = (MANIFEST, CHECKED)  # beside locks of an engine, which begin with ".tantivy-"
_PIECE = 1 << 20
_TRIES = 5  # a reader that meets a switch looks again


class FileSum(msgspec.Struct, frozen=True, array_like=True):
    """What a file must be. `written`: its time in nanoseconds; another time alone is no damage, but is looked into."""

    size: int
    digest: str
    written: int


class Manifest(msgspec.Struct, frozen=True):
    """made_by: the rules and the layout that the files follow. seq: the position of the log they stand at."""

    made_by: str
    seq: int
    files: dict[str, FileSum]


@dataclass(frozen=True)
class State:
    """Where an index stands: `seq` 0 while there is none to ask; `problem`: what is wrong with it, "" for nothing."""

    seq: int = 0
    built: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Generation:
    """A finished generation."""

    folder: Path
    manifest: Manifest
    stamp: tuple[str, int, int]  # name, and size and time of the manifest: another one is another state

    @property
    def seq(self) -> int:
        """The position of the log that it stands at."""
        return self.manifest.seq

    def differing(self, *, deep: bool) -> list[str]:
        """What is wrong with its files; deep reads each whole."""
        found = []
        small = sum(each.size for each in self.manifest.files.values()) <= READ_WHOLE
        checked = {} if deep else _checked(self.folder)
        times: dict[str, int] = {}
        for name, expected in self.manifest.files.items():
            path = self.folder / name
            try:
                held = path.stat()
                if held.st_size != expected.size:
                    found.append(f"{name} has {held.st_size:,} bytes instead of {expected.size:,}")
                    continue
                known = held.st_mtime_ns in (expected.written, checked.get(name))
                if (deep or small or not known) and digest_of(path) != expected.digest:
                    found.append(f"{name} differs from what was written")
                    continue
            except OSError as error:
                found.append(f"{name} cannot be read: {error.strerror}")
                continue
            if held.st_mtime_ns != expected.written:
                times[name] = held.st_mtime_ns
        if times and times != checked and not found:
            _remember(self.folder, times)
        return found


class Generations:
    """The generations of one index in its folder. Safe to read from many threads; one process writes at a time.

    name: what it is called in messages and after `trialkin rebuild --only`. made_by: the rules now; a generation
    that was made by others is not asked any more.
    """

    def __init__(self, folder: Path, *, name: str, made_by: Callable[[], str]) -> None:
        self.folder = folder
        self.name = name
        self._made_by = made_by
        self._lock = threading.Lock()
        self._current: Generation | None = None

    # ---- reading

    @property
    def hint(self) -> str:
        """The command that makes the index again."""
        return f"Make it again from the records: trialkin rebuild --only {self.name}"

    def current(self) -> Generation | None:
        """The newest finished generation, None when there is none that the rules of now have made.

        Raises:
            DamagedLibrary: it is not as it was written.
        """
        with self._lock:
            for _ in range(_TRIES):
                try:
                    return self._looked_up()
                except DamagedLibrary as error:
                    damage = error
                    if self._newest() == self._looked_at:
                        raise  # and not just replaced by another
            raise damage

    def required(self) -> Generation:
        """The generation to ask.

        Raises:
            NotPrepared: none was made yet, or by other rules only. DamagedLibrary: as `current`.
        """
        found = self.current()
        if found is None:
            raise NotPrepared(f"the {self.name} index has not been made yet by these rules", hint=self.hint)
        return found

    def newest(self) -> Generation | None:
        """The newest finished generation, made by whatever rules, not compared with its files; None when there is
        none that can be read."""
        name = self._newest()
        try:
            return None if name is None else self._read(name)
        except DamagedLibrary:
            return None

    def state(self) -> State:
        """Where the index stands; what cannot be read is a problem here, not an error."""
        try:
            found = self.current()
        except DamagedLibrary as error:
            return State(problem=error.message)
        return State() if found is None else State(found.seq, True)

    def problems(self, *, deep: bool) -> list[str]:
        """What `verify` tells: everything that is not as it was written; deep reads every byte."""
        name = self._newest()
        if name is None:
            unfinished = any(path.is_dir() for path in self.folder.glob("g-*"))
            return [f"{self.name} index: no finished generation"] if unfinished else []
        try:
            found = self._read(name)
        except DamagedLibrary as error:
            return [error.message]
        return [f"{self.name} index: {problem}" for problem in found.differing(deep=deep)]

    def failed(self, why: str) -> DamagedLibrary:
        """The error of an index that turns out not to be as it was written."""
        return DamagedLibrary(f"the {self.name} index is damaged: {why}", hint=self.hint)

    def _looked_up(self) -> Generation | None:
        name = self._looked_at = self._newest()
        if name is None:
            self._current = None
            return None
        if self._current is None or self._current.stamp != self._stamp(name):
            found = self._read(name)
            if found.manifest.made_by != self._made_by():
                self._current = None
                return None
            if problems := found.differing(deep=False):
                raise self.failed("; ".join(problems))
            self._current = found
        return self._current

    _looked_at: str | None = None

    def _newest(self) -> str | None:
        finished = [path.parent.name for path in self.folder.glob(f"g-*/{MANIFEST}")]
        return max(finished, default=None)

    def _stamp(self, name: str) -> tuple[str, int, int]:
        try:
            held = (self.folder / name / MANIFEST).stat()
        except OSError as error:
            raise self.failed(f"{name}/{MANIFEST} cannot be read: {error.strerror}") from error
        return name, held.st_size, held.st_mtime_ns

    def _read(self, name: str) -> Generation:
        stamp = self._stamp(name)
        try:
            raw = (self.folder / name / MANIFEST).read_bytes()
        except OSError as error:
            raise self.failed(f"{name}/{MANIFEST} cannot be read: {error.strerror}") from error
        body, _, digest = raw.rstrip(b"\n").rpartition(b"\n")
        if _digest(body) != digest.decode("ascii", "replace"):
            raise self.failed(f"{name}/{MANIFEST} differs from what was written")
        try:
            return Generation(self.folder / name, msgspec.json.decode(body, type=Manifest), stamp)
        except msgspec.ValidationError:
            return Generation(self.folder / name, Manifest("another layout", 0, {}), stamp)

    # ---- writing; the caller holds the library's write lock

    def to_catch_up(self) -> Generation | None:
        """The generation to go on from, read whole before; None when it is to be made from the beginning."""
        try:
            found = self.current()
        except DamagedLibrary:
            return None
        return found if found is not None and not found.differing(deep=True) else None

    @contextmanager
    def making(self, *, seq: int, base: Generation | None = None) -> Iterator[Path]:
        """A folder to write the next generation into, which is switched to at the end; an error leaves nothing.

        seq: the position of the log that it will stand at. base: the generation whose files are in it to begin with.
        """
        home = self._begin(base)
        try:
            yield home
            self.finish(home, seq=seq, base=base)
        except BaseException:
            if not (home / MANIFEST).exists():
                shutil.rmtree(home, ignore_errors=True)
            raise

    def _begin(self, base: Generation | None) -> Path:
        """An empty folder, or one with the files of `base` in it; what was never finished goes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        newest = self._newest()
        numbers = [0]
        for path in self.folder.glob("g-*"):
            if path.name[2:].isdigit():
                numbers.append(int(path.name[2:]))
            if newest is None or path.name > newest:
                shutil.rmtree(path, ignore_errors=True)
        home = self.folder / f"g-{max(numbers) + 1:06d}"
        home.mkdir()
        for name in base.manifest.files if base else ():
            _link(base.folder / name, home / name)  # type: ignore[union-attr]
        return home

    def finish(self, home: Path, *, seq: int, base: Generation | None = None) -> Generation:
        """Flush, write the manifest, and so switch to a generation; older ones and whatever else lies there go.

        base: the generation whose files were linked; their hashes are taken over.
        """
        files = {}
        for path in sorted(home.iterdir()):
            if path.name in _PASSING or path.name.startswith(".tantivy-"):
                continue
            held, known = path.stat(), base.manifest.files.get(path.name) if base else None
            if known is None or (known.size, known.written) != (held.st_size, held.st_mtime_ns):
                known = FileSum(held.st_size, flushed_digest_of(path), held.st_mtime_ns)
            files[path.name] = known
        flush_folder(home)
        body = msgspec.json.encode(Manifest(self._made_by(), seq, files))
        write_whole(home / MANIFEST, b"%s\n%s\n" % (body, _digest(body).encode()))
        flush_folder(self.folder)
        for other in self.folder.iterdir():
            if other != home:
                _remove(other)
        return self.required()


def digest_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb", buffering=0) as file:
        return _digest_of(iter(lambda: file.read(_PIECE), b""))


def flushed_digest_of(path: Path) -> str:
    """As `digest_of`, of a file that was just written, its bytes made durable first."""
    with path.open("rb+", buffering=0) as file:
        os.fsync(file.fileno())
    return digest_of(path)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that it is there whole and durable, or as it was before."""
    waiting = path.with_name(f"{path.name}.new")
    with waiting.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(waiting, path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the platform can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest_of(pieces: Iterable[bytes]) -> str:
    made = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()


def _digest(raw: bytes) -> str:
    return _digest_of((raw,))


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)  # Windows keeps what a reader still holds
    else:
        path.unlink(missing_ok=True)


def _checked(folder: Path) -> dict[str, int]:
    """Times at which files whose time is another than the manifest's were found sound (a copied library)."""
    try:
        return msgspec.json.decode((folder / CHECKED).read_bytes(), type=dict[str, int])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _remember(folder: Path, times: dict[str, int]) -> None:
    try:
        waiting = folder / f"{CHECKED}.{os.getpid()}"
        waiting.write_bytes(msgspec.json.encode(times))
        os.replace(waiting, folder / CHECKED)
    except OSError:
        return  # a library that cannot be written to is read whole by every process
