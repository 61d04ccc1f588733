"""The compression dictionaries, each kept twice: without one, every record that was compressed with it is lost.

Owns their two tables. Must not know records.
"""

from __future__ import annotations

from contextlib import suppress

import apsw

from .codec import raw_hash

_COPIES = (
    "CREATE TABLE IF NOT EXISTS dictionary_copy (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, body BLOB NOT NULL)"
)
_HAS_COPIES = "SELECT count(*) FROM sqlite_master WHERE name='dictionary_copy'"
_BODY = "SELECT body FROM dictionary WHERE id=?"
_COPY = "SELECT hash, body FROM dictionary_copy WHERE id=?"


def read(db: apsw.Connection) -> dict[int, bytes]:
    """Every dictionary, from the copy where the first is damaged; left out where neither reads back."""
    return {key: good for key in _keys(db) if (good := _sound(*_both(db, key))) is not None}


def add(db: apsw.Connection, body: bytes) -> None:
    """Keep a dictionary, twice."""
    db.execute("INSERT INTO dictionary (body) VALUES (?)", (body,))
    mend(db)


def mend(db: apsw.Connection) -> None:
    """Write again whichever of the two is damaged or missing, from the other; the caller holds a transaction."""
    db.execute(_COPIES)
    for key in _keys(db):
        body, copy = _both(db, key)
        good = _sound(body, copy)
        if good is None:
            continue
        with suppress(apsw.CorruptError):  # pages that cannot be let go of: reading goes on from the sound one
            if copy != (raw_hash(good), good):
                db.execute("INSERT OR REPLACE INTO dictionary_copy VALUES (?, ?, ?)", (key, raw_hash(good), good))
            if body != good:
                db.execute("INSERT OR REPLACE INTO dictionary VALUES (?, ?)", (key, good))


def damage(db: apsw.Connection) -> list[str]:
    """What is wrong with the dictionaries, in words; empty when all is as it was written."""
    found = []
    for key in _keys(db):
        body, copy = _both(db, key)
        good = _sound(body, copy)
        if good is None:
            found.append(f"compression dictionary {key} is damaged, and so is its copy")
        elif body != good or (copy is not None and copy[1] != good):
            found.append(
                f"one of the two copies of compression dictionary {key} is damaged; the next import mends it"
            )
    return found


def _keys(db: apsw.Connection) -> list[int]:
    return [key for (key,) in db.execute("SELECT id FROM dictionary ORDER BY id")]


def _both(db: apsw.Connection, key: int) -> tuple[bytes | None, tuple[bytes, bytes] | None]:
    body = copy = None
    with suppress(apsw.CorruptError):
        body = db.execute(_BODY, (key,)).get
    with suppress(apsw.CorruptError):
        copy = db.execute(_COPY, (key,)).fetchone() if db.execute(_HAS_COPIES).get else None
    return body, copy


def _sound(body: bytes | None, copy: tuple[bytes, bytes] | None) -> bytes | None:
    """The bytes to trust: those that agree with the hash beside the copy, or with each other; None when none do."""
    if copy is None or body == copy[1]:
        return body
    return next((each for each in (body, copy[1]) if each is not None and raw_hash(each) == copy[0]), None)
