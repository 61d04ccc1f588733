"""JSON of CTIS, of the EU Clinical Trials Register and of ISRCTN, as their public interfaces and ctrdata give it.

One function a register makes a record in the shape of the study model. Must not know the log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..model.ids import StudyId
from .converting import Converted, compact, criteria_text, day, number, years

_CHILD = "authorizedPartI", "trialDetails"
_CTIS_STATUS = (
    ("ended recruiting", "ACTIVE_NOT_RECRUITING"),
    ("ended", "COMPLETED"),
    ("halted", "SUSPENDED"),
    ("recruiting", "RECRUITING"),
    ("ongoing", "RECRUITING"),
    ("not started", "NOT_YET_RECRUITING"),
    ("pending", "NOT_YET_RECRUITING"),
)
_CTIS_CODES = {
    "2": "not started",
    "3": "not started",
    "4": "recruiting",
    "5": "ongoing, ended recruiting",
    "8": "ended",
}
_EUCTR_STATUS = {"completed": "COMPLETED", "ongoing": "UNKNOWN", "prematurely ended": "TERMINATED",
                 "temporarily halted": "SUSPENDED", "restarted": "UNKNOWN"}  # fmt: skip
_PHASE_WORDS = (("phase iv", "PHASE4"), ("phase iii", "PHASE3"), ("phase ii", "PHASE2"), ("phase i", "PHASE1"))


def knows(head: bytes, name: str) -> bool:
    """Whether a file is JSON of one of these registers, by its first bytes."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:4000]
    if not start.startswith((b"{", b"[")) or b'"protocolSection"' in start:
        return False
    return any(
        key in start for key in (b'"ctNumber"', b'"ctStatus"', b'"a2_eudract_number"', b'"isrctn"', b'"EUCTR"')
    )


def read(path: Path) -> Iterator[Converted]:
    """Every record of a file: one object, a list of them, or a line each."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        yield Converted(path.name, None, f"not UTF-8: {error.reason}")
        return
    for place, found in enumerate(_objects(text), 1):
        yield convert(found, place=f"{path.name}#{place}")


def convert(found: Any, *, place: str) -> Converted:
    """One record of one of these registers."""
    for key, make in _MAKERS:
        if isinstance(found, dict) and key in found:
            study_id = StudyId.find(_prefixed(key, str(found[key])))
            if study_id is None:
                return Converted(place, None, f"{str(found[key])[:40]!r} is not an id of its register")
            return Converted(place, _record(study_id, make(found), found), "")
    return Converted(place, None, "not a record of CTIS, EUCTR or ISRCTN")


def _objects(text: str) -> Iterator[Any]:
    try:
        whole = json.loads(text)
    except ValueError:
        for line in text.splitlines():
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError:
                    yield None
        return
    yield from whole if isinstance(whole, list) else [whole]


def _prefixed(key: str, text: str) -> str:
    return f"ISRCTN{text}" if key == "isrctn" and text.isdigit() else text


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        if isinstance(value, list):
            value = value[0] if value else None
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _all(value: Any, *keys: str) -> list[Any]:
    """Every value below the keys, single things and lists alike."""
    found = value if isinstance(value, list) else [value]
    for key in keys:
        found = [each.get(key) for each in found if isinstance(each, dict)]
        found = [one for each in found for one in (each if isinstance(each, list) else [each])]
    return [each for each in found if each not in (None, "")]


def _phases(text: str) -> list[str]:
    lower, found = text.lower(), []
    for words, phase in _PHASE_WORDS:
        if words in lower:
            lower = lower.replace(words, "")
            found.append(phase)
    return sorted(found)


def _record(study_id: StudyId, modules: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    modules["identificationModule"]["nctId"] = str(study_id)
    return {
        "protocolSection": compact(modules),
        "hasResults": bool(_at(given, "results", "basicReport") or given.get("results_first_date")),
        "registration": {
            "register": study_id.register.name,
            "source": study_id.register.name,
            "asRegistered": given,
        },
    }


def _ids(*texts: str) -> list[dict[str, str]]:
    return [{"id": text} for text in dict.fromkeys(filter(None, texts))]


def _ctis(given: dict[str, Any]) -> dict[str, Any]:
    whole = given.get("authorizedApplication") or given  # the public interface since 2024 wraps it
    given = {**given, **whole}
    part = _at(given, *_CHILD) or {}
    about = part.get("trialInformation") or {}
    named = part.get("clinicalTrialIdentifiers") or {}
    criteria = about.get("eligibilityCriteria") or {}
    ends = about.get("endPoint") or {}
    status = _CTIS_CODES.get(
        str(given.get("ctPublicStatusCode") or given.get("ctStatus")), str(given.get("ctStatus"))
    )
    sponsors = _all(given, "authorizedPartI", "sponsors", "organisation", "name") or _all(
        given, "primarySponsor", "organisation", "name"
    )
    contact = _at(given, "primarySponsor", "publicContacts") or {}
    ages = str(given.get("ageGroup") or "")
    return {
        "identificationModule": {
            "briefTitle": named.get("publicTitle") or given.get("title"),
            "officialTitle": named.get("fullTitle") or given.get("title"),
            "acronym": named.get("shortTitle"),
            "secondaryIdInfos": _ids(
                str(given.get("ctNumber") or ""),
                *(
                    str(_at(each, "number") or "")
                    for each in _all(named, "secondaryIdentifyingNumbers", "nctNumber")
                ),
                *map(str, _all(named, "secondaryIdentifyingNumbers", "additionalRegistries", "number")),
            ),
        },
        "statusModule": {
            "overallStatus": next((value for words, value in _CTIS_STATUS if words in status.lower()), "UNKNOWN"),
            "startDateStruct": {"date": day(str(given.get("startDateEU") or ""))},
            "studyFirstPostDateStruct": {
                "date": day(str(given.get("authorizationDate") or given.get("decisionDateOverall") or ""))
            },
            "lastUpdatePostDateStruct": {
                "date": day(str(given.get("lastUpdated") or given.get("record_last_import") or ""))
            },
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": next(iter(sponsors), "")},
            "collaborators": [{"name": name} for name in dict.fromkeys(sponsors[1:])],
        },
        "descriptionModule": {"briefSummary": _at(about, "trialObjective", "mainObjective")},
        "conditionsModule": {
            "conditions": list(
                dict.fromkeys(_all(about, "medicalCondition", "partIMedicalConditions", "medicalCondition"))
            )
        },
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": _phases(str(given.get("trialPhase") or "")),
            "enrollmentInfo": {"count": number(str(given.get("totalNumberEnrolled") or ""))},
        },
        "armsInterventionsModule": {
            "interventions": [
                {"type": "DRUG", "name": name}
                for name in dict.fromkeys(
                    _all(given, "authorizedPartI", "products", "productDictionaryInfo", "activeSubstanceName")
                    or _all(given, "authorizedPartI", "products", "jsonActiveSubstanceNames")
                )
            ]
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": text} for text in _all(ends, "primaryEndPoints", "endPoint")],
            "secondaryOutcomes": [{"measure": text} for text in _all(ends, "secondaryEndPoints", "endPoint")],
        },
        "eligibilityModule": {
            "eligibilityCriteria": criteria_text(
                _numbered(_all(criteria, "principalInclusionCriteria", "principalInclusionCriteria")),
                _numbered(_all(criteria, "principalExclusionCriteria", "principalExclusionCriteria")),
            ),
            "sex": _sex(
                "female" in str(given.get("gender") or "").lower(),
                bool(re.search(r"(?<!fe)male", str(given.get("gender") or "").lower())),
            ),
            "stdAges": [
                age
                for words, age in (("0-17", "CHILD"), ("18-64", "ADULT"), ("65+", "OLDER_ADULT"))
                if words in ages
            ],
        },
        "contactsLocationsModule": {
            "centralContacts": compact(
                [
                    {
                        "name": _at(contact, "functionalName"),
                        "phone": _at(contact, "telephone"),
                        "email": _at(contact, "functionalEmailAddress"),
                    }
                ]
            ),
            "locations": [
                {"country": name} for name in dict.fromkeys(_all(given, "memberStatesConcerned", "mscName"))
            ],
        },
    }


def _euctr(given: dict[str, Any]) -> dict[str, Any]:
    def said(key: str) -> str:
        return str(given.get(key) or "")

    yes = {key: said(key).lower().startswith("yes") for key in (
        "e71_human_pharmacology_phase_i", "e72_therapeutic_exploratory_phase_ii",
        "e73_therapeutic_confirmatory_phase_iii", "e74_therapeutic_use_phase_iv", "f21_female", "f22_male",
        "f11_trial_has_subjects_under_18", "f12_adults_1864_years", "f13_elderly_65_years", "f31_healthy_volunteers",
        "e811_randomised", "e814_double_blind", "e812_open")}  # fmt: skip
    sponsors = _all(given, "b1_sponsor", "b11_name_of_sponsor")
    country = said("a1_member_state_concerned").split(" - ")[0]
    phases = [f"PHASE{n}" for n, key in enumerate(list(yes)[:4], 1) if yes[key]]
    drugs = (
        _all(given, "dimp", "d38_inn__proposed_inn")
        or _all(given, "dimp", "d31_product_name")
        or _all(given, "dimp", "d2111_trade_name")
    )
    return {
        "identificationModule": {
            "briefTitle": said(
                "a31_title_of_the_trial_for_lay_people_in_easily_understood_ie_nontechnical_language"
            )
            or said("a3_full_title_of_the_trial"),
            "officialTitle": said("a3_full_title_of_the_trial"),
            "acronym": said("a32_name_or_abbreviated_title_of_the_trial_where_available"),
            "orgStudyIdInfo": {"id": said("a41_sponsors_protocol_code_number")},
            "secondaryIdInfos": _ids(*(said(key) for key in given if key.startswith("a5"))),
        },
        "statusModule": {
            "overallStatus": _EUCTR_STATUS.get(said("x5_trial_status").lower(), "UNKNOWN"),
            "studyFirstPostDateStruct": {
                "date": day(said("x6_date_on_which_this_record_was_first_entered_in_the_eudract_database"))
            },
            "lastUpdatePostDateStruct": {"date": day(said("record_last_import"))},
            "completionDateStruct": {"date": day(said("p_date_of_the_global_end_of_the_trial"))},
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": next(iter(sponsors), "")},
            "collaborators": [{"name": name} for name in dict.fromkeys(sponsors[1:])],
        },
        "descriptionModule": {"briefSummary": said("e21_main_objective_of_the_trial")},
        "conditionsModule": {"conditions": [said("e11_medical_conditions_being_investigated")]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": phases,
            "enrollmentInfo": {
                "count": number(said("f422_in_the_whole_clinical_trial") or said("f41_in_the_member_state"))
            },
            "designInfo": {
                "allocation": "RANDOMIZED" if yes["e811_randomised"] else "",
                "maskingInfo": {
                    "masking": "DOUBLE" if yes["e814_double_blind"] else "NONE" if yes["e812_open"] else ""
                },
            },
        },
        "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": n} for n in dict.fromkeys(drugs)]},
        "outcomesModule": {
            "primaryOutcomes": [
                {
                    "measure": said("e51_primary_end_points"),
                    "timeFrame": said("e511_timepoints_of_evaluation_of_this_end_point"),
                }
            ]
            if said("e51_primary_end_points")
            else [],
            "secondaryOutcomes": [{"measure": said("e52_secondary_end_points")}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": criteria_text(
                said("e3_principal_inclusion_criteria"), said("e4_principal_exclusion_criteria")
            ),
            "sex": _sex(yes["f21_female"], yes["f22_male"]),
            "healthyVolunteers": yes["f31_healthy_volunteers"],
            "stdAges": [
                age
                for key, age in (
                    ("f11_trial_has_subjects_under_18", "CHILD"),
                    ("f12_adults_1864_years", "ADULT"),
                    ("f13_elderly_65_years", "OLDER_ADULT"),
                )
                if yes[key]
            ],
        },
        "contactsLocationsModule": {"locations": [{"country": country}] if country else []},
    }


def _isrctn(given: dict[str, Any]) -> dict[str, Any]:
    about, people = given.get("trialDescription") or {}, given.get("participants") or {}
    others, design = given.get("externalRefs") or {}, given.get("trialDesign") or {}
    start = day(str(people.get("recruitmentStart") or ""))
    sites = _all(people, "trialCentres", "trialCentre")
    gender = str(people.get("gender") or "").lower()
    interventions = _all(given, "interventions", "intervention")
    return {
        "identificationModule": {
            "briefTitle": about.get("title"),
            "officialTitle": about.get("scientificTitle"),
            "acronym": about.get("acronym"),
            "orgStudyIdInfo": {"id": others.get("protocolSerialNumber")},
            "secondaryIdInfos": _ids(
                str(others.get("eudraCTNumber") or ""),
                str(others.get("clinicalTrialsGovNumber") or ""),
                *map(str, _all(others, "secondaryNumbers", "secondaryNumber")),
            ),
        },
        "statusModule": {
            "overallStatus": "UNKNOWN",
            "startDateStruct": {"date": start},
            "completionDateStruct": {"date": day(str(design.get("overallEndDate") or ""))},
            "lastUpdatePostDateStruct": {"date": day(str(given.get("record_last_import") or ""))},
        },
        "descriptionModule": {
            "briefSummary": about.get("plainEnglishSummary"),
            "detailedDescription": about.get("studyHypothesis"),
        },
        "conditionsModule": {"conditions": _all(given, "conditions", "condition", "description")},
        "designModule": {
            "studyType": str(design.get("primaryStudyDesign") or "").upper(),
            "phases": [phase for each in interventions for phase in _phases(str(each.get("phase") or ""))],
            "enrollmentInfo": {
                "count": number(str(people.get("totalFinalEnrolment") or people.get("targetEnrolment") or ""))
            },
        },
        "armsInterventionsModule": {
            "interventions": [
                {
                    "type": "DRUG" if each.get("drugNames") else "OTHER",
                    "name": each.get("drugNames") or str(each.get("interventionType") or "Intervention"),
                    "description": each.get("description"),
                }
                for each in interventions
            ]
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": about.get("primaryOutcome")}],
            "secondaryOutcomes": [{"measure": about.get("secondaryOutcome")}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": criteria_text(
                str(people.get("inclusion") or ""), str(people.get("exclusion") or "")
            ),
            "sex": {"all": "ALL", "both": "ALL", "female": "FEMALE", "male": "MALE"}.get(gender, ""),
            "minimumAge": years(str(people.get("lowerAgeLimit") or "")),
            "maximumAge": years(str(people.get("upperAgeLimit") or "")),
        },
        "contactsLocationsModule": {
            "locations": [
                {"facility": _at(site, "name"), "city": _at(site, "city"), "country": _at(site, "country")}
                for site in sites
            ]
            or [{"country": name} for name in _all(people, "recruitmentCountries", "country")]
        },
        "ipdSharingStatementModule": {"description": _at(given, "results", "ipdSharingStatement")},
    }


def _numbered(texts: list[Any]) -> str:
    return "\n".join(f"{number}. {' '.join(str(text).split())}" for number, text in enumerate(texts, 1))


def _sex(female: bool, male: bool) -> str:
    return "ALL" if female and male else "FEMALE" if female else "MALE" if male else ""


_MAKERS: tuple[tuple[str, Callable[[dict[str, Any]], dict[str, Any]]], ...] = (
    ("ctNumber", _ctis),
    ("a2_eudract_number", _euctr),
    ("isrctn", _isrctn),
)
