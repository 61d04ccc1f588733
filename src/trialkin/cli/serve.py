"""The command that serves the web app."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import MissingExtra
from .shell import LibraryOption, app, bring_up_to_date, message, open_library


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 8765,
    library: LibraryOption = None,
) -> None:
    """Serve the web app on this machine only (127.0.0.1), until Ctrl+C.

    Example: trialkin serve --port 8765
    """
    try:
        from ..web.server import run
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"the web app needs {error.name}", hint="Install it with: pip install 'trialkin[web]'"
        ) from error
    with open_library(library) as lib:
        bring_up_to_date(lib)
        run(
            lib,
            port=port,
            ready=lambda url: message(f"Trialkin with {len(lib):,} studies: {url}  (Ctrl+C stops it)"),
        )
