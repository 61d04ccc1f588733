"""What state a library and this installation are in, and how to mend what is wrong.

Joins what the parts say of themselves. Must not know pages or the command line.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .log import FILE_NAME, Store, engine

if TYPE_CHECKING:
    from .indexes.generation import Generations

# Reading the whole database takes a second for every 50 to 100 MB.
_READ_AT_ONCE = 500e6

_EXTRAS = {"web": ("fastapi", "jinja2", "uvicorn", "python_multipart"), "sync": ("httpx2",)}


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend`: what to do, "" when nothing is wrong."""

    what: str
    state: str
    mend: str = ""


def examine(store: Store, indexes: Iterable[Generations], *, warnings: tuple[str, ...] = ()) -> list[Finding]:
    """Everything worth knowing, the library first; warnings: what a reader should know about the data."""
    return [
        *_records(store),
        *(_index(store, each) for each in indexes),
        *_runs(store),
        *(Finding("data", warning, "See docs/sync.md, what a sync trusts.") for warning in warnings),
        *_set_aside(store),
        *_drift(store),
        *_installation(store.folder),
    ]


def _records(store: Store) -> list[Finding]:
    size = (store.folder / FILE_NAME).stat().st_size
    dated = store.data_timestamp or "unknown date"
    return [
        Finding("records", f"{len(store):,} studies, {size / 1e6:,.0f} MB, data of {dated}"),
        _database(store, size),
    ]


def _database(store: Store, size: int) -> Finding:
    if size > _READ_AT_ONCE:
        return Finding("database", "opens; a library of this size is read through by: trialkin verify")
    problems = store.quick_check()
    mend = "Restore it from a copy, or import again; see: trialkin verify --deep" if problems else ""
    return Finding("database", "; ".join(problems) or "sound", mend)


def _index(store: Store, index: Generations) -> Finding:
    what, where = f"{index.name} index", index.state()
    if where.problem:
        return Finding(what, where.problem, index.hint)
    if not where.built:
        return Finding(what, "not made yet", index.hint)
    behind = store.last_seq - where.seq
    if behind <= 0:
        return Finding(what, "at the end of the log")
    return Finding(what, f"{behind:,} changes behind the log", "The next import catches it up.")


def _runs(store: Store) -> list[Finding]:
    found = []
    for run in store.runs(limit=5):
        broken = run.state in {"interrupted", "failed"}
        found.append(
            Finding(
                f"{run.kind} of {run.started_at}",
                f"{run.state}, {run.counts.get('read', 0):,} read from {run.source}",
                "Run the same command again; it goes on where it stopped." if broken else "",
            )
        )
    return found


def _set_aside(store: Store) -> list[Finding]:
    return [
        Finding(
            f"set aside: {source}",
            f"{reason} ({size:,} bytes)",
            "Nothing of it is in the library; check the file.",
        )
        for source, _, reason, size in store.quarantined(limit=20)
    ]


def _drift(store: Store) -> list[Finding]:
    return [
        Finding(
            "unknown to this version",
            f"{path}{f' = {value}' if value else ''}, {seen:,} times, for example in {example}",
        )
        for path, value, seen, example in store.drift()[:50]
    ]


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    held = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    mend = f"Make room: a rebuild needs about {held / 1e6:,.0f} MB." if free < held else ""
    return Finding("free disk", f"{free / 1e6:,.0f} MB, the library holds {held / 1e6:,.0f} MB", mend)


def _installation(folder: Path) -> list[Finding]:
    version, fixed = engine()
    found = [
        Finding(
            "SQLite",
            f"{version}, {'write-ahead log' if fixed else 'rollback journal'}",
            "" if fixed else "This version can lose commits in write-ahead mode, so a slower mode is used.",
        ),
        _room(folder),
    ]
    for extra, modules in _EXTRAS.items():
        missing = [name for name in modules if find_spec(name) is None]
        found.append(
            Finding(
                f"extra [{extra}]",
                f"missing {', '.join(missing)}" if missing else "installed",
                f"pip install 'trialkin[{extra}]'" if missing else "",
            )
        )
    return found
