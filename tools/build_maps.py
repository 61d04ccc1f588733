"""Make the outlines in src/trialkin/views/pictures/data/ from Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_maps.py package/

world.tsv: the world at 1:110 million in the Natural Earth projection, simplified to about a pixel.
countries.tsv: each country at 1:50 million, plain longitude and latitude in twentieths of a degree.
Arcs are simplified before they are joined, so neighbours still share their border.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from trialkin.views.pictures.projection import project  # noqa: E402

OUT = Path(__file__).parent.parent / "src/trialkin/views/pictures/data"
Point = tuple[float, float]

ALIASES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Brunei": "Brunei Darussalam",
    "Cabo Verde": "Cape Verde",
    "Cayman Is.": "Cayman Islands",
    "Central African Rep.": "Central African Republic",
    "Congo": "Republic of the Congo|Congo, Republic of the",
    "Côte d'Ivoire": "Côte D'Ivoire|Côte d’Ivoire|Ivory Coast",
    "Czechia": "Czech Republic",
    "Dem. Rep. Congo": "Congo, The Democratic Republic of the|Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Fr. Polynesia": "French Polynesia",
    "Iran": "Iran, Islamic Republic of|Islamic Republic of Iran",
    "Laos": "Lao People's Democratic Republic",
    "Libya": "Libyan Arab Jamahiriya",
    "Macao": "Macau",
    "Macedonia": "North Macedonia|Macedonia, The Former Yugoslav Republic of",
    "Moldova": "Moldova, Republic of|Republic of Moldova",
    "Myanmar": "Burma|Myanmar (Burma)",
    "N. Mariana Is.": "Northern Mariana Islands",
    "North Korea": "Korea, Democratic People's Republic of",
    "Palestine": "Palestinian Territories, Occupied|Palestinian Territories|Palestinian Territory, occupied",
    "Russia": "Russian Federation",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "South Korea": "Korea, Republic of|Republic of Korea",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "Syria": "Syrian Arab Republic",
    "São Tomé and Principe": "Sao Tome and Principe",
    "Tanzania": "United Republic of Tanzania|Tanzania, United Republic of",
    "Timor-Leste": "East Timor",
    "Turkey": "Turkey (Türkiye)|Türkiye",
    "U.S. Virgin Is.": "Virgin Islands (U.S.)",
    "United States of America": "United States|USA",
    "Vietnam": "Viet Nam",
    "eSwatini": "Eswatini|Swaziland",
}


def read_arcs(topology: dict) -> list[list[Point]]:
    """The arcs of a TopoJSON file in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker; the ends stay, a closed line keeps its farthest point."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5

    def off(p: Point) -> float:
        if not length:
            return ((p[0] - x0) ** 2 + (p[1] - y0) ** 2) ** 0.5
        return abs((x1 - x0) * (y0 - p[1]) - (x0 - p[0]) * (y1 - y0)) / length

    far = max(range(1, len(points) - 1), key=lambda i: off(points[i]))
    if off(points[far]) <= tolerance:
        return [points[0], points[-1]]
    return simplify(points[: far + 1], tolerance)[:-1] + simplify(points[far:], tolerance)


def line(points: list[Point], *, close: bool) -> str:
    """Relative path data on whole units, repeated points left out; "" for what has shrunk to nothing."""
    whole: list[tuple[int, int]] = []
    for x, y in points:
        p = (round(x), round(y))
        if not whole or p != whole[-1]:
            whole.append(p)
    if close and len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < (3 if close else 2):
        return ""
    d = f"M{whole[0][0]} {whole[0][1]}l" + " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole))
    return d.replace(" -", "-") + ("z" if close else "")


def rings(geometry: dict, arcs: list[list[Point]]) -> list[list[Point]]:
    """All rings of a polygon or multipolygon."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    found = []
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            found.append(points)
    return found


def members(geometries: list[dict]) -> list[dict]:
    """Geometries, collections opened."""
    return [m for g in geometries for m in (members(g["geometries"]) if "geometries" in g else [g])]


def centre(ring: list[Point]) -> Point:
    """The centroid of a ring, its mean point where it has no area."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if abs(area) < 1e-9:
        return ring[0]
    return x / (3 * area), y / (3 * area)


def extent(ring: list[Point]) -> float:
    """Width times height of a ring."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def wraps(ring: list[Point]) -> bool:
    """Whether a small ring crosses the date line, and would be drawn right across the map."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return max(xs) - min(xs) > 900 and max(ys) - min(ys) < 60


def world(topology: dict) -> list[str]:
    """The rows of world.tsv."""
    arcs = [simplify([project(*p) for p in arc], 0.7) for arc in read_arcs(topology)]
    land = [r for g in members([topology["objects"]["land"]]) for r in rings(g, arcs)]
    land = [r for r in land if min(p[1] for p in r) < 440 and extent(r) > 4 and not wraps(r)]
    uses: dict[int, int] = {}
    for g in members([topology["objects"]["countries"]]):
        polygons = g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]]
        for index in (i for polygon in polygons for ring in polygon for i in ring):
            key = index if index >= 0 else ~index
            uses[key] = uses.get(key, 0) + 1
    borders = "".join(line(arcs[i], close=False) for i, n in sorted(uses.items()) if n > 1)
    rows = ["land\t" + "".join(line(r, close=True) for r in land), "borders\t" + borders]
    for g in members([topology["objects"]["countries"]]):
        name = g["properties"]["name"]
        d = "".join(line(r, close=True) for r in rings(g, arcs) if not wraps(r))
        if d and name != "Antarctica":
            rows.append(f"{name}\t{d}")
    return rows


def countries(topology: dict) -> list[str]:
    """The rows of countries.tsv: names, centre, path in twentieths of a degree (y downwards)."""
    arcs = [simplify(arc, 0.04) for arc in read_arcs(topology)]
    rows = []
    for g in members([topology["objects"]["countries"]]):
        name = g["properties"]["name"]
        if name == "Antarctica":
            continue
        own = rings(g, arcs)
        lon, lat = centre(max(own, key=extent))
        d = "".join(line([(x * 20, -y * 20) for x, y in r], close=True) for r in own)
        names = "|".join(dict.fromkeys([name, *ALIASES.get(name, "").split("|")])).strip("|")
        rows.append(f"{names}\t{lon:.2f}\t{lat:.2f}\t{d}")
    return sorted(rows)


def main() -> None:
    """Write both files."""
    source = Path(sys.argv[1])
    note = "# Natural Earth (naturalearthdata.com), public domain, from world-atlas 2.0.2 by tools/build_maps.py"
    for name, scale, make in (("world", "110m", world), ("countries", "50m", countries)):
        rows = make(json.loads((source / f"countries-{scale}.json").read_text()))
        (OUT / f"{name}.tsv").write_text("\n".join([note, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
