"""A value of another type than the registry documents costs that value, and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trialkin import Library
from trialkin.model import Study, not_understood, read_study
from trialkin.sample import records

NAME, DATA = next((name, data) for name, data in records() if "NCT07320690" in name)
DESIGN = "protocolSection.designModule"
SITES = "protocolSection.contactsLocationsModule.locations"


def with_value(path: str, value: Any) -> bytes:
    record = json.loads(DATA)
    place: Any = record
    *holders, last = path.split(".")
    for key in holders:
        place = place[int(key)] if key.isdigit() else place[key]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps(record).encode()


def count(study: Study) -> object:
    return study.enrollment.count


def phases(study: Study) -> object:
    return study.design.phases


# kind -> path, value, what is read there, whether it is understood
ODD: dict[str, tuple[str, Any, Any, Any, bool]] = {
    "null for a list": (f"{DESIGN}.phases", None, phases, (), True),
    "null in a list": (f"{DESIGN}.phases", [None, "PHASE2"], phases, ("PHASE2",), True),
    "one for a list": (f"{DESIGN}.phases", "PHASE2", phases, ("PHASE2",), True),
    "an object in a list": (f"{DESIGN}.phases", {"a": 1}, phases, (), False),
    "an empty object for a list": (f"{DESIGN}.phases", {}, phases, (), True),
    "a whole number with a point": (f"{DESIGN}.enrollmentInfo.count", 120.0, count, 120, True),
    "a number as text": (f"{DESIGN}.enrollmentInfo.count", "120", count, 120, True),
    "a number in a list": (f"{DESIGN}.enrollmentInfo.count", [120], count, 120, True),
    "half a person": (f"{DESIGN}.enrollmentInfo.count", 120.5, count, None, False),
    "words for a number": (f"{DESIGN}.enrollmentInfo.count", "about 120", count, None, False),
    "null for a module": (DESIGN, None, count, None, True),
    "text for a module": (DESIGN, "x", count, None, False),
    "a module in a list": (DESIGN, [{"enrollmentInfo": {"count": 7}}], count, 7, True),
    "No for a boolean": (
        "protocolSection.eligibilityModule.healthyVolunteers",
        "No",
        lambda study: study.eligibility.healthy_volunteers,
        False,
        True,
    ),
    "words for a boolean": (
        "protocolSection.eligibilityModule.healthyVolunteers",
        "perhaps",
        lambda study: study.eligibility.healthy_volunteers,
        None,
        False,
    ),
    "a number for text": (
        "protocolSection.identificationModule.acronym",
        2024,
        lambda study: study.identification.acronym,
        "2024",
        True,
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_value_costs_itself(tmp_path: Path, kind: str) -> None:
    path, value, read, expected, understood = ODD[kind]
    raw = with_value(path, value)
    study = read_study(raw)
    assert read(study) == expected
    assert study.title == read_study(DATA).title
    assert [where.removesuffix("[]") for where, _ in not_understood(raw)] == ([] if understood else [path])
    (tmp_path / "x.json").write_bytes(raw)
    with Library(tmp_path / "library", create=True) as library:
        assert library.import_records([tmp_path / "x.json"]).counts["added"] == 1
        told = {where.removesuffix("[]") for where, text, _, _ in library.store.drift() if text}
        assert (path in told) is not understood
        assert library.find("NCT07320690").record.raw == raw


def test_a_place_as_text() -> None:
    record = json.loads(DATA)
    site = {"facility": "Quillmere", "geoPoint": {"lat": "42.35", "lon": "west"}}
    record["protocolSection"].setdefault("contactsLocationsModule", {})["locations"] = [site, None, 5]
    raw = json.dumps(record).encode()
    (found,) = read_study(raw).locations
    assert found.geo_point is not None and (found.geo_point.lat, found.geo_point.lon) == (42.35, None)
    assert not_understood(raw) == [(f"{SITES}[].geoPoint.lon", "west"), (f"{SITES}[]", "5")]
