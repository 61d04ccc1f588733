"""The study page: its sections in the order that users of the registry know.

A new section is one file with `blocks(context) -> tuple[Block, ...]` and one line in `SECTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...reading.markup import plain
from ...sample import is_invented
from ..blocks import Section, Value
from ..words import status_value
from . import (
    arms,
    conditions,
    description,
    design,
    eligibility,
    identity,
    kin,
    locations,
    outcomes,
    oversight,
    people,
    record,
    references,
    regimens,
    results_baseline,
    results_events,
    results_flow,
    results_more,
    results_outcomes,
    results_state,
    schema,
    summary,
    timeline,
    where,
)
from .context import PageContext, SectionKind, page_context, together

__all__ = ["SECTIONS", "PageContext", "SectionKind", "StudyPage", "page_context", "study_page"]

SECTIONS: tuple[SectionKind, ...] = (
    SectionKind("status", "At a glance", "Overview", identity.blocks),
    SectionKind("summary", "Summary", "Overview", summary.blocks),
    SectionKind("related", "Related studies", "Overview", kin.blocks),
    SectionKind("overview", "Overview", "Overview", identity.overview),
    SectionKind("timeline", "Timeline", "Overview", timeline.blocks),
    SectionKind("description", "Detailed description", "Overview", description.blocks),
    SectionKind("conditions", "Conditions", "Overview", conditions.blocks),
    SectionKind("design", "Design", "Study plan", together(design.blocks, schema.blocks)),
    SectionKind("arms", "Arms", "Study plan", arms.arms),
    SectionKind("interventions", "Interventions", "Study plan", arms.interventions),
    SectionKind("doses", "Doses", "Study plan", regimens.blocks),
    SectionKind("outcomes", "Outcome measures", "Study plan", outcomes.blocks),
    SectionKind("eligibility", "Who can take part", "Taking part", eligibility.blocks),
    SectionKind("contacts", "Contacts", "Taking part", people.contacts),
    SectionKind("locations", "Locations", "Taking part", together(where.blocks, locations.blocks)),
    SectionKind("sponsors", "Sponsor and people", "Responsibility", people.sponsors),
    SectionKind("oversight", "Oversight", "Responsibility", oversight.oversight),
    SectionKind("ipd-sharing", "Sharing of participant data", "Responsibility", oversight.ipd_sharing),
    SectionKind("references", "Publications and links", "Record", references.references),
    SectionKind("documents", "Documents", "Record", references.documents),
    SectionKind("identifiers", "Other identifiers", "Record", record.identifiers),
    SectionKind("dates", "Record dates", "Record", record.dates),
    SectionKind("annotations", "Notes of the registry", "Record", record.registry_notes),
    SectionKind("derived", "Data release", "Record", record.derived),
    SectionKind("missing", "Not in the record", "Record", record.missing),
    SectionKind("results", "Results", "Results", results_state.blocks),
    SectionKind("participant-flow", "Participant flow", "Results", results_flow.blocks),
    SectionKind("baseline", "Baseline characteristics", "Results", results_baseline.blocks),
    SectionKind("outcome-results", "Outcome results", "Results", results_outcomes.blocks),
    SectionKind("adverse-events", "Adverse events", "Results", results_events.blocks),
    SectionKind("results-more", "More about the results", "Results", results_more.blocks),
)


@dataclass(frozen=True)
class StudyPage:
    """The page of one study: its head, and the sections that have something to say.

    invented: it is one of the sample library's own studies (ids from NCT99000000), never a real one.
    rewritten: a registered study, its texts in the sample library's words.
    """

    nct_id: str
    title: str
    official_title: str
    acronym: str
    status: Value
    sponsor: str
    sections: tuple[Section, ...]
    parts: tuple[tuple[str, tuple[Section, ...]], ...]
    invented: bool
    rewritten: bool
    data_timestamp: str
    source: str


def study_page(context: PageContext, *, only: str | None = None) -> StudyPage:
    """Build the page; `only`: the key of the one section wanted."""
    study = context.study
    built = [
        (kind.part, section)
        for kind in SECTIONS
        if only in (None, kind.key) and (section := kind.section(context)) is not None
    ]
    parts: dict[str, list[Section]] = {}
    for part, section in built:
        parts.setdefault(part, []).append(section)
    return StudyPage(
        nct_id=study.nct_id,
        title=plain(study.title),
        official_title=plain(study.identification.official_title),
        acronym=plain(study.identification.acronym),
        status=status_value(study.overall_status),
        sponsor=plain(study.sponsors.lead_sponsor.name) if study.sponsors.lead_sponsor else "",
        sections=tuple(section for _, section in built),
        parts=tuple((part, tuple(members)) for part, members in parts.items()),
        invented=is_invented(study.nct_id),
        rewritten=context.rewritten,
        data_timestamp=context.data_timestamp or _version_holder(context),
        source=context.source,
    )


def _version_holder(context: PageContext) -> str:
    derived = context.study.derived_section
    misc = derived and derived.misc_info_module
    return (misc and misc.version_holder) or ""
