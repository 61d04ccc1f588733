"""Texts to terms: what a term is, and that its place in the text is known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialkin.indexes.search.analysis import terms, tokens

TEXT = st.text("ab1 2.5-/(µαéﬁ²Ⅲː٣_x%", max_size=40) | st.text(max_size=60)


@given(TEXT)
@settings(max_examples=400)
def test_every_term_lies_where_its_token_says(text: str) -> None:
    read = tokens(text)
    assert tuple(token.term for token in read) == terms(text)
    assert all(0 <= token.start < token.end <= len(text) for token in read)
    assert [token.start for token in read] == sorted(token.start for token in read)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PD-L1", ("pd", "l", "1")),
        ("PDL1", ("pdl", "1")),
        ("0.5mg", ("0ː5", "mg")),
        ("0.5 mg", ("0ː5", "mg")),
        ("version 1.2.3", ("version", "1ː2", "3")),
        ("2x10", ("2", "x", "10")),
        ("B12a", ("b", "12", "a")),
        ("ends in 5.", ("end", "in", "5")),
        ("IL-2Rα", ("il", "2", "r", "alpha")),
    ],
)
def test_letters_and_digits_part_ways_and_a_decimal_stays_whole(text: str, found: tuple[str, ...]) -> None:
    assert terms(text) == found


def test_a_decimal_is_marked_whole() -> None:
    text = "take 0.25mg"
    assert [(text[each.start : each.end]) for each in tokens(text)] == ["take", "0.25", "mg"]
