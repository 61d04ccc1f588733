"""Quantities in prose: text, then (low, low inclusive, high, high inclusive, unit)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialkin.reading.quantities import fold, numbers, quantities, unit_at

INC, EXC = True, False
CASES = [
    ("18-75 years of age", [(18, INC, 75, INC, "a")]),
    ("≥ 18 years", [(18, INC, None, None, "a")]),
    ("more than 18 years old and less than or equal to 85 years old", [(18, EXC, 85, INC, "a")]),
    ("neutrophils <1.5×109/L;", [(None, None, 1.5, EXC, "10*9/L")]),
    ("platelets ≥ 100 × 10⁹/L", [(100, INC, None, None, "10*9/L")]),
    (">/= 1.5 x 10^9/L", [(1.5, INC, None, None, "10*9/L")]),
    ("at least 100,000/mm3", [(100000, INC, None, None, "/mm3")]),
    ("less than 10^5/uL", [(None, None, 100000, EXC, "/uL")]),
    ("18.5 over to less than 30", [(18.5, INC, 30, EXC, None)]),
    ("less then 6, and older then 18 years", [(None, None, 6, EXC, None), (18, EXC, None, None, "a")]),
    ("Cr≤1.2×UNL", [(None, None, 1.2, INC, "{ULN}")]),
    ("> 3x the upper limit of normal", [(3, EXC, None, None, "{ULN}")]),
    ("between 30 and 700 International Units/ml", [(30, INC, 700, INC, "[IU]/mL")]),
    ("≥ 60 mL/min/1.73 m2", [(60, INC, None, None, "mL/min/{1.73_m2}")]),
    ("less than -2.0", [(None, None, -2.0, EXC, None)]),
    ("18 ≤ age ≤ 75 years", [(18, INC, 75, INC, "a")]),
    ("> 1mg/kg daily", [(1, EXC, None, None, "mg/kg/d")]),
    ("within the last three (3) months", [(None, None, 3, INC, "mo")]),
    ("7.5% - 12.5%", [(7.5, INC, 12.5, INC, "%")]),
    ("18 years of age and older", [(18, INC, None, None, "a")]),
    ("> 2 days and < 4 weeks", [(2, EXC, None, None, "d"), (None, None, 4, EXC, "wk")]),
    ("not less than 5 cells/mm3", [(5, INC, None, None, "/mm3")]),
    ("should not exceed 5 x ULN", [(None, None, 5, INC, "{ULN}")]),
    ("≤ Grade 2", [(None, None, 2, INC, None)]),
    ("65+ years", [(65, INC, None, None, "a")]),
    ("HbA1c ≥ 7,5 %", [(7.5, INC, None, None, "%")]),
    ("equal to or greater than 3 x ULN", [(3, INC, None, None, "{ULN}")]),
    ("Temp ≥ 38.5°C", [(38.5, INC, None, None, "Cel")]),
    ("age 18 years to < 75 years", [(18, INC, 75, EXC, "a")]),
]


@pytest.mark.parametrize(("text", "bounds"), CASES, ids=[text for text, _ in CASES])
def test_a_phrase_reads_as_its_bounds(text: str, bounds: list[tuple[object, ...]]) -> None:
    assert [(q.low, q.low_inclusive, q.high, q.high_inclusive, q.unit) for q in quantities(fold(text))] == bounds


@pytest.mark.parametrize("text", ["PD-1", "CD20", "COVID-19", "exon19", "L4/5", "1st visit", "H1N1", "3.2.1"])
def test_digits_in_names_are_no_numbers(text: str) -> None:
    assert numbers(fold(text)) == []


def test_lists_of_digits_are_not_decimals() -> None:
    assert [n.value for n in numbers(fold("status of 0,1or 2"))] == [0, 1, 2]


def test_units_are_ucum() -> None:
    found = [unit_at(fold(text), 0) for text in ("mcg/kg/day", "x 10^9/L", "cells per microliter", "banana")]
    assert [unit and unit.code for unit in found] == ["ug/kg/d", None, "/uL", None]


@given(st.text())
def test_folding_keeps_the_length_and_reading_never_fails(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    for quantity in quantities(folded):
        assert 0 <= quantity.start < quantity.end <= len(text)


@pytest.mark.parametrize(
    "pump",
    ["1", "1 ", "1,", "1-", "at least ", "< ", "10^", "one ", "1/", "x 10 ", "of the ", "≤ 2 ", "(1) ", "1 mg/", " ",
     "1 institutional ", "1 the ", "1.5 x upper limit ", "not more than or equal to 1 "],
)  # fmt: skip
def test_reading_is_linear(pump: str) -> None:
    def seconds(size: int) -> float:
        text = fold(pump * (size // len(pump)))
        started = time.process_time()
        quantities(text)
        return time.process_time() - started

    quantities("1 mg")
    assert min(seconds(32_000) for _ in range(2)) < 40 * max(min(seconds(4_000) for _ in range(3)), 0.0005)
