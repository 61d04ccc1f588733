"""Facts from files: what is denied stays denied, what was not read is listed, errors repeat no words."""

from __future__ import annotations

import json

import pytest

from trialkin.errors import InvalidValue
from trialkin.matching.intake import facts_of_bytes


def _coded(text: str) -> dict[str, object]:
    return {"coding": [{"code": "1", "display": text}]}


BUNDLE = {
    "resourceType": "Bundle",
    "entry": [
        {"resource": row}
        for row in (
            {"resourceType": "Patient", "gender": "female", "birthDate": "1970-05-01"},
            {"resourceType": "Condition", "code": _coded("Breast cancer")},
            {
                "resourceType": "Condition",
                "code": _coded("Asthma"),
                "verificationStatus": {"coding": [{"code": "refuted"}]},
            },
            {
                "resourceType": "Observation",
                "code": {"text": "Hemoglobin"},
                "valueQuantity": {"value": 9.1, "code": "g/dL"},
            },
            {"resourceType": "Observation", "code": {"coding": [{"code": "89247-1"}]}, "valueInteger": 1},
            {
                "resourceType": "MedicationStatement",
                "status": "not-taken",
                "medicationCodeableConcept": _coded("Tamoxifen"),
            },
            {"resourceType": "Condition", "code": _coded("Gout"), "status": "entered-in-error"},
            {"resourceType": "Coverage"},
        )
    ],
}


def test_a_bundle() -> None:
    facts = facts_of_bytes(json.dumps(BUNDLE).encode(), kind="fhir")
    said = {fact.name: fact for fact in facts.facts}
    assert facts.sex == "female" and facts.age is not None and facts.age > 50
    assert facts.main is not None and facts.facts[facts.main].name == "Breast cancer"
    assert said["Asthma"].assertion == said["Tamoxifen"].assertion == "absent"
    assert said["Hemoglobin"].value is not None and said["Hemoglobin"].value.unit == "g/dL"
    assert said["ECOG performance status"].value is not None
    assert "Gout" not in said
    assert facts.unread == ("1 Condition entered in error", "1 Coverage")


@pytest.mark.parametrize("key", ["phenotypicFeatures", "phenotypic_features"])
def test_a_phenopacket(key: str) -> None:
    packet = {
        "subject": {"sex": "MALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P33Y2M"}}},
        key: [{"type": {"label": "Seizure"}, "excluded": True}],
        "diseases": [{"term": {"label": "Retinoblastoma"}}],
        "files": [],
    }
    facts = facts_of_bytes(json.dumps(packet).encode(), kind="phenopacket")
    assert (facts.age, facts.sex, facts.unread) == (33, "male", ("files",))
    assert {fact.name: fact.assertion for fact in facts.facts[2:]} == {
        "Retinoblastoma": "present",
        "Seizure": "absent",
    }


@pytest.mark.parametrize("kind", ["facts", "fhir", "phenopacket"])
@pytest.mark.parametrize(
    "raw", [b'{"facts": [{"kind": "Zxqvorn", "name": "x"}', b'["Zxqvorn"]', b"Zxqvorn", b"\xff"]
)
def test_an_error_repeats_no_words(kind: str, raw: bytes) -> None:
    with pytest.raises(InvalidValue) as raised:
        facts_of_bytes(raw, kind=kind)
    assert "Zxqvorn" not in f"{raised.value.message} {raised.value.hint}"


def test_a_key_that_is_not_known_is_listed() -> None:
    facts = facts_of_bytes(b'{"facts": [{"kind": "condition", "name": "asthma"}], "shoe": 1}', kind="facts")
    assert facts.unread == ("shoe",)
