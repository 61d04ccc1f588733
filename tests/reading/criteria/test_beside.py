"""The words beside a name: which belong to it, which say nothing, and what is understood of an item with them."""

from __future__ import annotations

import pytest

from trialkin.reading.criteria import parse_text


@pytest.mark.parametrize(
    ("text", "variable", "qualifiers"),
    [
        ("severe asthma", "asthma", ("severe",)),
        ("Severe or uncontrolled hypertension", "hypertension", ("severe", "uncontrolled")),
        ("moderate to severe atopic dermatitis", "atopic dermatitis", ("moderate to severe",)),
        ("poorly controlled diabetes mellitus", "diabetes mellitus", ("poorly controlled",)),
        ("active or suspected tuberculosis", "tuberculosis", ("active", "suspected")),
        ("at high risk of stroke", "stroke", ("high risk of",)),
        ("planned surgery", "surgery", ("planned",)),
        ("Clinically significant cardiac disease", "cardiovascular disease", ("clinically significant",)),
        ("more than moderate asthma", "asthma", ()),
        ("topical corticosteroids", "corticosteroids", ("topical",)),
        ("severe depression and asthma", "asthma", ()),
        ("asthma that is severe", "asthma", ()),
        ("Severe pain; asthma", "asthma", ()),
    ],
)
def test_what_narrows_a_name_is_kept_with_it(text: str, variable: str, qualifiers: tuple[str, ...]) -> None:
    found = {criterion.variable: criterion.qualifiers for criterion in parse_text(text).criteria}
    assert found[variable] == qualifiers


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Patients with asthma", "full"),
        ("Severe asthma", "full"),
        ("Asthma that is severe", "part"),
        ("Psychiatric disorders", "full"),
        ("Heart, liver or kidney disease", "full"),
        ("Live vaccines within 30 days before the start of treatment", "full"),
        ("Live vaccines within 30 days before the start of ozuramide", "part"),
        ("Asthma caused by sulphites", "part"),
        ("Stroke within 6 months prior to the first dose of study drug", "full"),
        ("Stroke within 6 months prior to the first dose of ozuramide", "part"),
        ("Age ≥ 18 years at the time of signing the informed consent form", "full"),
        ("Surgery, zorbing or asthma within 4 weeks before screening", "part"),
        ("Willing and able to comply with the study protocol", "full"),
        ("AST (aspartate aminotransferase) ≤ 2.5 × upper limit of normal (ULN)", "full"),
        ("History of asthma, as the Westphalian rules define it", "part"),
        ("All of the following", "none"),
        ("", "none"),
    ],
)
def test_an_item_is_full_when_nothing_is_dropped(text: str, status: str) -> None:
    assert parse_text(text, section="exclusion").status == status


@pytest.mark.parametrize(
    "text",
    [
        "Age 18 years or older at the time of signing the informed consent",
        "ECOG 0-1 before the first dose of study treatment",
    ],
)
def test_a_step_of_the_study_is_no_criterion(text: str) -> None:
    assert {criterion.kind for criterion in parse_text(text).criteria} <= {"age", "performance status"}


@pytest.mark.parametrize("text", ["Signed informed consent", "No study treatment taken in another trial"])
def test_what_only_looks_like_a_step_is_one(text: str) -> None:
    assert {criterion.kind for criterion in parse_text(text).criteria} & {"consent", "concurrent therapy"}
