"""A pattern that is compiled at its first use says what `re` says."""

from __future__ import annotations

import re

import pytest

from trialkin.reading.patterns import Pattern


def test_it_is_compiled_at_the_first_use_and_kept() -> None:
    pattern = Pattern("stage (iv|i+)", re.IGNORECASE)
    assert "compiled" not in vars(pattern)
    assert pattern.search("Stage IV") and pattern.compiled is re.compile("stage (iv|i+)", re.IGNORECASE)
    assert pattern.search == pattern.compiled.search


@pytest.mark.parametrize("method", ["search", "match", "fullmatch", "findall", "split"])
def test_a_method_answers_as_that_of_re(method: str) -> None:
    for text in ("stage ii", "a stage i or stage iv disease", ""):
        ours, theirs = (getattr(made(r"stage (iv|i+)"), method)(text) for made in (Pattern, re.compile))
        assert str(ours) == str(theirs)


def test_it_replaces_and_finds_all_in_a_part() -> None:
    pattern = Pattern(r"\d+")
    assert pattern.sub("n", "18 to 65") == "n to n"
    assert [match[0] for match in pattern.finditer("18 to 65", 2, 7)] == ["6"]


def test_an_expression_that_is_not_well_formed_is_named_at_the_first_use() -> None:
    with pytest.raises(re.error):
        Pattern("(").search("a")
