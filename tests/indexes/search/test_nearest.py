"""The nearest open site is one that recruits now."""

from __future__ import annotations

import msgspec
import pytest

from trialkin.indexes.search.places import Point, nearest_site
from trialkin.model import Study
from trialkin.views.search.cards import _nearest

HERE = Point(42.36, -71.06)
BOSTON = {"lat": 42.36, "lon": -71.06}
WORCESTER = {"lat": 42.26, "lon": -71.80}


def study(*sites: tuple[str, str, dict[str, float]], status: str = "RECRUITING") -> Study:
    places = [{"facility": name, "status": state, "geoPoint": point} for name, state, point in sites]
    section = {"statusModule": {"overallStatus": status}, "contactsLocationsModule": {"locations": places}}
    return msgspec.convert({"protocolSection": section}, Study)


SITES = [
    ("same city", ("Soon", "NOT_YET_RECRUITING", BOSTON), ("Now", "RECRUITING", BOSTON), "Now"),
    ("farther", ("Soon", "NOT_YET_RECRUITING", BOSTON), ("Now", "RECRUITING", WORCESTER), "Now"),
    ("none recruits", ("Later", "COMPLETED", BOSTON), ("Soon", "NOT_YET_RECRUITING", WORCESTER), "Soon"),
    ("none open", ("Closed", "COMPLETED", WORCESTER), ("Near", "WITHDRAWN", BOSTON), "Near"),
]


@pytest.mark.parametrize(("kind", "first", "second", "named"), SITES)
def test_a_site_that_recruits_is_named(
    kind: str, first: tuple[str, str, dict[str, float]], second: tuple[str, str, dict[str, float]], named: str
) -> None:
    found = nearest_site(study(first, second), HERE)
    assert found is not None and found.site.facility == named, kind


def test_a_nearer_site_that_opens_later_is_told_too() -> None:
    said = _nearest(study(SITES[1][1], SITES[1][2]), HERE)
    assert said.startswith("Nearest open site 62 km away: Now (recruiting)") and "not recruiting yet" in said
    assert "not recruiting yet" not in _nearest(study(SITES[0][1], SITES[0][2]), HERE)
