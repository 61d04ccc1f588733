"""What else was posted with the results: limitations, the right to publish, whom to ask."""

from __future__ import annotations

from ...model.results import CertainAgreement, PointOfContact
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Facts, Prose, Value, fact, facts, present
from ..words import yes_no
from .context import PageContext

_RESTRICTIONS = {
    "LTE60": "The sponsor may review and delay publications by up to 60 days",
    "GT60": "The sponsor may review and delay publications by more than 60, up to 180 days",
    "OTHER": "Another restriction, see the details",
}


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: resultsSection.moreInfoModule."""
    results = context.study.results_section
    module = results and results.more_info_module
    if not module:
        return ()
    limits = module.limitations_and_caveats
    limitations = limits and limits.description
    return present(
        facts(fact("Limitations and caveats", Prose(limitations) if limitations else None)),
        _agreement(module.certain_agreement) if module.certain_agreement else None,
        _contact(module.point_of_contact) if module.point_of_contact else None,
    )


def _agreement(agreement: CertainAgreement) -> Facts | None:
    kind = agreement.restriction_type
    shown = (
        Value(_RESTRICTIONS.get(kind, label("AgreementRestrictionType", kind)), registry=kind) if kind else None
    )
    return facts(
        fact(
            "Principal investigators are employees of the sponsor",
            yes_no(agreement.pi_sponsor_employee, "AgreementPISponsorEmployee"),
        ),
        fact(
            "Agreement restricts what they may publish",
            yes_no(agreement.restrictive_agreement, "AgreementRestrictiveAgreement"),
        ),
        fact("Kind of restriction", shown),
        fact("Details", Prose(agreement.other_details) if agreement.other_details else None),
    )


def _contact(contact: PointOfContact) -> Facts | None:
    phone = plain(contact.phone) + (f" ext. {plain(contact.phone_ext)}" if contact.phone_ext else "")
    return facts(
        fact("Whom to ask about these results", plain(contact.title)),
        fact("Organisation", plain(contact.organization)),
        fact("Phone", phone.strip()),
        fact("E-mail", Value(contact.email, href=f"mailto:{contact.email}") if contact.email else None),
    )
