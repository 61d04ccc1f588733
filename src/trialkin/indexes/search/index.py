"""The search index on disk: derived from the log, a user of `indexes.generation`.

Owns the engine's files and the schema. Every record is deleted by id and added again, so taking records in twice
changes nothing. The engine never changes a file that it has written, so a generation begins with links to the files
of the one before. Must not know the log, queries or pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tantivy

from ...errors import Busy, TrialkinError
from ...model import Study
from ..cache import Kept
from ..generation import Generation, Generations, State
from . import analysis
from .document import SORTED_BY, document, in_order_of
from .fields import TEXT_FIELDS
from .filters import DATES, KEYWORDS, NUMBERS

if TYPE_CHECKING:
    from tantivy import Index, Schema, Searcher

Record = tuple[int, str, Study | None]
"""Position in the log, id, study; None: the registry no longer has it."""

Progress = Callable[[str, int, int | None], None]

FORMAT = 8
MANY = 50_000  # records that are worth a second thread
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
    build.add_integer_field("number", indexed=True, fast=True)
    for name in map(in_order_of, SORTED_BY):
        build.add_integer_field(name, indexed=False, fast=True)
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
    """The index in a folder. Readers are safe from many threads and write nothing; one process writes at a time."""

    def __init__(self, folder: Path) -> None:
        self.generations = Generations(folder, name="search", made_by=_format)
        self._lock = threading.Lock()
        self._opened: tuple[Generation, Index, Kept] | None = None

    # ---- reading

    @property
    def state(self) -> State:
        """Where the index stands."""
        return self.generations.state()

    @property
    def seq(self) -> int:
        """The position of the log that the index has reached, 0 while there is none to ask."""
        return self.state.seq

    def view(self) -> View:
        """The index as it stands now, unchanging for who holds it; another process's commits included.

        Raises:
            NotPrepared: the index has not been made yet. DamagedLibrary: it is not as it was written.
        """
        with self._lock:
            generation = self.generations.required()
            if self._opened is None or self._opened[0].stamp != generation.stamp:
                with self.engine_read(generation):
                    self._opened = generation, _open(generation.folder), Kept(MOST_KEPT)
            _, index, kept = self._opened
            return View(index.searcher(), index.schema, generation.seq, kept)

    def engine_read(self, generation: Generation | None = None) -> EngineRead:
        """A context in which the engine reads; what it cannot read becomes an error that says what to run."""
        return EngineRead(self.generations, generation)

    # ---- writing; the caller holds the library's write lock

    def catch_up(
        self, records: Iterable[Record], *, upto: int, progress: Progress | None = None, total: int | None = None
    ) -> int:
        """Take in the records after `seq`; returns how many.

        upto: the position of the log that is reached when all of them are in.

        Raises:
            Busy: another process is writing to the index.
        """
        base = self.generations.to_catch_up()
        many = upto - (base.seq if base else 0) > MANY
        with self.generations.making(seq=upto, base=base) as home:
            if base is None:
                tantivy.Index(schema(), path=str(home))
            return _write(home, records, many=many, progress=progress, total=total)

    def rebuild(
        self, records: Iterable[Record], *, upto: int, progress: Progress | None = None, total: int | None = None
    ) -> int:
        """Make the index again beside the old one, then switch; readers of the old one are undisturbed."""
        with self.generations.making(seq=upto) as home:
            tantivy.Index(schema(), path=str(home))
            return _write(home, records, many=upto > MANY, progress=progress, total=total)


class EngineRead:
    """The engine says what it cannot read with a ValueError or a panic, some of it only when it gets there.

    Raises:
        DamagedLibrary: a file is not as it was written. TrialkinError: all are, and yet the engine failed.
    """

    def __init__(self, generations: Generations, generation: Generation | None) -> None:
        self._generations, self._generation = generations, generation

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is None or not (issubclass(kind, ValueError) or kind.__name__ == "PanicException"):
            return
        generation = self._generation or self._generations.required()
        problems = generation.differing(deep=True)
        if problems:
            raise self._generations.failed("; ".join(problems)) from error
        raise TrialkinError(f"the search engine failed: {error}", hint=self._generations.hint) from error


def _write(
    home: Path, records: Iterable[Record], *, many: bool, progress: Progress | None, total: int | None
) -> int:
    index = _open(home)
    # one thread keeps the order of the log where studies tie; many records are worth a second one
    writer = _writer(index, threads=2 if many else 1)
    held = index.searcher().num_docs
    encode = msgspec.json.Encoder().encode
    done = 0
    try:
        for _, nct_id, study in records:
            if held:
                writer.delete_documents_by_term("id", nct_id)
            if study is not None:
                writer.add_json(encode(document(nct_id, study)).decode())
            done += 1
            if progress and done % 500 == 0:
                progress("indexing", done, total)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:
        raise TrialkinError(f"the search index cannot be written: {error}", hint="Is the disk full?") from error
    except BaseException:
        writer.rollback()
        raise
    return done


def _open(home: Path) -> Index:
    index = tantivy.Index.open(str(home if os.access(home, os.W_OK) else _mirror(home)))
    index.register_tokenizer(analysis.TOKENIZER, analysis.analyzer())
    return index


@cache
def _mirrors() -> dict[Path, tempfile.TemporaryDirectory[str]]:
    return {}


def _mirror(home: Path) -> str:
    """A folder of links to a read-only one: the engine takes a lock in the folder also when it only reads."""
    made = _mirrors()
    if home not in made:
        made[home] = tempfile.TemporaryDirectory(prefix="trialkin-")
        for file in home.iterdir():
            if file.suffix == ".lock":
                continue
            os.symlink(file.absolute(), os.path.join(made[home].name, file.name))
    return made[home].name


def _writer(index: Index, *, threads: int) -> tantivy.IndexWriter:
    try:
        return index.writer(HEAP_BYTES, threads)
    except ValueError as error:
        raise Busy("another process is writing to the search index", hint="Try again when it is done.") from error
