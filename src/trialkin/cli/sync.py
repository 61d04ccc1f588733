"""The command that asks the registry."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ..log import Run
from .shell import LibraryOption, app, message, open_library, progress, settings


@app.command()
def sync(
    condition: Annotated[str | None, typer.Option(help="Only studies of this condition.")] = None,
    query: Annotated[str | None, typer.Option(help="Only studies that this registry expression finds.")] = None,
    ids: Annotated[list[str] | None, typer.Option(help="Only these ids; separate several by commas.")] = None,
    allow_drop: Annotated[
        bool, typer.Option("--allow-drop", help="Publish although more studies are missing than is usual.")
    ] = False,
    census: Annotated[
        bool, typer.Option("--census", help="List all ids of the registry even where a count would do.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Bring the library to what the registry holds now. The only command that uses the network.

    Without options: the whole registry, first by its bulk file (2.5 GB), then by what was updated since. With
    options: a slice of it; each slice is kept on its own. At most one request a second. Stopped at any moment,
    the same command goes on.

    Example: trialkin sync --condition "head and neck cancer"
    """
    from ..registries.ctgov import Scope
    from ..registries.ctgov.client import Registry

    _give_way()
    scope = Scope.read(condition=condition, query=query, ids=ids or [])
    chosen = settings(library)
    with (
        open_library(library, create=True) as lib,
        progress() as show,
        Registry(
            chosen.registry_url, requests_per_second=chosen.requests_per_second, waiting=_say_waiting
        ) as registry,
    ):
        run = lib.sync(scope, registry=registry, allow_drop=allow_drop, full_census=census, progress=show)
        _say_outcome(run)
        message(f"{len(lib):,} studies in {lib.folder}, data of {lib.data_timestamp}")
        if lib.kin_to_find:
            message(lib.kin_to_find)


def _give_way() -> None:
    """Let readers and everything else on the machine go first."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(10)


def _say_waiting(reason: str, seconds: float) -> None:
    message(f"waiting {seconds:.0f} s: {reason}")


def _say_outcome(run: Run) -> None:
    detail = run.detail
    parts = [f"{run.counts[key]:,} {key}" for key in ("added", "changed")]
    parts.append(f"{detail['removed']:,} removed")
    if run.counts["quarantined"]:
        parts.append(f"{run.counts['quarantined']:,} set aside (why: trialkin doctor)")
    message(f"{run.source}: {', '.join(parts)}; {detail['requests']:,} requests")
    if detail["in_doubt"]:
        message(
            f"{detail['in_doubt']:,} studies are missing from the registry's list; "
            "they stay until a later sync confirms it"
        )
    for warning in detail["warnings"]:
        message(f"warning: {warning}")
