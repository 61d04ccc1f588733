"""Ids, partial dates, ages and enrolment."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialkin.errors import InvalidValue
from trialkin.model import Age, Enrollment, NctId, PartialDate
from trialkin.model.protocol import EnrollmentInfo


@pytest.mark.parametrize("text", ["NCT07320690", "nct07320690", " NCT07320690 ", "NCT 07320690"])
def test_an_id_has_one_form(text: str) -> None:
    assert NctId(text) == "NCT07320690"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NCT",
        "NCT0",
        "NCT123456789",
        "ISRCTN12345678",
        "NCT1234567x",
        "NCT 1",
        "NCT0732069",
        "NCT7320690",
        "NCT00000000",
    ],
)
def test_no_id(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not an NCT id"):
        NctId(text)


DATES = st.one_of(
    st.integers(1, 9999).map(lambda year: f"{year:04d}"),
    st.dates().map(lambda day: f"{day.year:04d}-{day.month:02d}"),
    st.dates().map(lambda day: f"{day.year:04d}-{day.month:02d}-{day.day:02d}"),
)


@given(DATES)
def test_a_date_keeps_its_precision(text: str) -> None:
    date = PartialDate.parse(text)
    assert date is not None
    assert str(date) == text
    assert date.first <= date.last
    assert date.precision == {4: "year", 7: "month", 10: "day"}[len(text)]


@given(DATES, DATES, DATES)
def test_dates_sort_totally(a: str, b: str, c: str) -> None:
    x, y, z = (PartialDate.parse(text) for text in (a, b, c))
    assert x is not None and y is not None and z is not None
    assert (x < y) + (y < x) + (x == y) == 1
    if x < y and y < z:
        assert x < z
    if x.surely_before(y):
        assert x < y


@pytest.mark.parametrize("text", ["", "2015-13", "2015-02-29", "15", "2015-1-1", "January 2015", "0000"])
def test_no_date(text: str) -> None:
    assert PartialDate.parse(text) is None


def test_a_month_is_surely_before_only_when_it_is_over() -> None:
    month = PartialDate.parse("2026-01")
    assert month is not None
    assert not month.surely_before(dt.date(2026, 1, 31))
    assert month.surely_before(dt.date(2026, 2, 1))


@pytest.mark.parametrize(
    ("text", "years", "shown"),
    [
        ("18 Years", 18, "18 Years"),
        ("1 Year", 1, "1 Year"),
        ("6 Months", 0.5, "6 Months"),
        ("1 Day", 1 / 365.25, "1 Day"),
    ],
)
def test_an_age(text: str, years: float, shown: str) -> None:
    age = Age.parse(text)
    assert age is not None
    assert age.years == pytest.approx(years)
    assert str(age) == shown


def test_a_maximum_age_includes_its_last_year() -> None:
    age = Age.parse("75 Years")
    assert age is not None
    assert age.years_exclusive_end == pytest.approx(76)


def test_no_age() -> None:
    assert Age.parse("N/A") is None


def test_enrollment_knows_the_sentinel() -> None:
    assert Enrollment.read(EnrollmentInfo(count=99_999_999, type="ACTUAL")) == Enrollment(None, True)
    assert Enrollment.read(EnrollmentInfo(count=0)) == Enrollment(0, None)
    assert Enrollment.read(None) == Enrollment(None, None)
