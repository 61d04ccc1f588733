"""The commands that write tables and ask them."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..export.registry_csv import guarded
from ..reading.markup import printable, printable_json
from .shell import LibraryOption, app, message, open_library, progress

if TYPE_CHECKING:
    from ..export.tables.sql import SqlAnswer

_SHOWN, _WIDEST = 200, 60


class SqlFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@app.command()
def tables(
    folder: Annotated[
        Path | None, typer.Argument(help="Where to; the library's own folder when left out.", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Write all studies as Parquet tables, laid out as in AACT, and Trialkin's own; again: only what changed.

    Example: trialkin tables my-tables
    """
    with open_library(library) as lib, progress() as show:
        done = lib.tables(folder, progress=show)
    message(
        f"{sum(done.rows.values()):,} rows of {done.studies:,} studies in {len(done.rows)} tables: {done.folder}"
        f" ({done.written:,} files written, {done.kept:,} as before)"
    )


@app.command()
def sql(
    text: Annotated[str, typer.Argument(help="One SELECT, or - for standard input.", show_default=False)],
    tables: Annotated[
        Path | None, typer.Option("--tables", help="Folder of the tables (default: the library's own).")
    ] = None,
    format: Annotated[SqlFormat, typer.Option(help="How the answer is written.")] = SqlFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, needed for parquet.")] = None,
    library: LibraryOption = None,
) -> None:
    """Ask the tables in SQL (DuckDB). They are only read; nothing else can be reached.

    Example: trialkin sql "SELECT overall_status, count(*) FROM studies GROUP BY ALL ORDER BY 2 DESC"
    """
    from ..errors import InvalidValue

    asked = sys.stdin.read() if text == "-" else text
    with open_library(library) as lib:
        found = lib.sql(asked, folder=tables)
        if format is SqlFormat.PARQUET:
            if output is None:
                raise InvalidValue("parquet needs a file", hint="Name one: --output answer.parquet")
            found.write_parquet(output)
        elif output is not None:
            with output.open("w", encoding="utf-8", newline="") as file:
                _write(found, format, file)
        else:
            _write(found, format, sys.stdout)


def _write(found: SqlAnswer, format: SqlFormat, out: Any) -> None:
    if format is SqlFormat.JSON:
        for row in found.rows():
            line = dict(zip(found.columns, row, strict=True))
            out.write(printable_json(json.dumps(line, ensure_ascii=False, default=str)) + "\n")
    elif format is SqlFormat.CSV:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(found.columns)
        writer.writerows([_safe(value) for value in row] for row in found.rows())
    else:
        _write_table(found, out)


def _safe(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value


def _write_table(found: SqlAnswer, out: Any) -> None:
    rows = [
        tuple("" if v is None else printable(str(v)).replace("\n", " ") for v in r) for r in found.rows(_SHOWN + 1)
    ]
    shown = [found.columns, *(tuple(_cut(cell) for cell in row) for row in rows[:_SHOWN])]
    widths = [max(len(row[column]) for row in shown) for column in range(len(found.columns))]
    for number, row in enumerate(shown):
        out.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")
        if number == 0:
            out.write("  ".join("-" * width for width in widths) + "\n")
    if len(rows) > _SHOWN:
        message(f"Only the first {_SHOWN} rows are shown; for all: --format csv")


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…"
