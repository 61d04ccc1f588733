"""The command that tells under which registrations a trial stands."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ..reading.markup import printable, printable_json
from .shell import LibraryOption, app, columns, open_library

if TYPE_CHECKING:
    from ..library import Library
    from ..links import Link


@app.command()
def same(
    study_id: Annotated[
        str | None, typer.Argument(help="For example NCT07320690 or ISRCTN12345678.", show_default=False)
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every link of the library, one JSON object a line.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False,
    library: LibraryOption = None,
) -> None:
    """Tell the other registrations of a trial: certain by ids, likely with reasons (never merged by itself).

    Example: trialkin same ISRCTN13281214
    """
    from ..errors import InvalidValue

    if (study_id is None) != every:
        raise InvalidValue("name a study, or ask for --all", hint="trialkin same NCT07320690")
    with open_library(library) as lib:
        found = lib.links() if study_id is None else lib.same(study_id)
        if every or as_json:
            for link in found:
                sys.stdout.write(printable_json(json.dumps(asdict(link), ensure_ascii=False)) + "\n")
            return
        from ..views.text import lines_text

        study = lib.study(study_id or "")
        lines = [f"{study.nct_id}  {study.title}", ""]
        lines += [line for link in found for line in _told(lib, link, study.nct_id)]
        if not found:
            lines.append("No other registration of this trial is known in this library.")
        sys.stdout.write(printable(lines_text(lines, columns()) + "\n"))


def _told(lib: Library, link: Link, this: str) -> list[str]:
    other = link.second if link.first == this else link.first
    sure = "the same trial" if link.certain else f"likely the same trial ({link.score:.2f})"
    study = lib.study(other)
    return [f"{other}  {sure}", f"  {study.title}", f"  because {'; '.join(link.reasons)}",
            f"  Where they differ: trialkin compare {this} {other} --differences", ""]  # fmt: skip
