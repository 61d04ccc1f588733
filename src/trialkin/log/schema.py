"""The tables of `records.sqlite3` and opening connections to them.

Owns the file format and the engine's settings. Must not know what a record means.
"""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from ..errors import DamagedLibrary
from .room import no_room

FORMAT = 2
FILE_NAME = "records.sqlite3"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE dictionary (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                -- import | sync
    source TEXT NOT NULL,              -- what was read, for people
    started_at TEXT NOT NULL,          -- UTC, ISO 8601
    finished_at TEXT,
    state TEXT NOT NULL,               -- running | done | failed | interrupted
    data_timestamp TEXT,               -- the registry's own date of the data
    counts TEXT NOT NULL DEFAULT '{}', -- JSON: read, added, changed, unchanged, older, quarantined
    detail TEXT NOT NULL DEFAULT '{}'  -- JSON: whatever the kind of run keeps
);
CREATE TABLE version (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    nct_id TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES run(id),
    recorded_at TEXT NOT NULL,
    order_key TEXT NOT NULL,           -- last update posted, then data release: newer wins
    content_hash BLOB NOT NULL,        -- of the canonical JSON without the release stamp
    raw_hash BLOB NOT NULL,            -- of the bytes as they came
    size INTEGER NOT NULL,             -- of the bytes as they came
    dictionary_id INTEGER,             -- NULL: compressed without one
    base_seq INTEGER,                  -- the version whose bytes it is compressed against; NULL: none
    body BLOB                          -- NULL: a tombstone
);
CREATE INDEX version_of_study ON version (nct_id, seq);
CREATE TABLE head (nct_id TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, gone INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE alias (alias TEXT PRIMARY KEY, nct_id TEXT NOT NULL, run_id INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX alias_of_study ON alias (nct_id);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run(id),
    source TEXT NOT NULL,              -- archive and member
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw_hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    body BLOB,                         -- compressed; NULL when too large to keep
    UNIQUE (source, raw_hash)
);
CREATE TABLE drift (
    path TEXT NOT NULL,                -- where in the record
    value TEXT NOT NULL,               -- '' for an unknown key, else the unknown enum value
    seen INTEGER NOT NULL,
    example TEXT NOT NULL,             -- a study that has it
    PRIMARY KEY (path, value)
) WITHOUT ROWID;
"""


def wal_is_safe(version: int | None = None) -> bool:
    """Whether the linked SQLite is free of the write-ahead-log race of 3.7.0–3.51.2.

    Source: SQLite release notes 3.51.3; the fix is also in 3.44.6 and 3.50.7.
    """
    number = apsw.SQLITE_VERSION_NUMBER if version is None else version
    return number >= 3051003 or 3050007 <= number < 3051000 or 3044006 <= number < 3045000


def engine() -> tuple[str, bool]:
    """The linked SQLite's version, and whether its write-ahead log is safe to use."""
    return apsw.sqlite_lib_version(), wal_is_safe()


def connect(folder: Path, *, create: bool, read_only: bool = False) -> apsw.Connection:
    """Open the log, creating its tables when `create` and there are none.

    Raises:
        DamagedLibrary: the file is not a library, or of a format this version does not know.
    """
    path = folder / FILE_NAME
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    try:
        if not create and not writable(folder):
            return _connect_unwritable(path)
        connection = apsw.Connection(str(path), flags=flags)
        connection.set_busy_timeout(10_000)
        connection.execute(f"PRAGMA journal_mode={'WAL' if wal_is_safe() else 'DELETE'}")
        connection.execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=268435456")
        _check_format(connection, create=create)
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    except (apsw.FullError, apsw.IOError) as error:
        raise no_room(folder, error) from error
    except (apsw.NotADBError, apsw.CorruptError, apsw.CantOpenError) as error:
        raise DamagedLibrary(
            f"{path} cannot be read as a library: {error}",
            hint="Restore the file from a copy, or move it away and import the records again.",
        ) from error
    return connection


def writable(folder: Path) -> bool:
    """Whether a library can be written here; on a read-only medium it can be read all the same."""
    return os.access(folder, os.W_OK) and os.access(folder / FILE_NAME, os.W_OK)


def _connect_unwritable(path: Path) -> apsw.Connection:
    """Read only, without the files that SQLite keeps beside a database that may change."""
    pending = path.with_name(f"{path.name}-wal")
    changing = pending.exists() and pending.stat().st_size > 0
    address = path.absolute().as_uri() + ("?mode=ro" if changing else "?immutable=1")
    connection = apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    connection.set_busy_timeout(10_000)
    connection.execute("PRAGMA mmap_size=268435456")
    _check_format(connection, create=False)
    return connection


def _check_format(connection: apsw.Connection, *, create: bool) -> None:
    found = connection.execute("PRAGMA user_version").get
    if found == FORMAT:
        return
    if found == 0 and create:
        with connection:
            if not connection.execute("SELECT count(*) FROM sqlite_master").get:
                connection.execute(_TABLES)
                connection.execute(f"PRAGMA user_version={FORMAT}")
        return
    if found == 1:
        _widen(connection)
        return
    raise DamagedLibrary(
        f"the library has format {found}, this version of Trialkin reads format {FORMAT}",
        hint="Use the version of Trialkin that wrote it, or import the records into a new folder.",
    )


def _widen(connection: apsw.Connection) -> None:
    """From format 1, in which every version stands alone."""
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").get == 1:  # no other process was quicker
        connection.execute(f"ALTER TABLE version ADD COLUMN base_seq INTEGER; PRAGMA user_version={FORMAT}")
    connection.execute("COMMIT")
