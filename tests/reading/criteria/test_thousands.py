"""Figures with a thousands mark of whatever convention, by what is plausible for the analyte."""

from __future__ import annotations

import pytest

from trialkin.reading.criteria import parse_item
from trialkin.vocab import table


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Platelets ≥ 100.000/µL", 100_000, None),
        ("Platelets ≥ 100'000/µL", 100_000, None),
        ("Platelets ≥ 100’000 /mm3", 100_000, None),
        ("Platelets ≥ 1,00,000/mm3", 100_000, None),
        ("Platelets ≥ 100 000/mm3", 100_000, None),
        ("Platelets ≥ 100.000", 100_000, None),
        ("Leukocytes 4.000-11.000 /µL", 4_000, 11_000),
        ("ANC ≥ 1.500/mm3", 1_500, None),
        ("ANC ≥ 1.500 x 10^9/L", 1.5, None),
        ("ANC ≥ 1,500 x 10^9/L", 1.5, None),
        ("ANC ≥ 1,5 x 10^9/L", 1.5, None),
        ("HIV RNA ≥ 1.000.000 copies/mL", 1_000_000, None),
        ("Serum creatinine ≤ 1.500 mg/dL", None, 1.5),
        ("Hemoglobin ≥ 10.000 g/dL", 10, None),
        ("GGT < 1.000 U/L", None, 1_000),
        ("INR ≤ 1.250", None, 1.25),
    ],
)
def test_a_figure_is_what_is_plausible_for_the_analyte(text: str, low: float | None, high: float | None) -> None:
    (found,) = (one for one in parse_item(text) if one.bounds)
    assert (found.low, found.high) == (low, high)


def test_a_figure_that_could_be_either_is_not_understood() -> None:
    assert [one for one in parse_item("AFP > 8.400 ng/mL") if one.bounds] == []


def test_plausible_ranges_are_ranges_inside_what_is_possible() -> None:
    for row in table("variables"):
        if row["plausible"]:
            low, high = map(float, row["plausible"].split(".."))
            assert float(row["low"]) <= low < high <= float(row["high"]), row["name"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Children 6 months to 17 years", (6, "mo"), (17, "a")),
        ("From 28 days to 2 years", (28, "d"), (2, "a")),
        ("aged 6 months to 17 years", (6, "mo"), (17, "a")),
        ("Infants and children, 1 month - 5 years", (1, "mo"), (5, "a")),
        ("Male and female patients 9 weeks through 11 years", (9, "wk"), (11, "a")),
    ],
)
def test_ages_in_two_units_are_one_range(text: str, low: tuple[float, str], high: tuple[float, str]) -> None:
    first, second = (one for one in parse_item(text) if one.kind == "age")
    assert (first.low, first.unit, first.high) == (*low, None)
    assert (second.high, second.unit, second.low) == (*high, None)
    assert first.group == second.group == "all-of"


@pytest.mark.parametrize("text", ["Symptoms for 6 months to 2 years", "From 6 weeks to 2 years after surgery"])
def test_other_times_in_two_units_are_no_ages(text: str) -> None:
    assert "age" not in {one.kind for one in parse_item(text)}
