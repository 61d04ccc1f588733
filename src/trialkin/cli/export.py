"""The command that writes studies as files for other programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InvalidValue
from .shell import LibraryOption, app, message, open_library


class ExportFormat(StrEnum):
    """Formats of `export.formats`."""

    NDJSON = "ndjson"
    JSON = "json"
    CSV = "csv"
    RIS = "ris"
    BIBTEX = "bibtex"
    XLSX = "xlsx"
    FHIR = "fhir"


@app.command()
def export(
    words: Annotated[
        list[str] | None, typer.Argument(help="A search, or ids; everything when left out.", show_default=False)
    ] = None,
    format: Annotated[
        ExportFormat,
        typer.Option(
            help="ris and bibtex for reference managers; ndjson and json as stored; fhir: R5 ResearchStudy."
        ),
    ] = ExportFormat.NDJSON,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; xlsx needs one.")] = None,
    library: LibraryOption = None,
) -> None:
    """Write every study that a search finds, without a cap, in the search's order; everything by id.

    Example: trialkin export 'cond:melanoma phase:3' --format ris --output melanoma.ris
    """
    if format is ExportFormat.XLSX and output is None:
        raise InvalidValue("a workbook needs a file", hint="Name one: --output studies.xlsx")
    with open_library(library) as lib:
        pieces = lib.export(" ".join(words or []), format=format.value)
        if output is None:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(pieces)
            return
        aside = output.with_name(f"{output.name}.part")
        with aside.open("wb") as file:
            file.writelines(pieces)
        aside.replace(output)
        message(f"written: {output} ({output.stat().st_size:,} bytes)")
