"""Criteria as FHIR: valid R5, with groups, exclusion and time windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.evidencevariable import EvidenceVariable

from trialkin.export.fhir_evidence_variable import evidence_variable
from trialkin.model.criteria import Group
from trialkin.reading.criteria import parse_criteria

TEXT = """Inclusion Criteria:

* Age 18 to 75 years
* Hemoglobin > 9 g/dL
* At least two of the following:
  * Temperature ≥ 38 °C
  * Heart rate > 90 bpm
  * Respiratory rate > 20/min
* AST or ALT ≤ 2.5 x ULN, unless liver metastases are present
* A sentence that says nothing known

Exclusion Criteria:

* NYHA class II or higher heart failure within 6 months before randomization
* AST > 3 x ULN or bilirubin > 2 x ULN
"""


def test_a_study_is_a_valid_evidence_variable() -> None:
    made = evidence_variable("NCT00000001", parse_criteria(TEXT), title="A study")
    EvidenceVariable.model_validate(made)
    items = made["characteristic"]
    assert [item["exclude"] for item in items] == [False] * 5 + [True] * 2
    age = items[0]["definitionByCombination"]["characteristic"][0]["definitionByTypeAndValue"]
    assert age["valueRange"]["low"] == {
        "value": 18.0,
        "unit": "a",
        "system": "http://unitsofmeasure.org",
        "code": "a",
    }


def test_at_least_any_of_and_windows() -> None:
    items = evidence_variable("NCT00000001", parse_criteria(TEXT))["characteristic"]
    at_least = items[2]["definitionByCombination"]
    assert (at_least["code"], at_least["threshold"], len(at_least["characteristic"])) == ("at-least", 2, 3)
    assert "definitionCodeableConcept" in items[4]
    heart = items[5]["definitionByCombination"]["characteristic"][0]
    assert heart["timeFromEvent"][0]["range"]["high"]["code"] == "mo"
    assert items[6]["definitionByCombination"]["code"] == "any-of"


def test_a_study_without_criteria_is_valid() -> None:
    EvidenceVariable.model_validate(
        evidence_variable("NCT00000001", parse_criteria(None)) | {"characteristic": None}
    )


def test_groups_nest_and_items_below_are_their_members() -> None:
    text = """Inclusion Criteria:

* Hemoglobin ≥ 9 g/dL and (AST ≤ 3 x ULN or ALT ≤ 3 x ULN)
* None of the following:
  * Stroke
  * Seizure
"""
    made = evidence_variable("NCT00000001", parse_criteria(text))
    EvidenceVariable.model_validate(made)
    first, second = (item["definitionByCombination"] for item in made["characteristic"])
    assert first["code"] == "all-of"
    inner = first["characteristic"][1]["definitionByCombination"]
    assert (inner["code"], len(inner["characteristic"])) == ("any-of", 2)
    none = second["characteristic"][0]
    assert (none["exclude"], none["definitionByCombination"]["code"]) == (True, "any-of")


def test_the_usual_unit_stands_beside_the_stated_one() -> None:
    made = evidence_variable("NCT00000001", parse_criteria("Inclusion Criteria:\n\n* Hemoglobin ≥ 90 g/L\n"))
    EvidenceVariable.model_validate(made)
    (criterion,) = made["characteristic"][0]["definitionByCombination"]["characteristic"]
    quantity = criterion["definitionByTypeAndValue"]["valueQuantity"]
    assert (quantity["value"], quantity["unit"], quantity["comparator"]) == (90.0, "g/L", ">=")
    (usual,) = (extension["valueQuantity"] for extension in quantity["extension"])
    assert (usual["value"], usual["code"]) == (9.0, "g/dL")


def test_words_that_narrow_a_name_and_strict_ends_are_kept() -> None:
    text = "Exclusion Criteria:\n\n* Severe asthma\n* heart failure above NYHA class II\n"
    made = evidence_variable("NCT00000001", parse_criteria(text))
    EvidenceVariable.model_validate(made)
    words = str(made)
    assert "'text': 'severe asthma'" in words
    assert "'text': 'above II'" in words


CASES = sorted((Path(__file__).parents[1] / "reading/criteria/cases").glob("*.tsv"))


def _joined(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    combination = part.get("definitionByCombination")
    if combination:
        if combination["code"] == "all-of" and len(combination["characteristic"]) > 1:
            yield combination
        for held in combination["characteristic"]:
            yield from _joined(held)


def _all_of(group: Group) -> int:
    members = len(group.criteria) + len(group.groups) + len(group.items)
    return (group.code == "all-of" and members > 1) + sum(map(_all_of, group.groups))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_only_what_the_reader_joined_is_joined(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        for heading in ("Inclusion", "Exclusion"):
            criteria = parse_criteria(f"{heading} Criteria:\n\n* {line.split(chr(9))[0]}\n")
            sexes = sum(one.sex is not None for item in criteria.items for one in item.criteria)
            read = sum(_all_of(group) for item in criteria.items for group in item.groups)
            made = [
                joined
                for part in evidence_variable("NCT99000001", criteria)["characteristic"]
                for joined in _joined(part)
            ]
            assert len(made) <= read + sexes, line


def test_bounds_for_each_sex_and_under_a_condition_can_be_met() -> None:
    text = "Inclusion Criteria:\n\n* QTc < 470 ms (women) or < 450 ms (men)\n"
    text += "* ALT ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)\n"
    made = evidence_variable("NCT99000001", parse_criteria(text))
    EvidenceVariable.model_validate(made)
    sexes, lax = (item["definitionByCombination"] for item in made["characteristic"])
    assert sexes["code"] == lax["code"] == "any-of"
    pairs = [part["definitionByCombination"] for part in sexes["characteristic"]]
    assert [pair["code"] for pair in pairs] == ["all-of", "all-of"]
    assert [pair["characteristic"][1]["definitionCodeableConcept"]["text"] for pair in pairs] == [
        "female sex",
        "male sex",
    ]
    inner = lax["characteristic"][1]["definitionByCombination"]
    assert (inner["code"], len(inner["characteristic"])) == ("all-of", 2)


@pytest.mark.parametrize(("sign", "comparator"), [(">", ">"), ("≥", ">="), ("<", "<"), ("≤", "<=")])
def test_a_strict_bound_stays_strict(sign: str, comparator: str) -> None:
    made = evidence_variable("NCT99000001", parse_criteria(f"Inclusion Criteria:\n\n* Hemoglobin {sign} 9 g/dL\n"))
    (part,) = made["characteristic"][0]["definitionByCombination"]["characteristic"]
    assert part["definitionByTypeAndValue"]["valueQuantity"]["comparator"] == comparator


def test_what_nothing_joins_stands_side_by_side() -> None:
    made = evidence_variable(
        "NCT99000001", parse_criteria("Inclusion Criteria:\n\n* Asthma. Hemoglobin > 9 g/dL.\n")
    )
    assert made["characteristic"][0]["definitionByCombination"]["code"] == "dataset"
