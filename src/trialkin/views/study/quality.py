"""Doubts about a record that a reader should know of, each with the rule that raised it.

A rule compares only what the record says with itself, with today, or with a written registration rule; a missing
value never raises one. A new rule is one function and one line in `RULES`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ...model import Age, PartialDate, Study
from ...model.protocol import PartialDateStruct
from ...model.values import UNKNOWN_ENROLLMENT
from ...vocab import label
from ..blocks import Note
from ..words import age_text, count_of, day
from .context import PageContext
from .criteria import numbering_doubts

_OPEN = {"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION"}
_RUNNING = _OPEN | {"ACTIVE_NOT_RECRUITING", "SUSPENDED"}
_MASKED = {"NONE": 0, "SINGLE": 1, "DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4}


@dataclass(frozen=True)
class Rule:
    """A rule in words, and the check that says what it found ("" for nothing)."""

    key: str
    words: str
    check: Callable[[Study, dt.date], str]


NUMBERING = "a numbered list starts at 1 and leaves no number out"


def doubts(context: PageContext) -> tuple[Note, ...]:
    """The flags of a record, in the order of `RULES`, and of the numbers of its criteria."""
    found = [(rule.words, rule.check(context.study, context.today)) for rule in RULES]
    found.append((NUMBERING, " ".join(numbering_doubts(context.reading.criteria))))
    return tuple(Note(text, "flag", rule=words) for words, text in found if text)


def _date(struct: PartialDateStruct | None) -> PartialDate | None:
    return PartialDate.parse(struct.date) if struct and struct.date else None


def _status(study: Study) -> str:
    return f"“{label('Status', study.overall_status)}”"


def _start_passed(study: Study, today: dt.date) -> str:
    start = study.start_date
    if study.overall_status != "NOT_YET_RECRUITING" or start is None or not start.surely_before(today):
        return ""
    return f"The start date, {day(start)}, has passed, but the status is still {_status(study)}."


def _completion_passed(study: Study, today: dt.date) -> str:
    if study.overall_status not in _RUNNING:
        return ""
    end = _date(study.status.completion_date_struct)
    if end is None or not end.surely_before(today):
        return ""
    return f"The completion date, {day(end)}, has passed, but the status is still {_status(study)}."


def _primary_passed(study: Study, today: dt.date) -> str:
    end = _date(study.status.primary_completion_date_struct)
    if study.overall_status not in _OPEN or end is None or not end.surely_before(today):
        return ""
    if _completion_passed(study, today):
        return ""
    return f"The primary completion date, {day(end)}, has passed, but the status is still {_status(study)}."


def _unverified(study: Study, today: dt.date) -> str:
    verified = PartialDate.parse(study.status.status_verified_date or "")
    if study.overall_status not in _RUNNING or verified is None:
        return ""
    years = (today - verified.last).days / 365.25
    if years <= 2:
        return ""
    return f"The sponsor last confirmed the record in {day(verified)}, {int(years)} years ago."


def _unknown_status(study: Study, today: dt.date) -> str:
    if study.overall_status != "UNKNOWN":
        return ""
    last = study.status.last_known_status
    return f"The status is not known any more; the last known one is “{label('Status', last)}”." if last else ""


def _actual_in_future(study: Study, today: dt.date) -> str:
    status = study.status
    for name, struct in (
        ("start", status.start_date_struct),
        ("primary completion", status.primary_completion_date_struct),
        ("completion", status.completion_date_struct),
    ):
        date = _date(struct)
        if struct and struct.type == "ACTUAL" and date and date.first > today:
            return f"The {name} date, {day(date)}, is marked as actual but has not come yet."
    return ""


def _dates_reversed(study: Study, today: dt.date) -> str:
    status = study.status
    named = [
        ("start", study.start_date),
        ("primary completion", _date(status.primary_completion_date_struct)),
        ("completion", _date(status.completion_date_struct)),
    ]
    known = [(name, date) for name, date in named if date]
    for (name, date), (later, end) in zip(known, known[1:], strict=False):
        if end.surely_before(date):
            return f"The {later} date ({day(end)}) lies before the {name} date ({day(date)})."
    return ""


def _registered_late(study: Study, today: dt.date) -> str:
    start, first = study.start_date, PartialDate.parse(study.status.study_first_submit_date or "")
    if study.design.study_type != "INTERVENTIONAL" or start is None or first is None:
        return ""
    late = (first.first - start.last).days
    return (
        f"The study was first submitted to the registry {count_of(late, 'day')} after it started."
        if late > 21
        else ""
    )


def _enrollment(study: Study, today: dt.date) -> str:
    info = study.design.enrollment_info
    if info is None or info.count is None:
        return ""
    if info.count == UNKNOWN_ENROLLMENT:
        return "The number of participants is written as 99999999, which stands for “unknown”."
    if info.count == 0 and study.overall_status not in {"WITHDRAWN", "WITHHELD", None}:
        return f"The record says 0 participants, but the status is {_status(study)}."
    if info.count > 0 and study.overall_status == "WITHDRAWN" and info.type == "ACTUAL":
        return (
            f"The record says {count_of(info.count, 'participant')}, but withdrawn means that nobody was enrolled."
        )
    return ""


def _masking(study: Study, today: dt.date) -> str:
    info = study.design_info.masking_info
    if info is None or info.masking not in _MASKED or not info.who_masked:
        return ""
    if _MASKED[info.masking] == len(info.who_masked):
        return ""
    who = ", ".join(label("WhoMasked", one).lower() for one in info.who_masked)
    named = label("DesignMasking", info.masking)
    return f"Masking is “{named}”, but {count_of(len(info.who_masked), 'role is', 'roles are')} named as masked: {who}."


def _arms_and_model(study: Study, today: dt.date) -> str:
    arms, info = len(study.arm_groups), study.design_info
    model = label("InterventionalAssignment", info.intervention_model).lower()
    if arms > 1 and info.intervention_model == "SINGLE_GROUP":
        return f"The design is “{model}”, but {arms} arms are listed."
    if arms == 1 and info.intervention_model in {"PARALLEL", "FACTORIAL"}:
        return f"The design is “{model}”, but only one arm is listed."
    if arms == 1 and info.allocation == "RANDOMIZED" and info.intervention_model != "CROSSOVER":
        return "The allocation is randomized, but only one arm is listed."
    return ""


def _arms_and_interventions(study: Study, today: dt.date) -> str:
    if not study.arm_groups or not study.interventions:
        return ""
    names = {one.name for one in study.interventions}
    for arm in study.arm_groups:
        for name in arm.intervention_names:
            if name.partition(": ")[2] not in names and name not in names:
                return f"The arm “{arm.label}” names “{name}”, which is not among the interventions."
    unused = [one.name for one in study.interventions if one.name and not any(study.arms_of(one))]
    return f"No arm gets the intervention “{unused[0]}”." if unused else ""


def _ages(study: Study, today: dt.date) -> str:
    low, high = (
        Age.parse(text) if text else None
        for text in (study.eligibility.minimum_age, study.eligibility.maximum_age)
    )
    if low is None or high is None or low.years < high.years_exclusive_end:
        return ""
    return f"The minimum age, {age_text(str(low))}, lies above the maximum age, {age_text(str(high))}."


def _no_sites(study: Study, today: dt.date) -> str:
    if study.overall_status != "RECRUITING" or study.locations:
        return ""
    return "The study is recruiting, but the record lists no site."


def _results_flag(study: Study, today: dt.date) -> str:
    if study.has_results and study.results_section is None:
        return "The record says that results are posted, but holds none."
    return ""


RULES: tuple[Rule, ...] = (
    Rule("start-passed", "not yet recruiting, and the start date lies before today", _start_passed),
    Rule("completion-passed", "not ended, and the completion date lies before today", _completion_passed),
    Rule("primary-passed", "enrolling, and the primary completion date lies before today", _primary_passed),
    Rule(
        "unknown-status",
        "the registry's own rule: not verified for two years after completion was due",
        _unknown_status,
    ),
    Rule("unverified", "not ended, and not verified by the sponsor for more than two years", _unverified),
    Rule("no-sites", "recruiting, and no site is listed", _no_sites),
    Rule("actual-future", "a date marked actual lies after today", _actual_in_future),
    Rule(
        "dates-reversed",
        "start, primary completion and completion must not run backwards",
        _dates_reversed,
    ),
    Rule(
        "registered-late",
        "interventional, and submitted more than 21 days after the start date "
        "(42 CFR 11.24; ICMJE asks for registration before the first participant)",
        _registered_late,
    ),
    Rule(
        "enrollment",
        "the number of participants must agree with the status; 99999999 means unknown",
        _enrollment,
    ),
    Rule(
        "masking",
        "single, double, triple and quadruple masking name one, two, three and four roles",
        _masking,
    ),
    Rule("arms-model", "the number of arms must agree with the design", _arms_and_model),
    Rule("arms-interventions", "arms and interventions must name each other", _arms_and_interventions),
    Rule("ages", "the minimum age must not lie above the maximum age", _ages),
    Rule("results-missing", "hasResults is set exactly when a results section is there", _results_flag),
)
