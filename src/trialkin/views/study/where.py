"""Where the sites are: on the world's map and on that of the country with most of them, by status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...indexes.search.places import site_point
from ...model import Study
from ...model.protocol import Location
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Cell, Figure, Inline, Note, Table, present
from ..pictures.places import Place, SiteMap, draw, outline
from ..words import count_of
from .context import PageContext

_ORDER = (
    "RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "COMPLETED",
    "SUSPENDED", "TERMINATED", "WITHDRAWN", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING", "WITHHELD", "UNKNOWN",
)  # fmt: skip
NO_COUNTRY = "Country not given"


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: contactsLocationsModule.locations[].{status, country, geoPoint}."""
    sites = context.study.locations
    if not sites:
        return ()
    places, unplaced = site_places(context.study, sites)
    unseen = Note(f"{count_of(unplaced, 'site')} cannot be placed: neither a point nor a known country is given.")
    return present(
        _world(context.study, places),
        _country(context.study),
        unseen if unplaced else None,
    )


def site_state(site: Location, study: Study) -> str:
    """The site's own status, else the study's, "" when neither is stated."""
    return site.status or study.overall_status or ""


def _series(state: str) -> int:
    return _ORDER.index(state) if state in _ORDER else len(_ORDER)


def site_places(study: Study, sites: Iterable[Location]) -> tuple[tuple[Place, ...], int]:
    """Sites with the same point and status joined, and the number of those that cannot be placed at all."""
    counts: Counter[tuple[str, float, float, str, bool]] = Counter()
    unplaced = 0
    for site in sites:
        point = site.geo_point
        country = plain(site.country)
        state = site_state(site, study)
        if (
            point
            and point.lat is not None
            and point.lon is not None
            and abs(point.lat) <= 90
            and abs(point.lon) <= 180
        ):
            counts[plain(site.city) or country, round(point.lon, 2), round(point.lat, 2), state, True] += 1
        elif (city := site_point(site)) is not None and city.guessed:
            counts[plain(site.city), round(city.lon, 2), round(city.lat, 2), state, False] += 1
        elif middle := outline(country):
            counts[country, middle.lon, middle.lat, state, False] += 1
        else:
            unplaced += 1
    places = tuple(
        Place(name, lon, lat, _series(state), count, exact)
        for (name, lon, lat, state, exact), count in counts.items()
    )
    return places, unplaced


def _legend(sites: Iterable[Location], study: Study) -> tuple[tuple[int, str, int], ...]:
    counts = Counter(site_state(site, study) for site in sites)
    return tuple(
        (_series(state), label("Status", state) or "Status not given", count)
        for state, count in sorted(counts.items(), key=lambda pair: _series(pair[0]))
    )


def _countries(study: Study) -> Counter[str]:
    return Counter(plain(site.country) or NO_COUNTRY for site in study.locations)


def _world(study: Study, places: tuple[Place, ...]) -> Block | None:
    countries = _countries(study)
    table = country_table(study)
    if not places:
        return table
    said = ", ".join(f"{name} {count}" for name, count in countries.most_common(12))
    more = f" and {len(countries) - 12} more countries" if len(countries) > 12 else ""
    larger = " Larger marks are several sites in one place." if any(p.count > 1 for p in places) else ""
    shown = SiteMap(
        title=f"{count_of(len(study.locations), 'site')} in {count_of(len(countries), 'country', 'countries')}",
        description=f"{said}{more}.{larger} Outline: Natural Earth.",
        places=places,
        legend=_legend(study.locations, study),
        shaded=tuple(countries),
    )
    return Figure(draw(shown), shown.title, shown.description, data=table)


def country_table(study: Study) -> Table:
    """Sites by country and status, the totals conserved."""
    states = sorted({site_state(site, study) for site in study.locations}, key=_series)
    counts = Counter((plain(site.country) or NO_COUNTRY, site_state(site, study)) for site in study.locations)
    rows: list[tuple[Inline | Cell, ...]] = []
    for country, total in _countries(study).most_common():
        own = (Cell((str(counts[country, state] or "–"),), number=True) for state in states)
        rows.append((country, *own, Cell((str(total),), number=True)))
    head = ("Country", *(label("Status", state) or "Status not given" for state in states), "Sites")
    return Table(head, tuple(rows), caption="Sites by country and status")


def _country(study: Study) -> Figure | None:
    """The country with most sites, where at least two of them have points of their own."""
    exact = [site for site in study.locations if site.geo_point is not None]
    if not exact:
        return None
    country, _ = Counter(plain(site.country) for site in exact).most_common(1)[0]
    own = tuple(site for site in study.locations if plain(site.country) == country)
    narrowed, _ = site_places(study, own)
    narrowed = tuple(place for place in narrowed if place.exact)
    if len(narrowed) < 2 or outline(country) is None:
        return None
    shown = SiteMap(
        title=f"{country}: {count_of(len(own), 'site')}",
        description=f"{count_of(len(narrowed), 'place')} with sites. Outline: Natural Earth.",
        places=narrowed,
        legend=_legend(own, study),
        country=country,
    )
    return Figure(draw(shown), shown.title, shown.description)
