"""The command for a first look."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .serve import serve
from .shell import app, columns, message, open_library, write

SEED = "NCT07320690"


@app.command()
def demo(
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the web app afterwards.")] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 8765,
    library: Annotated[
        Path, typer.Option("--library", metavar="DIR", help="Where the sample library is made.")
    ] = Path("demo-library"),
) -> None:
    """Make a library of invented studies, read one in the terminal, and serve the web app.

    Example: trialkin demo --no-serve
    """
    from ..views.study import page_context, study_page
    from ..views.study.whole import page_text

    with open_library(library, create=True) as lib:
        lib.import_sample()
        write(page_text(study_page(page_context(lib.page(SEED))), width=columns()))
        sys.stdout.flush()
        message(f"\nA library of {len(lib)} sample studies is in {lib.folder}.")
    if serve_it:
        serve(port=port, library=library)
