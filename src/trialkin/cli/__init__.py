"""The command line: parse, ask the library, print. No rules of its own.

One file per noun; each defines its commands on `app`. Answers go to stdout, messages to stderr; exit statuses are
those of `errors` (0 done, 1 failed, 2 usage, 3 not found, 4 damaged, 5 busy).
"""

from __future__ import annotations

import gc
import os
import sys

from ..errors import TrialkinError
from . import (
    compare,
    criteria,
    demo,
    doses,
    export,
    history,
    landscape,
    match,
    mcp,
    records,
    related,
    same,
    search,
    serve,
    sync,
    tables,
    watch,
)
from .shell import app, message

__all__ = ["app", "main"]

_NOUNS = (
    compare,
    criteria,
    demo,
    doses,
    export,
    history,
    landscape,
    match,
    mcp,
    records,
    related,
    same,
    search,
    serve,
    sync,
    tables,
    watch,
)


_FEW_CYCLES = 50_000
"""New objects before Python looks for cycles: at its 700, modules that load cost a seventh of `show` for nothing."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(_FEW_CYCLES)
    try:
        app(prog_name="trialkin")
    except TrialkinError as error:
        message(f"{error.message}" + (f"\n{error.hint}" if error.hint else ""))
        sys.exit(error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (
        OSError
    ) as error:  # a file of the person's, or of theirs beside the library, that cannot be read or written
        where = f"{error.filename}: " if error.filename else ""
        message(f"{where}{error.strerror or error}")
        sys.exit(1)
    except KeyboardInterrupt:
        message("Stopped. What was acknowledged is kept; the same command goes on from there.")
        sys.exit(130)


if __name__ == "__main__":
    main()
