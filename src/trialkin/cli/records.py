"""Commands on records: import, show, verify, doctor, rebuild."""

from __future__ import annotations

import json
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import DamagedLibrary, InvalidValue, NothingRead
from ..log import Run
from .shell import LibraryOption, app, columns, message, open_library, progress, write, write_json


class Index(StrEnum):
    """What can be made again from the records."""

    SEARCH = "search"
    READINGS = "readings"
    KIN = "kin"


class ShowFormat(StrEnum):
    """How a study is shown."""

    TEXT = "text"
    JSON = "json"
    RAW = "raw"


@app.command("import")
def import_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Bulk zips, folders, files of JSON or JSON lines, also compressed.", show_default=False
        ),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Import the invented sample studies.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help="Also write damaged records again.")] = False,
    library: LibraryOption = None,
) -> None:
    """Read records into the library. Importing the same again changes nothing.

    Example: trialkin import ctg-studies.json.zip
    """
    if not paths and not sample:
        raise InvalidValue(
            "nothing to import", hint="Name a file, or add --sample for the invented sample studies."
        )
    started = time.monotonic()
    with open_library(library, create=True) as lib, progress() as show:
        runs = []
        if sample:
            runs.append(lib.import_sample(progress=show))
        if paths:
            runs.append(lib.import_records(paths, repair=repair, progress=show))
        for run in runs:
            _say_run(run)
        message(f"{len(lib):,} studies in {lib.folder}, {_cost(started)}")
        if lib.kin_to_find:
            message(lib.kin_to_find)
        if any(run.counts["quarantined"] for run in runs):
            message("Records set aside and why: trialkin doctor")
    if _was_empty(runs):
        raise NothingRead(
            "no study record could be read",
            hint="Trialkin reads the JSON of ClinicalTrials.gov: its download, its API (version 2), or JSON lines.",
        )


def _say_run(run: Run) -> None:
    counts = run.counts
    parts = ", ".join(
        f"{counts[key]:,} {key}" for key in counts if key != "read" and (counts[key] or key == "added")
    )
    message(f"{run.source}: {counts['read']:,} read: {parts}")
    for what, said in (("set_aside", "set aside"), ("passed_over", "passed over")):
        for reason, count in run.detail.get(what, {}).items():
            message(f"  {count:,} {said}: {reason}")


def _was_empty(runs: list[Run]) -> bool:
    return all(run.counts["read"] == run.counts["quarantined"] for run in runs)


def _cost(started: float) -> str:
    seconds = f"{time.monotonic() - started:.1f} s"
    try:
        import resource
    except ImportError:  # not on Windows
        return seconds
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (
        f"{seconds}, {peak / (1024 if sys.platform != 'darwin' else 1024**2):,.0f} MB of memory a process at most"
    )


@app.command()
def show(
    nct_id: Annotated[str, typer.Argument(help="For example NCT07320690.", show_default=False)],
    format: Annotated[ShowFormat, typer.Option(help="raw: the bytes as they were stored.")] = ShowFormat.TEXT,
    section: Annotated[str | None, typer.Option(help="Only one section, for example eligibility.")] = None,
    library: LibraryOption = None,
) -> None:
    """Read a study whole.

    Example: trialkin show NCT07320690 --section eligibility
    """
    with open_library(library) as lib:
        if format is ShowFormat.RAW:
            raw = lib.find(nct_id).record.raw or b""
            if sys.stdout.isatty():  # the same JSON, but nothing in it can steer the terminal
                write_json(raw.decode("utf-8", "replace"))
            else:
                sys.stdout.buffer.write(raw)
            return
        from ..views.study import SECTIONS, page_context, study_page
        from ..views.study.whole import page_json, page_text

        keys = [kind.key for kind in SECTIONS]
        if section is not None and section not in keys:
            raise InvalidValue(f"there is no section {section!r}", hint=f"Sections: {', '.join(keys)}")
        context = page_context(lib.page(nct_id, related=section == "related"))
        page = study_page(context, only=section)
        if format is ShowFormat.TEXT:
            write(page_text(page, width=columns()))
        else:
            write_json(page_json(page, None if section else context.study).rstrip("\n"))


@app.command()
def verify(
    deep: Annotated[bool, typer.Option("--deep", help="Read every version back.")] = False,
    library: LibraryOption = None,
) -> None:
    """Look for damage in the library. Exit status 4 when there is any.

    Example: trialkin verify --deep
    """
    with open_library(library) as lib, progress() as show:
        damage = lib.verify(deep=deep, progress=show)
    for problem in damage.problems:
        message(problem)
    if damage.problems:
        raise DamagedLibrary(
            f"{len(damage.problems)} problems in {damage.checked:,} checked",
            hint="Mend records with: trialkin import FILE --repair (the archive they came from); "
            "projections with: trialkin rebuild. A damaged database file is restored from a copy.",
        )
    message(f"{damage.checked:,} checked, no damage found")


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    library: LibraryOption = None,
) -> None:
    """Say what state the library and this installation are in, and how to mend what is wrong.

    Example: trialkin doctor
    """
    with open_library(library) as lib:
        findings = lib.examine()
    if as_json:
        write_json(json.dumps([vars(finding) for finding in findings], ensure_ascii=False))
    else:
        from ..views.text import lines_text

        lines = []
        for finding in findings:
            lines.append(f"{'!' if finding.mend else '·'} {finding.what}: {finding.state}")
            lines += [f"    {finding.mend}"] if finding.mend else []
        write(lines_text(lines, columns()) + "\n")


@app.command()
def rebuild(
    only: Annotated[
        Index | None,
        typer.Option(help="One alone: search, readings (criteria and doses) or kin (related studies)."),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="With --only readings: say what is read otherwise than before.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The differences as one JSON object.")] = False,
    library: LibraryOption = None,
) -> None:
    """Throw the indexes (search, readings, kin) away and make them again from the records.

    What is there stays in use until the new one is whole; a rebuild that is stopped changes nothing.

    Example: trialkin rebuild --only readings --diff
    """
    if diff and only is not Index.READINGS:
        raise InvalidValue("only readings can be compared", hint="trialkin rebuild --only readings --diff")
    started = time.monotonic()
    with open_library(library) as lib, progress() as show:
        if diff:
            from ..views.readings import differences_json, differences_text

            found = lib.reread(progress=show)
            write(differences_json(found) if as_json else differences_text(found))
        else:
            lib.rebuild(only=only.value if only else None, progress=show)
        message(f"{only.value if only else 'indexes'} rebuilt over {len(lib):,} studies, {_cost(started)}")
