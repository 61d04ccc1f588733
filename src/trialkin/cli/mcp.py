"""The command that opens the library to assistants."""

from __future__ import annotations

from ..errors import MissingExtra
from .shell import LibraryOption, app, open_library


@app.command()
def mcp(library: LibraryOption = None) -> None:
    """Serve the library to an assistant over standard input and output (Model Context Protocol). Nothing is written.

    Example: trialkin mcp --library my-library
    """
    try:
        from ..mcp.server import create_server
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{error.name} is not installed", hint="pip install 'trialkin[mcp]'") from error
    with open_library(library) as lib:
        create_server(lib).run("stdio")
