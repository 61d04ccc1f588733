"""Exports of the WHO's International Clinical Trials Registry Platform: CSV, XLSX and XML, as people download them.

A row becomes a study where it means the same; the row itself stays beside it, under "as registered". The WHO asks to be
named as the source. Must not know the log.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ..errors import InvalidValue
from ..model.ids import StudyId
from .converting import Converted, compact, criteria_text, day, number, years

COLUMNS = (
    "TrialID", "Last Refreshed on", "Public title", "Scientific title", "Acronym", "Primary sponsor",
    "Date registration", "Date registration3", "Export date", "Source Register", "web address", "Recruitment Status",
    "other records", "Inclusion agemin", "Inclusion agemax", "Inclusion gender", "Date enrollement", "Target size",
    "Study type", "Study design", "Phase", "Countries", "Contact Firstname", "Contact Lastname", "Contact Address",
    "Contact Email", "Contact Tel", "Contact Affiliation", "Inclusion Criteria", "Exclusion Criteria", "Condition",
    "Intervention", "Primary outcome", "results date posted", "results date completed", "results url link",
    "Retrospective flag", "Bridging flag truefalse", "Bridged type", "results yes no",
)  # fmt: skip
"""Of the export, in its order: a CSV without a head has these."""

_BREAK = re.compile(r"_x000D_|<br\s*/?>|\r\n?", re.IGNORECASE)
_NOTHING = {"", "n/a", "none", "null", "not applicable", "not available", "-", "na", "no limit", "0 no limit"}
_STATUS = {"recruiting": "RECRUITING", "authorised": "NOT_YET_RECRUITING", "completed": "COMPLETED"}
_SEX = {"female": "FEMALE", "females": "FEMALE", "male": "MALE", "males": "MALE"}
_TYPES = (("interven", "INTERVENTIONAL"), ("observ", "OBSERVATIONAL"), ("expanded", "EXPANDED_ACCESS"),
          ("treatment", "INTERVENTIONAL"), ("epidem", "OBSERVATIONAL"))  # fmt: skip
_PHASES = {"0": "EARLY_PHASE1", "1": "PHASE1", "2": "PHASE2", "3": "PHASE3", "4": "PHASE4",
           "i": "PHASE1", "ii": "PHASE2", "iii": "PHASE3", "iv": "PHASE4"}  # fmt: skip
_EU_PHASES = (("phase i)", "PHASE1"), ("phase ii)", "PHASE2"), ("phase iii)", "PHASE3"), ("phase iv)", "PHASE4"))


def knows(head: bytes, name: str) -> bool:
    """Whether a file is such an export, by its first bytes and its name."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:2] == b"PK":
        return name.lower().endswith(".xlsx")
    if start.startswith(b"<"):
        return b"Trials_downloaded_from_ICTRP" in head
    first = head.decode("utf-8-sig", "replace").splitlines()[:1]
    cells = next(csv.reader(first), []) if first else []
    return cells[:1] == ["TrialID"] or (len(cells) == len(COLUMNS) and StudyId.find(cells[0]) is not None)


def read(path: Path) -> Iterator[Converted]:
    """Every row of an export, converted, or with the reason why it cannot be.

    Raises:
        InvalidValue: a workbook that is no such export, or a broken file.
    """
    for place, row in enumerate(_rows(path), 1):
        yield convert(row, place=f"{path.name}#{place}")


def convert(row: dict[str, Any], *, place: str) -> Converted:
    """One row of an export as a record; place: where it stood, for people."""
    given = {name: _text(value) for name, value in row.items()}
    study_id = StudyId.find(given.get("TrialID", ""))
    if study_id is None:
        return Converted(
            place, None, f"{given.get('TrialID', '')[:40]!r} is not an id of a register Trialkin knows"
        )
    return Converted(place, _record(study_id, given), "")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        head = file.read(4096)
    if head[:2] == b"PK":
        yield from _workbook(path)
    elif head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        yield from _xml(path)
    else:
        yield from _csv(path)


def _csv(path: Path) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(64 * 1024 * 1024)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        first = next(reader, [])
        names = first if first[:1] == ["TrialID"] else COLUMNS
        if names is COLUMNS:
            yield dict(zip(COLUMNS, first, strict=False))
        for cells in reader:
            if any(cells):
                yield dict(zip(names, cells, strict=False))


def _workbook(path: Path) -> Iterator[dict[str, Any]]:
    from openpyxl import load_workbook  # an extra: xlsx alone needs it

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).active
        rows = sheet.iter_rows(values_only=True) if sheet is not None else iter(())
        names = [str(cell or "") for cell in next(rows, ())]
    except (KeyError, ValueError, OSError) as error:
        raise InvalidValue(f"{path} is not a readable workbook: {error}") from error
    if names[:1] != ["TrialID"]:
        raise InvalidValue(
            f"{path} is a workbook, but no export of the WHO's ICTRP", hint="Its first cell is TrialID."
        )
    for cells in rows:
        if any(cell not in (None, "") for cell in cells):
            yield dict(zip(names, cells, strict=False))


def _xml(path: Path) -> Iterator[dict[str, Any]]:
    names = {re.sub(r"\W", "_", name).lower(): name for name in COLUMNS}
    try:
        for _, element in ElementTree.iterparse(path):
            if element.tag == "Trial":
                yield {names.get(part.tag.lower(), part.tag): part.text or "" for part in element}
                element.clear()
    except ElementTree.ParseError as error:
        raise InvalidValue(f"{path} is broken XML: {error}", hint="It may be cut off: fetch it again.") from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if not (value.hour or value.minute) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    text = html.unescape(_BREAK.sub("\n", str(value)))
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _line(text: str) -> str:
    return " ".join(text.split())


def _said(given: dict[str, str], name: str) -> str:
    text = given.get(name, "")
    return "" if text.lower() in _NOTHING else text


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;\n]+", text) if part.strip()))


def _record(study_id: StudyId, given: dict[str, str]) -> dict[str, Any]:
    def said(name: str) -> str:
        return _said(given, name)

    name = " ".join(filter(None, (said("Contact Firstname"), said("Contact Lastname"))))
    contact = compact({"name": name, "phone": said("Contact Tel"), "email": said("Contact Email")})
    official = compact({"name": name, "affiliation": said("Contact Affiliation")})
    module = {
        "identificationModule": {
            "nctId": str(study_id),
            "briefTitle": _line(said("Public title") or said("Scientific title")),
            "officialTitle": _line(said("Scientific title")),
            "acronym": _line(said("Acronym")),
            "secondaryIdInfos": [{"id": given["TrialID"], "type": "REGISTRY"}]
            if given["TrialID"] != study_id
            else [],
        },
        "statusModule": {
            "overallStatus": _STATUS.get(said("Recruitment Status").lower(), "UNKNOWN"),
            "startDateStruct": {"date": day(said("Date enrollement"))},
            "studyFirstPostDateStruct": {
                "date": day(said("Date registration")) or day(said("Date registration3"))
            },
            "lastUpdatePostDateStruct": {"date": day(said("Last Refreshed on"))},
            "resultsFirstPostDateStruct": {"date": day(said("results date posted"))},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": _line(said("Primary sponsor"))}},
        "conditionsModule": {"conditions": _parts(said("Condition"))},
        "designModule": {
            "studyType": next((kind for key, kind in _TYPES if key in said("Study type").lower()), ""),
            "phases": phases(said("Phase") or given.get("Phase", "")),
            "enrollmentInfo": {"count": number(said("Target size"))},
        },
        "armsInterventionsModule": {"interventions": _interventions(said("Intervention"))},
        "outcomesModule": {"primaryOutcomes": [{"measure": part} for part in _parts(said("Primary outcome"))]},
        "eligibilityModule": {
            "eligibilityCriteria": criteria_text(said("Inclusion Criteria"), said("Exclusion Criteria")),
            "sex": _sex(given.get("Inclusion gender", "")),
            "minimumAge": years(said("Inclusion agemin")),
            "maximumAge": years(said("Inclusion agemax")),
        },
        "contactsLocationsModule": {
            "centralContacts": [contact] if contact else [],
            "overallOfficials": [official] if len(official) > 1 else [],
            "locations": [{"country": country} for country in _countries(said("Countries"))],
        },
        "descriptionModule": {"detailedDescription": said("Study design")},
    }
    return {
        "protocolSection": compact(module),
        "hasResults": bool(said("results date posted") or said("results url link")),
        "registration": {
            "register": said("Source Register") or study_id.register.name,
            "source": "WHO ICTRP",
            "address": said("web address"),
            "asRegistered": {name: value for name, value in given.items() if value},
        },
    }


def phases(text: str) -> list[str]:
    """The phases that a cell names, in whatever form; a spreadsheet may have made 2/3 a date."""
    lower = text.lower()
    if "phase i)" in lower:
        return [phase for key, phase in _EU_PHASES if re.search(re.escape(key) + r":\s*yes", lower)]
    if date_cell := re.fullmatch(r"\d{4}-0(\d)-0(\d)(?: 00:00(?::00)?)?", lower):
        return sorted({_PHASES[digit] for digit in date_cell.groups() if digit in _PHASES})
    if "early" in lower:
        return ["EARLY_PHASE1"]
    found = re.findall(r"(?<![a-z0-9])(iv|i{1,3}|[0-4])(?![a-z0-9])", lower)
    return list(dict.fromkeys(_PHASES[each] for each in found))


def _sex(text: str) -> str:
    lower = text.lower()
    if "female: " in lower:
        female, male = "female: yes" in lower, bool(re.search(r"(?<!fe)male: yes", lower))
        return "ALL" if female and male else "FEMALE" if female else "MALE" if male else ""
    if lower in _SEX:
        return _SEX[lower]
    return "ALL" if lower in {"all", "both"} or ("female" in lower and re.search(r"\bmales?\b", lower)) else ""


def _interventions(text: str) -> list[dict[str, str]]:
    found = []
    for part in _parts(text)[:40]:
        kind, colon, name = part.partition(":")
        known = kind.strip().upper().replace(" ", "_")
        if colon and known in {"DRUG", "DEVICE", "BIOLOGICAL", "PROCEDURE", "RADIATION", "BEHAVIORAL", "GENETIC",
                               "DIETARY_SUPPLEMENT", "COMBINATION_PRODUCT", "DIAGNOSTIC_TEST", "OTHER"}:  # fmt: skip
            found.append({"type": known, "name": name.strip()})
        else:
            found.append({"type": "OTHER", "name": part if len(part) <= 200 else f"{part[:199]}…"}
                         | ({"description": part} if len(part) > 200 else {}))  # fmt: skip
    return found


def _countries(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;|\n]+", text) if part.strip()))
