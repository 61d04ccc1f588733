"""Ordered scales: values compare within one scale only, editions stay as stated."""

from __future__ import annotations

import pytest

from trialkin.reading.criteria import parse_item
from trialkin.reading.criteria.scales import in_order, scale_values
from trialkin.vocab import table


@pytest.mark.parametrize(
    ("scale", "ends", "expected"),
    [
        ("ajcc stage", ("III", "IVA"), ("III", "IVA")),
        ("ajcc stage", ("IV", "IIIB"), ("IIIB", "IV")),
        ("cancer stage", ("IV", "3"), ("3", "IV")),
        ("figo stage", ("IVA", "IB2"), ("IB2", "IVA")),
        ("nyha class", ("IV", "II"), ("II", "IV")),
        ("child-pugh class", ("B", "A"), ("A", "B")),
        ("child-pugh class", ("B", "III"), ("B", "III")),
        ("no such scale", ("II", "I"), ("II", "I")),
    ],
)
def test_the_ends_of_a_scale_stand_in_its_order(
    scale: str, ends: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert in_order(scale, *ends) == expected


def test_a_list_that_falls_is_read_from_low_to_high() -> None:
    assert parse_item("stage IV or III melanoma")[0].values == ("III", "IV")


@pytest.mark.parametrize(
    ("text", "variable", "edition"),
    [
        ("AJCC 8th edition stage III-IVA melanoma", "ajcc stage", "8"),
        ("Stage IIIB-IV NSCLC (AJCC, 7th edition)", "ajcc stage", "7"),
        ("stage II or III according to UICC 8", "ajcc stage", "8"),
        ("FIGO 2018 stage IB3 to IVA", "figo stage", "2018"),
        ("FIGO stage III", "figo stage", None),
        ("Ann Arbor stage III-IV lymphoma", "ann arbor stage", None),
        ("stage III colon cancer", "cancer stage", None),
        ("Binet stage C", "binet stage", None),
        ("R-ISS stage III", "revised international staging system", None),
    ],
)
def test_a_stage_names_its_system_and_edition(text: str, variable: str, edition: str | None) -> None:
    stages = [c for c in parse_item(text) if c.bounds]
    assert [(c.variable, c.edition) for c in stages] == [(variable, edition)]


def test_no_alias_names_two_scales() -> None:
    aliases = [alias for row in table("scales") for alias in row["aliases"].split("; ")]
    assert len(aliases) == len(set(aliases))
    assert scale_values("asa physical status")[0] == "I"
