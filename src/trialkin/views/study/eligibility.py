"""Who can take part: the structured bounds, and the criteria as the sponsor numbered them."""

from __future__ import annotations

from ...model import Study
from ..blocks import Block, Fact, Prose, Value, fact, facts, present
from ..words import age_text, enum_value, yes_no
from . import criteria
from .context import PageContext

_AGE_GROUPS = {"CHILD": "birth to 17 years", "ADULT": "18 to 64 years", "OLDER_ADULT": "65 years and older"}


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: eligibilityModule."""
    study = context.study
    text = study.eligibility.eligibility_criteria
    return present(_facts(study), _population(study), criteria.blocks(text, context.reading.criteria))


def _facts(study: Study) -> Block | None:
    rules = study.eligibility
    groups = tuple(enum_value("StandardAge", one, note=_AGE_GROUPS.get(one, "")) for one in rules.std_ages)
    return facts(
        _age("Minimum age", rules.minimum_age),
        _age("Maximum age", rules.maximum_age),
        fact("Age groups", *groups),
        fact("Sex", enum_value("Sex", rules.sex)),
        fact("Chosen by gender", yes_no(rules.gender_based, "GenderBased")),
        fact("About gender", Prose(rules.gender_description) if rules.gender_description else None),
        fact("Healthy volunteers", yes_no(rules.healthy_volunteers, "HealthyVolunteers", yes="Accepted", no="No")),
        fact("Sampling", enum_value("SamplingMethod", rules.sampling_method)),
    )


def _age(name: str, text: str | None) -> Fact | None:
    return fact(name, Value(age_text(text), registry=text)) if text else None


def _population(study: Study) -> Block | None:
    text = study.eligibility.study_population
    return facts(fact("Study population", Prose(text) if text else None))
