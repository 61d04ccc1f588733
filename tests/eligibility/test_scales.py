"""Ordered scales: values compare within one scale only, editions stay as stated."""

from __future__ import annotations

import pytest

from trialkin.eligibility import parse_item
from trialkin.eligibility.scales import scale_values, within
from trialkin.vocab import table


@pytest.mark.parametrize(
    ("scale", "ends", "value", "expected"),
    [
        ("ajcc stage", ("III", "IVA"), "IIIB", True),
        ("ajcc stage", ("III", "IVA"), "IVB", False),
        ("ajcc stage", ("III", "IVA"), "IV", None),
        ("ajcc stage", (None, "III"), "IIIC2", True),
        ("ajcc stage", ("IB", None), "I", None),
        ("cancer stage", ("III", "IV"), "3", True),
        ("figo stage", ("IB2", "IVA"), "IB1", False),
        ("ann arbor stage", ("II", None), "IIE", True),
        ("nyha class", ("III", "IV"), "II", False),
        ("nyha class", ("III", "IV"), "3", True),
        ("child-pugh class", ("A", "B"), "C", False),
        ("binet stage", ("B", "C"), "C", True),
        ("clark level", ("IV", "V"), "III", False),
        ("ajcc stage", ("III", "IV"), "T4", None),
        ("child-pugh class", ("A", "A"), "III", None),
        ("no such scale", ("I", "II"), "I", None),
    ],
)
def test_a_value_lies_within(
    scale: str, ends: tuple[str | None, str | None], value: str, expected: bool | None
) -> None:
    assert within(scale, ends, value) is expected


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
