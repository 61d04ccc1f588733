"""The search index on disk: a projection of the log that can be thrown away and made again.

Owns the engine's files, the schema, and the position of the log that the index has reached. Every record is
deleted by id and added again, so taking records in twice changes nothing. The position is written after the
commit: a crash between the two only repeats a batch. A rebuild goes to a new generation folder and is switched to
by one rename. Must not know the store, queries or pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tantivy

from ...errors import Busy, DamagedLibrary
from ...model import Study
from ..cache import Kept
from . import analysis
from .document import document
from .fields import TEXT_FIELDS
from .filters import DATES, KEYWORDS, NUMBERS

if TYPE_CHECKING:
    from tantivy import Index, Schema, Searcher

Record = tuple[int, str, Study | None]
"""Position in the log, id, study; None: the registry no longer has it."""

Progress = Callable[[str, int, int | None], None]

FORMAT = 6
COMMIT_EVERY = 50_000
MOST_KEPT = 64
HEAP_BYTES = 200_000_000  # shared by the threads of a writer


def schema() -> Schema:
    """The fields of the index; text is not stored, the log has it."""
    build = tantivy.SchemaBuilder()
    build.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in TEXT_FIELDS:
        build.add_text_field(field.name, tokenizer_name=analysis.TOKENIZER, index_option="position")
    for keyword in KEYWORDS:
        build.add_text_field(keyword.name, fast=True, tokenizer_name="raw", index_option="basic")
    for date in DATES:
        build.add_integer_field(date.name, indexed=True, fast=True)
        build.add_integer_field(f"{date.name}_last", indexed=True, fast=True)
    for name in (*(number.name for number in NUMBERS), "age_first", "age_last"):
        build.add_integer_field(name, indexed=True, fast=True)
    build.add_text_field("missing", tokenizer_name="raw", index_option="basic")
    for name in ("place", "open_place", "site", "learnt", "spelling"):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return build.build()


def _format() -> str:
    """Changes whenever an older index could not be read as a newer one."""
    names = [str(FORMAT), *(text.name for text in TEXT_FIELDS), *(keyword.name for keyword in KEYWORDS)]
    names += [*(date.name for date in DATES), *(number.name for number in NUMBERS)]
    return hashlib.blake2b(json.dumps(names).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class View:
    """One unchanging view of the index and the position of the log it stands at.

    kept: what was found out about searches of this state of the index.
    """

    searcher: Searcher
    schema: Schema
    seq: int
    kept: Kept


class SearchIndex:
    """The index in a folder, made empty when there is none or when its format is not this one's.

    Readers are safe from many threads; one process writes at a time. The engine's files are opened by the first
    `view`, so that a damaged index can still be rebuilt.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._pointer = folder / "current"
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._opened = self._seen = ("", 0)
        self._kept = Kept(MOST_KEPT)
        self.refresh()

    # ---- reading

    @property
    def seq(self) -> int:
        """The position of the log that the index has reached, 0 when it is empty."""
        return self._seen[1]

    def view(self) -> View:
        """The index as it stands now, unchanging for who holds it; another process's commits included.

        Raises:
            DamagedLibrary: the engine's files cannot be read.
        """
        with self._lock:
            self._refresh()
            if self._index is None or self._opened[0] != self._seen[0]:
                self._index = _open(self._home)
            elif self._opened != self._seen:
                self._index.reload()
            if self._opened != self._seen:
                self._opened, self._kept = self._seen, Kept(MOST_KEPT)
            return View(self._index.searcher(), self._index.schema, self._seen[1], self._kept)

    def refresh(self) -> None:
        """See what another process or thread has committed since."""
        with self._lock:
            self._refresh()

    def _refresh(self) -> None:
        name = self._pointer.read_text() if self._pointer.exists() else ""
        home = self.folder / name
        state = _state(home) if name else None
        if state is None or state.get("format") != _format():
            home = self._new_generation()
            state = _state(home) or {}
            self._switch(home)
        self._seen, self._home = (home.name, int(str(state.get("seq", 0)))), home

    # ---- writing; the caller holds the library's write lock

    def catch_up(
        self, records: Iterable[Record], *, upto: int, progress: Progress | None = None, total: int | None = None
    ) -> int:
        """Take in the records after `seq`; returns how many.

        upto: the position of the log that is reached when all of them are in.

        Raises:
            Busy: another process is writing to the index.
        """
        count = self._write(self._home, records, upto=upto, progress=progress, total=total)
        self._leave_only(self._home)
        return count

    def rebuild(
        self, records: Iterable[Record], *, upto: int, progress: Progress | None = None, total: int | None = None
    ) -> int:
        """Make the index again beside the old one, then switch; readers of the old one are undisturbed."""
        home = self._new_generation()
        count = self._write(home, records, upto=upto, progress=progress, total=total)
        self._switch(home)
        self._leave_only(home)
        return count

    def _write(
        self, home: Path, records: Iterable[Record], *, upto: int, progress: Progress | None, total: int | None
    ) -> int:
        index = _open(home)
        reached = int(str((_state(home) or {}).get("seq", 0)))
        # one thread keeps the order of the log where studies tie; many records are worth a second one
        writer = _writer(index, threads=2 if upto - reached > COMMIT_EVERY else 1)
        held = index.searcher().num_docs  # by a commit whose position was not written, too
        encode = msgspec.json.Encoder().encode
        done = 0
        try:
            for seq, nct_id, study in records:
                if held:
                    writer.delete_documents_by_term("id", nct_id)
                if study is not None:
                    writer.add_json(encode(document(nct_id, study)).decode())
                done += 1
                if done % COMMIT_EVERY == 0:
                    writer.commit()
                    _save_state(home, seq)
                if progress and done % 500 == 0:
                    progress("indexing", done, total)
            writer.commit()
            _save_state(home, upto)
            writer.wait_merging_threads()
        except BaseException:
            writer.rollback()
            raise
        return done

    def _new_generation(self) -> Path:
        numbers = [int(path.name[2:]) for path in self.folder.glob("g-*")]
        home = self.folder / f"g-{max(numbers, default=0) + 1:06d}"
        home.mkdir(exist_ok=True)  # two readers that meet an old format make the same empty one
        tantivy.Index(schema(), path=str(home))
        _save_state(home, 0)
        return home

    def _leave_only(self, home: Path) -> None:
        self.refresh()
        for other in self.folder.glob("g-*"):
            if other != home:
                shutil.rmtree(other, ignore_errors=True)  # Windows keeps what a reader still holds

    def _switch(self, home: Path) -> None:
        temporary = self._pointer.with_suffix(".new")
        temporary.write_text(home.name)
        os.replace(temporary, self._pointer)


def _open(home: Path) -> Index:
    try:
        index = tantivy.Index.open(str(home))
    except ValueError as error:
        raise DamagedLibrary(
            f"the search index cannot be read: {error}", hint="Make it again: trialkin rebuild"
        ) from error
    index.register_tokenizer(analysis.TOKENIZER, analysis.analyzer())
    return index


def _writer(index: Index, *, threads: int) -> tantivy.IndexWriter:
    try:
        return index.writer(HEAP_BYTES, threads)
    except ValueError as error:
        raise Busy("another process is writing to the search index", hint="Try again when it is done.") from error


def _state(home: Path) -> dict[str, object] | None:
    try:
        return dict(json.loads((home / "state.json").read_bytes()))
    except (OSError, ValueError):
        return None


def _save_state(home: Path, seq: int) -> None:
    temporary = home / "state.new"
    with temporary.open("w") as file:
        json.dump({"format": _format(), "seq": seq}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, home / "state.json")
