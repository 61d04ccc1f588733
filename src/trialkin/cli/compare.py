"""The command that lays studies side by side."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from .shell import LibraryOption, app, columns, open_library, write, write_json


class CompareFormat(StrEnum):
    """How a comparison is shown."""

    TEXT = "text"
    JSON = "json"


@app.command()
def compare(
    nct_ids: Annotated[list[str], typer.Argument(help="2 to 5 studies.", show_default=False)],
    differences: Annotated[bool, typer.Option("--differences", help="Leave out what is the same.")] = False,
    format: Annotated[
        CompareFormat, typer.Option(help="json: one object, a verdict for each row.")
    ] = CompareFormat.TEXT,
    library: LibraryOption = None,
) -> None:
    """Lay studies side by side: what is the same, what differs, what only one of them has.

    Example: trialkin compare NCT07320690 NCT99000001 --differences
    """
    from ..views.compare import compared
    from ..views.compare.report import comparison_json, comparison_text

    with open_library(library) as lib:
        found = compared(lib, nct_ids, only_differences=differences)
        if format is CompareFormat.JSON:
            write_json(json.dumps(comparison_json(found), ensure_ascii=False, indent=2))
        else:
            write(comparison_text(found, width=columns()))
