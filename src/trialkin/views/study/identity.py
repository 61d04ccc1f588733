"""What the study is and where it stands: the few facts looked for first, status, and doubts about the record."""

from __future__ import annotations

from ...model import PartialDate, Study
from ...model.derived import ViolationEvent
from ...model.protocol import Organization
from ...reading.markup import plain
from ...vocab import by_value, label
from ..blocks import Block, Facts, Note, Value, fact, facts, present
from ..words import (
    age_text,
    count_of,
    date_value,
    day,
    enrollment_value,
    enum_value,
    phase_value,
    struct_value,
    text_value,
    yes_no,
)
from .context import PageContext
from .quality import doubts
from .results_state import results_state


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: identificationModule, statusModule, designModule, eligibilityModule, contactsLocationsModule."""
    study = context.study
    return present(glance(context), _stopped(study), _violation(study), _age_of_data(context), doubts(context))


def _violation(study: Study) -> Note | None:
    """A notice that the FDA posted on the study; its steps stand under the registry's notes."""
    events = violation_events(study)
    if not events and not study.oversight.fdaaa801_violation:
        return None
    steps = [label("ViolationEventType", event.type) for event in events]
    text = (
        f"The registry carries a notice of the U.S. FDA on this study: {'; '.join(steps)}."
        if steps
        else ("The registry marks this study with a violation of the U.S. law on posting results.")
    )
    return Note(text, "warning", title="FDAAA 801 violation")


def violation_events(study: Study) -> tuple[ViolationEvent, ...]:
    """The steps of a violation notice, () when there is none.

    Source: annotationSection.annotationModule.violationAnnotation.
    """
    section = study.annotation_section
    module = section.annotation_module if section else None
    return module.violation_annotation.violation_events if module and module.violation_annotation else ()


def _age_of_data(context: PageContext) -> Note | None:
    """Rules compare with today; a record from an old release may have been corrected since."""
    derived = context.study.derived_section
    misc = derived.misc_info_module if derived else None
    released = PartialDate.parse(misc.version_holder) if misc and misc.version_holder else None
    if released is None or (context.today - released.last).days <= 90:
        return None
    text = f"This record is from the registry's data of {day(released)}; it may have been updated since."
    return Note(text, "info")


def glance(context: PageContext) -> Facts | None:
    """The facts looked for first, each on one line."""
    study, status = context.study, context.study.status
    return facts(
        fact("Phase", phase_value(study)),
        fact("Type", enum_value("StudyType", study.design.study_type)),
        fact("Participants", enrollment_value(study)),
        fact("Start", struct_value(status.start_date_struct)),
        fact("Completion", struct_value(status.completion_date_struct)),
        fact("Ages", ages_value(study)),
        fact("Sex", enum_value("Sex", study.eligibility.sex)),
        fact("Where", where_value(study)),
        fact("Contact", _contact_value(study)),
        fact("Results", _results_value(context)),
        glance=True,
    )


def _contact_value(study: Study) -> Value | None:
    """Where it says whom to ask, for everybody who comes to take part."""
    if study.contacts_locations.central_contacts:
        return Value("Whom to ask", href="#contacts")
    if any(site.contacts for site in study.locations):
        return Value("At the sites", href="#locations")
    return None


def _results_value(context: PageContext) -> Value | None:
    if not context.study.design.study_type and not context.study.has_results:
        return None
    state = results_state(context.study, context.today)
    return Value(state.words, href="#results")


def _stopped(study: Study) -> Note | None:
    why = study.status.why_stopped
    word = label("Status", study.overall_status)
    return Note(str(text_value(why).text), "warning", title=f"{word}, because") if why else None  # type: ignore[union-attr]


def ages_value(study: Study) -> Value | None:
    """ "18 years to 75 years", "18 years and older"; None when no bound is given (which is not "any age")."""
    low, high = age_text(study.eligibility.minimum_age), age_text(study.eligibility.maximum_age)
    raw = " – ".join(part for part in (study.eligibility.minimum_age, study.eligibility.maximum_age) if part)
    if low and high:
        if low.partition(" ")[2] == high.partition(" ")[2]:
            low = low.partition(" ")[0]
        return Value(f"{low} to {high}", registry=raw)
    if low:
        return Value(f"{low} and older", registry=raw)
    return Value(f"up to {high}", registry=raw) if high else None


def where_value(study: Study) -> Value | None:
    """Site and country counts, the country itself when there is only one."""
    sites, countries = len(study.locations), study.countries
    if not sites:
        return None
    place = countries[0] if len(countries) == 1 else f"{len(countries)} countries" if countries else ""
    return Value(f"{count_of(sites, 'site')} in {place}" if place else count_of(sites, "site"), href="#locations")


def overview(context: PageContext) -> tuple[Block, ...]:
    """The overview facts, complete.

    Source: identificationModule, statusModule, designModule, sponsorCollaboratorsModule.
    """
    study, ident, status = context.study, context.study.identification, context.study.status
    access = status.expanded_access_info
    lead = study.sponsors.lead_sponsor
    return present(
        facts(
            fact("Earlier registry ids", *(text_value(alias) for alias in ident.nct_id_aliases)),
            fact("Official title", text_value(ident.official_title)),
            fact("Last known status", enum_value("Status", status.last_known_status)),
            fact("Status verified by the sponsor", date_value(status.status_verified_date)),
            fact("Why stopped", text_value(status.why_stopped)),
            fact("Study type", enum_value("StudyType", study.design.study_type)),
            fact("Phase", phase_value(study)),
            fact("Enrollment", enrollment_value(study)),
            fact("Start", struct_value(status.start_date_struct)),
            fact("Primary completion", struct_value(status.primary_completion_date_struct)),
            fact("Completion", struct_value(status.completion_date_struct)),
            fact("Lead sponsor", text_value(lead.name) if lead else None),
            fact("Organization of the record", _organization(ident.organization)),
            fact("Expanded access", yes_no(access.has_expanded_access, "HasExpandedAccess") if access else None),
            fact("Expanded access record", _access_link(study)),
            fact("Results posting delayed", yes_no(status.delayed_posting, "DelayedPosting")),
            fact("Results waived", yes_no(status.results_waived, "ResultsWaived")),
        )
    )


def _access_link(study: Study) -> Value | None:
    access = study.status.expanded_access_info
    if access is None or not access.nct_id:
        return None
    state = label("ExpandedAccessStatus", access.status_for_nct_id)
    return Value(
        access.nct_id, href=f"/studies/{access.nct_id}", registry=access.status_for_nct_id or "", note=state
    )


def _organization(organization: Organization | None) -> Value | None:
    if organization is None or not (organization.full_name or organization.class_):
        return None
    row = by_value("sponsor_classes").get(organization.class_ or "")
    words = row["label"] if row else organization.class_ or ""
    return Value(plain(organization.full_name) or "Not named", registry=organization.class_ or "", note=words)
