"""Short forms for writing a study record of the registry's v2 shape.

Owns the boilerplate that every record repeats: dates with their type, arms joined to interventions, MeSH terms
with their ancestors. Must not know any single study.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any

from trialkin.vocab import label

Json = dict[str, Any]
RELEASE = "2026-11-20"  # the data release that the invented records pretend to come from
NOTICE = "Invented sample study"
_MESH = Path(__file__).with_name("mesh.tsv")


def prose(text: str) -> str:
    """Paragraphs (apart by a blank line) with their line breaks joined."""
    return "\n\n".join(" ".join(part.split()) for part in cleandoc(text).split("\n\n"))


def date(text: str) -> Json:
    """`2026-03` is ACTUAL, `2027-03~` ESTIMATED, `2027-03?` of no stated type."""
    kinds = {"~": "ESTIMATED", "?": None}
    if text[-1] in kinds:
        return clean({"date": text[:-1], "type": kinds[text[-1]]})
    return {"date": text, "type": "ACTUAL"}


def clean(value: Mapping[str, Any]) -> Json:
    """The mapping without absent values: the registry omits them."""
    return {key: item for key, item in value.items() if item is not None and item != [] and item != {}}


def browse(terms: Iterable[str]) -> Json:
    """A browse module: the MeSH terms with the ancestors that the registry gives them."""
    with _MESH.open(encoding="utf-8", newline="") as file:
        rows = {row["term"]: row for row in csv.DictReader(file, delimiter="\t")}
    by_id = {row["id"]: row for row in rows.values()}
    meshes = [{"id": rows[term]["id"], "term": term} for term in terms]
    seen = {mesh["id"] for mesh in meshes}
    ancestors = []
    for mesh in meshes:
        for wanted in filter(None, by_id[mesh["id"]]["ancestors"].split(" ")):
            if wanted not in seen:
                seen.add(wanted)
                ancestors.append({"id": wanted, "term": by_id[wanted]["term"]})
    return clean({"meshes": meshes, "ancestors": ancestors})


def arms_and_interventions(arms: list[tuple[str, ...]], interventions: list[tuple[Any, ...]]) -> Json:
    """Arms `(type, label, description, name, …)` and interventions `(type, name, description, [other names])`."""
    types = {name: kind for kind, name, *_ in interventions}
    return clean(
        {
            "armGroups": [
                clean(
                    {
                        "label": title,
                        "type": kind or None,
                        "description": prose(text) or None,
                        "interventionNames": [
                            f"{label('InterventionType', types[name])}: {name}" for name in names
                        ],
                    }
                )
                for kind, title, text, *names in arms
            ],
            "interventions": [
                clean(
                    {
                        "type": kind,
                        "name": name,
                        "description": prose(text) or None,
                        "armGroupLabels": [arm[1] for arm in arms if name in arm[3:]],
                        "otherNames": list(rest[0]) if rest else [],
                    }
                )
                for kind, name, text, *rest in interventions
            ],
        }
    )


def outcomes(*items: tuple[str, ...]) -> list[Json]:
    """Outcomes `(measure, time frame, description)`, the description optional."""
    return [
        clean({"measure": measure, "description": prose(rest[0]) if rest else None, "timeFrame": frame or None})
        for measure, frame, *rest in items
    ]


def contact(name: str, *, role: str = "CONTACT", phone: str | None = "555-0100", ext: str | None = None) -> Json:
    """A fictitious person with a fictitious number and an example address."""
    parts = name.split(",")[0].split()
    email = f"{parts[0][0]}.{parts[-1]}@example.org".lower() if role == "CONTACT" else None
    return clean({"name": name, "role": role, "phone": phone, "phoneExt": ext, "email": email})


def site(facility: str, city: str, country: str, **more: Any) -> Json:
    """A site; `at` is (latitude, longitude), the rest as in the record."""
    at = more.pop("at", None)
    place = {"facility": facility, "status": more.pop("status", None), "city": city}
    point = {"lat": at[0], "lon": at[1]} if at else None
    return clean(
        {
            **place,
            "state": more.pop("state", None),
            "zip": more.pop("zip", None),
            "country": country,
            "contacts": more.pop("contacts", None),
            "geoPoint": point,
            **more,
        }
    )


def merge(base: Json, extra: Mapping[str, Any]) -> Json:
    """`extra` laid over `base`, object by object; None removes a key."""
    for key, value in extra.items():
        if value is None:
            base.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = value
    return base


def _status(more: Json, status: str) -> Json:
    first = more.pop("first", "2024-01-15")
    update = more.pop("update", "2026-06-10")
    named = {
        "startDateStruct": more.pop("start", None),
        "primaryCompletionDateStruct": more.pop("primary_completion", None),
        "completionDateStruct": more.pop("completion", None),
    }
    return clean(
        {
            "statusVerifiedDate": update[:7],
            "overallStatus": status,
            "expandedAccessInfo": {"hasExpandedAccess": False},
            **{key: date(text) if text else None for key, text in named.items()},
            "studyFirstSubmitDate": first,
            "studyFirstSubmitQcDate": first,
            "studyFirstPostDateStruct": date(first),
            "lastUpdateSubmitDate": update,
            "lastUpdatePostDateStruct": date(update),
        }
    )


def _design(more: Json, study_type: str) -> Json:
    count, kind = more.pop("enrollment", (None, None))
    return clean(
        {
            "studyType": study_type,
            "phases": more.pop("phases", None),
            "designInfo": more.pop("design", None),
            "enrollmentInfo": clean({"count": count, "type": kind}),
        }
    )


def design(allocation: str | None, model: str, purpose: str, masking: str = "NONE", *who: str) -> Json:
    """The design of an interventional study; `who` are the masked parties."""
    return clean(
        {
            "allocation": allocation,
            "interventionModel": model,
            "primaryPurpose": purpose,
            "maskingInfo": clean({"masking": masking, "whoMasked": list(who)}),
        }
    )


def _std_ages(low: str | None, high: str | None) -> list[str]:
    def years(text: str | None, default: float) -> float:
        if text is None:
            return default
        count, unit = text.split()
        return int(count) * {"Y": 1, "M": 1 / 12, "W": 1 / 52, "D": 1 / 365, "H": 0}[unit[0]]

    least, most = years(low, 0), years(high, 200)
    bounds = (("CHILD", 0, 17), ("ADULT", 18, 64), ("OLDER_ADULT", 65, 200))
    return [name for name, start, end in bounds if least <= end and most >= start]


def _identification(nct_id: str, title: str, more: Json, sponsor: tuple[str, str]) -> Json:
    name, kind = sponsor
    return clean(
        {
            "nctId": nct_id,
            "orgStudyIdInfo": {"id": more.pop("org_id", f"INV-{nct_id[-4:]}")},
            "briefTitle": title,
            "officialTitle": more.pop("official", None),
            "acronym": more.pop("acronym", None),
            "organization": {"fullName": name, "class": kind},
        }
    )


def _eligibility(more: Json) -> Json:
    ages = more.pop("ages", ("18 Years", None))
    return clean(
        {
            "eligibilityCriteria": cleandoc(more.pop("criteria", "")) or None,
            "healthyVolunteers": more.pop("healthy", False),
            "sex": more.pop("sex", "ALL"),
            "minimumAge": ages[0],
            "maximumAge": ages[1],
            "stdAges": _std_ages(*ages),
        }
    )


def study(number: int, title: str, *, status: str, sponsor: tuple[str, str], summary: str, **more: Any) -> Json:
    """One invented record; what the short forms do not cover comes in `extra`, laid over the rest."""
    extra = more.pop("extra", {})
    arms = arms_and_interventions(more.pop("arms", []), more.pop("interventions", []))
    results = more.pop("results", None)
    collaborators = [{"name": name, "class": kind} for name, kind in more.pop("collaborators", [])]
    protocol = {
        "identificationModule": _identification(f"NCT99{number:06d}", title, more, sponsor),
        "statusModule": _status(more, status),
        "sponsorCollaboratorsModule": clean(
            {
                "responsibleParty": more.pop("responsible", {"type": "SPONSOR"}),
                "leadSponsor": {"name": sponsor[0], "class": sponsor[1]},
                "collaborators": collaborators,
            }
        ),
        "oversightModule": clean(
            {
                "oversightHasDmc": more.pop("dmc", True),
                "isFdaRegulatedDrug": False,
                "isFdaRegulatedDevice": False,
            }
        ),
        "descriptionModule": clean(
            {
                "briefSummary": prose(f"{NOTICE}. {summary}"),
                "detailedDescription": prose(more.pop("description", "")) or None,
            }
        ),
        "conditionsModule": clean({"conditions": more.pop("conditions"), "keywords": more.pop("keywords", None)}),
        "designModule": _design(more, more.pop("study_type", "INTERVENTIONAL")),
        "armsInterventionsModule": arms,
        "outcomesModule": clean(
            {f"{kind}Outcomes": outcomes(*more.pop(kind, [])) for kind in ("primary", "secondary", "other")}
        ),
        "eligibilityModule": _eligibility(more),
        "contactsLocationsModule": clean(
            {
                "centralContacts": more.pop("contacts", None),
                "overallOfficials": more.pop("officials", None),
                "locations": more.pop("sites", None),
            }
        ),
        "referencesModule": clean({"references": more.pop("references", None)}),
        "ipdSharingStatementModule": more.pop("ipd", None),
    }
    record = clean(
        {
            "protocolSection": clean(protocol),
            "resultsSection": results,
            "derivedSection": clean(
                {
                    "miscInfoModule": {"versionHolder": RELEASE},
                    "conditionBrowseModule": browse(more.pop("mesh", [])),
                    "interventionBrowseModule": browse(more.pop("intervention_mesh", [])),
                }
            ),
            "hasResults": results is not None,
        }
    )
    if more:
        raise TypeError(f"unknown short forms in study {number}: {sorted(more)}")
    return merge(record, extra)
