"""The command that tells what changed in a study."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from .shell import LibraryOption, app, columns, open_library, write, write_json


@app.command()
def history(
    nct_id: Annotated[str, typer.Argument(help="For example NCT07320690.", show_default=False)],
    before: Annotated[
        int | None, typer.Option("--from", help="Number of the earlier version (default: the one before).")
    ] = None,
    after: Annotated[
        int | None, typer.Option("--to", help="Number of the later version (default: the last).")
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="The difference of the two records as JSON lines.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    library: LibraryOption = None,
) -> None:
    """Tell what changed in a study between two versions, and which versions there are.

    History begins with the first import. Older versions are added by importing their files, in any order.

    Example: trialkin history NCT07320690 --from 1 --to 3
    """
    from ..views.answers import history_answer
    from ..views.history import history_page
    from ..views.text import lines_text, sections_text

    with open_library(library) as lib:
        if as_json:
            found = history_answer(lib, nct_id, before=before, after=after)
            write_json(json.dumps(found, ensure_ascii=False))
            return
        page = history_page(lib, nct_id, before=before, after=after)
    if raw:
        lines = page.comparison.lines() if page.comparison else []
        write("".join(f"{line}\n" for line in lines))
    else:
        head = [f"{page.nct_id}  {page.title}"]
        if page.comparison:
            head.append(f"Changes from version {page.older} to version {page.newer}")
        write(f"{lines_text(head, columns())}\n\n{sections_text(page.sections, width=columns())}\n")
