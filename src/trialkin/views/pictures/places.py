"""Sites on the world's outline and on that of one country, by status; the legend is a picture of its own below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians, sqrt

from . import projection, svg

View = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Sites of one status at one point (WGS 84 degrees); `exact` False: at the middle of the city or country."""

    name: str
    lon: float
    lat: float
    series: int
    count: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class SiteMap:
    """`country` None: the world; `shaded`: names of countries to be filled; `legend`: series, words, count."""

    title: str
    description: str
    places: tuple[Place, ...]
    legend: tuple[tuple[int, str, int], ...]
    shaded: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: where its middle is, and its path in twentieths of a degree, y downwards."""

    name: str
    lon: float
    lat: float
    path: str


@cache
def _rows(name: str) -> tuple[list[str], ...]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@cache
def _world() -> dict[str, str]:
    return {name: path for name, path in _rows("world.tsv")}


@cache
def _outlines() -> dict[str, Outline]:
    found = {}
    for names, lon, lat, path in _rows("countries.tsv"):
        outline = Outline(names.split("|")[0], float(lon), float(lat), path)
        found.update({name.casefold(): outline for name in names.split("|")})
    return found


def outline(country: str) -> Outline | None:
    """The country of that name, in the registry's or in Natural Earth's spelling, None when there is none."""
    return _outlines().get(country.strip().casefold())


def draw(site_map: SiteMap) -> str:
    """The map scaled to the room, and its legend."""
    drawn = _country(site_map) if site_map.country else _drawn_world(site_map)
    return drawn + _legend(site_map)


def _drawn_world(site_map: SiteMap) -> str:
    points = [(*projection.project(p.lon, p.lat), p) for p in site_map.places]
    view = _view(
        [(x, y) for x, y, _ in points], least=420.0, whole=(0.0, 0.0, projection.WIDTH, projection.HEIGHT)
    )
    world = _world()
    outlines = (outline(country) for country in site_map.shaded)
    shaded = "".join(world.get(found.name, "") for found in outlines if found)
    parts = [
        svg.element("path", d=world["land"], class_="land"),
        svg.element("path", d=shaded, class_="here") if shaded else "",
        svg.element("path", d=world["borders"], class_="border", stroke_width=view[2] / 900),
    ]
    parts.append(_marks(points, unit=view[2] / 1000))
    return svg.picture(*parts, kind="map", title=site_map.title, description=site_map.description, view=view)


def _country(site_map: SiteMap) -> str:
    found = outline(site_map.country or "")
    if found is None:
        return _drawn_world(site_map)
    squeeze = max(0.2, cos(radians(found.lat)))
    points = [(20 * p.lon * squeeze, -20 * p.lat, p) for p in site_map.places]
    view = _view([(x, y) for x, y, _ in points], least=30.0, whole=None)
    land = svg.element("path", d=found.path, class_="land", transform=f"scale({squeeze:.4f} 1)")
    parts = (land, _marks(points, unit=view[2] / 1000))
    return svg.picture(
        *parts, kind="map country", title=site_map.title, description=site_map.description, view=view
    )


def _view(points: list[tuple[float, float]], *, least: float, whole: View | None) -> View:
    """The part that holds all points with a margin, twice as wide as high at most; never beyond `whole`."""
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    width = max(least, (max(xs) - min(xs)) * 1.2)
    height = max(least * 0.5, (max(ys) - min(ys)) * 1.25)
    width, height = max(width, height * 1.25), max(height, width * 0.45)
    if whole and (width >= whole[2] * 0.8 or height >= whole[3] * 0.8):
        return whole
    x, y = (max(xs) + min(xs) - width) / 2, (max(ys) + min(ys) - height) / 2
    if whole:
        x, y = min(max(x, 0.0), whole[2] - width), min(max(y, 0.0), whole[3] - height)
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)


def _marks(points: Iterable[tuple[float, float, Place]], *, unit: float) -> str:
    parts = []
    for x, y, place in sorted(points, key=lambda point: -point[2].count):
        size = min(30.0, 7.0 + 2.6 * sqrt(place.count - 1)) * unit
        tip = f"{place.name}: {place.count} {'site' if place.count == 1 else 'sites'}"
        mark = svg.marker(place.series, x=x, y=y, size=size, hollow=not place.exact)
        parts.append(svg.element("g", svg.element("title", svg.clean(tip)), mark))
    return svg.element("g", *parts, class_="sites", stroke_width=unit * 1.5) if parts else ""


def _legend(site_map: SiteMap) -> str:
    parts, y = [], 4.0
    for series, words, count in site_map.legend:
        parts.append(svg.marker(series, x=8, y=y + 8))
        parts.append(svg.fitted(f"{words}: {count:,}", x=22, y=y + 12, width=svg.NARROW - 22, class_="label"))
        y += 18
    if any(not place.exact for place in site_map.places):
        parts.append(svg.marker(0, x=8, y=y + 8, hollow=True))
        words = "hollow: set at the middle of the city or country"
        parts.append(svg.fitted(words, x=22, y=y + 12, width=svg.NARROW_UNFOLDED - 22, class_="label"))
        y += 18
    legend = f"Legend of the map: {site_map.title}"
    said = "; ".join(f"{words}: {count}" for _, words, count in site_map.legend)
    return svg.picture(*parts, kind="legend", title=legend, description=said, height=y)
