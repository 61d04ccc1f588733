"""Items to criteria: spans, links, groups and exceptions; the tables per kind are in `cases/`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialkin.reading.criteria import parse_criteria, parse_item


def test_the_quote_stands_at_its_span_in_the_source() -> None:
    source = "Inclusion Criteria:\n\n* Hemoglobin \\>= 9 g/dL &amp; platelets \\< 5\n* ECOG 0-1"
    criteria = parse_criteria(source)
    first, second = criteria.items
    assert [(c.variable, c.low, c.unit) for c in first.criteria][:1] == [("hemoglobin", 9.0, "g/dL")]
    assert source[first.criteria[0].start : first.criteria[0].end] == "Hemoglobin \\>= 9 g/dL"
    assert first.criteria[0].quote == "Hemoglobin >= 9 g/dL"
    assert source[second.criteria[0].start : second.criteria[0].end] == second.criteria[0].quote == "ECOG 0-1"


def test_a_window_is_linked_from_what_it_qualifies() -> None:
    text = "NYHA class II or higher heart failure within 6 months before randomization"
    found = parse_item(text, section="exclusion")
    stage, window = (
        next(c for c in found if test(c)) for test in (lambda c: c.values, lambda c: c.kind == "window")
    )
    assert stage.values == ("II", None)
    assert (window.kind, window.high, window.unit) == ("window", 6.0, "mo")
    assert stage.window is not None
    assert (stage.window.high, stage.window.unit) == (6.0, "mo")


def test_alternatives_and_conjunctions_are_groups() -> None:
    alternatives = parse_item("AST > 3 x ULN or ALT > 3 x ULN")
    together = parse_item("hemoglobin ≥ 9 g/dL and platelets ≥ 100 x 10^9/L")
    assert [c.group for c in alternatives] == ["any-of", "any-of"]
    assert [c.group for c in together] == ["all-of", "all-of"]


def test_exceptions_are_kept_in_their_words() -> None:
    criterion = parse_item("AST ≤ 2.5 x ULN, unless liver metastases are present")[0]
    assert criterion.exceptions == ("unless liver metastases are present",)


@given(st.text(alphabet="ab12 .,;()<>≥-/%xXé\\*&\n"))
def test_any_text_reads(text: str) -> None:
    for criterion in parse_item(text):
        assert 0 <= criterion.start <= criterion.end <= len(text)


@pytest.mark.parametrize("section", ["inclusion", "exclusion", "unspecified"])
def test_nothing_is_nothing(section: str) -> None:
    assert parse_item("", section=section) == ()  # type: ignore[arg-type]
    assert parse_criteria(None).items == ()
    assert parse_criteria("").completeness is None
