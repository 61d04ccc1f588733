"""The results tables of AACT out of a registry record. Must not know files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .paths import Place, below, first_day, number, text, truth, walk, whole

Row = dict[str, Any]
Next = Callable[[str], int]
_R = "resultsSection"
_FLOW, _BASE = f"{_R}.participantFlowModule", f"{_R}.baselineCharacteristicsModule"
_OUTCOMES, _EVENTS = f"{_R}.outcomeMeasuresModule.outcomeMeasures", f"{_R}.adverseEventsModule"
_P_VALUE = re.compile(r"\s*([<>=]+)?\s*(.*)")
_TOTALS = (
    ("deaths", "Total, all-cause mortality"),
    ("serious", "Total, serious adverse events"),
    ("other", "Total, other adverse events"),
)


def rows(record: Any, new_id: Next) -> Iterator[tuple[str, Row]]:
    """Every row of the results section as (table, row)."""
    if not isinstance(record.get(_R), dict):
        return
    yield from _flow(record, new_id)
    yield from _baseline(record, new_id)
    yield from _outcomes(record, new_id)
    yield from _events(record, new_id)
    yield from _more(record)


def _groups(places: Iterator[Place], kind: str, new_id: Next, made: dict[Any, int]) -> Iterator[tuple[str, Row]]:
    for place in places:
        made[place.get("id")] = new_id("result_groups")
        yield (
            "result_groups",
            {
                "id": made[place.get("id")],
                "ctgov_group_code": text(place.get("id")),
                "result_type": kind,
                "title": text(place.get("title")),
                "description": text(place.get("description")),
            },
        )


def _of_group(place: Place, groups: dict[Any, int]) -> Row:
    return {"ctgov_group_code": text(place.get("groupId")), "result_group_id": groups.get(place.get("groupId"))}


def _flow(record: Any, new_id: Next) -> Iterator[tuple[str, Row]]:
    groups: dict[Any, int] = {}
    yield from _groups(walk(record, f"{_FLOW}.groups"), "Participant Flow", new_id, groups)
    for place in walk(record, _FLOW):
        yield (
            "participant_flows",
            {
                "recruitment_details": text(place.get("recruitmentDetails")),
                "pre_assignment_details": text(place.get("preAssignmentDetails")),
                "units_analyzed": text(place.get("typeUnitsAnalyzed")),
            },
        )
    for place in walk(record, f"{_FLOW}.periods.milestones.achievements"):
        yield (
            "milestones",
            {
                **_of_group(place, groups),
                "title": text(place.get("^type")),
                "period": text(place.get("^^title")),
                "description": text(place.get("comment")),
                "count": whole(place.get("numSubjects")),
                "milestone_description": text(place.get("^comment")),
                "count_units": text(place.get("numUnits")),
            },
        )
    for place in walk(record, f"{_FLOW}.periods.dropWithdraws.reasons"):
        yield (
            "drop_withdrawals",
            {
                **_of_group(place, groups),
                "period": text(place.get("^^title")),
                "reason": text(place.get("^type")),
                "count": whole(place.get("numSubjects")),
                "drop_withdraw_comment": text(place.get("^comment")),
                "reason_comment": text(place.get("comment")),
                "count_units": whole(place.get("numUnits")),
            },
        )


def _baseline(record: Any, new_id: Next) -> Iterator[tuple[str, Row]]:
    groups: dict[Any, int] = {}
    yield from _groups(walk(record, f"{_BASE}.groups"), "Baseline", new_id, groups)
    for place in walk(record, f"{_BASE}.denoms.counts"):
        yield (
            "baseline_counts",
            {
                **_of_group(place, groups),
                "units": text(place.get("^units")),
                "scope": "overall",
                "count": whole(place.get("value")),
            },
        )
    for place in walk(record, f"{_BASE}.measures.classes.categories.measurements"):
        units = text(place.get("^^^denomUnitsSelected")) or "Participants"
        yield (
            "baseline_measurements",
            {
                **_of_group(place, groups),
                **_measurement(place),
                "population_description": text(place.get("^^^populationDescription")),
                "calculate_percentage": text(place.get("^^^calculatePct")),
                "number_analyzed": _analysed(place, units),
                "number_analyzed_units": units,
            },
        )


def _analysed(place: Place, units: str) -> int | None:
    """How many were analysed: by the class, else the measure, else the whole baseline."""
    for up in ("^^denoms", "^^^denoms", "^^^^denoms"):
        for denom in place.get(up) or ():
            if not isinstance(denom, dict) or denom.get("units") not in {units, None}:
                continue
            for count in denom.get("counts") or ():
                if isinstance(count, dict) and count.get("groupId") == place.get("groupId"):
                    return whole(count.get("value"))
    return None


def _measurement(place: Place) -> Row:
    return {
        "classification": text(place.get("^^title")),
        "category": text(place.get("^title")),
        "title": text(place.get("^^^title")),
        "description": text(place.get("^^^description")),
        "units": text(place.get("^^^unitOfMeasure")),
        "param_type": text(place.get("^^^paramType")),
        "param_value": text(place.get("value")),
        "param_value_num": number(place.get("value")),
        "dispersion_type": text(place.get("^^^dispersionType")),
        "dispersion_value": text(place.get("spread")),
        "dispersion_value_num": number(place.get("spread")),
        "dispersion_lower_limit": number(place.get("lowerLimit")),
        "dispersion_upper_limit": number(place.get("upperLimit")),
        "dispersion_lower_limit_raw": text(place.get("lowerLimit")),
        "dispersion_upper_limit_raw": text(place.get("upperLimit")),
        "explanation_of_na": text(place.get("comment")),
    }


def _outcomes(record: Any, new_id: Next) -> Iterator[tuple[str, Row]]:
    for place in walk(record, _OUTCOMES):
        outcome = new_id("outcomes")
        groups: dict[Any, int] = {}
        yield (
            "outcomes",
            {
                "id": outcome,
                "outcome_type": text(place.get("type")),
                "title": text(place.get("title")),
                "description": text(place.get("description")),
                "time_frame": text(place.get("timeFrame")),
                "population": text(place.get("populationDescription")),
                "anticipated_posting_date": first_day(place.get("anticipatedPostingDate")),
                "anticipated_posting_month_year": text(place.get("anticipatedPostingDate")),
                "units": text(place.get("unitOfMeasure")),
                "units_analyzed": text(place.get("typeUnitsAnalyzed")),
                "dispersion_type": text(place.get("dispersionType")),
                "param_type": text(place.get("paramType")),
            },
        )
        yield from _groups(below(place, "groups"), "Outcome", new_id, groups)
        for found in below(place, "classes.categories.measurements"):
            row = {**_of_group(found, groups), **_measurement(found), "outcome_id": outcome}
            yield "outcome_measurements", row
        for path, scope in (("denoms.counts", "Measure"), ("classes.denoms.counts", "Class")):
            for found in below(place, path):
                yield (
                    "outcome_counts",
                    {
                        **_of_group(found, groups),
                        "outcome_id": outcome,
                        "scope": scope,
                        "class_title": text(found.get("^^title")) if scope == "Class" else None,
                        "units": text(found.get("^units")),
                        "count": whole(found.get("value")),
                    },
                )
        yield from _analyses(place, outcome, groups, new_id)


def _analyses(place: Place, outcome: int, groups: dict[Any, int], new_id: Next) -> Iterator[tuple[str, Row]]:
    for found in below(place, "analyses"):
        analysis, raw = new_id("outcome_analyses"), text(found.get("pValue"))
        match = _P_VALUE.fullmatch(raw or "")
        yield (
            "outcome_analyses",
            {
                "id": analysis,
                "outcome_id": outcome,
                "non_inferiority_type": text(found.get("nonInferiorityType")),
                "non_inferiority_description": text(found.get("nonInferiorityComment")),
                "param_type": text(found.get("paramType")),
                "param_value": number(found.get("paramValue")),
                "dispersion_type": text(found.get("dispersionType")),
                "dispersion_value": number(found.get("dispersionValue")),
                "p_value_modifier": match[1] if match else None,
                "p_value": number(match[2]) if match else None,
                "p_value_raw": raw,
                "p_value_description": text(found.get("pValueComment")),
                "ci_n_sides": text(found.get("ciNumSides")),
                "ci_percent": number(found.get("ciPctValue")),
                "ci_lower_limit": number(found.get("ciLowerLimit")),
                "ci_upper_limit": number(found.get("ciUpperLimit")),
                "ci_lower_limit_raw": text(found.get("ciLowerLimit")),
                "ci_upper_limit_raw": text(found.get("ciUpperLimit")),
                "ci_upper_limit_na_comment": text(found.get("ciUpperLimitComment")),
                "method": text(found.get("statisticalMethod")),
                "method_description": text(found.get("statisticalComment")),
                "estimate_description": text(found.get("estimateComment")),
                "groups_description": text(found.get("groupDescription")),
                "other_analysis_description": text(found.get("otherAnalysisDescription")),
            },
        )
        for group in below(found, "groupIds"):
            yield (
                "outcome_analysis_groups",
                {
                    "outcome_analysis_id": analysis,
                    "ctgov_group_code": text(group.value),
                    "result_group_id": groups.get(group.value),
                },
            )


def _events(record: Any, new_id: Next) -> Iterator[tuple[str, Row]]:
    groups: dict[Any, int] = {}
    yield from _groups(walk(record, f"{_EVENTS}.eventGroups"), "Reported Event", new_id, groups)
    for place in walk(record, f"{_EVENTS}.eventGroups"):
        for kind, words in _TOTALS:
            yield (
                "reported_event_totals",
                {
                    "ctgov_group_code": text(place.get("id")),
                    "event_type": kind,
                    "classification": words,
                    "subjects_affected": whole(place.get(f"{kind}NumAffected")),
                    "subjects_at_risk": whole(place.get(f"{kind}NumAtRisk")),
                },
            )
    for kind in ("serious", "other"):
        for place in walk(record, f"{_EVENTS}.{kind}Events.stats"):
            yield (
                "reported_events",
                {
                    **_of_group(place, groups),
                    "event_type": kind,
                    "time_frame": text(place.get("^^timeFrame")),
                    "frequency_threshold": whole(place.get("^^frequencyThreshold")),
                    "description": text(place.get("^^description")),
                    "adverse_event_term": text(place.get("^term")),
                    "organ_system": text(place.get("^organSystem")),
                    "vocab": text(place.get("^sourceVocabulary")),
                    "assessment": text(place.get("^assessmentType")),
                    "notes": text(place.get("^notes")),
                    "event_count": whole(place.get("numEvents")),
                    "subjects_affected": whole(place.get("numAffected")),
                    "subjects_at_risk": whole(place.get("numAtRisk")),
                },
            )


def _more(record: Any) -> Iterator[tuple[str, Row]]:
    for place in walk(record, f"{_R}.moreInfoModule.certainAgreement"):
        yield (
            "result_agreements",
            {
                "pi_employee": truth(place.get("piSponsorEmployee")),
                "restriction_type": text(place.get("restrictionType")),
                "restrictive_agreement": truth(place.get("restrictiveAgreement")),
                "other_details": text(place.get("otherDetails")),
            },
        )
    for place in walk(record, f"{_R}.moreInfoModule.pointOfContact"):
        yield (
            "result_contacts",
            {
                "organization": text(place.get("organization")),
                "name": text(place.get("title")),
                "phone": text(place.get("phone")),
                "extension": text(place.get("phoneExt")),
                "email": text(place.get("email")),
            },
        )
