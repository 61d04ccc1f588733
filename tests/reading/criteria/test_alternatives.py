"""Bounds that hold for different people are alternatives: each sex its own, a laxer one with its condition."""

from __future__ import annotations

import pytest

from trialkin.model.criteria import Group
from trialkin.reading.criteria import parse_text

Shape = tuple[str, tuple[object, ...]]


def shape(group: Group, names: list[str]) -> Shape:
    return group.code, (*(names[i] for i in group.criteria), *(shape(held, names) for held in group.groups))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("QTc > 470 ms (women) or > 450 ms (men)", [(470, "female"), (450, "male")]),
        ("Hemoglobin ≥ 12 g/dL (males), ≥ 11 g/dL (females)", [(12, "male"), (11, "female")]),
        ("Ferritin > 80 ug/L for men and > 60 ug/L for women", [(80, "male"), (60, "female")]),
        ("Men: weight ≥ 55 kg; women: weight ≥ 48 kg", [(55, "male"), (48, "female")]),
        ("Women aged 21 to 49 years and men aged 24 to 61 years", [(21, "female"), (24, "male")]),
    ],
)
def test_bounds_that_differ_by_sex_are_alternatives_each_with_its_sex(
    text: str, bounds: list[tuple[float, str]]
) -> None:
    item = parse_text(text)
    assert [(one.low, one.sex) for one in item.criteria] == bounds
    assert [shape(group, ["a", "b"]) for group in item.groups] == [("any-of", ("a", "b"))]
    assert item.status == "full"


def test_a_sex_without_a_bound_of_its_own_stays_a_criterion() -> None:
    assert [one.kind for one in parse_text("Women aged 18 to 50 years").criteria] == ["sex", "age"]
    (bound,) = parse_text("Hemoglobin ≥ 10 g/dL for women").criteria
    assert bound.sex == "female"


@pytest.mark.parametrize(
    "text",
    [
        "ALT ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)",
        "ALT ≤ 2.5 x ULN, or ≤ 5 x ULN in patients with liver metastases",
        "ALT ≤ 2.5 x ULN; for subjects with liver metastases, ≤ 5 x ULN",
        "ALT ≤ 2.5 x ULN, unless liver metastases, in which case ≤ 5 x ULN",
        "AST and ALT ≤ 2.5 x ULN, or ≤ 5 x ULN if due to liver metastases",
    ],
)
def test_a_laxer_bound_holds_with_its_condition_and_never_alone(text: str) -> None:
    item = parse_text(text, section="inclusion")
    names = [str(one.high or one.variable) for one in item.criteria]
    (group,) = item.groups
    assert shape(group, names) == ("any-of", ("2.5", ("all-of", ("5.0", "liver metastases"))))
    assert len({one.variable for one in item.criteria if one.high}) == 1
    assert not any(one.negated for one in item.criteria)


def test_a_condition_that_no_row_names_is_read_in_its_words() -> None:
    item = parse_text("Hemoglobin ≥ 9 g/dL (≥ 8 g/dL if bone marrow involvement)")
    assert [one.variable for one in item.criteria][2] == "bone marrow involvement"


def test_a_stricter_bound_with_a_condition_is_not_made_an_alternative() -> None:
    assert parse_text("ALT ≤ 5 x ULN (≤ 2.5 x ULN if cirrhosis)").groups == ()


def test_every_event_of_a_list_has_the_window_as_its_own() -> None:
    item = parse_text(
        "Myocardial infarction, unstable angina, stroke or transient ischemic attack within 6 months"
    )
    windows = [one.window.variable for one in item.criteria if one.window]
    assert windows == [f"time since {one.variable}" for one in item.criteria if one.kind != "window"]
    assert {one.window.high for one in item.criteria if one.window} == {6}
