"""The command that finds studies."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from .shell import LibraryOption, app, bring_up_to_date, columns, message, open_library, write, write_json


class SearchFormat(StrEnum):
    """How hits are given: for reading, one JSON object, all as CSV, or all ids."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    IDS = "ids"
    REPORT = "report"


class Reader(StrEnum):
    """The program that opens what is written."""

    EXCEL = "excel"


@app.command()
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(help='Words, "phrases", cond: intr: phase: status: country: start: …', show_default=False),
    ] = None,
    format: Annotated[
        SearchFormat, typer.Option(help="csv, ids and report give all hits; text and json one page.")
    ] = SearchFormat.TEXT,
    sort: Annotated[
        str, typer.Option(help="relevance, updated, posted, start, oldest, largest, smallest, distance.")
    ] = "",
    page: Annotated[int, typer.Option(min=1, max=5000, help="Which page of hits.")] = 1,
    names: Annotated[bool, typer.Option("--names/--no-names", help="Search other names too.")] = True,
    for_: Annotated[
        Reader | None, typer.Option("--for", help="excel: CSV that Excel opens as UTF-8 (a byte order mark).")
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Find studies in the library.

    Example: trialkin search 'cond:"head and neck" intr:cisplatin phase:3 status:recruiting start:2024..'
    """
    from ..views.search import read_address

    pairs = [
        ("q", " ".join(words or [])),
        ("sort", sort),
        ("page", str(page)),
        ("names", "on" if names else "off"),
    ]
    request, _ = read_address(pairs)
    with open_library(library) as lib:
        bring_up_to_date(lib)
        if format is SearchFormat.IDS:
            sys.stdout.writelines(f"{nct_id}\n" for nct_id in lib.search_all(request))
        elif format is SearchFormat.CSV:
            from ..views.search.report import csv_rows

            sys.stdout.writelines(csv_rows(lib, request, for_excel=for_ is Reader.EXCEL))
        elif format is SearchFormat.REPORT:
            from ..views.search.report import report_text

            write(report_text(lib, request))
        else:
            from ..views.search.cards import cards

            answer = lib.search(request)
            shown = cards(lib, answer)
            if format is SearchFormat.JSON:
                from ..views.search.report import answer_json

                write_json(json.dumps(answer_json(lib, answer, shown), ensure_ascii=False))
                return
            from ..views.search.meant import with_filters
            from ..views.search.terminal import answer_text

            write(answer_text(answer, shown, width=columns()))
            if meant := with_filters(request.text):
                message(f"Everything was searched as words. With a filter: {meant}")
            if answer.suggestion:
                message(f"Did you mean: {answer.suggestion}")
