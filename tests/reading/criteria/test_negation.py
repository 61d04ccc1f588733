"""Where a negation begins and ends."""

from __future__ import annotations

import pytest

from trialkin.reading.criteria import parse_criteria
from trialkin.reading.criteria.polarity import Denials


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
        ("unwilling to cooperate or unable to attend follow-up", "follow-up", True),
        ("not without stroke", "stroke", False),
        ("not: tumor", "tumor", True),
        ("none of the following: stroke, seizure", "seizure", True),
        ("no stenosis on coronary angiography", "angiography", False),
        ("no ischemia either by angiography or stress testing", "stress testing", False),
        ("no abnormal findings on physical examination", "physical examination", False),
        ("no suspicion of stroke based on mri", "mri", False),
        ("no vaccination before surgery", "surgery", False),
        ("pain not controlled with opioids", "opioids", False),
        ("no improvement of symptoms with budesonide", "budesonide", False),
        ("did not respond to opioids", "opioids", False),
        ("surgery to prevent stroke", "stroke", False),
        ("a disease that prevents surgery", "surgery", True),
        ("unwilling to use contraception", "contraception", True),
        ("unwilling to use contraception, stroke", "stroke", False),
        ("cancer (melanoma and lymphoma are not eligible)", "melanoma", True),
        ("cancer (melanoma and lymphoma are not eligible)", "cancer", False),
        ("diabetes. patients with stable asthma may be included", "asthma", True),
        ("no sensory disorder affecting communication", "sensory disorder", True),
        ("no sensory disorder affecting communication", "communication", False),
    ],
)
def test_a_negation_reaches(text: str, named: str, expected: bool) -> None:
    start = text.index(named)
    assert Denials(text).reach(start, start + len(named)) is expected


def test_an_exception_reaches_over_its_whole_list_of_malignancies() -> None:
    text = (
        "Exclusion Criteria:\n* Other malignancies within 5 years, except for treated basal cell carcinoma of the "
        "skin, ductal carcinoma in situ of the breast, and cervical carcinoma in situ."
    )
    (item,) = parse_criteria(text).items
    denied = {criterion.variable for criterion in item.criteria if criterion.negated}
    assert denied == {"basal cell carcinoma", "ductal carcinoma in situ", "cervical carcinoma in situ"}


def test_a_statement_after_an_exception_is_none() -> None:
    (item,) = parse_criteria("Exclusion Criteria:\n* Cancer except basal cell carcinoma, or any lymphoma").items
    assert "lymphoma" not in {criterion.variable for criterion in item.criteria if criterion.negated}


def test_the_tumor_that_is_studied_is_no_other_malignancy() -> None:
    text = (
        "Inclusion Criteria:\n* No prior surgery or radiotherapy for the current tumor.\n* No current malignancy."
    )
    first, second = parse_criteria(text).items
    assert "other malignancy" not in {criterion.variable for criterion in first.criteria}
    assert "other malignancy" in {criterion.variable for criterion in second.criteria}
