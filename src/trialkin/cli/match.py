"""The commands that tell who fits: one patient against all open studies, or against one study."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InvalidValue
from .shell import LibraryOption, app, bring_up_to_date, columns, open_library, write, write_json

if TYPE_CHECKING:
    from ..model.patient import Facts

FactsOption = Annotated[Path | None, typer.Option(help="JSON of facts.", dir_okay=False)]
NoteOption = Annotated[Path | None, typer.Option(help="A free-text note.", dir_okay=False)]
FhirOption = Annotated[Path | None, typer.Option(help="A FHIR R4 Bundle.", dir_okay=False)]
PacketOption = Annotated[Path | None, typer.Option(help="A GA4GH Phenopacket.", dir_okay=False)]


class MatchFormat(StrEnum):
    """How fits are shown."""

    TEXT = "text"
    JSON = "json"


@app.command()
def match(
    facts: FactsOption = None,
    note: NoteOption = None,
    fhir: FhirOption = None,
    phenopacket: PacketOption = None,
    near: Annotated[str, typer.Option(help="A city, for example Boston.")] = "",
    within: Annotated[int, typer.Option(min=1, max=20000, help="Kilometres from there.")] = 50,
    candidates: Annotated[
        Path | None, typer.Option(help="Judge exactly the ids in this file, one per line.", dir_okay=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many studies are judged at most.")] = 200,
    format: Annotated[
        MatchFormat, typer.Option(help="json: every verdict with quotes and evidence.")
    ] = MatchFormat.TEXT,
    library: LibraryOption = None,
) -> None:
    """Tell which open studies may fit one patient, on this machine alone; nothing of the patient is kept.

    Example: trialkin match --facts patient.json --near Boston --within 100
    """
    patient = _patient(facts, note, fhir, phenopacket)
    words = note.read_text(encoding="utf-8-sig") if note is not None else ""
    ids = None if candidates is None else candidates.read_text(encoding="utf-8").split()
    with open_library(library) as lib:
        bring_up_to_date(lib)
        found = lib.match(
            patient, note=words, candidates=ids, near=f"{near}, {within} km, open" if near else "", limit=limit
        )
    from ..views.match import fits_json, fits_text

    _say(lambda: fits_json(found), lambda: fits_text(found), format)


@app.command()
def screen(
    nct_id: Annotated[str, typer.Argument(help="A study, for example NCT07320690.", show_default=False)],
    facts: FactsOption = None,
    note: NoteOption = None,
    fhir: FhirOption = None,
    phenopacket: PacketOption = None,
    many: Annotated[
        Path | None,
        typer.Option(help="NDJSON, facts of one patient a line: what each criterion keeps.", dir_okay=False),
    ] = None,
    format: Annotated[MatchFormat, typer.Option(help="json: with quotes and evidence.")] = MatchFormat.TEXT,
    library: LibraryOption = None,
) -> None:
    """Answer one study's criteria from the facts of one patient, or count what each keeps of many.

    Example: trialkin screen NCT07320690 --facts patient.json
    """
    from ..views.match import checklist_text, fit_json, kept_json, kept_text

    with open_library(library) as lib:
        if many is not None:
            rows = lib.screen_many(nct_id, _patients(many))
            _say(lambda: kept_json(rows), lambda: kept_text(rows), format)
            return
        patient = _patient(facts, note, fhir, phenopacket)
        fit = lib.screen(nct_id, patient)
    _say(lambda: fit_json(fit), lambda: checklist_text(fit, patient), format)


def _patient(facts: Path | None, note: Path | None, fhir: Path | None, packet: Path | None) -> Facts:
    from ..matching.intake import facts_of_bytes

    given = {"facts": facts, "note": note, "fhir": fhir, "phenopacket": packet}
    named = [(kind, path) for kind, path in given.items() if path is not None]
    if len(named) != 1:
        raise InvalidValue(
            "give one of --facts, --note, --fhir, --phenopacket", hint="trialkin match --facts FILE"
        )
    ((kind, path),) = named
    return facts_of_bytes(path.read_bytes(), kind=kind)


def _patients(path: Path) -> Iterator[Facts]:
    from ..matching.intake import facts_of_json

    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield facts_of_json(line)
                except InvalidValue as error:
                    raise InvalidValue(f"line {number}: {error.message}", hint=error.hint) from None


def _say(value: Callable[[], dict[str, Any]], lines: Callable[[], Iterator[str]], format: MatchFormat) -> None:
    """Give an answer; an error while it is worded repeats nothing of it."""
    from ..matching.private import private
    from ..views.text import lines_text

    with private():
        text = (
            json.dumps(value(), ensure_ascii=False)
            if format is MatchFormat.JSON
            else lines_text(lines(), columns()) + "\n"
        )
    if format is MatchFormat.JSON:
        write_json(text)
    else:
        write(text)
