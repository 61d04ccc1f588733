"""The study page: an answer, then chapters of sections in the order in which people decide.

A new section is one file with `blocks(context) -> tuple[Block, ...]` and one line in `SECTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...reading.markup import plain
from ...sample import is_invented
from ..blocks import Block, Section, Value
from ..standing import standing
from . import (
    answer,
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

RELATED = "Related studies"
"""The part that is no chapter of the record."""

SECTIONS: tuple[SectionKind, ...] = (
    SectionKind("status", "At a glance", "About", identity.blocks),
    SectionKind("summary", "Summary", "About", summary.blocks),
    SectionKind("description", "Detailed description", "About", description.blocks),
    SectionKind("conditions", "Conditions", "About", conditions.blocks),
    SectionKind("contacts", "Contacts", "Taking part", people.contacts),
    SectionKind("eligibility", "Who can take part", "Taking part", eligibility.blocks),
    SectionKind("locations", "Locations", "Taking part", together(where.blocks, locations.blocks)),
    SectionKind("design", "Design", "Plan", together(design.blocks, schema.blocks)),
    SectionKind("arms", "Arms", "Plan", arms.arms),
    SectionKind("interventions", "Interventions", "Plan", arms.interventions),
    SectionKind("doses", "Doses", "Plan", regimens.blocks),
    SectionKind("outcomes", "Outcome measures", "Plan", outcomes.blocks),
    SectionKind("timeline", "Timeline", "Plan", timeline.blocks),
    SectionKind("results", "Results", "Results", results_state.blocks),
    SectionKind("participant-flow", "Participant flow", "Results", results_flow.blocks),
    SectionKind("baseline", "Baseline characteristics", "Results", results_baseline.blocks),
    SectionKind("outcome-results", "Outcome results", "Results", results_outcomes.blocks),
    SectionKind("adverse-events", "Adverse events", "Results", results_events.blocks),
    SectionKind("results-more", "More about the results", "Results", results_more.blocks),
    SectionKind("overview", "Overview", "Record", identity.overview),
    SectionKind("sponsors", "Sponsor and people", "Record", people.sponsors),
    SectionKind("oversight", "Oversight", "Record", oversight.oversight),
    SectionKind("ipd-sharing", "Sharing of participant data", "Record", oversight.ipd_sharing),
    SectionKind("references", "Publications and links", "Record", references.references),
    SectionKind("documents", "Documents", "Record", references.documents),
    SectionKind("identifiers", "Other identifiers", "Record", record.identifiers),
    SectionKind("dates", "Record dates", "Record", record.dates),
    SectionKind("annotations", "Notes of the registry", "Record", record.registry_notes),
    SectionKind("derived", "Data release", "Record", record.derived),
    SectionKind("missing", "Not in the record", "Record", record.missing),
    SectionKind("related", "Related studies", RELATED, kin.blocks),
)


@dataclass(frozen=True)
class Chapter:
    """Sections that answer one question of a reader. `gist`: what is in it, in one line."""

    key: str
    title: str
    gist: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class StudyPage:
    """The page of one study: its head, the answer most came for, and the sections that have something to say.

    doubt, confirmed: what speaks against an open status, and when it was last confirmed. parts: the chapters, each with
    a line of gist and its sections. related: the section of related studies, () when the page shows none.
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
    parts: tuple[Chapter, ...]
    related: tuple[Section, ...]
    answer: tuple[Block, ...]
    doubt: str
    confirmed: str
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
    stands = standing(study, context.today)
    return StudyPage(
        nct_id=study.nct_id,
        title=plain(study.title),
        official_title=plain(study.identification.official_title),
        acronym=plain(study.identification.acronym),
        status=stands.status,
        sponsor=plain(study.sponsors.lead_sponsor.name) if study.sponsors.lead_sponsor else "",
        sections=tuple(section for _, section in built),
        parts=_chapters(built),
        related=tuple(section for part, section in built if part == RELATED),
        answer=answer.blocks(context) if only is None else (),
        doubt=stands.doubt,
        confirmed=stands.confirmed,
        invented=is_invented(study.nct_id),
        rewritten=context.rewritten,
        data_timestamp=context.data_timestamp or _version_holder(context),
        source=context.source,
    )


def _chapters(built: list[tuple[str, Section]]) -> tuple[Chapter, ...]:
    parts: dict[str, list[Section]] = {}
    for part, section in built:
        if part != RELATED:
            parts.setdefault(part, []).append(section)
    return tuple(
        Chapter(
            f"chapter-{title.lower().replace(' ', '-')}",
            title,
            " · ".join(section.title for section in sections[:4]) + (" …" if len(sections) > 4 else ""),
            tuple(sections),
        )
        for title, sections in parts.items()
    )


def _version_holder(context: PageContext) -> str:
    derived = context.study.derived_section
    misc = derived and derived.misc_info_module
    return (misc and misc.version_holder) or ""
