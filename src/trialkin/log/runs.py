"""Imports and syncs: when, from where, with what outcome.

Must not know how records are compressed or what they mean.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import apsw
import msgspec

COUNTS = ("read", "added", "changed", "unchanged", "older", "quarantined")


@dataclass
class Run:
    """One import or sync; `counts` always add up: read = added + changed + unchanged + older + quarantined."""

    id: int
    kind: str
    source: str
    started_at: str
    finished_at: str | None = None
    state: str = "running"
    data_timestamp: str | None = None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    detail: dict[str, Any] = field(default_factory=dict)


_COLUMNS = "id, kind, source, started_at, finished_at, state, data_timestamp, counts, detail"


def utc_now() -> str:
    """Now as stored: UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def begin(connection: apsw.Connection, *, kind: str, source: str) -> Run:
    """Open a run. Runs left running by a process that died are marked interrupted (the caller holds the lock)."""
    now = utc_now()
    with connection:
        connection.execute("UPDATE run SET state='interrupted', finished_at=? WHERE state='running'", (now,))
        connection.execute(
            "INSERT INTO run (kind, source, started_at, state) VALUES (?, ?, ?, 'running')", (kind, source, now)
        )
    return Run(connection.last_insert_rowid(), kind, source, now)


def save(connection: apsw.Connection, run: Run) -> None:
    """Write counts, detail and state; inside the caller's transaction, so that counts match the records."""
    connection.execute(
        "UPDATE run SET finished_at=?, state=?, data_timestamp=?, counts=?, detail=? WHERE id=?",
        (
            run.finished_at,
            run.state,
            run.data_timestamp,
            msgspec.json.encode(run.counts).decode(),
            msgspec.json.encode(run.detail).decode(),
            run.id,
        ),
    )


def get(connection: apsw.Connection, run_id: int) -> Run:
    """One run by its number."""
    return _read(connection.execute(f"SELECT {_COLUMNS} FROM run WHERE id=?", (run_id,)).fetchone())


def recent(connection: apsw.Connection, *, limit: int = 20) -> list[Run]:
    """The latest runs, newest first."""
    return [
        _read(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM run ORDER BY id DESC LIMIT ?", (limit,))
    ]


def _read(row: Any) -> Run:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    decoded = {key: msgspec.json.decode(values.pop(key)) for key in ("counts", "detail")}
    return Run(**values, **decoded)
