"""How criteria join: a text, then its groups as "code[member, …]", items as numbers, denied groups with "not"."""

from __future__ import annotations

import pytest

from trialkin.model.criteria import Group, Item
from trialkin.reading.criteria import parse_criteria


def shown(group: Group, item: Item) -> str:
    members = [item.criteria[position].quote for position in group.criteria]
    members += [str(index) for index in group.items]
    members += [shown(held, item) for held in group.groups]
    return f"{'not ' if group.negated else ''}{group.name}[{', '.join(members)}]"


def groups(text: str) -> list[str]:
    return [shown(group, item) for item in parse_criteria(text).items for group in item.groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AST > 3 x ULN or ALT > 3 x ULN", ["any-of[AST > 3 x ULN, ALT > 3 x ULN]"]),
        ("stroke, seizure or dementia", ["any-of[stroke, seizure, dementia]"]),
        ("stroke, seizure, and dementia", ["all-of[stroke, seizure, dementia]"]),
        (
            "hemoglobin ≥ 9 g/dL and (AST ≤ 3 x ULN or ALT ≤ 3 x ULN)",
            ["all-of[hemoglobin ≥ 9 g/dL, any-of[AST ≤ 3 x ULN, ALT ≤ 3 x ULN]]"],
        ),
        (
            "AST > 3 x ULN or bilirubin > 2 x ULN and platelets < 50 x 10^9/L",
            ["any-of[AST > 3 x ULN, all-of[bilirubin > 2 x ULN, platelets < 50 x 10^9/L]]"],
        ),
        (
            "liver disease (AST > 3 x ULN or ALT > 3 x ULN) or cancer",
            ["any-of[liver disease, cancer]", "any-of[AST > 3 x ULN, ALT > 3 x ULN]"],
        ),
        ("No stroke, seizure or dementia", ["all-of[stroke, seizure, dementia]"]),
        (
            "At least two of the following: fever; anemia and diarrhea; hemoglobin < 9 g/dL",
            ["at-least 2[fever, hemoglobin < 9 g/dL, all-of[anemia, diarrhea]]"],
        ),
        ("one of the following: stroke, seizure", ["any-of[stroke, seizure]"]),
        ("no more than two of the following: stroke; seizure", []),
        ("stroke. Seizure", []),
        ("stroke unless seizure", []),
    ],
)
def test_the_criteria_of_an_item_join(text: str, expected: list[str]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("At least 2 of the following:", ["at-least 2[1, 2]"]),
        ("None of the following:", ["not any-of[1, 2]"]),
        ("No history of any of the following:", ["not any-of[1, 2]"]),
        ("All of the following:", ["all-of[1, 2]"]),
        ("Surgery:", []),
    ],
)
def test_the_items_below_join_as_the_item_says(said: str, expected: list[str]) -> None:
    assert groups(f"Inclusion Criteria:\n\n* {said}\n  * stroke\n  * seizure\n") == expected


def test_the_items_below_join_by_the_words_at_their_ends() -> None:
    assert groups("Inclusion Criteria:\n\n* Surgery:\n  * stroke, or\n  * seizure\n") == ["any-of[1, 2]"]


def test_a_list_with_and_in_an_exclusion_excludes_by_any_member() -> None:
    assert groups("Exclusion Criteria:\n\n* stroke, seizure, and dementia") == [
        "any-of[stroke, seizure, dementia]"
    ]


def test_one_or_among_many_items_joins_nothing() -> None:
    assert groups("Inclusion Criteria:\n\n* Surgery:\n  * stroke, or\n  * seizure\n  * dementia\n") == []


def test_an_item_that_only_says_how_those_below_join_is_understood() -> None:
    items = parse_criteria("Inclusion Criteria:\n\n* Any of the following:\n\n  1. fever\n  2. rash").items
    assert [(item.status, bool(item.groups)) for item in items] == [
        ("full", True),
        ("full", False),
        ("full", False),
    ]
