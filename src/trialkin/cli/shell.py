"""What all commands share: the app, the library option, messages and progress.

Must not know any single command.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..config import Settings
from ..library import Library
from ..reading.markup import printable, printable_json

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

app = typer.Typer(
    name="trialkin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        from .. import __version__

        print(f"trialkin {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    """The clinical-trial registry on your own machine: read any trial whole, find its kin with reasons."""


LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        metavar="DIR",
        help="Folder of the library (default: TRIALKIN_LIBRARY, else your data folder).",
    ),
]


def settings(library: Path | None) -> Settings:
    """The settings of this command."""
    return Settings.read(library=library)


def open_library(library: Path | None, *, create: bool = False) -> Library:
    """The library that this command works on; raises as `Library`."""
    return Library(settings(library).library, create=create)


def bring_up_to_date(library: Library) -> None:
    """Let the indexes catch up with the log where that can be done, and say so where they stay behind."""
    if library.up_to_date:
        return
    if problem := library.search_index.state.problem:
        message(f"{problem}; it is made again from the records.")
    with progress() as show:
        if not library.bring_up_to_date(progress=show):
            message(
                "The indexes are behind the records: another process is writing, or nothing can be written here."
            )


def message(text: str) -> None:
    """Say something to the person, on stderr."""
    print(printable(text), file=sys.stderr)


def write(text: str) -> None:
    """Give an answer, on stdout; the only way by which text goes there."""
    sys.stdout.write(printable(text))


def write_json(text: str) -> None:
    """Give an answer that is JSON, on stdout, with a line break."""
    sys.stdout.write(printable_json(text) + "\n")


def columns() -> int:
    """How wide text is written: as the terminal is (or COLUMNS says), but never so wide that it reads badly."""
    from ..views.text import WIDTH

    return max(40, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """A callback that shows how far long work has come: a bar on a terminal, now and then a line elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    with ExitStack() as stack:
        bar: Callable[[], Progress] = cache(lambda: stack.enter_context(_bar()))  # only when there is work to show
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bar().add_task(what, total=total, rate="")
            speed = next(task.speed for task in bar().tasks if task.id == tasks[what])
            bar().update(tasks[what], completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

        yield show


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _lines() -> Callable[[str, int, int | None], None]:
    last = time.monotonic()

    def show(what: str, done: int, total: int | None) -> None:
        nonlocal last
        if time.monotonic() - last > 5:
            last = time.monotonic()
            message(f"{what}: {done:,}" + (f" of {total:,}" if total else ""))

    return show
