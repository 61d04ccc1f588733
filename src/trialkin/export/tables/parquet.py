"""Tables as Parquet files: one folder a table, a few files in it, each of a range of study numbers.

    DIR/current -> DIR/tables-SEQ/studies/00.parquet …, tables.json

A new export writes a folder beside the old one, taking over unchanged files, and then turns the link: a reader sees one
state or the other. Within a table, rows stand in the order of study numbers.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ... import __version__
from ...errors import InvalidValue
from ...vocab import table as vocabulary

FORMAT = 1
CURRENT, MANIFEST = "current", "tables.json"
_TYPES = {"text": pa.string(), "int": pa.int64(), "number": pa.float64(), "bool": pa.bool_(), "date": pa.date32()}
_EVERY = 500_000  # study numbers: some fifteen files a table
_BATCH = 20_000

Rows = Iterator[tuple[str, dict[str, Any]]]
Progress = Callable[[str, int, int | None], None]


class Manifest(msgspec.Struct, frozen=True):
    """What an export holds. seq: the position of the log; heads: the position of each study."""

    format: int
    version: str
    seq: int
    data_timestamp: str
    rows: dict[str, int]
    heads: dict[str, int]


@dataclass(frozen=True)
class Exported:
    """What an export did: studies held, files written anew, files taken over, rows by table."""

    folder: Path
    studies: int
    written: int
    kept: int
    rows: dict[str, int]


@cache
def schemas() -> dict[str, pa.Schema]:
    """The columns of each table, in order."""
    columns: dict[str, list[tuple[str, Any]]] = {}
    for row in vocabulary("table_columns"):
        columns.setdefault(row["table"], []).append((row["column"], _TYPES[row["type"]]))
    return {name: pa.schema(fields) for name, fields in columns.items()}


def write_tables(
    folder: Path,
    heads: dict[str, int],
    rows_of: Callable[[str], Rows],
    *,
    seq: int,
    data_timestamp: str,
    progress: Progress,
) -> Exported:
    """Bring the tables in a folder to the state of `heads` (study id to position of the log).

    rows_of: every row of a study. Only ranges of studies in which something changed are written again.

    Raises:
        InvalidValue: the folder holds something else.
    """
    _check(folder)
    before = read_manifest(folder)
    if before and before.version != __version__:
        before = None
    target, aside = folder / f"tables-{seq}", folder / f"tables-{seq}.part"
    shutil.rmtree(aside, ignore_errors=True)
    done = _Writer(aside, folder / CURRENT, before)
    total, count = len(heads), 0
    for shard, ids in _shards(heads, before.heads if before else {}):
        if before and not _changed(ids, heads, before.heads, shard):
            done.keep(shard)
        else:
            done.write(shard, ids, rows_of)
        count += len(ids)
        progress("writing tables", count, total)
    manifest = Manifest(FORMAT, __version__, seq, data_timestamp, done.rows(), heads)
    (aside / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    _publish(folder, aside, target)
    return Exported(folder / CURRENT, total, done.written, done.kept, manifest.rows)


def read_manifest(folder: Path) -> Manifest | None:
    """What the tables in a folder hold, None when there are none that this version can read."""
    try:
        found = msgspec.json.decode((folder / CURRENT / MANIFEST).read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None
    return found if found.format == FORMAT else None


def _check(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    strange = [p.name for p in folder.iterdir() if p.name != CURRENT and not p.name.startswith("tables-")]
    if strange:
        raise InvalidValue(f"{folder} holds other files ({strange[0]})", hint="Name a folder of its own.")


def _shard(nct_id: str) -> int:
    digits = "".join(filter(str.isdigit, nct_id))[-8:]
    return int(digits or 0) // _EVERY


def _shards(heads: dict[str, int], before: dict[str, int]) -> Iterator[tuple[int, list[str]]]:
    found: dict[int, list[str]] = {_shard(nct_id): [] for nct_id in before}
    for nct_id in sorted(heads):
        found.setdefault(_shard(nct_id), []).append(nct_id)
    yield from sorted(found.items())


def _changed(ids: Iterable[str], now: dict[str, int], before: dict[str, int], shard: int) -> bool:
    there = {nct_id: seq for nct_id, seq in before.items() if _shard(nct_id) == shard}
    return there != {nct_id: now[nct_id] for nct_id in ids}


class _Writer:
    """Files of one export."""

    def __init__(self, aside: Path, current: Path, before: Manifest | None) -> None:
        self._aside, self._current = aside, current
        self.written = self.kept = 0
        for name in schemas():
            (aside / name).mkdir(parents=True)

    def keep(self, shard: int) -> None:
        """Take a shard over from the export before."""
        for name in schemas():
            old, new = (base / name / f"{shard:02}.parquet" for base in (self._current, self._aside))
            if old.exists():
                try:
                    os.link(old.resolve(), new)
                except OSError:  # a file system without links
                    shutil.copyfile(old, new)
                self.kept += 1

    def write(self, shard: int, ids: list[str], rows_of: Callable[[str], Rows]) -> None:
        """Write a shard anew; a table without rows in it has no file, but for the first."""
        writers: dict[str, pq.ParquetWriter] = {}
        waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas()}
        for nct_id in ids:
            for name, row in rows_of(nct_id):
                row.setdefault("nct_id", nct_id)
                waiting[name].append(row)
                if len(waiting[name]) >= _BATCH:
                    self._flush(shard, name, waiting, writers)
        for name in waiting:
            if waiting[name]:
                self._flush(shard, name, waiting, writers)
        for writer in writers.values():
            writer.close()
        self.written += len(writers)

    def _flush(self, shard: int, name: str, waiting: dict[str, Any], writers: dict[str, pq.ParquetWriter]) -> None:
        schema = schemas()[name]
        columns = [pa.array([row.get(field.name) for row in waiting[name]], field.type) for field in schema]
        if name not in writers:
            path = self._aside / name / f"{shard:02}.parquet"
            writers[name] = pq.ParquetWriter(path, schema, compression="zstd")
        writers[name].write_table(pa.Table.from_arrays(columns, schema=schema))
        waiting[name] = []

    def rows(self) -> dict[str, int]:
        """Rows by table; an empty table gets a file without rows, so that it can be asked."""
        found = {}
        for name, schema in schemas().items():
            files = sorted((self._aside / name).glob("*.parquet"))
            if not files:
                pq.write_table(schema.empty_table(), self._aside / name / "empty.parquet")
            found[name] = sum(pq.read_metadata(path).num_rows for path in files)
        return found


def _publish(folder: Path, aside: Path, target: Path) -> None:
    link = folder / f"{CURRENT}.part"
    if target.exists():  # the same position again, by another version or with the tables made anew
        target = folder / f"{target.name}-{os.getpid()}"
    os.replace(aside, target)
    with suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(target.name)
    os.replace(link, folder / CURRENT)
    for old in folder.glob("tables-*"):
        if old.name != target.name:
            shutil.rmtree(old, ignore_errors=True)
