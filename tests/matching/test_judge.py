"""Verdicts on invented sentences and patients."""

from __future__ import annotations

from trialkin.matching import judge_record, judge_text
from trialkin.model.patient import Amount, Fact, Facts
from trialkin.model.protocol import EligibilityModule


def _aged(years: float) -> Facts:
    return Facts(facts=(Fact(kind="age", name="age", value=Amount(number=years, unit="a")),))


def test_an_age_meets_its_bounds() -> None:
    text = "Age between 20 to 65 years (inclusive)"
    assert [judge_text(text, _aged(years)).answer for years in (19, 20, 65, 67)] == [
        "not met", "met", "met", "not met",
    ]  # fmt: skip
    assert judge_text(text, Facts()).answer == "unknown"


def test_the_records_own_fields_exclude_only_by_a_fact() -> None:
    module = EligibilityModule(minimum_age="18 Years", maximum_age="75 Years", sex="FEMALE")
    assert [verdict.answer for verdict in judge_record(module, Facts())] == ["unknown", "unknown"]
    assert judge_record(module, _aged(75.9))[0].answer == "met"
    assert judge_record(module, _aged(76.0))[0].effect == "conflicts"
    assert judge_record(EligibilityModule(), _aged(3)) == ()
