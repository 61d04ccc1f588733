"""A study as a FHIR R5 ResearchStudy. What the record does not state is left out. Knows no surface.

Source: HL7 FHIR R5, ResearchStudy. The registry's own values stand as texts of concepts, for no code system of
FHIR's own holds them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import Study
from ..reading.markup import plain

_ADDRESS = "https://clinicaltrials.gov/study/"


def research_study(study: Study) -> dict[str, Any]:
    """The resource; its eligibility is its own resource (`fhir_evidence_variable`)."""
    status, lead, size = study.status, study.sponsors.lead_sponsor, study.enrollment
    made: dict[str, Any] = {
        "resourceType": "ResearchStudy",
        "id": study.nct_id,
        "url": f"{_ADDRESS}{study.nct_id}",
        "identifier": [{"system": "https://clinicaltrials.gov", "value": study.nct_id}],
        "title": _words(study.title),
        "status": "active",
        "phase": _concept("/".join(study.design.phases)),
        "condition": _concepts(study.conditions),
        "keyword": _concepts(study.keywords),
        "studyDesign": _concepts([study.design.study_type]),
        "description": study.description.brief_summary,
        "period": _stated(
            start=_date(status.start_date_struct),
            end=_date(status.completion_date_struct),
        ),
        "whyStopped": _concept(status.why_stopped),
        "progressStatus": [{"state": state}] if (state := _concept(study.overall_status)) else None,
        "associatedParty": [_sponsor(lead.name)] if lead and _words(lead.name) else None,
        "recruitment": _stated(**{"actualNumber" if size.actual else "targetNumber": size.count}),
        "comparisonGroup": _groups(study),
        "outcomeMeasure": _outcomes(study),
    }
    return _stated(**made)


def _stated(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _words(text: str | None) -> str:
    return " ".join(plain(text).split())


def _concept(text: str | None) -> dict[str, str] | None:
    return {"text": words} if (words := _words(text)) else None


def _concepts(texts: Iterable[str | None]) -> list[dict[str, str]]:
    return [concept for concept in map(_concept, texts) if concept]


def _date(stated: Any) -> str | None:
    """A day, a month or a year, as FHIR takes all three."""
    return (stated.date or None) if stated else None


def _sponsor(name: str | None) -> dict[str, Any]:
    system = "http://hl7.org/fhir/research-study-party-role"
    return {"name": _words(name), "role": {"coding": [{"system": system, "code": "lead-sponsor"}]}}


def _groups(study: Study) -> list[dict[str, Any]]:
    return [
        _stated(name=_words(arm.label), type=_concept(arm.type), description=arm.description)
        for arm in study.arm_groups
        if _words(arm.label)
    ]


def _outcomes(study: Study) -> list[dict[str, Any]]:
    outcomes = study.outcomes
    kinds = (
        ("primary", outcomes.primary_outcomes),
        ("secondary", outcomes.secondary_outcomes),
        ("exploratory", outcomes.other_outcomes),
    )
    return [
        _stated(
            name=_words(each.measure),
            type=[{"coding": [{"system": "http://hl7.org/fhir/research-study-objective-type", "code": kind}]}],
            description="\n\n".join(filter(None, (each.description, each.time_frame))),
        )
        for kind, listed in kinds
        for each in listed
        if _words(each.measure)
    ]
