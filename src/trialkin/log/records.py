"""Reading and writing record versions.

Owns what "current", "changed" and "older" mean. Must not know search, pages or the network.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from ..errors import Busy, DamagedLibrary, NoLibrary, NoRoom, ReadOnlyLibrary, TrialkinError
from . import dictionaries, runs
from .codec import Codec, content_hash, raw_hash, train_dictionary
from .room import is_no_room, no_room
from .runs import Run, utc_now
from .schema import FILE_NAME, connect, writable

if TYPE_CHECKING:
    from filelock import FileLock

_VERSION = "seq, nct_id, run_id, recorded_at, order_key, raw_hash, dictionary_id, base_seq, body"
_WORTH_A_NEIGHBOUR = 0.7  # of its size alone: above, a version stands alone and later ones are told from it
# an id that is current again is no longer replaced by another
_REPLACED = "SELECT nct_id FROM alias WHERE alias=? AND alias NOT IN (SELECT nct_id FROM head WHERE NOT gone)"


class Put(StrEnum):
    """What happened to a record that was offered."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # kept as an earlier version; the current one is newer by the registry's dates


@dataclass(frozen=True)
class StoredRecord:
    """One version of a study. `raw` None: a tombstone, the registry no longer has the study."""

    seq: int
    nct_id: str
    run_id: int
    recorded_at: str  # UTC, ISO 8601
    last_update_posted: str | None  # as the record says
    raw: bytes | None


class Store:
    """The log of one library folder. Reading is safe from any thread; writing takes the lock first."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
            create = not (folder / FILE_NAME).exists() or writable(folder)
        elif not (folder / FILE_NAME).exists():
            raise NoLibrary(f"there is no library in {folder}", hint="Begin with: trialkin import FILE…")
        self.folder = folder
        self._local = threading.local()
        self._local.connection = connect(folder, create=create)
        self._counted = (0, 0)  # position of the log, studies that are current there

    @property
    def _db(self) -> apsw.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = connect(self.folder, create=False)
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    @cached_property
    def _lock(self) -> FileLock:
        from filelock import FileLock  # which takes 15 ms, and reading needs none

        return FileLock(self.folder / "write.lock")

    @property
    def writable(self) -> bool:
        """Whether this process can write here at all."""
        return writable(self.folder)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's write lock, an OS lock that ends with the process.

        Raises:
            Busy: another process or thread is writing. NoRoom: the disk is full. ReadOnlyLibrary: it cannot be written.
        """
        from filelock import Timeout

        if not self.writable:
            raise ReadOnlyLibrary(
                f"{self.folder} cannot be written: it can only be read",
                hint="Copy the library to where you can write.",
            )
        try:
            with self._lock.acquire(timeout=0):
                yield
        except Timeout as error:
            raise Busy(
                f"another process is writing to {self.folder}", hint="Wait until it has finished, then try again."
            ) from error
        except (OSError, apsw.Error, TrialkinError, ValueError) as error:
            if isinstance(error, NoRoom) or not is_no_room(error):
                raise
            raise no_room(self.folder, error) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One unchanging view of the log for everything this thread reads inside."""
        with self._db:
            yield

    # ---- reading

    def __len__(self) -> int:
        """How many studies are current (tombstones not counted)."""
        seq = self.last_seq
        if seq != self._counted[0]:  # counting 600,000 takes 20 ms, and every page that says it would
            self._counted = seq, int(self._db.execute("SELECT count(*) FROM head WHERE NOT gone").get)
        return self._counted[1]

    @property
    def last_seq(self) -> int:
        """The newest position of the log, 0 when empty."""
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM version").get)

    @property
    def data_timestamp(self) -> str | None:
        """The registry's own date of the newest data here; None when no record or run says it."""
        return self.get_meta("data_timestamp")

    def get_meta(self, key: str) -> str | None:
        found: str | None = self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).get
        return found

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value=excluded.value", (key, value)
        )

    def current(self, nct_id: str) -> StoredRecord | None:
        """The current version, a tombstone included; None when the study was never here."""
        sql = f"SELECT {_VERSION} FROM version WHERE seq=(SELECT seq FROM head WHERE nct_id=?)"
        row = self._db.execute(sql, (nct_id,)).fetchone()
        return self._read(row) if row else None

    def alias_target(self, nct_id: str) -> str | None:
        """The id that replaced this one, followed to the last where that one was replaced as well; None if none."""
        seen = {nct_id}
        target = None
        while (found := self._db.execute(_REPLACED, (target or nct_id,)).get) is not None and found not in seen:
            target = found
            seen.add(found)
        return target

    def versions(self, nct_id: str) -> list[StoredRecord]:
        """All versions, oldest first by the registry's dates, tombstones included."""
        sql = f"SELECT {_VERSION} FROM version WHERE nct_id=? ORDER BY order_key, seq"
        return [self._read(row) for row in self._db.execute(sql, (nct_id,))]

    def records(self, *, since: int = 0, upto: int | None = None) -> Iterator[StoredRecord]:
        """Current versions with since < seq <= upto (None: all), rising; tombstones included."""
        columns = _VERSION.replace("seq, nct_id", "version.seq, version.nct_id")
        sql = (
            f"SELECT {columns} FROM head CROSS JOIN version USING (seq)"
            " WHERE head.seq>? AND head.seq<=? ORDER BY head.seq"
        )
        for row in self._db.execute(sql, (since, self.last_seq if upto is None else upto)):
            yield self._read(row)

    def positions(self) -> list[int]:
        """The seq of every current study, rising."""
        return [seq for (seq,) in self._db.execute("SELECT seq FROM head WHERE NOT gone ORDER BY seq")]

    def heads(self) -> dict[str, int]:
        """The position of every current study, by id in order."""
        return dict(self._db.execute("SELECT nct_id, seq FROM head WHERE NOT gone ORDER BY nct_id"))

    def nct_ids(self) -> Iterator[str]:
        """Ids of the current studies, sorted."""
        for (nct_id,) in self._db.execute("SELECT nct_id FROM head WHERE NOT gone ORDER BY nct_id"):
            yield nct_id

    def last_changed(self, *, limit: int) -> list[tuple[str, bool]]:
        """(id, gone) of the studies that last got a version after their first, the newest first.

        Looks back over the last 20,000 positions of the log.
        """
        sql = (
            "SELECT nct_id, gone FROM head WHERE seq > ? AND (gone OR EXISTS"
            " (SELECT 1 FROM version WHERE version.nct_id=head.nct_id AND version.seq < head.seq))"
            " ORDER BY seq DESC LIMIT ?"
        )
        rows = self._db.execute(sql, (self.last_seq - 20_000, limit))
        return [(nct_id, bool(gone)) for nct_id, gone in rows]

    def posted_dates(self) -> dict[str, str]:
        """Id -> day of the last posted update ("" when not stated), of every current study."""
        sql = "SELECT head.nct_id, order_key FROM head CROSS JOIN version USING (seq) WHERE NOT gone"
        return {nct_id: key.partition(" ")[0] for nct_id, key in self._db.execute(sql)}

    def runs(self, *, limit: int = 20) -> list[Run]:
        """The latest runs, newest first."""
        return runs.recent(self._db, limit=limit)

    def run(self, run_id: int) -> Run:
        """One run by its number."""
        return runs.get(self._db, run_id)

    def quarantined(self, *, limit: int = 100) -> list[tuple[str, str, str, int]]:
        """(source, code, reason, size) of the latest records that could not be stored."""
        sql = "SELECT source, code, reason, size FROM quarantine ORDER BY id DESC LIMIT ?"
        return list(self._db.execute(sql, (limit,)))

    def quarantine_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM quarantine").get)

    def drift(self) -> list[tuple[str, str, int, str]]:
        """(path, value, times seen, an example) of unknown keys (value "") and unknown enum values."""
        return list(
            self._db.execute("SELECT path, value, seen, example FROM drift ORDER BY seen DESC, path, value")
        )

    # ---- writing; the caller holds `writing()`

    def begin_run(self, *, kind: str, source: str) -> Run:
        return runs.begin(self._db, kind=kind, source=source)

    @contextmanager
    def batch(self, run: Run) -> Iterator[None]:
        """One transaction: what is put inside and the run's counts become durable together, or not at all."""
        before = dict(run.counts)
        try:
            with self._db:
                yield
                runs.save(self._db, run)
        except BaseException:
            run.counts = before
            raise

    def end_run(self, run: Run, *, state: str = "done") -> None:
        """Close a run; a done run's data timestamp becomes the library's when it is newer."""
        run.state, run.finished_at = state, utc_now()
        with self._db:
            runs.save(self._db, run)
            if state == "done" and run.data_timestamp and run.data_timestamp > (self.data_timestamp or ""):
                self.set_meta("data_timestamp", run.data_timestamp)

    def put(
        self,
        run: Run,
        nct_id: str,
        raw: bytes,
        *,
        order_key: str,
        repair: bool = False,
        authoritative: bool = False,
        standing: Callable[[bytes], bool | None] | None = None,
    ) -> Put:
        """Offer a record; only what is new is written. Counted in `run`.

        order_key: last update posted and data release, so that newer sorts after; the current version is the
            one with the greatest key, the later offer on a tie.
        repair: also write the bytes again when the stored ones no longer read back.
        authoritative: the registry says now that this is the record, so it becomes current whatever its dates.
        standing: asked with the bytes of the current version when they differ: True makes the record current
            whatever its dates; it raises when the record is not to be taken at all.
        """
        new_hash = content_hash(raw)
        head = self._db.execute(
            "SELECT seq, content_hash, order_key, gone FROM head JOIN version USING (seq) WHERE head.nct_id=?",
            (nct_id,),
        ).fetchone()
        if head is None:
            outcome = Put.ADDED
        elif head[1] == new_hash and not head[3]:
            outcome = Put.UNCHANGED
        elif not (self._told(head, standing) or authoritative) and (
            order_key < head[2] or (head[3] and order_key == head[2])
        ):
            known = "SELECT 1 FROM version WHERE nct_id=? AND content_hash=?"
            outcome = Put.UNCHANGED if self._db.execute(known, (nct_id, new_hash)).get else Put.OLDER
        else:
            outcome = Put.CHANGED
        if outcome is Put.UNCHANGED:
            if repair:
                self._mend(nct_id, raw, new_hash)
        else:
            seq = self._insert(run, nct_id, raw, order_key=order_key, new_hash=new_hash)
            if outcome is not Put.OLDER:
                self._set_head(nct_id, seq)
        run.counts["read"] += 1
        run.counts[outcome] += 1
        return outcome

    def _told(self, head: Any, standing: Callable[[bytes], bool | None] | None) -> bool:
        current = self._raw_of(head[0]) if standing and not head[3] else None
        return bool(current and standing and standing(current))

    def put_tombstone(self, run: Run, nct_id: str) -> None:
        """Record that the registry no longer has the study; its versions stay. Nothing when it is not current."""
        self._db.execute(
            "INSERT INTO version (nct_id, run_id, recorded_at, order_key, content_hash, raw_hash, size)"
            " SELECT nct_id, ?, ?, order_key, x'', x'', 0 FROM version"
            " WHERE seq=(SELECT seq FROM head WHERE nct_id=? AND NOT gone)",
            (run.id, utc_now(), nct_id),
        )
        if self._db.changes() == 0:
            return
        self._set_head(nct_id, self._db.last_insert_rowid(), gone=True)

    def put_alias(self, run: Run, alias: str, nct_id: str) -> None:
        """Record that the registry answers for `alias` with `nct_id`."""
        self._db.execute(
            "INSERT INTO alias VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET nct_id=excluded.nct_id",
            (alias, nct_id, run.id),
        )

    def put_quarantine(
        self, run: Run, *, source: str, code: str, reason: str, raw: bytes, keep: bool = True
    ) -> None:
        """Set aside what could not be stored, with the reason; counted in `run`."""
        body = Codec({}).compress(raw) if keep else None
        self._db.execute(
            "INSERT INTO quarantine (run_id, source, code, reason, raw_hash, size, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason=excluded.reason",
            (run.id, source, code, reason, raw_hash(raw), len(raw), body),
        )
        run.counts["read"] += 1
        run.counts["quarantined"] += 1

    def put_drift(self, seen: Mapping[tuple[str, str], tuple[int, str]]) -> None:
        """Add to the counts of unknown keys and enum values: (path, value) -> (times, an example)."""
        self._db.executemany(
            "INSERT INTO drift VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen=seen+excluded.seen",
            [(path, value, count, example) for (path, value), (count, example) in seen.items()],
        )

    def learn_dictionary(self, samples: Iterable[bytes]) -> None:
        """Learn how to compress from the first records that arrive; once per library."""
        if self._codec().dictionary_id is None:
            body = train_dictionary(list(samples))
            if body is not None:
                with self._db:
                    dictionaries.add(self._db, body)
                self._local.codec = None  # the next record is compressed with it

    def mend_dictionaries(self) -> None:
        """Write again the copy of a dictionary that is damaged or missing; nothing when both are sound."""
        with self._db:
            dictionaries.mend(self._db)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # ---- damage

    def quick_check(self) -> list[str]:
        """What the engine and the log's own rules find wrong; empty when nothing is."""
        try:
            problems = [str(row[0]) for row in self._db.execute("PRAGMA quick_check(20)") if row[0] != "ok"]
            orphans = "SELECT nct_id FROM head WHERE seq NOT IN (SELECT seq FROM version) LIMIT 20"
            problems += [f"{row[0]}: the current version is missing" for row in self._db.execute(orphans)]
            headless = "SELECT DISTINCT nct_id FROM version WHERE nct_id NOT IN (SELECT nct_id FROM head) LIMIT 20"
            problems += [f"{row[0]}: has versions but no current one" for row in self._db.execute(headless)]
            problems += dictionaries.damage(self._db)
        except (apsw.CorruptError, apsw.NotADBError) as error:
            return [f"the database file is damaged: {error}"]
        return problems

    def deep_check(self) -> Iterator[tuple[str, int, str | None]]:
        """(id, seq, what is wrong or None) of every version: does it read back to the bytes that came?"""
        try:
            for row in self._db.execute(f"SELECT {_VERSION} FROM version ORDER BY seq"):
                try:
                    self._read(row)
                except DamagedLibrary as error:
                    yield row[1], row[0], error.message
                else:
                    yield row[1], row[0], None
        except (apsw.CorruptError, apsw.NotADBError) as error:
            yield "", 0, f"the database file is damaged: {error}"

    # ---- inside

    def _codec(self, *, knowing: int | None = None) -> Codec:
        codec: Codec | None = getattr(self._local, "codec", None)  # one a thread: zstandard objects are not shared
        if codec is None or not codec.knows(knowing):
            codec = self._local.codec = Codec(dictionaries.read(self._db))
        return codec

    def _insert(self, run: Run, nct_id: str, raw: bytes, *, order_key: str, new_hash: bytes) -> int:
        codec = self._codec()
        body, base_seq = codec.compress(raw), self._base_of(nct_id)
        base = self._raw_of(base_seq) if base_seq is not None else None
        if base is not None:
            against = codec.compress_against(base, raw)
            if len(against) < len(body) * _WORTH_A_NEIGHBOUR:
                body = against
            else:
                base = None
        alone = base is None
        self._db.execute(
            "INSERT INTO version (nct_id, run_id, recorded_at, order_key, content_hash, raw_hash, size,"
            " dictionary_id, base_seq, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                nct_id,
                run.id,
                utc_now(),
                order_key,
                new_hash,
                raw_hash(raw),
                len(raw),
                codec.dictionary_id if alone else None,
                None if alone else base_seq,
                body,
            ),
        )
        return self._db.last_insert_rowid()

    def _base_of(self, nct_id: str) -> int | None:
        """The latest version of a study that stands alone; a neighbour is never compressed against a neighbour."""
        sql = "SELECT max(seq) FROM version WHERE nct_id=? AND base_seq IS NULL AND body IS NOT NULL"
        found: int | None = self._db.execute(sql, (nct_id,)).get
        return found

    def _raw_of(self, seq: int) -> bytes | None:
        """The bytes of a version that stands alone, None when they do not read back (a newer one then stands alone)."""
        row = self._db.execute(f"SELECT {_VERSION} FROM version WHERE seq=?", (seq,)).fetchone()
        try:
            return self._read(row).raw if row else None
        except DamagedLibrary:
            return None

    def _set_head(self, nct_id: str, seq: int, *, gone: bool = False) -> None:
        self._db.execute(
            "INSERT INTO head VALUES (?, ?, ?)"
            " ON CONFLICT (nct_id) DO UPDATE SET seq=excluded.seq, gone=excluded.gone",
            (nct_id, seq, gone),
        )

    def _mend(self, nct_id: str, raw: bytes, new_hash: bytes) -> None:
        """Write again every version of a study that says what these bytes say and no longer reads back."""
        same = f"SELECT {_VERSION} FROM version WHERE nct_id=? AND content_hash=?"
        for row in self._db.execute(same, (nct_id, new_hash)).fetchall():
            try:
                self._read(row)
            except DamagedLibrary:
                codec = self._codec()
                self._db.execute(
                    "UPDATE version SET raw_hash=?, size=?, dictionary_id=?, base_seq=NULL, body=? WHERE seq=?",
                    (raw_hash(raw), len(raw), codec.dictionary_id, codec.compress(raw), row[0]),
                )

    def _read(self, row: Any) -> StoredRecord:
        seq, nct_id, run_id, recorded_at, order_key, expected, dictionary_id, base_seq, body = row
        raw = None
        if body is not None:
            try:
                if base_seq is None:
                    raw = self._codec(knowing=dictionary_id).decompress(body, dictionary_id=dictionary_id)
                else:
                    raw = Codec.decompress_against(self._raw_of(base_seq) or b"", body)
            except ValueError as error:
                raise _damaged(nct_id, str(error)) from error
            if raw_hash(raw) != expected:
                raise _damaged(nct_id, "the bytes differ from those that were stored")
        return StoredRecord(seq, nct_id, run_id, recorded_at, order_key.partition(" ")[0] or None, raw)


def _damaged(nct_id: str, reason: str) -> DamagedLibrary:
    return DamagedLibrary(
        f"{nct_id} is damaged: {reason}",
        hint="Mend it from the archive it came from: trialkin import FILE --repair. "
        "To see all damage: trialkin verify --deep.",
    )
