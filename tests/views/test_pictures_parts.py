"""The primitives of pictures: elements, fitted labels, axes, and numbers as posted."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialkin.views.pictures import svg
from trialkin.views.pictures.scale import Scale, spanning, tick_label
from trialkin.views.posted import posted


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("0.03", 0.03, ""),
        (".5", 0.5, ""),
        ("9,9", 9.9, ""),
        ("1,234", 1234.0, ""),
        ("12,345.6", 12345.6, ""),
        ("-3.2", -3.2, ""),
        ("<0.001", 0.001, "<"),
        ("=0.05", 0.05, ""),
        ("> 100", 100.0, ">"),
        ("5.0", 5.0, ""),
        ("1e-4", 1e-4, ""),
        ("NA", None, ""),
        ("not reached", None, ""),
        ("1.2.3", None, ""),
        ("", None, ""),
        ("1e999", None, ""),
        ("1e150", None, ""),
    ],
)
def test_a_posted_number_keeps_its_text(text: str, value: float | None, bound: str) -> None:
    read = posted(text)
    assert read.text == text
    assert read.value == (None if value is None else pytest.approx(value))
    assert read.bound == bound


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error_and_kept(text: str) -> None:
    assert posted(text).text == text


@given(st.text(max_size=60), st.floats(20, 400), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_well_formed(text: str, width: float, lines: int) -> None:
    found = svg.wrap(text, width=width, lines=lines)
    assert len(found) <= lines
    drawn = svg.picture(
        svg.lines_of(found, x=0, y=0),
        svg.fitted(text, x="0%", y=1, width=width),
        kind="x",
        title=text,
        description=text,
        height=10,
    )
    ET.fromstring(drawn)
    assert "style=" not in drawn


_VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 6))


@given(st.lists(_VALUES, min_size=1, max_size=20), st.booleans())
def test_an_axis_holds_its_values_and_names_round_numbers(values: list[float], log: bool) -> None:
    scale = spanning(values, log=log)
    assert scale.low < scale.high
    for value in values:
        if value > 0 or not log:
            assert scale.low <= value <= scale.high
    ticks = scale.ticks()
    assert len(ticks) <= 12
    assert len({tick_label(tick) for tick in ticks}) == len(ticks)


def test_shares_run_from_the_low_to_the_high_end() -> None:
    assert Scale(0, 10).share(2.5) == 0.25
    assert Scale(0.01, 100, log=True).share(1) == pytest.approx(0.5)


def test_letters_go_on_after_z() -> None:
    assert [svg.letter_of(n) for n in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]
