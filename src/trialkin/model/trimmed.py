"""Telling a whole record from one that a request trimmed. Pure.

The registry gives whole records unless `fields` is asked for; a record without what every whole one has says nothing
about the rest.
"""

from __future__ import annotations

from .study import Study


def missing_parts(study: Study) -> frozenset[str]:
    """Which of the parts that every whole record of the registry has are not in this one; empty for a whole record."""
    section, derived = study.protocol_section, study.derived_section
    identification, status, sponsors = study.identification, study.status, study.sponsors
    parts: dict[str, object] = {
        "title": identification.brief_title,
        "organisation": identification.organization,
        "own id": identification.org_study_id_info,
        "status": status.overall_status,
        "first submitted": status.study_first_submit_date,
        "last submitted": status.last_update_submit_date,
        "sponsor": sponsors.lead_sponsor,
        "summary": section.description_module and section.description_module.brief_summary,
        "conditions": section.conditions_module,
        "design": section.design_module and section.design_module.study_type,
        "eligibility": section.eligibility_module,
        "has results": study.has_results,
        "release": derived and derived.misc_info_module and derived.misc_info_module.version_holder,
        "results": study.results_section if study.has_results else "none to have",
    }
    return frozenset(name for name, found in parts.items() if found is None)


def is_trimmed(offered: frozenset[str], *, against: frozenset[str]) -> bool:
    """Whether a record that misses `offered` is a trimmed form of one that misses only `against`."""
    return bool(offered - against) and not against - offered
