"""A note into facts: each with its words, said or denied, of the right person, now or before."""

from __future__ import annotations

import pytest

from trialkin.matching.note import facts_of_note

NOTE = """A 58-year-old woman with type 2 diabetes and hypertension. She denies chest pain.
Her mother had breast cancer.
Past medical history: asthma
Medications: metformin 1000 mg daily
HIV test was negative. Possible pneumonia. If she develops fever, return.
BP 142/88. HbA1c 8.4 %."""


@pytest.mark.parametrize(
    ("name", "assertion", "status"),
    [
        ("type 2 diabetes", "present", None),
        ("hypertension", "present", None),
        ("chest pain", "absent", None),
        ("breast cancer", "family", None),
        ("asthma", "present", "past"),
        ("metformin 1000 mg daily", "present", None),
        ("HIV test", "absent", None),
        ("pneumonia", "possible", None),
        ("fever", "hypothetical", None),
    ],
)
def test_what_is_said_and_how(name: str, assertion: str, status: str | None) -> None:
    (fact,) = [fact for fact in facts_of_note(NOTE).facts if fact.name == name]
    assert (fact.assertion, fact.status) == (assertion, status)


def test_every_fact_has_its_words() -> None:
    facts = facts_of_note(NOTE)
    assert facts.age == 58 and facts.sex == "female"
    assert facts.main is not None and facts.facts[facts.main].name == "type 2 diabetes"
    for fact in facts.facts:
        assert fact.origin.quote and NOTE[fact.origin.start : fact.origin.end] == fact.origin.quote


@pytest.mark.parametrize(
    ("note", "age"),
    [
        ("Born at a gestational age 32 weeks", None),
        ("Stroke 12 years ago", None),
        ("A 7-month-old boy", 7 / 12),
        ("Smoked, a 20 year history of it; he is 44 years old", 44),
    ],
)
def test_only_the_age_of_the_person_is_an_age(note: str, age: float | None) -> None:
    assert facts_of_note(note).age == (None if age is None else pytest.approx(age))


def test_values_have_units() -> None:
    found = {fact.name: fact.value for fact in facts_of_note(NOTE).facts if fact.kind == "measurement"}
    assert found["hemoglobin a1c"].number == 8.4 and found["hemoglobin a1c"].unit == "%"  # type: ignore[union-attr]
    assert found["systolic blood pressure"].number == 142  # type: ignore[union-attr]
