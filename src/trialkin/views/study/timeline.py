"""The dates of the study and of its record, drawn on one line."""

from __future__ import annotations

from ...model import PartialDate, Study
from ...model.protocol import DateStruct, PartialDateStruct
from ..blocks import Block, Figure
from ..pictures.timeline import Mark, Timeline, draw
from ..words import day
from .context import PageContext


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: statusModule's dates; shown when there are at least two."""
    marks = _marks(context.study)
    if len(marks) < 2:
        return ()
    said = "; ".join(f"{mark.name} {mark.words}{_kind(mark)}" for mark in marks)
    line = Timeline("Dates of the study", f"{said}; today is {day(_today(context))}.", marks, context.today)
    key = "Large marks are the study's own dates, small ones those of its record. "
    key += "Filled: actual; hollow: estimated; a bar: given only to the month or year."
    if any(mark.estimated is None and mark.main for mark in marks):
        key += " Pale: the record does not say which."
    return (Figure(draw(line), "Dates of the study", key),)


def _today(context: PageContext) -> PartialDate:
    return PartialDate(context.today.year, context.today.month, context.today.day)


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
