"""Eligibility criteria as data: of studies in the library, or of any text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InvalidValue
from ..reading.markup import plain
from .shell import LibraryOption, app, columns, open_library, write, write_json

if TYPE_CHECKING:
    from ..model import Study
    from ..model.criteria import Criteria, Section


_SECTIONS: dict[str, Section] = {
    "inclusion": "inclusion",
    "exclusion": "exclusion",
    "unspecified": "unspecified",
}


class CriteriaFormat(StrEnum):
    """How criteria are written."""

    TEXT = "text"
    JSON = "json"
    FHIR = "fhir"


@app.command()
def criteria(
    nct_ids: Annotated[
        list[str] | None, typer.Argument(help="For example NCT07320690.", show_default=False)
    ] = None,
    format: Annotated[CriteriaFormat, typer.Option(help="fhir: an R5 EvidenceVariable.")] = CriteriaFormat.TEXT,
    texts: Annotated[
        Path | None, typer.Option(help="JSON lines with id, text and section; - for stdin.", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Read eligibility criteria as data: bounds, scales, time windows, with the words that state them.

    Example: trialkin criteria NCT07320690 --format json
    """
    if texts is not None:
        for line in _read_texts(texts):
            write_json(json.dumps(line, ensure_ascii=False))
        return
    if not nct_ids:
        raise InvalidValue("no study named", hint="Name a study, for example NCT07320690, or a file with --texts.")
    with open_library(library) as lib:
        for nct_id in nct_ids:
            found = lib.find(nct_id)
            _write(found.study, lib.reading(found).criteria, format)


def _write(study: Study, found: Criteria, format: CriteriaFormat) -> None:
    if format is CriteriaFormat.TEXT:
        from ..views.text import lines_text

        write(lines_text(_lines_of(study, found), columns()) + "\n")
        return
    if format is CriteriaFormat.JSON:
        from ..export.criteria_json import study_object

        made = study_object(study.nct_id, found)
    else:
        from ..export.fhir_evidence_variable import evidence_variable

        made = evidence_variable(study.nct_id, found, title=study.title)
    write_json(json.dumps(made, ensure_ascii=False))


def _lines_of(study: Study, found: Criteria) -> list[str]:
    from ..views.criteria_words import STATUS_WORDS, normal_form

    lines = [f"{study.nct_id}  {plain(study.title)}", ""]
    section = None
    for item in found.items:
        if (item.section, item.heading) != section:
            section = (item.section, item.heading)
            lines.append(f"{item.section.upper()}{': ' + item.heading if item.heading else ''}")
        pad = "  " * (item.level + 1)
        lines.append(f"{pad}{item.number or '·'} {' '.join(item.text.split())}")
        lines += [f"{pad}    → {normal_form(criterion)}" for criterion in item.criteria]
        if item.status != "full":
            lines.append(f"{pad}    ({STATUS_WORDS[item.status]})")
    if found.completeness is None:
        lines.append("The record holds no eligibility text.")
    else:
        lines += ["", f"Understood: {found.completeness:.0%} of {len(found.items)} items, a part counting half."]
        lines.append("Read by rules from the text as posted. Not medical advice; the text decides.")
    return lines


def _read_texts(path: Path) -> Iterator[dict[str, Any]]:
    from ..export.criteria_json import text_object
    from ..reading.criteria import parse_text

    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        asked = _asked(line, number)
        section = _SECTIONS.get(asked.get("section") or "unspecified")
        if section is None:
            raise InvalidValue(
                f"line {number}: there is no section {asked['section']!r}",
                hint=f"Sections: {', '.join(_SECTIONS)}.",
            )
        yield {"id": asked.get("id"), **text_object(parse_text(asked["text"], section=section))}


def _asked(line: str, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise InvalidValue(f"line {number} is no JSON: {error}", hint='Each line: {"id": …, "text": …}') from error
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise InvalidValue(f"line {number} has no text", hint='Each line: {"id": …, "text": "…", "section": …}')
    return asked


def _lines(path: Path) -> Iterator[str]:
    if str(path) == "-":
        yield from sys.stdin
        return
    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except OSError as error:
        raise InvalidValue(f"cannot read {path}: {error.strerror}", hint="Name a file of JSON lines.") from error
