"""A study: the whole v2 record, with the few look-ups that everybody needs.

Owns the top of the record and reading it from JSON. Must not know: storage, search, pages, labels.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..errors import UnreadableRecord
from .derived import AnnotationSection, DerivedSection, DocumentSection, Mesh
from .mending import mended
from .protocol import (
    ArmGroup,
    ArmsInterventionsModule,
    ConditionsModule,
    ContactsLocationsModule,
    DescriptionModule,
    DesignInfo,
    DesignModule,
    EligibilityModule,
    IdentificationModule,
    Intervention,
    Location,
    OutcomesModule,
    OversightModule,
    ProtocolSection,
    ReferencesModule,
    SponsorCollaboratorsModule,
    StatusModule,
)
from .record import Record
from .results import ResultsSection
from .values import Enrollment, PartialDate


class Study(Record, frozen=True):
    """One study as the registry holds it.

    Sections follow the record; a section or module that is absent reads as an empty one through the
    properties below, so that `study.status.overall_status` is None rather than an error.
    """

    protocol_section: ProtocolSection = ProtocolSection()
    results_section: ResultsSection | None = None
    annotation_section: AnnotationSection | None = None
    document_section: DocumentSection | None = None
    derived_section: DerivedSection | None = None
    has_results: bool | None = None

    @property
    def nct_id(self) -> str:
        """The registry id, "" when the record has none (such a record is quarantined on import)."""
        return self.identification.nct_id or ""

    @property
    def title(self) -> str:
        """The brief title, else the official one, else the id."""
        ident = self.identification
        return ident.brief_title or ident.official_title or self.nct_id

    @property
    def identification(self) -> IdentificationModule:
        return self.protocol_section.identification_module or IdentificationModule()

    @property
    def status(self) -> StatusModule:
        return self.protocol_section.status_module or StatusModule()

    @property
    def sponsors(self) -> SponsorCollaboratorsModule:
        return self.protocol_section.sponsor_collaborators_module or SponsorCollaboratorsModule()

    @property
    def oversight(self) -> OversightModule:
        return self.protocol_section.oversight_module or OversightModule()

    @property
    def description(self) -> DescriptionModule:
        return self.protocol_section.description_module or DescriptionModule()

    @property
    def conditions_module(self) -> ConditionsModule:
        return self.protocol_section.conditions_module or ConditionsModule()

    @property
    def conditions(self) -> tuple[str, ...]:
        """Conditions as the sponsor typed them."""
        return self.conditions_module.conditions

    @property
    def keywords(self) -> tuple[str, ...]:
        return self.conditions_module.keywords

    @property
    def design(self) -> DesignModule:
        return self.protocol_section.design_module or DesignModule()

    @property
    def design_info(self) -> DesignInfo:
        return self.design.design_info or DesignInfo()

    @property
    def arms_interventions(self) -> ArmsInterventionsModule:
        return self.protocol_section.arms_interventions_module or ArmsInterventionsModule()

    @property
    def arm_groups(self) -> tuple[ArmGroup, ...]:
        return self.arms_interventions.arm_groups

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        return self.arms_interventions.interventions

    @property
    def outcomes(self) -> OutcomesModule:
        return self.protocol_section.outcomes_module or OutcomesModule()

    @property
    def eligibility(self) -> EligibilityModule:
        return self.protocol_section.eligibility_module or EligibilityModule()

    @property
    def contacts_locations(self) -> ContactsLocationsModule:
        return self.protocol_section.contacts_locations_module or ContactsLocationsModule()

    @property
    def locations(self) -> tuple[Location, ...]:
        return self.contacts_locations.locations

    @property
    def references(self) -> ReferencesModule:
        return self.protocol_section.references_module or ReferencesModule()

    @property
    def overall_status(self) -> str | None:
        return self.status.overall_status

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries of the sites, each once, in the order of the record."""
        return tuple(dict.fromkeys(site.country for site in self.locations if site.country))

    @property
    def condition_meshes(self) -> tuple[Mesh, ...]:
        """MeSH terms of the conditions; often absent since August 2025 (81% of newer records have them)."""
        browse = self.derived_section and self.derived_section.condition_browse_module
        return browse.meshes if browse else ()

    @property
    def condition_ancestors(self) -> tuple[Mesh, ...]:
        browse = self.derived_section and self.derived_section.condition_browse_module
        return browse.ancestors if browse else ()

    @property
    def intervention_meshes(self) -> tuple[Mesh, ...]:
        browse = self.derived_section and self.derived_section.intervention_browse_module
        return browse.meshes if browse else ()

    @property
    def intervention_ancestors(self) -> tuple[Mesh, ...]:
        browse = self.derived_section and self.derived_section.intervention_browse_module
        return browse.ancestors if browse else ()

    @property
    def enrollment(self) -> Enrollment:
        return Enrollment.read(self.design.enrollment_info)

    @property
    def start_date(self) -> PartialDate | None:
        struct = self.status.start_date_struct
        return PartialDate.parse(struct.date) if struct and struct.date else None

    @property
    def last_update_posted(self) -> PartialDate | None:
        struct = self.status.last_update_post_date_struct
        return PartialDate.parse(struct.date) if struct and struct.date else None

    def arms_of(self, intervention: Intervention) -> Iterator[ArmGroup]:
        """The arms that get an intervention: by its arm labels, or by the arm's "Type: Name" list."""
        for arm in self.arm_groups:
            named = {name.partition(": ")[2] for name in arm.intervention_names}
            if arm.label in intervention.arm_group_labels or intervention.name in named:
                yield arm


_decoder = msgspec.json.Decoder(Study)


def read_study(raw: bytes) -> Study:
    """Read a study from its JSON bytes; unknown keys are skipped, and values of a type that cannot be read are absent.

    Raises:
        UnreadableRecord: not JSON, no object, or nested too deep.
    """
    try:
        return _decoder.decode(raw)
    except msgspec.ValidationError:
        return _read_mended(raw)[0]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableRecord(str(error)) from error


def not_understood(raw: bytes) -> list[tuple[str, str]]:
    """(path, value) of what a record holds and `read_study` leaves out, because it is not of the documented type.

    Raises: as `read_study`.
    """
    try:
        _decoder.decode(raw)
    except msgspec.ValidationError:
        return _read_mended(raw)[1]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableRecord(str(error)) from error
    return []


def _read_mended(raw: bytes) -> tuple[Study, list[tuple[str, str]]]:
    try:
        value = msgspec.json.decode(raw)
        if not isinstance(value, dict):
            raise UnreadableRecord("not an object")
        found, left_out = mended(value, Study)
        return msgspec.convert(found, Study), left_out
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableRecord(str(error)) from error
