"""Studies in groups: a conflict needs a fact, what is missing is a question, the main condition finds the studies."""

from __future__ import annotations

import json

import pytest

from tests.matching.patients import patient
from trialkin.errors import InvalidValue
from trialkin.matching.fit import Told, fit, fits, kept, sought
from trialkin.model import read_study
from trialkin.model.patient import Facts
from trialkin.reading.criteria import parse_criteria

CRITERIA = "Inclusion Criteria:\n\n* Asthma\n* Age 18 years or older\n\nExclusion Criteria:\n\n* Diabetes"


def _told(nct_id: str, criteria: str = CRITERIA, youngest: str = "18 Years") -> Told:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": "Asthma"},
            "conditionsModule": {"conditions": ["Asthma"]},
            "eligibilityModule": {"eligibilityCriteria": criteria, "minimumAge": youngest},
        }
    }
    return Told(read_study(json.dumps(record).encode()), parse_criteria(criteria))


ADULT = "condition: asthma is present ; age: age = 44 a"


@pytest.mark.parametrize(
    ("line", "group"),
    [
        (f"{ADULT} ; condition: diabetes is absent", "may fit"),
        (ADULT, "needs answers"),
        ("condition: asthma is present", "needs answers"),
        (f"{ADULT} ; condition: diabetes is present", "conflicts"),
        ("condition: asthma is present ; age: age = 12 a", "conflicts"),
    ],
)
def test_groups(line: str, group: str) -> None:
    made = fit(_told("NCT99000001"), patient(line))
    assert made.group == group
    assert (made.reason is not None) == (group == "conflicts")
    assert bool(made.questions) or group != "needs answers"


def test_groups_come_in_order_and_questions_lead() -> None:
    told = [
        _told("NCT99000001", youngest="60 Years"),
        _told("NCT99000002"),
        _told("NCT99000003", "Inclusion Criteria:\n* Asthma"),
    ]
    found = fits(told, patient(ADULT))
    assert [one.nct_id for one in found.fits] == ["NCT99000003", "NCT99000002", "NCT99000001"]
    assert found.questions[0].question.name.lower() == "diabetes"


def test_a_fact_added_never_opens_what_was_met() -> None:
    told = _told("NCT99000001")
    before = fit(told, patient(ADULT)).verdicts
    after = fit(told, patient(f"{ADULT} ; condition: gout is present")).verdicts
    assert all(late.answer == "met" for early, late in zip(before, after, strict=True) if early.answer == "met")


def test_what_each_criterion_keeps_adds_up() -> None:
    people = [patient(ADULT), patient(f"{ADULT} ; condition: diabetes is present"), patient("age: age = 9 a")]
    rows = kept(_told("NCT99000001"), people)
    assert all(row.keeps + row.loses + row.open == len(people) for row in rows)
    assert rows[-1].loses == 2


def test_studies_are_looked_for_by_the_main_condition() -> None:
    facts = patient("condition: gout is present ; condition: asthma is present")
    assert "gout" in sought(facts)
    assert "gout" not in sought(Facts(facts=facts.facts, main=1))
    assert '"asthma x y"' in sought(patient('condition: asthma" x (y is present'))
    with pytest.raises(InvalidValue, match="no condition"):
        sought(patient("condition: asthma is absent"))
