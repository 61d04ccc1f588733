"""What a recruitment status is worth: an open status that its own record contradicts is shown with its doubt.

Compares the record with itself and with today; a missing date raises no doubt. Must not know: pages, sections.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from ..model import PartialDate, Study
from .blocks import Value
from .words import day, status_value

OPEN = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION"})
LATELY_DAYS = 731
"""An open status confirmed longer ago than two years is in doubt."""


@dataclass(frozen=True)
class Standing:
    """A status as people should read it.

    status: its badge, "…, in doubt" when the record speaks against it. doubt: why, "" for none. confirmed: when the
    record of an open study was last confirmed ("confirmed February 2026"), "" for others and where it is not stated.
    """

    status: Value
    doubt: str = ""
    confirmed: str = ""


def standing(study: Study, today: dt.date) -> Standing:
    """Where a study stands on a day.

    Source: statusModule.{overallStatus, statusVerifiedDate, lastUpdatePostDateStruct, startDateStruct,
    completionDateStruct, primaryCompletionDateStruct}.
    """
    shown = status_value(study.overall_status)
    if study.overall_status not in OPEN:
        return Standing(shown)
    confirmed = _confirmed(study)
    doubt = _doubt(study, confirmed, today)
    if doubt:
        shown = replace(shown, text=f"{shown.text}, in doubt", tone="doubt")
    return Standing(shown, doubt, f"confirmed {day(confirmed)}" if confirmed else "")


def _doubt(study: Study, confirmed: PartialDate | None, today: dt.date) -> str:
    status, start = study.status, study.start_date
    if study.overall_status == "NOT_YET_RECRUITING" and start is not None and start.surely_before(today):
        return f"its start, {day(start)}, has passed"
    for name, struct in (
        ("end", status.completion_date_struct),
        ("primary completion", status.primary_completion_date_struct),
    ):
        end = PartialDate.parse(struct.date) if struct and struct.date else None
        if end is not None and end.surely_before(today):
            return f"its {name}, {day(end)}, has passed"
    if confirmed is not None and (today - confirmed.last).days > LATELY_DAYS:
        return f"not confirmed since {day(confirmed)}"
    return ""


def _confirmed(study: Study) -> PartialDate | None:
    """When somebody last vouched for the record: verified, else updated."""
    verified = PartialDate.parse(study.status.status_verified_date or "")
    struct = study.status.last_update_post_date_struct
    updated = PartialDate.parse(struct.date) if struct and struct.date else None
    return verified or updated
