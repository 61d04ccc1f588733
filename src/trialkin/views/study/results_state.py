"""Whether results are posted, due or overdue, with the rule named.

The general rule is U.S. law: FDAAA 801 and 42 CFR 11 ask for results one year after the primary completion date of
an "applicable clinical trial". Whether a study is one cannot be decided from the record alone, so this says what the
general rule would ask and what in the record speaks for or against it; it never says that a law was broken.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ...model import PartialDate, Study
from ..blocks import Block, Fact, Facts, Note, Value, present
from ..words import day, struct_value
from .context import PageContext

RULE = (
    "FDAAA 801 and 42 CFR 11 (U.S. law): results of an applicable clinical trial are due one year after the "
    "primary completion date"
)

State = Literal["posted", "submitted", "waived", "not expected", "not due", "due", "overdue", "unclear"]


@dataclass(frozen=True)
class ResultsState:
    """`words`: the state in a few words. `date`: posted or due then, as precise as the record, None if neither."""

    state: State
    words: str
    date: PartialDate | None = None
    why: str = ""


def results_state(study: Study, today: dt.date) -> ResultsState:
    """Where the results stand on a day.

    Source: hasResults, statusModule, designModule; 42 CFR 11.44 (one year; up to two more with a certification).
    """
    status = study.status
    if study.results_section is not None or study.has_results:
        struct = status.results_first_post_date_struct
        posted = PartialDate.parse(struct.date) if struct and struct.date else None
        return ResultsState("posted", f"Posted {day(posted)}" if posted else "Posted", posted)
    if status.results_waived:
        return ResultsState("waived", "Not required: waived", why="The registry marks the results as waived.")
    tracking = _tracking(study)
    if status.results_first_submit_date or tracking:
        return ResultsState("submitted", "Submitted, not posted yet", why="Results were sent to the registry.")
    return _by_general_rule(study, today)


def _tracking(study: Study) -> bool:
    derived = study.derived_section
    misc = derived.misc_info_module if derived else None
    return (
        misc is not None
        and misc.submission_tracking is not None
        and bool(misc.submission_tracking.submission_infos)
    )


def _by_general_rule(study: Study, today: dt.date) -> ResultsState:
    if study.overall_status == "WITHDRAWN":
        return ResultsState(
            "not expected", "None expected", why="The study was withdrawn before anybody took part."
        )
    if study.design.study_type is None:
        return ResultsState("unclear", "Not posted", why="The record does not say what type of study it is.")
    if study.design.study_type != "INTERVENTIONAL":
        return ResultsState("not expected", "Not required", why="The rule covers interventional studies only.")
    if set(study.design.phases) and set(study.design.phases) <= {"PHASE1", "EARLY_PHASE1"}:
        return ResultsState(
            "not expected", "Not required", why="The rule does not cover phase 1 studies of drugs."
        )
    if study.design_info.primary_purpose == "DEVICE_FEASIBILITY":
        return ResultsState(
            "not expected", "Not required", why="The rule does not cover device feasibility studies."
        )
    struct = study.status.primary_completion_date_struct or study.status.completion_date_struct
    end = PartialDate.parse(struct.date) if struct and struct.date else None
    if end is None:
        return ResultsState("unclear", "Not posted", why="The record gives no completion date to count from.")
    return _counted(study, end, today)


def _counted(study: Study, end: PartialDate, today: dt.date) -> ResultsState:
    delayed = bool(study.status.disp_first_submit_date)
    due = _years_later(end, 3 if delayed else 1)
    from_what = "primary completion" if study.status.primary_completion_date_struct else "completion"
    why = f"One year after the {from_what} date, {day(end)}."
    if delayed:
        why = f"A certification of delayed results moves the date to at most three years after {day(end)}."
    on = "on" if due.day else "in"
    if due.first > today:
        return ResultsState(
            "not due",
            "None posted",
            due,
            f"By the general rule, where it covers a study, not due before {day(due)}. {why}",
        )
    if not due.surely_before(today):
        return ResultsState("due", f"Due {on} {day(due)}", due, why)
    return ResultsState("overdue", f"Not posted; expected by {day(due)}", due, why)


def _years_later(date: PartialDate, years: int) -> PartialDate:
    day_then = 28 if (date.month, date.day) == (2, 29) else date.day
    return PartialDate(date.year + years, date.month, day_then)


def _signs(study: Study) -> str:
    """What in the record speaks for or against the rule covering the study."""
    oversight, signs = study.oversight, []
    for name, flag in (("drug", oversight.is_fda_regulated_drug), ("device", oversight.is_fda_regulated_device)):
        if flag is not None:
            signs.append(f"it {'studies' if flag else 'does not study'} a {name} regulated by the FDA")
    if study.locations:
        american = "United States" in study.countries
        signs.append("it has sites in the United States" if american else "it lists no U.S. site")
    return "; ".join(signs)


def _noticed(study: Study) -> bool:
    section = study.annotation_section
    module = section.annotation_module if section else None
    return bool(study.oversight.fdaaa801_violation or (module and module.violation_annotation))


def blocks(context: PageContext) -> tuple[Block, ...]:
    """The state, why, and what the record says about submission.

    Source: statusModule.results*, statusModule.dispFirst*.
    """
    study, state = context.study, results_state(context.study, context.today)
    status = study.status
    if state.state == "posted":
        return (Facts((Fact("Results", (Value(state.words, tone="good"),)),)),)
    rows = [
        Fact("Results", (Value(state.words, tone="wait" if state.state == "overdue" else ""),), note=state.why)
    ]
    certified = struct_value(status.disp_first_post_date_struct)
    if certified:
        rows.append(Fact("Certification of delayed results posted", (certified,)))
    note = None
    if state.state in {"not due", "due", "overdue"}:
        signs = _signs(study)
        says = f" The record says that {signs}." if signs else ""
        if _noticed(study):
            text = f"The FDA posted a notice on this study; its steps are under the notes of the registry.{says}"
        else:
            text = (
                "This is the general rule, counted from the dates in the record. It covers only certain studies, and "
                f"whether it covers this one cannot be read from the record.{says}"
            )
        note = Note(text, rule=RULE)
    elif state.state == "not expected" and study.overall_status != "WITHDRAWN":
        note = Note("Sponsors may post results without being asked to.", rule=RULE)
    return present(Facts(tuple(rows)), note)
