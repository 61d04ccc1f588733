"""The command that counts what a search finds."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InvalidValue, MissingExtra
from .shell import LibraryOption, app, bring_up_to_date, columns, message, open_library, write, write_json


class LandscapeFormat(StrEnum):
    """How the counts are shown."""

    TEXT = "text"
    JSON = "json"


@app.command()
def landscape(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A search, as in `trialkin search`; none for everything.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained page instead.")
    ] = None,
    format: Annotated[LandscapeFormat, typer.Option(help="json: one object of counts.")] = LandscapeFormat.TEXT,
    library: LibraryOption = None,
) -> None:
    """Count what a search finds: by year and phase, status, sponsor, country, size and more.

    Example: trialkin landscape asthma phase:3 --html asthma.html
    """
    from ..indexes.search.engine import Request
    from ..views.landscape import landscape_page
    from ..views.text import sections_text

    request = Request(" ".join(words or []))
    with open_library(library) as lib:
        bring_up_to_date(lib)
        if format is LandscapeFormat.JSON:
            from ..views.answers import landscape_answer

            write_json(json.dumps(landscape_answer(lib, request), ensure_ascii=False))
            return
        shown = landscape_page(lib.landscape(request), request=request)
        data_timestamp = lib.data_timestamp
    if html is None:
        head = f"{shown.title}: {shown.query}\n{shown.total:,} studies\n\n"
        write(head + sections_text(shown.sections, width=columns()) + "\n")
        return
    try:
        from ..web.landscape import landscape_file
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"the page needs {error.name}", hint="Install it with: pip install 'trialkin[web]'"
        ) from error
    try:
        html.write_text(landscape_file(shown, data_timestamp=data_timestamp), encoding="utf-8")
    except OSError as error:
        raise InvalidValue(f"{html} cannot be written: {error.strerror}", hint="Choose another file.") from error
    message(f"{html}: the landscape of {shown.total:,} studies, in one file")
