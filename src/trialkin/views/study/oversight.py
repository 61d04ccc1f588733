"""Regulation and monitoring, and the plan for sharing individual participant data."""

from __future__ import annotations

from ...reading.markup import plain
from ..blocks import Block, Prose, Subsection, Table, Value, fact, facts, present
from ..words import enum_value, link_value, text_value, yes_no
from .context import PageContext

_FLAGS = (
    ("oversight_has_dmc", "OversightHasDMC", "Data monitoring committee"),
    ("is_fda_regulated_drug", "IsFDARegulatedDrug", "Studies a drug regulated by the U.S. FDA"),
    ("is_fda_regulated_device", "IsFDARegulatedDevice", "Studies a device regulated by the U.S. FDA"),
    ("is_unapproved_device", "IsUnapprovedDevice", "Device not yet approved or cleared by the U.S. FDA"),
    ("is_ppsd", "IsPPSD", "Pediatric postmarket surveillance of a device"),
    ("is_us_export", "IsUSExport", "Product made in and exported from the U.S."),
    ("fdaaa801_violation", "FDAAA801Violation", "FDAAA 801 violation"),
)


def oversight(context: PageContext) -> tuple[Block, ...]:
    """Source: oversightModule; None means not reported, and is left out."""
    module = context.study.oversight
    return present(facts(*(fact(words, yes_no(getattr(module, name), piece)) for name, piece, words in _FLAGS)))


def ipd_sharing(context: PageContext) -> tuple[Block, ...]:
    """Source: ipdSharingStatementModule, referencesModule.availIpds."""
    plan = context.study.protocol_section.ipd_sharing_statement_module
    rows = (
        None
        if plan is None
        else facts(
            fact("Plan to share individual participant data", enum_value("IpdSharing", plan.ipd_sharing)),
            fact("Plan", Prose(plan.description) if plan.description else None),
            fact("Supporting information", *(enum_value("IpdSharingInfoType", kind) for kind in plan.info_types)),
            fact("When", Prose(plan.time_frame) if plan.time_frame else None),
            fact("Access criteria", Prose(plan.access_criteria) if plan.access_criteria else None),
            fact("Address", link_value(plan.url, plan.url)),
        )
    )
    return present(rows, _available(context))


def _available(context: PageContext) -> Subsection | None:
    data = context.study.references.avail_ipds
    if not data:
        return None
    rows = tuple(
        (
            Value(plain(one.type) or "Data"),
            text_value(one.id) or "",
            link_value(one.url, one.url) or "",
            Prose(one.comment) if one.comment else "",
        )
        for one in data
    )
    table = Table(("Type", "Id", "Address", "Comment"), rows, stack=True)
    return Subsection("Data and documents that are available", (table,))
