"""Bounds in usual units: what is stated stays, mass and moles meet only by the analyte's own row."""

from __future__ import annotations

import pytest

from trialkin.reading.criteria import parse_item
from trialkin.reading.criteria.canonical import canonical_unit, convert
from trialkin.vocab import table


@pytest.mark.parametrize(
    ("variable", "value", "unit", "to", "expected"),
    [
        ("serum creatinine", 88.4, "umol/L", "mg/dL", 1.0),
        ("serum creatinine", 0.1768, "mmol/L", "mg/dL", 2.0),
        ("serum creatinine", 2, "mg/dL", "umol/L", 176.8),
        ("total bilirubin", 34.2, "umol/L", "mg/dL", 2.0),
        ("fasting glucose", 7, "mmol/L", "mg/dL", 126.14),
        ("glucose", 180.2, "mg/dL", "mmol/L", 10.0),
        ("ldl cholesterol", 1.8, "mmol/L", "mg/dL", 69.606),
        ("triglycerides", 5.0, "mmol/L", "mg/dL", 442.85),
        ("calcium", 2.5, "mmol/L", "mg/dL", 10.02),
        ("hba1c", 53, "mmol/mol", "%", 7.00044),
        ("hba1c", 6.5, "%", "mmol/mol", 47.5295),
        ("hemoglobin", 90, "g/L", "g/dL", 9.0),
        ("hemoglobin", 5, "mmol/L", "g/dL", 8.057),
        ("hemoglobin", 80.57, "g/L", "mmol/L", 5.0),
        ("albumin", 30, "g/L", "g/dL", 3.0),
        ("platelet count", 100_000, "/uL", "10*9/L", 100.0),
        ("platelet count", 75, "10*9/L", "/uL", 75_000.0),
        ("platelet count", 50_000, "/mm3", "10*9/L", 50.0),
        ("absolute neutrophil count", 1.5, "10*3/uL", "10*9/L", 1.5),
        ("body weight", 100, "[lb_av]", "kg", 45.3592),
        ("body temperature", 100.4, "[degF]", "Cel", 38.0),
        ("body temperature", 38, "Cel", "[degF]", 100.4),
        ("age", 18, "mo", "a", 1.5),
        ("time since surgery", 2, "wk", "d", 14.0),
        ("potassium", 3.5, "meq/L", "mmol/L", 3.5),
        ("testosterone", 1.7, "nmol/L", "ng/dL", 49.0314),
    ],
)
def test_a_value_converts(variable: str, value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to=to, variable=variable) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("variable", "unit", "to"),
    [
        ("lactate dehydrogenase", "umol/L", "mg/dL"),
        ("a new marker", "umol/L", "mg/dL"),
        ("lipoprotein(a)", "mg/dL", "nmol/L"),
        ("serum creatinine", "{ULN}", "mg/dL"),
        ("egfr", "mL/min", "mL/min/{1.73_m2}"),
        ("hbv dna", "{copies}/mL", "[IU]/mL"),
        ("hba1c", "mmol/L", "%"),
        ("platelet count", "10*9", "10*9/L"),
        ("body temperature", "deg", "Cel"),
        ("hematocrit", "g/dL", "%"),
    ],
)
def test_what_cannot_be_compared_stays_unconverted(variable: str, unit: str, to: str) -> None:
    assert convert(5.0, unit, to=to, variable=variable) is None


@pytest.mark.parametrize("row", table("conversions"), ids=lambda row: f"{row['analyte']} {row['from']}")
def test_each_row_leads_to_the_usual_unit_and_back(row: dict[str, str]) -> None:
    name = row["analyte"]
    assert canonical_unit("laboratory", name) == row["to"]
    assert row["source"]
    there = convert(100.0, row["from"], to=row["to"], variable=name)
    assert there is not None
    assert convert(there, row["to"], to=row["from"], variable=name) == pytest.approx(100.0, rel=1e-4)


def test_a_criterion_keeps_what_it_states_beside_the_usual_unit() -> None:
    (made,) = parse_item("Serum creatinine ≤ 176.8 µmol/L")
    assert (made.high, made.unit, made.canonical_high, made.canonical_unit) == (176.8, "umol/L", 2.0, "mg/dL")
    (times,) = parse_item("ALT ≤ 3 x ULN")
    assert (times.unit, times.canonical_high, times.canonical_unit) == ("{ULN}", None, None)
