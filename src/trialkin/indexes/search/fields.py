"""What is searched: the text fields of the index and the search areas made of them.

Areas and weights follow the registry's documented search areas. Descriptions of arms and interventions share
one field, as do descriptions of outcomes of one kind. A condition search reads neither criteria nor
descriptions. Must not know the engine, queries or pages.

Source: ClinicalTrials.gov API 2.0.5, /studies/search-areas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ...model import Study
from ...vocab import label

Values = Iterable[str | None]


@dataclass(frozen=True)
class TextField:
    """One text field of the index. `pieces`: the registry's names of what it holds; `read` gives the texts."""

    name: str
    label: str
    pieces: tuple[str, ...]
    read: Callable[[Study], Values]


WIDE = 12
CORE_WEIGHT = 0.5


@dataclass(frozen=True, eq=False)
class Area:
    """A named set of fields with weights. `short`: what a searcher types before the colon; `kinds`: which learnt
    names widen it ("condition", "intervention")."""

    name: str
    label: str
    weights: dict[str, float]
    short: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    learns: bool = True

    @property
    def core(self) -> dict[str, float]:
        """The fields in which other names are searched: of a wide area those that say what a study is about."""
        if len(self.weights) <= WIDE:
            return self.weights
        return {
            name: weight
            for name, weight in self.weights.items()
            if weight >= CORE_WEIGHT or name.endswith(("_mesh", "_ancestor"))
        }


def _ids(study: Study) -> Iterator[str | None]:
    yield study.identification.nct_id
    yield from study.identification.nct_id_aliases


def _other_ids(study: Study) -> Iterator[str | None]:
    own = study.identification.org_study_id_info
    yield own.id if own else None
    for other in study.identification.secondary_id_infos:
        yield other.id


def _intervention_text(study: Study) -> Iterator[str | None]:
    for intervention in study.interventions:
        yield intervention.description
    for arm in study.arm_groups:
        yield arm.description


def _result_text(study: Study) -> Iterator[str | None]:
    results = study.results_section
    module = results and results.outcome_measures_module
    for measure in module.outcome_measures if module else ():
        yield measure.title
        yield measure.description
        yield measure.population_description


def _people(study: Study) -> Iterator[str | None]:
    party = study.sponsors.responsible_party
    if party:
        yield from (party.investigator_full_name, party.investigator_affiliation, party.old_name_title)
    for official in study.contacts_locations.overall_officials:
        yield official.name
        yield official.affiliation
    for contact in study.contacts_locations.central_contacts:
        yield contact.name


def _design(study: Study) -> Iterator[str | None]:
    info = study.design_info
    yield label("StudyType", study.design.study_type)
    for phase in study.design.phases:
        yield label("Phase", phase)
    for age in study.eligibility.std_ages:
        yield label("StandardAge", age)
    yield label("DesignAllocation", info.allocation)
    yield label("InterventionalAssignment", info.intervention_model)
    yield label("PrimaryPurpose", info.primary_purpose)
    yield label("ObservationalModel", info.observational_model)
    yield label("DesignTimePerspective", info.time_perspective)
    yield label("DesignMasking", info.masking_info.masking if info.masking_info else None)
    for kind in dict.fromkeys(each.type for each in study.interventions):
        yield label("InterventionType", kind)
    for kind in dict.fromkeys(each.type for each in study.arm_groups):
        yield label("ArmGroupType", kind)


def _outcomes(kind: str, *parts: str) -> Callable[[Study], Values]:
    def read(study: Study) -> Iterator[str | None]:
        for outcome in getattr(study.outcomes, kind):
            for part in parts:
                yield getattr(outcome, part)

    return read


def _sites(part: str) -> Callable[[Study], Values]:
    return lambda study: dict.fromkeys(getattr(site, part) for site in study.locations)


def _mesh(part: str) -> Callable[[Study], Values]:
    return lambda study: [mesh.term for mesh in getattr(study, part)]


TEXT_FIELDS: tuple[TextField, ...] = (
    TextField("nct_id", "Registry id", ("NCTId", "NCTIdAlias"), _ids),
    TextField("other_id", "Other id", ("OrgStudyId", "SecondaryId"), _other_ids),
    TextField("acronym", "Acronym", ("Acronym",), lambda s: [s.identification.acronym]),
    TextField("brief_title", "Title", ("BriefTitle",), lambda s: [s.identification.brief_title]),
    TextField("official_title", "Official title", ("OfficialTitle",), lambda s: [s.identification.official_title]),
    TextField("condition", "Condition", ("Condition",), lambda s: s.conditions),
    TextField("keyword", "Keyword", ("Keyword",), lambda s: s.keywords),
    TextField("condition_mesh", "MeSH term of the condition", ("ConditionMeshTerm",), _mesh("condition_meshes")),
    TextField(
        "condition_ancestor",
        "Broader MeSH term of the condition",
        ("ConditionAncestorTerm",),
        _mesh("condition_ancestors"),
    ),
    TextField("intervention", "Intervention", ("InterventionName",), lambda s: [i.name for i in s.interventions]),
    TextField(
        "other_name",
        "Other name of the intervention",
        ("InterventionOtherName",),
        lambda s: [name for i in s.interventions for name in i.other_names],
    ),
    TextField("arm", "Arm", ("ArmGroupLabel",), lambda s: [arm.label for arm in s.arm_groups]),
    TextField(
        "intervention_mesh",
        "MeSH term of the intervention",
        ("InterventionMeshTerm",),
        _mesh("intervention_meshes"),
    ),
    TextField(
        "intervention_ancestor",
        "Broader MeSH term of the intervention",
        ("InterventionAncestorTerm",),
        _mesh("intervention_ancestors"),
    ),
    TextField(
        "intervention_text",
        "Description of an arm or intervention",
        ("InterventionDescription", "ArmGroupDescription"),
        _intervention_text,
    ),
    TextField(
        "primary_outcome", "Primary outcome", ("PrimaryOutcomeMeasure",), _outcomes("primary_outcomes", "measure")
    ),
    TextField(
        "primary_outcome_text",
        "Description of a primary outcome",
        ("PrimaryOutcomeDescription",),
        _outcomes("primary_outcomes", "description"),
    ),
    TextField(
        "secondary_outcome",
        "Secondary outcome",
        ("SecondaryOutcomeMeasure",),
        _outcomes("secondary_outcomes", "measure"),
    ),
    TextField(
        "secondary_outcome_text",
        "Description of a secondary outcome",
        ("SecondaryOutcomeDescription",),
        _outcomes("secondary_outcomes", "description"),
    ),
    TextField(
        "other_outcome",
        "Other outcome",
        ("OtherOutcomeMeasure", "OtherOutcomeDescription"),
        _outcomes("other_outcomes", "measure", "description"),
    ),
    TextField(
        "result_text",
        "Outcome in the results",
        ("OutcomeMeasureTitle", "OutcomeMeasureDescription", "OutcomeMeasurePopulationDescription"),
        _result_text,
    ),
    TextField("brief_summary", "Summary", ("BriefSummary",), lambda s: [s.description.brief_summary]),
    TextField(
        "detailed_description",
        "Detailed description",
        ("DetailedDescription",),
        lambda s: [s.description.detailed_description],
    ),
    TextField(
        "criteria",
        "Eligibility criteria",
        ("EligibilityCriteria",),
        lambda s: [s.eligibility.eligibility_criteria],
    ),
    TextField(
        "study_population", "Study population", ("StudyPopulation",), lambda s: [s.eligibility.study_population]
    ),
    TextField(
        "lead_sponsor",
        "Lead sponsor",
        ("LeadSponsorName",),
        lambda s: [s.sponsors.lead_sponsor.name if s.sponsors.lead_sponsor else None],
    ),
    TextField(
        "collaborator", "Collaborator", ("CollaboratorName",), lambda s: [c.name for c in s.sponsors.collaborators]
    ),
    TextField(
        "organization",
        "Organisation",
        ("OrgFullName",),
        lambda s: [s.identification.organization.full_name if s.identification.organization else None],
    ),
    TextField("facility", "Facility", ("LocationFacility",), _sites("facility")),
    TextField("city", "City", ("LocationCity",), _sites("city")),
    TextField("state", "State", ("LocationState",), _sites("state")),
    TextField("country_name", "Country", ("LocationCountry",), _sites("country")),
    TextField("zip", "Postal code", ("LocationZip",), _sites("zip")),
    TextField("people", "Investigator or contact", ("OverallOfficialName", "CentralContactName"), _people),
    TextField("design", "Design", ("DesignInfo",), _design),
)
FIELDS: dict[str, TextField] = {field.name: field for field in TEXT_FIELDS}

AREAS: tuple[Area, ...] = (
    Area(
        "BasicSearch",
        "Anywhere but criteria and detailed description",
        {
            "nct_id": 1.0,
            "acronym": 1.0,
            "brief_title": 0.89,
            "official_title": 0.85,
            "condition": 0.81,
            "intervention": 0.8,
            "other_name": 0.75,
            "design": 0.65,
            "primary_outcome": 0.6,
            "keyword": 0.6,
            "brief_summary": 0.6,
            "arm": 0.5,
            "secondary_outcome": 0.5,
            "intervention_text": 0.45,
            "primary_outcome_text": 0.4,
            "lead_sponsor": 0.4,
            "other_id": 0.4,
            "secondary_outcome_text": 0.35,
            "facility": 0.35,
            "city": 0.35,
            "state": 0.35,
            "country_name": 0.35,
            "people": 0.35,
            "condition_mesh": 0.3,
            "intervention_mesh": 0.3,
            "collaborator": 0.25,
            "condition_ancestor": 0.25,
            "intervention_ancestor": 0.25,
            "other_outcome": 0.2,
            "result_text": 0.15,
        },
        short=("any", "term", "basic"),
        kinds=("condition", "intervention"),
    ),
    Area(
        "ConditionSearch",
        "Condition",
        {
            "condition": 0.95,
            "brief_title": 0.6,
            "official_title": 0.55,
            "condition_mesh": 0.5,
            "condition_ancestor": 0.4,
            "keyword": 0.3,
            "nct_id": 0.2,
        },
        short=("cond", "condition"),
        kinds=("condition",),
    ),
    Area(
        "InterventionSearch",
        "Intervention",
        {
            "intervention": 0.95,
            "other_name": 0.75,
            "brief_title": 0.65,
            "official_title": 0.6,
            "arm": 0.5,
            "intervention_mesh": 0.5,
            "keyword": 0.5,
            "intervention_ancestor": 0.4,
            "intervention_text": 0.4,
        },
        short=("intr", "intervention", "drug"),
        kinds=("intervention",),
    ),
    Area(
        "TitleSearch",
        "Title",
        {"acronym": 1.0, "brief_title": 0.95, "official_title": 0.8},
        short=("title", "titles"),
        kinds=("condition", "intervention"),
    ),
    Area(
        "OutcomeSearch",
        "Outcome",
        {
            "primary_outcome": 0.9,
            "secondary_outcome": 0.8,
            "primary_outcome_text": 0.6,
            "secondary_outcome_text": 0.5,
            "other_outcome": 0.4,
            "result_text": 0.4,
        },
        short=("outc", "outcome"),
    ),
    Area(
        "LocationSearch",
        "Location",
        {"city": 0.95, "state": 0.95, "country_name": 0.95, "facility": 0.95, "zip": 0.35},
        short=("locn", "location", "loc"),
        learns=False,
    ),
    Area(
        "SponsorSearch",
        "Sponsor or collaborator",
        {"lead_sponsor": 1.0, "collaborator": 0.8, "organization": 0.6},
        short=("sponsor", "spons"),
        learns=False,
    ),
    Area("LeadSponsorName", "Lead sponsor", {"lead_sponsor": 1.0}, short=("lead",), learns=False),
    Area(
        "IdSearch",
        "Id",
        {"nct_id": 1.0, "acronym": 0.85, "other_id": 0.8},
        short=("id",),
        learns=False,
    ),
    Area(
        "EligibilitySearch",
        "Eligibility text",
        {"criteria": 0.95, "study_population": 0.8},
        short=("elig", "eligibility", "criteria"),
        kinds=("condition", "intervention"),
    ),
    Area(
        "DescriptionSearch",
        "Summary and detailed description",
        {"brief_summary": 0.9, "detailed_description": 0.6},
        short=("desc", "description"),
        kinds=("condition", "intervention"),
    ),
    Area(
        "PatientSearch",
        "What matters to a patient",
        {
            "acronym": 1.0,
            "condition": 0.95,
            "brief_title": 0.9,
            "official_title": 0.85,
            "condition_mesh": 0.8,
            "condition_ancestor": 0.7,
            "brief_summary": 0.65,
            "keyword": 0.6,
            "intervention": 0.6,
            "other_name": 0.6,
            "primary_outcome": 0.6,
            "arm": 0.5,
            "secondary_outcome": 0.5,
            "intervention_text": 0.45,
            "intervention_mesh": 0.3,
        },
        short=("patient",),
        kinds=("condition", "intervention"),
    ),
)
BASIC = AREAS[0]

_KINDS = {
    "condition": ("condition", "keyword", "condition_mesh", "condition_ancestor"),
    "intervention": ("intervention", "other_name", "arm", "intervention_mesh", "intervention_ancestor"),
}


def _piece_area(field: TextField) -> Area:
    kinds = tuple(kind for kind, names in _KINDS.items() if field.name in names)
    return Area(field.pieces[0], field.label, {field.name: 1.0}, kinds=kinds, learns=bool(kinds))


AREA_BY_NAME: dict[str, Area] = {
    **{piece.lower(): _piece_area(field) for field in TEXT_FIELDS for piece in field.pieces},
    **{area.name.lower(): area for area in AREAS},
}
"""Areas and single pieces by their lower-case registry name."""

AREA_BY_SHORT: dict[str, Area] = {short: area for area in AREAS for short in area.short}
