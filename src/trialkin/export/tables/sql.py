"""SQL over the tables, by DuckDB: it reads them and nothing else, and writes nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from ...errors import InvalidQuery, InvalidValue, NotPrepared
from .parquet import CURRENT, read_manifest, schemas

_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


@dataclass(frozen=True)
class SqlAnswer:
    """An answer of SQL: names of columns, rows as they come, and the answer as Arrow when that is wanted instead."""

    columns: tuple[str, ...]
    _found: Any

    def rows(self, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows; `most`: no more than so many."""
        given = 0
        while batch := self._found.fetchmany(1000):
            for row in batch:
                if most is not None and given >= most:
                    return
                given += 1
                yield row

    def arrow(self) -> Any:
        """The whole answer as an Arrow table."""
        return self._found.to_arrow_table()

    def write_parquet(self, path: Path) -> None:
        """The whole answer as a Parquet file."""
        pq.write_table(self.arrow(), path)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection in memory with a view of each table; no file beside them and no network can be reached from it.

    Raises:
        NotPrepared: there are no tables in this folder.
    """
    if read_manifest(folder) is None:
        raise NotPrepared(f"there are no tables in {folder}", hint="Make them: trialkin tables")
    here = (folder / CURRENT).resolve()
    found = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    for name in schemas():
        pattern = str(here / name / "*.parquet").replace("'", "''")
        found.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{pattern}')")
    found.execute("CREATE SCHEMA ctgov")
    for name in schemas():
        found.execute(f"CREATE VIEW ctgov.{name} AS SELECT * FROM main.{name}")
    directory = str(here).replace("'", "''")
    found.execute(f"SET allowed_directories = ['{directory}/']")
    found.execute("SET enable_external_access = false")
    found.execute("SET lock_configuration = true")
    return found


def ask(folder: Path, text: str) -> SqlAnswer:
    """The answer of one reading statement.

    Raises:
        InvalidQuery: it cannot be read. InvalidValue: it would write, or there are several.
    """
    connection = connect(folder)
    try:
        statements = connection.extract_statements(text)
        if len(statements) != 1 or statements[0].type not in _READING:
            raise InvalidValue(
                "one SELECT is expected", hint="These tables are only read; make them with: trialkin tables"
            )
        found = connection.execute(statements[0])
    except duckdb.Error as error:
        raise InvalidQuery(str(error).splitlines()[0], column=1, hint=_hint(str(error))) from error
    return SqlAnswer(tuple(column[0] for column in found.description or ()), found)


def _hint(message: str) -> str:
    more = [line.strip() for line in message.splitlines()[1:] if line.strip()]
    return " ".join(more)[:300] or f"Tables: {', '.join(schemas())}"
