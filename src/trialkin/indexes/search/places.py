"""Places: where a site is, where a named city is, and how far apart they are.

A site stands at the record's own coordinates; where a record gives none, at the city it names, if the bundled
table knows exactly one such city in that country (marked as a guess). Any other site is "not stated". Must not
know the engine.

Source: GeoNames (https://www.geonames.org/, CC BY 4.0), places of 15,000 people or more.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from ...errors import InvalidValue
from ...model import Study
from ...model.protocol import Location
from ...vocab import table
from .analysis import key

EARTH_KM = 6371.0088
RECRUITING = frozenset({"RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"})
OPEN_SITES = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"})
"""States in which one may still hope to join. A site is open when its study is, and it is not itself in another
state: of a study whose status has become unknown, "recruiting" at a site only says what once was."""

_CLEAR_LEAD = 8
"""A city stands for its name in a country when it has this many times the people of the next one."""
_COORDINATES = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)")


@dataclass(frozen=True)
class Point:
    """WGS 84 degrees; `guessed`: from the name of the city, not from the record."""

    lat: float
    lon: float
    guessed: bool = False

    @property
    def key(self) -> str:
        return f"{self.lat:.4f},{self.lon:.4f}"

    @classmethod
    def read(cls, key: str) -> Point:
        lat, lon = key.split(",")
        return cls(float(lat), float(lon))

    def km_to(self, other: Point) -> float:
        """Great-circle distance."""
        lat1, lat2 = math.radians(self.lat), math.radians(other.lat)
        half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - self.lon) / 2
        a = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
        return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(a)))


@dataclass(frozen=True)
class City:
    name: str
    region: str
    country: str
    point: Point
    population: int

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.region, self.country)))


@dataclass(frozen=True)
class NearestSite:
    """The nearest site of a study; `open` tells whether one may still join there."""

    site: Location
    km: float
    open: bool
    guessed: bool


@cache
def _cities() -> dict[str, list[City]]:
    found: dict[str, list[City]] = {}
    names = {row["iso"]: row["name"] for row in table("countries")}
    for row in table("cities"):
        point = Point(float(row["lat"]), float(row["lon"]), guessed=True)
        country = names.get(row["country"], row["country"])
        city = City(row["name"], row["region"], country, point, int(row["population"]))
        for name in dict.fromkeys((key(row["name"]), *map(key, filter(None, row["other_names"].split("|"))))):
            found.setdefault(name, []).append(city)
    for name, cities in found.items():
        cities.sort(key=lambda city: (key(city.name) != name, -city.population))
    return found


@cache
def countries() -> dict[str, str]:
    """Country by every name it goes by, under its key."""
    found: dict[str, str] = {}
    for row in table("countries"):
        for name in (row["iso"], *row["other_names"].split("|"), row["name"]):
            if name:
                found[key(name)] = row["name"]
    return found


def country_names(name: str) -> tuple[str, ...]:
    """Every spelling that the registry has used for the country that goes by this name; () when unknown."""
    common = countries().get(key(name))
    for row in table("countries"):
        if row["name"] == common:
            return (common, *filter(None, row["other_names"].split("|")))
    return ()


def find_place(text: str) -> tuple[Point, str, list[str]]:
    """Coordinates, the name of the place, and other places of that name.

    `text`: "lat, lon", "city", "city, country" or "city, region, country".

    Raises:
        InvalidValue: no such place.
    """
    if match := _COORDINATES.fullmatch(text.strip()):
        lat, lon = float(match[1]), float(match[2])
        if abs(lat) <= 90 and abs(lon) <= 180:
            return Point(lat, lon), f"{lat:g}, {lon:g}", []
    name, *within = (part.strip() for part in text.split(","))
    cities = _cities().get(key(name), [])
    for part in within:
        cities = [city for city in cities if _lies_in(city, part)]
    if not cities:
        raise InvalidValue(
            f"no place {text[:40]!r} among the cities of 15,000 people or more",
            hint='Name a larger city nearby, or give coordinates: near:"42.36, -71.06, 50 km".',
        )
    return cities[0].point, str(cities[0]), list(dict.fromkeys(str(city) for city in cities[1:6]))


@cache
def _states() -> dict[str, str]:
    return {row["code"].lower(): key(row["name"]) for row in table("us_states")}


def _lies_in(city: City, part: str) -> bool:
    state = _states().get(part.strip().lower().replace(".", ""), key(part))
    return state == key(city.region) or countries().get(key(part), part) == city.country


def site_point(site: Location) -> Point | None:
    """Where a site is; None when neither the record nor the table of cities tells."""
    if site.geo_point is not None and site.geo_point.lat is not None and site.geo_point.lon is not None:
        return Point(site.geo_point.lat, site.geo_point.lon)
    return _city_point(site.city, site.state, site.country) if site.city and site.country else None


@cache
def _city_point(city: str, state: str | None, country: str) -> Point | None:
    common = countries().get(key(country))
    same = [each for each in _cities().get(key(city), []) if each.country == common]
    if state and common == "United States":
        same = [each for each in same if key(each.region) == key(state)]
    if not same or (len(same) > 1 and same[0].population < _CLEAR_LEAD * same[1].population):
        return None
    return same[0].point


def site_is_open(site: Location, study: Study) -> bool:
    """Whether one may still hope to join at this site."""
    return study.overall_status in OPEN_SITES and (site.status or study.overall_status) in OPEN_SITES


def nearest_site(study: Study, point: Point, *, recruiting: bool = True) -> NearestSite | None:
    """The nearest site that recruits now, else the nearest that may open, else the nearest; None without a known place.

    recruiting False: one that is not yet open counts as much as one that recruits.
    """
    found: list[tuple[bool, bool, float, int, NearestSite]] = []
    for number, site in enumerate(study.locations):
        place = site_point(site)
        if place is not None:
            is_open = site_is_open(site, study)
            km = place.km_to(point)
            later = recruiting and not (is_open and (site.status or study.overall_status) in RECRUITING)
            found.append((later, not is_open, km, number, NearestSite(site, km, is_open, place.guessed)))
    return min(found)[4] if found else None
