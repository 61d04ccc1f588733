"""The command that tells what is new in watched studies."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ..errors import InvalidValue
from .shell import LibraryOption, app, bring_up_to_date, message, open_library, write, write_json


class WatchFormat(StrEnum):
    """How news are told; atom gives the latest news of all looks as a feed."""

    TEXT = "text"
    JSON = "json"
    ATOM = "atom"


@app.command()
def watch(
    search: Annotated[str, typer.Option(help="Add a search to what is watched.", show_default=False)] = "",
    study: Annotated[
        list[str] | None, typer.Option(help="Add a study to what is watched; may be repeated.", show_default=False)
    ] = None,
    name: Annotated[str, typer.Option(help="The name of what is added.", show_default=False)] = "",
    format: Annotated[WatchFormat, typer.Option(help="atom: a feed of the latest news.")] = WatchFormat.TEXT,
    peek: Annotated[bool, typer.Option("--peek", help="Do not remember this look as the last one.")] = False,
    library: LibraryOption = None,
) -> None:
    """Tell what is new, changed or gone in watched searches and studies since last time.

    What is watched stands in watch.toml in the library's folder; edit it by hand, or add to it with --search or
    --study. Nothing is fetched: sync first.

    Example: trialkin watch --search 'cond:larynx status:recruiting' --name larynx
    """
    from ..history.watch import Watch, kept_news
    from ..log.runs import utc_now
    from ..views.watch import news_atom, news_json, news_text

    with open_library(library) as lib:
        bring_up_to_date(lib)
        if search and study:
            raise InvalidValue("a watch is either a search or studies", hint="Add one after the other.")
        if search or study:
            added = Watch(name or search or ", ".join(study or ()), search, tuple(study or ()))
            message(f"added to {lib.add_watch(added)}")
        if not peek and not lib.store.writable:
            message(f"{lib.folder} can only be read, so this look is not remembered")
        found = lib.watch(keep=not peek and lib.store.writable)
        if not found.watched:
            message(f"nothing is watched yet; begin with: trialkin watch --search WORDS (kept in {lib.folder})")
        if format is WatchFormat.ATOM:
            write(news_atom(kept_news(lib.folder), updated=utc_now()))
        else:
            (write if format is WatchFormat.TEXT else write_json)(
                news_text(found) if format is WatchFormat.TEXT else news_json(found).rstrip("\n")
            )
