"""The tables of AACT out of a registry record: names, columns and derived values as analysts know them.

Source: the public schema and mapping of AACT (Clinical Trials Transformation Initiative), October 2024. Ids are counted
within a study, so that they stay the same from one export to the next. Columns that AACT has not are marked as
Trialkin's in `vocab/data/table_columns.tsv`. Must not know files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from . import results
from .paths import Place, below, first_day, last_day, lower, number, text, truth, walk, whole

Row = dict[str, Any]
_ROOTS = {
    "P": "protocolSection",
    "R": "resultsSection",
    "D": "derivedSection",
    "A": "annotationSection",
    "Doc": "documentSection",
}
_MODULES = {
    "ident": "identificationModule",
    "status": "statusModule",
    "sponsor": "sponsorCollaboratorsModule",
    "oversight": "oversightModule",
    "descr": "descriptionModule",
    "cond": "conditionsModule",
    "design": "designModule",
    "arms": "armsInterventionsModule",
    "outc": "outcomesModule",
    "elig": "eligibilityModule",
    "contloc": "contactsLocationsModule",
    "refs": "referencesModule",
    "ipd": "ipdSharingStatementModule",
    "flow": "participantFlowModule",
    "base": "baselineCharacteristicsModule",
    "om": "outcomeMeasuresModule",
    "ae": "adverseEventsModule",
    "more": "moreInfoModule",
    "misc": "miscInfoModule",
    "cbrowse": "conditionBrowseModule",
    "ibrowse": "interventionBrowseModule",
    "ann": "annotationModule",
    "docs": "largeDocumentModule",
}


def full(path: str) -> str:
    """A path in short ("P.ident.acronym") as the record has it."""
    root, *rest = path.split(".")
    if not rest:
        return _ROOTS[root]
    return ".".join((_ROOTS[root], _MODULES[rest[0]], *rest[1:]))


def rows(record: Any, nct_id: str) -> Iterator[tuple[str, Row]]:
    """Every row of one study as (table, row); values that a table has no column for are left out by the writer."""
    ids = Ids(nct_id)
    for table, row in _all(record, ids):
        row.setdefault("nct_id", nct_id)
        if table not in {"studies"}:
            row.setdefault("id", ids.next(table))
        yield table, row


class Ids:
    """Numbers for the rows of a study: its own number and a count, unique over a table and always the same."""

    def __init__(self, nct_id: str) -> None:
        digits = re.sub(r"\D", "", nct_id)[-10:]
        self._base = int(digits or 0) * 1_000_000
        self._counts: dict[str, int] = {}

    def next(self, table: str) -> int:
        """The next id of a table."""
        self._counts[table] = self._counts.get(table, 0) + 1
        return self._base + self._counts[table]


def _all(record: Any, ids: Ids) -> Iterator[tuple[str, Row]]:
    root = Place(record, None)
    yield "studies", _study(root)
    yield "calculated_values", _calculated(root)
    for table, path, read in _SIMPLE:
        for place in walk(record, full(path)):
            yield table, {name: value(place) for name, value in read.items()}
    yield from _countries(record)
    yield from _arms(record, ids)
    yield from _facilities(record, ids)
    yield from _references(record, ids)
    yield from results.rows(record, ids.next)


def _of(path: str, convert: Callable[[Any], Any] = text) -> Callable[[Place], Any]:
    return lambda place: convert(place.get(path))


def _is(value: Any) -> Callable[[Place], Any]:
    return lambda place: value


def _in(path: str, value: str) -> Callable[[Place], bool | None]:
    def read(place: Place) -> bool | None:
        found = place.get(path)
        return value in found if isinstance(found, list) else None

    return read


def _contact_type(place: Place) -> str:
    return "primary" if place.number == 0 else "backup"


_ITEM = _of("")
_NAME = {"name": _ITEM, "downcase_name": _of("", lower)}
_CONTACT = {"name": _of("name"), "phone": _of("phone"), "email": _of("email"), "phone_extension": _of("phoneExt")}
_LARGE = "https://ClinicalTrials.gov/ProvidedDocs"


def _mesh(kind: str) -> dict[str, Callable[[Place], Any]]:
    return {
        "mesh_term": _of("term"),
        "downcase_mesh_term": _of("term", lower),
        "mesh_type": _is(kind),
        "mesh_id": _of("id"),
    }


def _outcome(kind: str) -> dict[str, Callable[[Place], Any]]:
    return {
        "outcome_type": _is(kind),
        "measure": _of("measure"),
        "time_frame": _of("timeFrame"),
        "description": _of("description"),
    }


def _identifier(source: str) -> dict[str, Callable[[Place], Any]]:
    return {
        "id_source": _is(source),
        "id_value": _of("id"),
        "id_type": _of("type"),
        "id_type_description": _of("domain"),
        "id_link": _of("link"),
    }


def _document_url(place: Place) -> str | None:
    name, top = place.get("filename"), place
    while top.above is not None:
        top = top.above
    nct_id = top.get(full("P.ident.nctId"))
    return f"{_LARGE}/{nct_id[-2:]}/{nct_id}/{name}" if name and nct_id else None


def _age(name: str) -> Callable[[Place], str]:
    return lambda place: text(place.get(name)) or "N/A"


_SIMPLE: tuple[tuple[str, str, dict[str, Callable[[Place], Any]]], ...] = (
    ("brief_summaries", "P.descr.briefSummary", {"description": _ITEM}),
    ("detailed_descriptions", "P.descr.detailedDescription", {"description": _ITEM}),
    ("conditions", "P.cond.conditions", _NAME),
    ("keywords", "P.cond.keywords", _NAME),
    ("browse_conditions", "D.cbrowse.meshes", _mesh("mesh-list")),
    ("browse_conditions", "D.cbrowse.ancestors", _mesh("mesh-ancestor")),
    ("browse_interventions", "D.ibrowse.meshes", _mesh("mesh-list")),
    ("browse_interventions", "D.ibrowse.ancestors", _mesh("mesh-ancestor")),
    (
        "sponsors",
        "P.sponsor.leadSponsor",
        {"agency_class": _of("class"), "lead_or_collaborator": _is("lead"), "name": _of("name")},
    ),
    (
        "sponsors",
        "P.sponsor.collaborators",
        {"agency_class": _of("class"), "lead_or_collaborator": _is("collaborator"), "name": _of("name")},
    ),
    (
        "responsible_parties",
        "P.sponsor.responsibleParty",
        {
            "responsible_party_type": _of("type"),
            "name": _of("investigatorFullName"),
            "title": _of("investigatorTitle"),
            "affiliation": _of("investigatorAffiliation"),
            "old_name_title": _of("oldNameTitle"),
            "organization": _of("oldOrganization"),
        },
    ),
    ("id_information", "P.ident.orgStudyIdInfo", _identifier("org_study_id")),
    ("id_information", "P.ident.secondaryIdInfos", _identifier("secondary_id")),
    ("id_information", "P.ident.nctIdAliases", {"id_source": _is("nct_alias"), "id_value": _ITEM}),
    (
        "designs",
        "P.design.designInfo",
        {
            "allocation": _of("allocation"),
            "observational_model": _of("observationalModel"),
            "intervention_model": _of("interventionModel"),
            "intervention_model_description": _of("interventionModelDescription"),
            "primary_purpose": _of("primaryPurpose"),
            "time_perspective": _of("timePerspective"),
            "masking": _of("maskingInfo.masking"),
            "masking_description": _of("maskingInfo.maskingDescription"),
            "subject_masked": _in("maskingInfo.whoMasked", "PARTICIPANT"),
            "caregiver_masked": _in("maskingInfo.whoMasked", "CARE_PROVIDER"),
            "investigator_masked": _in("maskingInfo.whoMasked", "INVESTIGATOR"),
            "outcomes_assessor_masked": _in("maskingInfo.whoMasked", "OUTCOMES_ASSESSOR"),
        },
    ),
    ("design_outcomes", "P.outc.primaryOutcomes", _outcome("primary")),
    ("design_outcomes", "P.outc.secondaryOutcomes", _outcome("secondary")),
    ("design_outcomes", "P.outc.otherOutcomes", _outcome("other")),
    (
        "eligibilities",
        "P.elig",
        {
            "sampling_method": _of("samplingMethod"),
            "population": _of("studyPopulation"),
            "minimum_age": _age("minimumAge"),
            "maximum_age": _age("maximumAge"),
            "gender": _of("sex"),
            "gender_based": _of("genderBased", truth),
            "gender_description": _of("genderDescription"),
            "healthy_volunteers": _of("healthyVolunteers", truth),
            "criteria": _of("eligibilityCriteria"),
            "adult": _in("stdAges", "ADULT"),
            "child": _in("stdAges", "CHILD"),
            "older_adult": _in("stdAges", "OLDER_ADULT"),
        },
    ),
    (
        "central_contacts",
        "P.contloc.centralContacts",
        {**_CONTACT, "contact_type": _contact_type, "role": _of("role")},
    ),
    (
        "overall_officials",
        "P.contloc.overallOfficials",
        {"name": _of("name"), "affiliation": _of("affiliation"), "role": _of("role")},
    ),
    ("links", "P.refs.seeAlsoLinks", {"url": _of("url"), "description": _of("label")}),
    (
        "documents",
        "P.refs.availIpds",
        {"document_id": _of("id"), "document_type": _of("type"), "url": _of("url"), "comment": _of("comment")},
    ),
    ("ipd_information_types", "P.ipd.infoTypes", {"name": _ITEM}),
    (
        "provided_documents",
        "Doc.docs.largeDocs",
        {
            "document_type": _of("label"),
            "has_protocol": _of("hasProtocol", truth),
            "has_icf": _of("hasIcf", truth),
            "has_sap": _of("hasSap", truth),
            "document_date": _of("date", last_day),
            "document_date_raw": _of("date"),
            "upload_date": _of("uploadDate"),
            "url": _document_url,
        },
    ),
    (
        "pending_results",
        "A.ann.unpostedAnnotation.unpostedEvents",
        {"event": _of("type"), "event_date_description": _of("date"), "event_date": _of("date", last_day)},
    ),
)


def _countries(record: Any) -> Iterator[tuple[str, Row]]:
    listed = dict.fromkeys(text(place.value) for place in walk(record, full("P.contloc.locations") + ".country"))
    for name in listed:
        yield "countries", {"name": name, "removed": False}
    for place in walk(record, full("D.misc.removedCountries")):
        yield "countries", {"name": text(place.value), "removed": True}


def _arms(record: Any, ids: Ids) -> Iterator[tuple[str, Row]]:
    arms: dict[Any, int] = {}
    for place in walk(record, full("P.arms.armGroups")):
        made = ids.next("design_groups")
        arms.setdefault(place.get("label"), made)
        yield (
            "design_groups",
            {
                "id": made,
                "group_type": text(place.get("type")),
                "title": text(place.get("label")),
                "description": text(place.get("description")),
            },
        )
    for place in walk(record, full("P.arms.interventions")):
        made = ids.next("interventions")
        yield (
            "interventions",
            {
                "id": made,
                "intervention_type": text(place.get("type")),
                "name": text(place.get("name")),
                "description": text(place.get("description")),
            },
        )
        for other in below(place, "otherNames"):
            yield "intervention_other_names", {"intervention_id": made, "name": text(other.value)}
        for arm in below(place, "armGroupLabels"):
            if arm.value in arms:
                yield "design_group_interventions", {"intervention_id": made, "design_group_id": arms[arm.value]}


_INVESTIGATES = re.compile(r"investigator|study[ _]chair", re.IGNORECASE)


def _facilities(record: Any, ids: Ids) -> Iterator[tuple[str, Row]]:
    for place in walk(record, full("P.contloc.locations")):
        made = ids.next("facilities")
        yield (
            "facilities",
            {
                "id": made,
                "name": text(place.get("facility")),
                "latitude": number(place.get("geoPoint.lat")),
                "longitude": number(place.get("geoPoint.lon")),
                **{name: text(place.get(name)) for name in ("status", "city", "state", "zip", "country")},
            },
        )
        first = True
        for contact in below(place, "contacts"):
            row = {"facility_id": made, **{name: read(contact) for name, read in _CONTACT.items()}}
            if _INVESTIGATES.search(text(contact.get("role")) or ""):
                yield "facility_investigators", {**row, "role": text(contact.get("role"))}
                continue
            yield "facility_contacts", {**row, "contact_type": "primary" if first else "backup"}
            first = False


def _references(record: Any, ids: Ids) -> Iterator[tuple[str, Row]]:
    for place in walk(record, full("P.refs.references")):
        made = ids.next("study_references")
        yield (
            "study_references",
            {
                "id": made,
                "pmid": text(place.get("pmid")),
                "reference_type": text(place.get("type")),
                "citation": text(place.get("citation")),
            },
        )
        for other in below(place, "retractions"):
            row = {"reference_id": made, "pmid": text(other.get("pmid")), "source": text(other.get("source"))}
            yield "retractions", row


_STUDY_DATES = {
    "study_first_submitted_date": "P.status.studyFirstSubmitDate",
    "study_first_submitted_qc_date": "P.status.studyFirstSubmitQcDate",
    "study_first_posted_date": "P.status.studyFirstPostDateStruct.date",
    "results_first_submitted_date": "P.status.resultsFirstSubmitDate",
    "results_first_submitted_qc_date": "P.status.resultsFirstSubmitQcDate",
    "results_first_posted_date": "P.status.resultsFirstPostDateStruct.date",
    "disposition_first_submitted_date": "P.status.dispFirstSubmitDate",
    "disposition_first_submitted_qc_date": "P.status.dispFirstSubmitQcDate",
    "disposition_first_posted_date": "P.status.dispFirstPostDateStruct.date",
    "last_update_submitted_date": "P.status.lastUpdateSubmitDate",
    "last_update_submitted_qc_date": "P.status.lastUpdateSubmitDate",
    "last_update_posted_date": "P.status.lastUpdatePostDateStruct.date",
    "start_date": "P.status.startDateStruct.date",
    "verification_date": "P.status.statusVerifiedDate",
    "completion_date": "P.status.completionDateStruct.date",
    "primary_completion_date": "P.status.primaryCompletionDateStruct.date",
}
_STUDY_TEXTS = {
    "study_first_posted_date_type": "P.status.studyFirstPostDateStruct.type",
    "results_first_posted_date_type": "P.status.resultsFirstPostDateStruct.type",
    "disposition_first_posted_date_type": "P.status.dispFirstPostDateStruct.type",
    "last_update_posted_date_type": "P.status.lastUpdatePostDateStruct.type",
    "start_month_year": "P.status.startDateStruct.date",
    "start_date_type": "P.status.startDateStruct.type",
    "verification_month_year": "P.status.statusVerifiedDate",
    "completion_month_year": "P.status.completionDateStruct.date",
    "completion_date_type": "P.status.completionDateStruct.type",
    "primary_completion_month_year": "P.status.primaryCompletionDateStruct.date",
    "primary_completion_date_type": "P.status.primaryCompletionDateStruct.type",
    "baseline_population": "R.base.populationDescription",
    "baseline_type_units_analyzed": "R.base.typeUnitsAnalyzed",
    "brief_title": "P.ident.briefTitle",
    "official_title": "P.ident.officialTitle",
    "acronym": "P.ident.acronym",
    "overall_status": "P.status.overallStatus",
    "last_known_status": "P.status.lastKnownStatus",
    "why_stopped": "P.status.whyStopped",
    "enrollment_type": "P.design.enrollmentInfo.type",
    "source": "P.ident.organization.fullName",
    "source_class": "P.ident.organization.class",
    "limitations_and_caveats": "R.more.limitationsAndCaveats.description",
    "target_duration": "P.design.targetDuration",
    "study_type": "P.design.studyType",
    "expanded_access_nctid": "P.status.expandedAccessInfo.nctId",
    "expanded_access_status_for_nctid": "P.status.expandedAccessInfo.statusForNctId",
    "biospec_retention": "P.design.bioSpec.retention",
    "biospec_description": "P.design.bioSpec.description",
    "plan_to_share_ipd": "P.ipd.ipdSharing",
    "plan_to_share_ipd_description": "P.ipd.description",
    "ipd_time_frame": "P.ipd.timeFrame",
    "ipd_access_criteria": "P.ipd.accessCriteria",
    "ipd_url": "P.ipd.url",
    "version_holder": "D.misc.versionHolder",
}
_STUDY_TRUTHS = {
    "delayed_posting": "P.status.delayedPosting",
    "patient_registry": "P.design.patientRegistry",
    "has_expanded_access": "P.status.expandedAccessInfo.hasExpandedAccess",
    "expanded_access_type_individual": "P.design.expandedAccessTypes.individual",
    "expanded_access_type_intermediate": "P.design.expandedAccessTypes.intermediate",
    "expanded_access_type_treatment": "P.design.expandedAccessTypes.treatment",
    "has_dmc": "P.oversight.oversightHasDmc",
    "is_fda_regulated_drug": "P.oversight.isFdaRegulatedDrug",
    "is_fda_regulated_device": "P.oversight.isFdaRegulatedDevice",
    "is_unapproved_device": "P.oversight.isUnapprovedDevice",
    "is_ppsd": "P.oversight.isPpsd",
    "is_us_export": "P.oversight.isUsExport",
    "fdaaa801_violation": "P.oversight.fdaaa801Violation",
    "results_waived": "P.status.resultsWaived",
}


def _study(root: Place) -> Row:
    row: Row = {name: last_day(root.get(full(path))) for name, path in _STUDY_DATES.items()}
    row |= {name: text(root.get(full(path))) for name, path in _STUDY_TEXTS.items()}
    row |= {name: truth(root.get(full(path))) for name, path in _STUDY_TRUTHS.items()}
    phases = root.get(full("P.design.phases"))
    arms = root.get(full("P.arms.armGroups"))
    count = len(arms) if isinstance(arms, list) else None
    tested = row["study_type"] == "INTERVENTIONAL"
    row["phase"] = "/".join(map(str, phases)) if isinstance(phases, list) and phases else None
    row["enrollment"] = whole(root.get(full("P.design.enrollmentInfo.count")))
    row["number_of_arms"] = count if tested else None
    row["number_of_groups"] = None if tested else count
    return row


_UNITED_STATES = frozenset(
    {"United States", "Puerto Rico", "Guam", "American Samoa", "Northern Mariana Islands"}
) | {
    "Virgin Islands (U.S.)",
    "U.S. Virgin Islands",
    "United States Minor Outlying Islands",
    "Federated States of Micronesia",
    "Marshall Islands",
    "Palau",
}
_AGE = re.compile(r"(\d+) ([A-Za-z]+?)s?")


def _calculated(root: Place) -> Row:
    sites = [place.get("country") for place in walk(root.value, full("P.contloc.locations"))]
    completed, started = (
        root.get(full("P.status.primaryCompletionDateStruct")),
        root.get(full("P.status.startDateStruct")),
    )
    reported = last_day(root.get(full("P.status.resultsFirstSubmitDate")))
    done, begun = last_day((completed or {}).get("date")), last_day((started or {}).get("date"))
    actual = all((each or {}).get("type") == "ACTUAL" for each in (completed, started))
    submitted = first_day(root.get(full("P.status.studyFirstSubmitDate")))
    row: Row = {
        "number_of_facilities": len(sites) or None,
        "has_single_facility": len(sites) == 1,
        "has_us_facility": any(country in _UNITED_STATES for country in sites) if sites else None,
        "registered_in_calendar_year": submitted.year if submitted else None,
        "actual_duration": (done - begun).days // 30 if actual and done and begun else None,
        "months_to_report_results": (reported - done).days // 30 if reported and done else None,
        "were_results_reported": bool(root.get(full("R.om.outcomeMeasures"))),
    }
    for kind in ("primary", "secondary", "other"):
        listed = root.get(full(f"P.outc.{kind}Outcomes"))
        row[f"number_of_{kind}_outcomes_to_measure"] = len(listed) if isinstance(listed, list) else None
    for name, key in (("minimum", "minimumAge"), ("maximum", "maximumAge")):
        match = _AGE.fullmatch(text(root.get(full(f"P.elig.{key}"))) or "")
        row[f"{name}_age_num"] = int(match[1]) if match else None
        row[f"{name}_age_unit"] = match[2].lower() if match else None
    for kind, key in (("sae", "seriousEvents"), ("nsae", "otherEvents")):
        counts = [
            whole(place.value) or 0 for place in walk(root.value, full(f"R.ae.{key}") + ".stats.numAffected")
        ]
        row[f"number_of_{kind}_subjects"] = sum(counts) if counts else None
    return row
