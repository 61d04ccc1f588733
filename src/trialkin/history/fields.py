"""The single values that are compared one by one: where they stand, what they are called, which group watches them.

A table, not code: a new value is one line.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A value of the record. `enum`: name of its vocabulary, "date", "yes", "age" or "text" (registry markup)."""

    group: str
    path: str
    what: str
    enum: str = ""


_ID, _STATUS = "protocolSection.identificationModule", "protocolSection.statusModule"
_SPONSOR, _DESIGN = "protocolSection.sponsorCollaboratorsModule", "protocolSection.designModule"
_WHO, _ABOUT = "protocolSection.eligibilityModule", "protocolSection.descriptionModule"
_OVERSIGHT, _IPD = "protocolSection.oversightModule", "protocolSection.ipdSharingStatementModule"

FIELDS = (
    Field("status", f"{_STATUS}.overallStatus", "Status", "Status"),
    Field("status", f"{_STATUS}.lastKnownStatus", "Last known status", "Status"),
    Field("status", f"{_STATUS}.whyStopped", "Why stopped", "text"),
    Field("status", f"{_STATUS}.delayedPosting", "Posting of results delayed", "yes"),
    Field("status", f"{_STATUS}.expandedAccessInfo.hasExpandedAccess", "Expanded access", "yes"),
    Field("status", f"{_STATUS}.expandedAccessInfo.nctId", "Expanded access record"),
    Field(
        "status", f"{_STATUS}.expandedAccessInfo.statusForNctId", "Expanded access status", "ExpandedAccessStatus"
    ),
    Field("dates", f"{_STATUS}.startDateStruct", "Start", "date"),
    Field("dates", f"{_STATUS}.primaryCompletionDateStruct", "Primary completion", "date"),
    Field("dates", f"{_STATUS}.completionDateStruct", "Completion", "date"),
    Field("enrollment", f"{_DESIGN}.enrollmentInfo", "Enrollment", "enrollment"),
    Field("eligibility", f"{_WHO}.minimumAge", "Youngest age", "age"),
    Field("eligibility", f"{_WHO}.maximumAge", "Oldest age", "age"),
    Field("eligibility", f"{_WHO}.sex", "Sex", "Sex"),
    Field("eligibility", f"{_WHO}.genderBased", "Gender based", "yes"),
    Field("eligibility", f"{_WHO}.genderDescription", "Gender", "text"),
    Field("eligibility", f"{_WHO}.healthyVolunteers", "Healthy volunteers", "yes"),
    Field("eligibility", f"{_WHO}.studyPopulation", "Study population", "text"),
    Field("eligibility", f"{_WHO}.samplingMethod", "Sampling", "SamplingMethod"),
    Field("design", f"{_DESIGN}.studyType", "Study type", "StudyType"),
    Field("design", f"{_DESIGN}.designInfo.allocation", "Allocation", "DesignAllocation"),
    Field("design", f"{_DESIGN}.designInfo.interventionModel", "Model", "InterventionalAssignment"),
    Field("design", f"{_DESIGN}.designInfo.interventionModelDescription", "Model, described", "text"),
    Field("design", f"{_DESIGN}.designInfo.primaryPurpose", "Purpose", "PrimaryPurpose"),
    Field("design", f"{_DESIGN}.designInfo.observationalModel", "Model", "ObservationalModel"),
    Field("design", f"{_DESIGN}.designInfo.timePerspective", "Time perspective", "DesignTimePerspective"),
    Field("design", f"{_DESIGN}.designInfo.maskingInfo.masking", "Masking", "DesignMasking"),
    Field("design", f"{_DESIGN}.designInfo.maskingInfo.maskingDescription", "Masking, described", "text"),
    Field("design", f"{_DESIGN}.targetDuration", "Target duration", "age"),
    Field("people", f"{_SPONSOR}.leadSponsor.name", "Lead sponsor"),
    Field("people", f"{_SPONSOR}.leadSponsor.class", "Class of the lead sponsor", "AgencyClass"),
    Field("people", f"{_SPONSOR}.responsibleParty.type", "Responsible party", "ResponsiblePartyType"),
    Field("people", f"{_SPONSOR}.responsibleParty.investigatorFullName", "Responsible investigator"),
    Field("people", f"{_SPONSOR}.responsibleParty.investigatorTitle", "Title of the investigator"),
    Field("people", f"{_SPONSOR}.responsibleParty.investigatorAffiliation", "Affiliation of the investigator"),
    Field("text", f"{_ID}.briefTitle", "Title", "text"),
    Field("text", f"{_ID}.officialTitle", "Official title", "text"),
    Field("text", f"{_ID}.acronym", "Acronym"),
    Field("text", f"{_ID}.orgStudyIdInfo.id", "Sponsor's own id"),
    Field("text", f"{_ABOUT}.briefSummary", "Summary", "text"),
    Field("text", f"{_ABOUT}.detailedDescription", "Detailed description", "text"),
    Field("text", f"{_OVERSIGHT}.oversightHasDmc", "Data monitoring committee", "yes"),
    Field("text", f"{_OVERSIGHT}.isFdaRegulatedDrug", "FDA-regulated drug", "yes"),
    Field("text", f"{_OVERSIGHT}.isFdaRegulatedDevice", "FDA-regulated device", "yes"),
    Field("text", f"{_IPD}.ipdSharing", "Sharing of participant data", "IpdSharing"),
    Field("text", f"{_IPD}.description", "Sharing of participant data, described", "text"),
    Field("results", "hasResults", "Results posted", "yes"),
    Field("results", f"{_STATUS}.resultsFirstPostDateStruct", "Results first posted", "date"),
    Field("results", f"{_STATUS}.resultsFirstSubmitDate", "Results first submitted", "date"),
    Field("results", f"{_STATUS}.dispFirstPostDateStruct", "Delay of results first posted", "date"),
    Field("record", f"{_STATUS}.statusVerifiedDate", "Last verified", "date"),
    Field("record", f"{_STATUS}.lastUpdateSubmitDate", "Last update submitted", "date"),
    Field("record", f"{_STATUS}.lastUpdatePostDateStruct", "Last update posted", "date"),
    Field("record", f"{_STATUS}.studyFirstSubmitDate", "First submitted", "date"),
    Field("record", f"{_STATUS}.studyFirstPostDateStruct", "First posted", "date"),
)


class ListOf(NamedTuple):
    """A list of plain values, compared as a set."""

    group: str
    path: str
    what: str
    key: str = ""  # of the objects in the list; "" for plain strings
    enum: str = ""


LISTS = (
    ListOf("design", f"{_DESIGN}.phases", "Phase", enum="Phase"),
    ListOf("design", f"{_DESIGN}.designInfo.maskingInfo.whoMasked", "Masked", enum="WhoMasked"),
    ListOf("eligibility", f"{_WHO}.stdAges", "Age group", enum="StandardAge"),
    ListOf("people", f"{_SPONSOR}.collaborators", "Collaborator", "name"),
    ListOf("people", "protocolSection.contactsLocationsModule.overallOfficials", "Official", "name"),
    ListOf("people", "protocolSection.contactsLocationsModule.centralContacts", "Contact", "name"),
    ListOf("text", "protocolSection.conditionsModule.conditions", "Condition"),
    ListOf("text", "protocolSection.conditionsModule.keywords", "Keyword"),
    ListOf("text", f"{_ID}.secondaryIdInfos", "Other id", "id"),
    ListOf("text", f"{_ID}.nctIdAliases", "Former NCT id"),
    ListOf("references", "protocolSection.referencesModule.references", "Publication", "citation"),
    ListOf("references", "protocolSection.referencesModule.seeAlsoLinks", "Link", "url"),
    ListOf("references", "documentSection.largeDocumentModule.largeDocs", "Document", "filename"),
)

GROUPS = {
    "status": "Status",
    "results": "Results",
    "dates": "Dates of the study",
    "enrollment": "Enrollment",
    "outcomes": "Outcome measures",
    "eligibility": "Who can take part",
    "design": "Design, arms and interventions",
    "locations": "Sites",
    "people": "Sponsor and people",
    "text": "Titles, texts and other ids",
    "references": "Publications and documents",
    "record": "Dates of the record",
    "other": "Anything else in the record",
}
