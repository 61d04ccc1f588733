"""The record itself: ids, dates, the registry's annotations, derived data, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

from ...model import Study
from ...model.derived import SubmissionInfo, UnpostedEvent, ViolationEvent
from ...model.protocol import SecondaryIdInfo
from ...reading.markup import plain
from ...vocab import by_value, label
from ..blocks import Block, Fact, Prose, Subsection, Table, Tags, Value, fact, facts, present
from ..words import date_value, enum_value, link_value, struct_value, text_value
from .context import PageContext


def identifiers(context: PageContext) -> tuple[Block, ...]:
    """Source: identificationModule.orgStudyIdInfo, secondaryIdInfos."""
    ident = context.study.identification
    own = ident.org_study_id_info
    rows: list[Fact | None] = []
    if own and (own.id or own.type or own.link):
        value = link_value(own.id, own.link) or Value("not given")
        note = label("OrgStudyIdType", own.type)
        rows.append(Fact("Sponsor's ID", (Value(value.text, own.type or "", value.href, note or value.note),)))
    rows += [_secondary(one) for one in ident.secondary_id_infos]
    return present(facts(*rows))


def _secondary(one: SecondaryIdInfo) -> Fact | None:
    row = by_value("identifier_types").get(one.type or "")
    name = row["label"] if row else one.type or "Other ID"
    domain = plain(one.domain)
    if one.type == "REGISTRY" and domain:
        name, domain = f"Registry ({domain})", ""
    value = link_value(one.id, one.link)
    if value is None:
        return Fact(name, (Value("not given", one.type or "", note=domain),)) if domain or one.type else None
    note = "; ".join(part for part in (domain, value.note) if part)
    return Fact(name, (Value(value.text, one.type or "", value.href, note),))


def dates(context: PageContext) -> tuple[Block, ...]:
    """Source: statusModule; "posted" dates may be the registry's estimate (type ESTIMATED)."""
    status = context.study.status
    return present(
        facts(
            fact("First submitted", date_value(status.study_first_submit_date)),
            fact("First submitted that met the quality criteria", date_value(status.study_first_submit_qc_date)),
            fact("First posted", struct_value(status.study_first_post_date_struct)),
            fact("Results first submitted", date_value(status.results_first_submit_date)),
            fact(
                "Results first submitted that met the quality criteria",
                date_value(status.results_first_submit_qc_date),
            ),
            fact("Results first posted", struct_value(status.results_first_post_date_struct)),
            fact("Certification of delay first submitted", date_value(status.disp_first_submit_date)),
            fact(
                "Certification of delay first submitted that met the quality criteria",
                date_value(status.disp_first_submit_qc_date),
            ),
            fact("Certification of delay first posted", struct_value(status.disp_first_post_date_struct)),
            fact("Last update submitted", date_value(status.last_update_submit_date)),
            fact("Last update posted", struct_value(status.last_update_post_date_struct)),
            fact("Verified by the sponsor", date_value(status.status_verified_date)),
        )
    )


def registry_notes(context: PageContext) -> tuple[Block, ...]:
    """Source: annotationSection.annotationModule."""
    section = context.study.annotation_section
    module = section.annotation_module if section else None
    if module is None:
        return ()
    unposted, violation = module.unposted_annotation, module.violation_annotation
    return present(
        _unposted(unposted.unposted_responsible_party, unposted.unposted_events) if unposted else None,
        _violations(violation.violation_events) if violation else None,
    )


_STEPS = {
    "RELEASE": "sent to the registry",
    "UNRELEASE": "taken back by the sponsor",
    "RESET": "returned by the registry after review",
}


def _unposted(party: str | None, events: tuple[UnpostedEvent, ...]) -> Subsection:
    rows = tuple(
        (
            enum_value("UnpostedEventType", one.type, note=_STEPS.get(one.type or "", "")) or Value("Event"),
            _date_or_unknown(one.date, one.date_unknown, "UnpostedEventDateUnknown"),
        )
        for one in events
    )
    return Subsection(
        "Results sent in but not posted",
        present(
            facts(fact("Responsible party", text_value(party))),
            Table(("Step", "Date"), rows) if rows else None,
        ),
    )


def _date_or_unknown(date: str | None, unknown: bool | None, piece: str) -> Value | str:
    """A date, else the record's own word that it is unknown."""
    given = date_value(date)
    if given is not None:
        return given
    return Value("date unknown", "true", piece=piece) if unknown else ""


def _violations(events: tuple[ViolationEvent, ...]) -> Subsection | None:
    rows = tuple(
        (
            enum_value("ViolationEventType", one.type) or Value("Event"),
            Prose(one.description) if one.description else "",
            date_value(one.issued_date) or "",
            date_value(one.creation_date) or "",
            date_value(one.release_date) or "",
            date_value(one.posted_date) or "",
        )
        for one in events
    )
    head = ("Step", "Description", "Issued", "Created", "Released", "Posted")
    return Subsection("FDAAA 801 violation notices", (Table(head, rows, stack=True),)) if rows else None


def derived(context: PageContext) -> tuple[Block, ...]:
    """Source: derivedSection.miscInfoModule."""
    section = context.study.derived_section
    misc = section.misc_info_module if section else None
    if misc is None:
        return ()
    tracking = misc.submission_tracking
    first = tracking.first_mcp_info if tracking else None
    return present(
        facts(
            fact("Data of the registry's release of", date_value(misc.version_holder)),
            fact(
                "Results expected by the registry's estimate",
                date_value(tracking.estimated_results_first_submit_date) if tracking else None,
            ),
            fact(
                "Review with major comments first posted", struct_value(first.post_date_struct) if first else None
            ),
        ),
        Tags(tuple(Value(plain(name)) for name in misc.removed_countries), "Countries whose sites were removed")
        if misc.removed_countries
        else None,
        _submissions(tracking.submission_infos) if tracking else None,
    )


def _submissions(infos: tuple[SubmissionInfo, ...]) -> Table | None:
    rows = tuple(
        (
            date_value(one.release_date) or "",
            _date_or_unknown(one.unrelease_date, one.unrelease_date_unknown, "UnreleaseDateUnknown"),
            date_value(one.reset_date) or "",
            str(one.mcp_release_n) if one.mcp_release_n is not None else "",
        )
        for one in infos
    )
    head = ("Submitted", "Submission cancelled", "Returned after review", "Review round")
    return Table(head, rows, caption="Rounds of results submission", stack=True) if rows else None


_EXPECTED: tuple[tuple[str, Callable[[Study], object]], ...] = (
    ("summary", lambda study: study.description.brief_summary),
    ("conditions", lambda study: study.conditions),
    ("interventions", lambda study: study.interventions or study.design.study_type == "OBSERVATIONAL"),
    ("outcome measures", lambda study: study.outcomes.primary_outcomes or study.outcomes.secondary_outcomes),
    ("eligibility criteria", lambda study: study.eligibility.eligibility_criteria),
    ("sponsor", lambda study: study.sponsors.lead_sponsor),
    ("contact", lambda study: study.contacts_locations.central_contacts or _site_contacts(study)),
    ("sites", lambda study: study.locations),
    ("oversight", lambda study: study.protocol_section.oversight_module),
    ("plan for sharing participant data", lambda study: study.protocol_section.ipd_sharing_statement_module),
    ("publications", lambda study: study.references.references),
)


def _site_contacts(study: Study) -> bool:
    return any(site.contacts for site in study.locations)


def missing(context: PageContext) -> tuple[Block, ...]:
    """One sentence naming the usual parts that this record does not have."""
    absent = [words for words, given in _EXPECTED if not given(context.study)]
    if not absent:
        return ()
    words = absent[0] if len(absent) == 1 else f"{', '.join(absent[:-1])} or {absent[-1]}"
    return (Prose(f"This record gives no {words}.", markup=False),)
