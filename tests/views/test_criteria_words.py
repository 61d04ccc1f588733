"""Criteria in their normal form."""

from __future__ import annotations

import pytest

from trialkin.reading.criteria import parse_item
from trialkin.views.criteria_words import normal_form
from trialkin.vocab import written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HIV negative", "HIV negative"),
        ("no stroke", "not: stroke"),
        ("not treatment-naive", "not: treatment-naive"),
        ("poorly controlled hypertension", "poorly controlled hypertension"),
        ("hemoglobin at least 9 g/dL", "hemoglobin ≥ 9 g/dL"),
    ],
)
def test_a_name_that_denies_is_not_denied_twice(text: str, words: str) -> None:
    assert [normal_form(criterion) for criterion in parse_item(text)] == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NYHA class III or higher", "NYHA class III or higher"),
        ("NYHA class higher than II", "NYHA class above II"),
        ("stage below III", "cancer stage below III"),
    ],
)
def test_a_bound_in_words_says_whether_it_is_included(text: str, words: str) -> None:
    assert normal_form(parse_item(text)[0]) == words


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("ecog performance status", "ECOG performance status"),
        ("nyha class", "NYHA class"),
        ("pd-l1 inhibitor", "PD-L1 inhibitor"),
        ("egfr antibody", "EGFR antibody"),
        ("egfr", "eGFR"),
        ("cancer stage", "cancer stage"),
    ],
)
def test_vocabulary_is_shown_as_it_is_usually_written(term: str, shown: str) -> None:
    assert written(term) == shown
