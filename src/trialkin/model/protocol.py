"""The protocol section: what the sponsor registered.

Shapes of the registry's v2 record, one class per object. Texts are CommonMark as posted; dates, ages and
numbers stay strings here and become values in `values`. Must not know: storage, search, pages.
"""

from __future__ import annotations

from .record import Record, field


class OrgStudyIdInfo(Record, frozen=True):
    """The sponsor's own id of the study.

    Source: protocolSection.identificationModule.orgStudyIdInfo.
    """

    id: str | None = None
    type: str | None = None
    link: str | None = None


class SecondaryIdInfo(Record, frozen=True):
    """One further id: a grant, another registry, a funder.

    Source: protocolSection.identificationModule.secondaryIdInfos[].
    """

    id: str | None = None
    type: str | None = None
    domain: str | None = None
    link: str | None = None


class Organization(Record, frozen=True):
    """The organisation that keeps the record.

    Source: protocolSection.identificationModule.organization.
    """

    full_name: str | None = None
    class_: str | None = field(name="class", default=None)


class IdentificationModule(Record, frozen=True):
    """Who the study is: ids, titles, acronym, organisation.

    Source: protocolSection.identificationModule.
    """

    nct_id: str | None = None
    nct_id_aliases: tuple[str, ...] = ()
    org_study_id_info: OrgStudyIdInfo | None = None
    secondary_id_infos: tuple[SecondaryIdInfo, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: Organization | None = None


class ExpandedAccessInfo(Record, frozen=True):
    """Whether the treatment is available outside the trial, and where that is registered.

    Source: protocolSection.statusModule.expandedAccessInfo.
    """

    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: str | None = None


class PartialDateStruct(Record, frozen=True):
    """A date that may lack day or month, planned (ESTIMATED) or happened (ACTUAL); type None means not stated.

    Source: protocolSection.statusModule.startDateStruct.
    """

    date: str | None = None
    type: str | None = None


class DateStruct(Record, frozen=True):
    """A full date with its type.

    Source: protocolSection.statusModule.studyFirstPostDateStruct.
    """

    date: str | None = None
    type: str | None = None


class StatusModule(Record, frozen=True):
    """Where the study stands and every date of its life and of its record.

    Source: protocolSection.statusModule.
    """

    status_verified_date: str | None = None
    overall_status: str | None = None
    last_known_status: str | None = None
    delayed_posting: bool | None = None
    why_stopped: str | None = None
    expanded_access_info: ExpandedAccessInfo | None = None
    start_date_struct: PartialDateStruct | None = None
    primary_completion_date_struct: PartialDateStruct | None = None
    completion_date_struct: PartialDateStruct | None = None
    study_first_submit_date: str | None = None
    study_first_submit_qc_date: str | None = None
    study_first_post_date_struct: DateStruct | None = None
    results_waived: bool | None = None
    results_first_submit_date: str | None = None
    results_first_submit_qc_date: str | None = None
    results_first_post_date_struct: DateStruct | None = None
    disp_first_submit_date: str | None = None
    disp_first_submit_qc_date: str | None = None
    disp_first_post_date_struct: DateStruct | None = None
    last_update_submit_date: str | None = None
    last_update_post_date_struct: DateStruct | None = None


class ResponsibleParty(Record, frozen=True):
    """Who answers for the record.

    Source: protocolSection.sponsorCollaboratorsModule.responsibleParty.
    """

    type: str | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Sponsor(Record, frozen=True):
    """A lead sponsor or collaborator with its class (INDUSTRY, NIH, OTHER …).

    Source: protocolSection.sponsorCollaboratorsModule.leadSponsor.
    """

    name: str | None = None
    class_: str | None = field(name="class", default=None)


class SponsorCollaboratorsModule(Record, frozen=True):
    """Lead sponsor, collaborators and responsible party.

    Source: protocolSection.sponsorCollaboratorsModule.
    """

    responsible_party: ResponsibleParty | None = None
    lead_sponsor: Sponsor | None = None
    collaborators: tuple[Sponsor, ...] = ()


class OversightModule(Record, frozen=True):
    """Regulatory flags; None means not reported, which is not False.

    Source: protocolSection.oversightModule.
    """

    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class DescriptionModule(Record, frozen=True):
    """Brief summary and detailed description, CommonMark.

    Source: protocolSection.descriptionModule.
    """

    brief_summary: str | None = None
    detailed_description: str | None = None


class ConditionsModule(Record, frozen=True):
    """Conditions and keywords as the sponsor typed them.

    Source: protocolSection.conditionsModule.
    """

    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class ExpandedAccessTypes(Record, frozen=True):
    """Kinds of expanded access offered.

    Source: protocolSection.designModule.expandedAccessTypes.
    """

    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class MaskingBlock(Record, frozen=True):
    """How and for whom the assignment is hidden.

    Source: protocolSection.designModule.designInfo.maskingInfo.
    """

    masking: str | None = None
    masking_description: str | None = None
    who_masked: tuple[str, ...] = ()


class DesignInfo(Record, frozen=True):
    """Allocation, model, purpose, masking, or the observational equivalents.

    Source: protocolSection.designModule.designInfo.
    """

    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking_info: MaskingBlock | None = None


class BioSpec(Record, frozen=True):
    """Biospecimens kept by an observational study.

    Source: protocolSection.designModule.bioSpec.
    """

    retention: str | None = None
    description: str | None = None


class EnrollmentInfo(Record, frozen=True):
    """Number of participants, planned or actual; see `values.Enrollment` for the sentinel.

    Source: protocolSection.designModule.enrollmentInfo.
    """

    count: int | None = None
    type: str | None = None


class DesignModule(Record, frozen=True):
    """Study type, phases, design and size.

    Source: protocolSection.designModule.
    """

    study_type: str | None = None
    n_ptrs_to_this_exp_acc_nct_id: int | None = None
    expanded_access_types: ExpandedAccessTypes | None = None
    patient_registry: bool | None = None
    target_duration: str | None = None
    phases: tuple[str, ...] = ()
    design_info: DesignInfo | None = None
    bio_spec: BioSpec | None = None
    enrollment_info: EnrollmentInfo | None = None


class ArmGroup(Record, frozen=True):
    """One arm or cohort; `intervention_names` are written "Type label: Name".

    Source: protocolSection.armsInterventionsModule.armGroups[].
    """

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: tuple[str, ...] = ()


class Intervention(Record, frozen=True):
    """One intervention with the arms that get it and its other names.

    Source: protocolSection.armsInterventionsModule.interventions[].
    """

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


class ArmsInterventionsModule(Record, frozen=True):
    """Arms and interventions.

    Source: protocolSection.armsInterventionsModule.
    """

    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()


class Outcome(Record, frozen=True):
    """A planned outcome measure with its time frame.

    Source: protocolSection.outcomesModule.primaryOutcomes[].
    """

    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class OutcomesModule(Record, frozen=True):
    """Planned primary, secondary and other outcomes.

    Source: protocolSection.outcomesModule.
    """

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    other_outcomes: tuple[Outcome, ...] = ()


class EligibilityModule(Record, frozen=True):
    """Who may take part: the criteria text and the structured bounds.

    Source: protocolSection.eligibilityModule.
    """

    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: tuple[str, ...] = ()
    study_population: str | None = None
    sampling_method: str | None = None


class Contact(Record, frozen=True):
    """A person or desk to ask; at a site also its investigators.

    Source: protocolSection.contactsLocationsModule.centralContacts[].
    """

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class Official(Record, frozen=True):
    """A person responsible for the whole study.

    Source: protocolSection.contactsLocationsModule.overallOfficials[].
    """

    name: str | None = None
    affiliation: str | None = None
    role: str | None = None


class GeoPoint(Record, frozen=True):
    """WGS 84 degrees of the city, not of the building.

    Source: protocolSection.contactsLocationsModule.locations[].geoPoint.
    """

    lat: float | None = None
    lon: float | None = None


class Location(Record, frozen=True):
    """One site; `status` is absent unless the study recruits or is UNKNOWN.

    Source: protocolSection.contactsLocationsModule.locations[].
    """

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: tuple[Contact, ...] = ()
    geo_point: GeoPoint | None = None


class ContactsLocationsModule(Record, frozen=True):
    """Contacts, officials and sites.

    Source: protocolSection.contactsLocationsModule.
    """

    central_contacts: tuple[Contact, ...] = ()
    overall_officials: tuple[Official, ...] = ()
    locations: tuple[Location, ...] = ()


class Retraction(Record, frozen=True):
    """A retraction notice of a cited paper.

    Source: protocolSection.referencesModule.references[].retractions[].
    """

    pmid: str | None = None
    source: str | None = None


class Reference(Record, frozen=True):
    """A cited publication.

    Source: protocolSection.referencesModule.references[].
    """

    pmid: str | None = None
    type: str | None = None
    citation: str | None = None
    retractions: tuple[Retraction, ...] = ()


class SeeAlsoLink(Record, frozen=True):
    """A related web page.

    Source: protocolSection.referencesModule.seeAlsoLinks[].
    """

    label: str | None = None
    url: str | None = None


class AvailIpd(Record, frozen=True):
    """Available individual participant data or supporting document.

    Source: protocolSection.referencesModule.availIpds[].
    """

    id: str | None = None
    type: str | None = None
    url: str | None = None
    comment: str | None = None


class ReferencesModule(Record, frozen=True):
    """Publications, links and available data sets.

    Source: protocolSection.referencesModule.
    """

    references: tuple[Reference, ...] = ()
    see_also_links: tuple[SeeAlsoLink, ...] = ()
    avail_ipds: tuple[AvailIpd, ...] = ()


class IpdSharingStatementModule(Record, frozen=True):
    """Whether and how individual participant data will be shared.

    Source: protocolSection.ipdSharingStatementModule.
    """

    ipd_sharing: str | None = None
    description: str | None = None
    info_types: tuple[str, ...] = ()
    time_frame: str | None = None
    access_criteria: str | None = None
    url: str | None = None


class ProtocolSection(Record, frozen=True):
    """What the sponsor registered.

    Source: protocolSection.
    """

    identification_module: IdentificationModule | None = None
    status_module: StatusModule | None = None
    sponsor_collaborators_module: SponsorCollaboratorsModule | None = None
    oversight_module: OversightModule | None = None
    description_module: DescriptionModule | None = None
    conditions_module: ConditionsModule | None = None
    design_module: DesignModule | None = None
    arms_interventions_module: ArmsInterventionsModule | None = None
    outcomes_module: OutcomesModule | None = None
    eligibility_module: EligibilityModule | None = None
    contacts_locations_module: ContactsLocationsModule | None = None
    references_module: ReferencesModule | None = None
    ipd_sharing_statement_module: IpdSharingStatementModule | None = None
