"""Where a negation begins and ends."""

from __future__ import annotations

import pytest

from trialkin.eligibility.polarity import Denials


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("no history of stroke", "stroke", True),
        ("no stroke, seizure or dementia", "dementia", True),
        ("any cancer other than melanoma", "melanoma", True),
        ("other liver disease other than hbv (e.g., hemochromatosis)", "hemochromatosis", False),
        ("devices (excluding stents), pacemaker", "pacemaker", False),
        ("inability to lie flat, anemia", "anemia", False),
        ("4) inability to use the device 5) anemia", "anemia", False),
        ("knee injury preventing exercise", "exercise", True),
        ("a disease that precludes surgery", "surgery", True),
        ("refusal of contraception", "contraception", True),
        ("cancer (melanoma not included)", "melanoma", True),
        ("cancer (melanoma is excluded)", "melanoma", True),
        ("cancer (melanoma not included)", "cancer", False),
        ("patients with melanoma are excluded", "melanoma", False),
        ("with stroke", "stroke", False),
    ],
)
def test_a_negation_reaches(text: str, named: str, expected: bool) -> None:
    start = text.index(named)
    assert Denials(text).reach(start, start + len(named)) is expected
