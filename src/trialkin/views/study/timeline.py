"""The dates of the study and of its record, drawn on one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ...model import PartialDate, Study
from ...model.protocol import DateStruct, PartialDateStruct
from ..blocks import Block, Figure
from ..pictures.timeline import Mark, Period, Timeline, draw
from ..words import day
from .context import PageContext


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: statusModule's dates; shown when there are at least two."""
    marks = _marks(context.study)
    if len(marks) < 2:
        return ()
    said = "; ".join(f"{mark.name} {mark.words}{_kind(mark)}" for mark in marks)
    recruiting = recruiting_periods(context)
    said += "".join(f"; {period.words}" for period in recruiting[-1:])
    alternative = f"{said}; today is {day(_day(context.today))}."
    line = Timeline("Dates of the study", alternative, marks, context.today, recruiting)
    key = "Large marks are the study's own dates, small ones those of its record. "
    key += "Filled: actual; hollow: estimated; a bar: given only to the month or year."
    if any(mark.estimated is None and mark.main for mark in marks):
        key += " Pale: the record does not say which."
    if recruiting:
        key += " The thick line: recruiting, as far as the versions of the record kept here tell."
    return (Figure(draw(line), "Dates of the study", key),)


def _day(date: dt.date) -> PartialDate:
    return PartialDate(date.year, date.month, date.day)


def recruiting_periods(context: PageContext) -> tuple[Period, ...]:
    """When the study recruited, as far as the versions of the record in this library tell."""
    return periods_of(context.versions if context.versions and not context.rewritten else [context.study])


def periods_of(versions: Sequence[Study]) -> tuple[Period, ...]:
    """Periods of recruiting, from versions of one study, oldest first.

    A version that says "recruiting" holds from its last update to that of the next version; the first one from the
    actual start date, where that is earlier. The last one holds to its own last update: what came after is not known.
    """
    seen = [(posted, study) for study in versions if (posted := _updated(study))]
    periods: list[Period] = []
    for number, (posted, study) in enumerate(seen):
        if study.overall_status not in ("RECRUITING", "ENROLLING_BY_INVITATION"):
            continue
        start = study.start_date.first if study.start_date and _actual(study) else posted
        first = min(posted, start) if number == 0 else posted
        last = seen[number + 1][0] if number + 1 < len(seen) else posted
        if periods and periods[-1].last == first:
            first = periods.pop().first
        known = "until" if number + 1 < len(seen) else "as of"
        periods.append(Period(first, last, f"Recruiting {known} {day(_day(last))}"))
    return tuple(periods)


def _updated(study: Study) -> dt.date | None:
    struct = study.status.last_update_post_date_struct
    date = PartialDate.parse(struct.date) if struct and struct.date else None
    return date.first if date else None


def _actual(study: Study) -> bool:
    struct = study.status.start_date_struct
    return struct is not None and struct.type == "ACTUAL"


def _kind(mark: Mark) -> str:
    return {True: " (estimated)", False: " (actual)", None: ""}[mark.estimated] if mark.main else ""


def _marks(study: Study) -> tuple[Mark, ...]:
    status = study.status
    found = (
        _mark("First submitted", status.study_first_submit_date, "ACTUAL", main=False),
        _struct("Start", status.start_date_struct),
        _struct("Primary completion", status.primary_completion_date_struct),
        _struct("Completion", status.completion_date_struct),
        _posted("Results posted", status.results_first_post_date_struct),
        _posted("Last update posted", status.last_update_post_date_struct),
    )
    marks = [mark for mark in found if mark is not None]
    return tuple(sorted(marks, key=lambda mark: (mark.date.first, mark.date.last)))


def _mark(name: str, text: str | None, kind: str | None, *, main: bool = True) -> Mark | None:
    date = PartialDate.parse(text) if text else None
    if date is None:
        return None
    return Mark(name, date, day(date), None if kind is None else kind == "ESTIMATED", main)


def _struct(name: str, struct: PartialDateStruct | None) -> Mark | None:
    return _mark(name, struct.date, struct.type) if struct else None


def _posted(name: str, struct: DateStruct | None) -> Mark | None:
    """Posting dates are the record's own; their type says whether the registry estimated them."""
    if struct is None:
        return None
    return _mark(name, struct.date, struct.type or "ACTUAL", main=False)
