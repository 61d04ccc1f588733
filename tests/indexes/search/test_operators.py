"""The registry's operators: one site, whole texts, leeway; and words that begin so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import pytest

from trialkin.errors import InvalidQuery, InvalidValue
from trialkin.indexes.search import candidates
from trialkin.indexes.search import compile as compiling
from trialkin.indexes.search.engine import NARROWED, Request, all_ids, answer
from trialkin.indexes.search.facets import Facet
from trialkin.indexes.search.index import SearchIndex
from trialkin.indexes.search.places import find_place
from trialkin.indexes.search.query import parse
from trialkin.indexes.search.sites import site_test, sites
from trialkin.indexes.search.tree import OnSite
from trialkin.model import Study, read_study

Make = Callable[[Iterable[Study]], SearchIndex]


def _study(number: int, *sites: dict[str, str], status: str = "RECRUITING", **modules: object) -> Study:
    section = {
        "identificationModule": {"nctId": f"NCT9900000{number}", "briefTitle": "A study"},
        "statusModule": {"overallStatus": status},
        "contactsLocationsModule": {"locations": list(sites)},
        **modules,
    }
    return read_study(json.dumps({"protocolSection": section}).encode())


def _site(facility: str, city: str, status: str = "", country: str = "United States") -> dict[str, str]:
    return {"facility": facility, "city": city, "country": country} | ({"status": status} if status else {})


SITES = [
    _study(1, _site("General Hospital", "Boston", "RECRUITING"), _site("City Clinic", "Chicago", "COMPLETED")),
    _study(2, _site("General Hospital", "Boston", "COMPLETED"), _site("City Clinic", "Chicago", "RECRUITING")),
    _study(3, _site("City Clinic", "Boston"), status="COMPLETED"),
    _study(4, _site("City Clinic", "Boston")),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SEARCH[Location](AREA[LocationCity]Boston AND AREA[LocationStatus]RECRUITING)", "14"),
        ("AREA[LocationCity]Boston AND SEARCH[Location](AREA[LocationStatus]RECRUITING)", "124"),
        ("SEARCH[Location](General Chicago)", ""),
        ("SEARCH[Location](General Boston)", "12"),
        ('SEARCH[Location]("General Hospital" OR Chicago)', "12"),
        ("SEARCH[Location](AREA[LocationFacility]clinic NOT AREA[LocationCity]Chicago)", "34"),
        ("NOT SEARCH[Location](General Boston)", "34"),
        ('SEARCH[Location](country:"United States" AND near:"Boston, 20 km")', "1234"),
        ('SEARCH[Location](near:"Boston, 20 km" AND AREA[LocationStatus]COMPLETED)', "23"),
        ('SEARCH[Location](near:"Boston, 20 km, open")', "14"),
        ("SEARCH[Location](country:China)", ""),
    ],
)
def test_conditions_on_one_site(index_of: Make, text: str, found: str) -> None:
    index, by_id = index_of(SITES), {study.nct_id: study for study in SITES}
    assert {each[-1] for each in all_ids(index, Request(text), read=by_id.__getitem__)} == set(found)
    counted = answer(index, Request(text, facets=("status",)), read=by_id.__getitem__)
    assert counted.total == sum(bucket.count for bucket in counted.facets[0].buckets) == len(found)


def test_what_must_be_read_is_bounded(index_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    index, by_id = index_of(SITES), {study.nct_id: study for study in SITES}
    monkeypatch.setattr(candidates, "MOST_READ", 1)
    with pytest.raises(InvalidQuery, match="2 studies one by one"):
        answer(index, Request("SEARCH[Location](General Boston)"), read=by_id.__getitem__)
    narrowed = Request("NCT99000001 SEARCH[Location](General Boston)", facets=("status",))
    assert answer(index, narrowed, read=by_id.__getitem__).total == 1
    with pytest.raises(InvalidQuery, match="without the records"):
        answer(index, narrowed)


def test_what_the_terms_of_sites_tell_is_not_read(index_of: Make) -> None:
    index = index_of(SITES)
    for text, found in (
        ("SEARCH[Location](AREA[LocationCity]Boston AND AREA[LocationStatus]RECRUITING)", "14"),
        ('SEARCH[Location](near:"Boston, 20 km" NOT AREA[LocationStatus]RECRUITING)', "23"),
        ("SEARCH[Location](Boston)", "1234"),  # no facility or postal code says Boston elsewhere
        ('SEARCH[Location](country:"United States" OR AREA[LocationFacility]Clinic)', "1234"),
    ):
        assert {each[-1] for each in all_ids(index, Request(text))} == set(found)


def test_the_index_and_the_records_tell_the_same(
    sample_index: SearchIndex, sample_studies: dict[str, Study]
) -> None:
    """For every site of the sample: its city with a status, its hospital, and what is not so."""
    asked = {
        f"SEARCH[Location]({text})"
        for study in sample_studies.values()
        for site in study.locations[:3]
        for text in (
            f"{site.city} AND AREA[LocationStatus]RECRUITING",
            f'AREA[LocationCity]"{site.city}" NOT AREA[LocationFacility]"{site.facility}"',
            f'country:"{site.country}" AND (AREA[LocationStatus]COMPLETED OR AREA[LocationFacility]hospital)',
            f'near:"{site.city}, 30 km, open" NOT {site.city}',
            f"{site.facility.split()[0]} AND ({site.city} OR AREA[LocationStatus]COMPLETED)",
            f'"{site.city} hospital" OR AREA[LocationZip]{site.zip or 1}',
        )
        if site.city and site.facility and _is_known(site.city)
    }
    assert len(asked) > 20
    for text in sorted(asked)[::3]:
        node = parse(text)
        assert isinstance(node, OnSite)
        test = site_test(node.item)
        found = {nct_id for nct_id, study in sample_studies.items() if any(map(test, sites(study)))}
        assert set(all_ids(sample_index, Request(text), read=sample_studies.__getitem__)) == found, text


def _is_known(city: str) -> bool:
    try:
        return bool(find_place(city))
    except InvalidValue:
        return False


SIZED = [
    _study(
        number,
        _site("General Hospital", "Boston", status),
        status="RECRUITING" if number < 4 else "COMPLETED",
        **({"designModule": {"phases": phases}} if phases else {}),
    )
    for number, (status, phases) in enumerate(
        [
            ("RECRUITING", ["PHASE1"]),
            ("RECRUITING", ["PHASE1", "PHASE2"]),
            ("COMPLETED", ["PHASE1"]),
            ("RECRUITING", ["PHASE1"]),
            ("RECRUITING", ["PHASE2"]),
            ("RECRUITING", []),
            ("RECRUITING", ["PHASE3"]),
        ],
        1,
    )
]


def _counts(facet: Facet) -> dict[str, int]:
    return {bucket.value: bucket.count for bucket in facet.buckets}


@pytest.mark.parametrize(
    ("filters", "most", "found", "status", "phase"),
    [
        ({}, 6, "124567", {"RECRUITING": 2, "COMPLETED": 4}, {"PHASE1": 3, "PHASE2": 2, "PHASE3": 1, "none": 1}),
        ({"status": "RECRUITING"}, 6, "12", {"RECRUITING": 2, "COMPLETED": 4}, {"PHASE1": 2, "PHASE2": 1}),
        ({"status": "RECRUITING"}, 3, "12", {"RECRUITING": 2}, {"PHASE1": 2, "PHASE2": 1}),
        ({"phase": "PHASE2"}, 3, "25", {"RECRUITING": 1, "COMPLETED": 1}, {"PHASE2": 2, "none": 1}),
        ({"phase": "1/2"}, 5, "2", {"RECRUITING": 1}, {"PHASE1": 3, "PHASE2": 2, "none": 1}),
        ({"phase": "none"}, 1, "6", {"COMPLETED": 1}, {"none": 1}),
    ],
)
def test_filters_choose_what_is_read(
    index_of: Make, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str], most: int, found: str,
    status: dict[str, int], phase: dict[str, int],
) -> None:  # fmt: skip
    """Counts stay exact; of a filter in force only the chosen values are counted where the others were not read."""
    monkeypatch.setattr(candidates, "MOST_READ", most)
    index, by_id = index_of(SIZED), {study.nct_id: study for study in SIZED}
    text = "SEARCH[Location](AREA[LocationFacility]General AND AREA[LocationStatus]RECRUITING)"
    asked = Request(text, {name: (value,) for name, value in filters.items()}, facets=("status", "phase"))
    got = answer(index, asked, read=by_id.__getitem__)
    assert {each[-1] for each in got.ids} == set(found)
    assert [_counts(facet) for facet in got.facets] == [status, phase]
    assert (NARROWED in got.notices) == (most < 6)


def _condition(number: int, *conditions: str) -> Study:
    return _study(number, conditionsModule={"conditions": list(conditions)})


CONDITIONS = [
    _condition(1, "Breast Cancer"),
    _condition(2, "Breast Cancer Stage II", "Pain"),
    _condition(3, "Metastatic breast cancer"),
    _condition(4, "Cancer of the breast"),
    _condition(5, "Breast feeding", "Lung cancer"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('AREA[Condition]COVERAGE[FullMatch]"breast cancer"', "1"),
        ("AREA[Condition]COVERAGE[StartsWith](breast cancer)", "12"),
        ('COVERAGE[EndsWith]AREA[Condition]"breast cancers"', "13"),
        ('AREA[Condition]COVERAGE[Contains]"breast cancer"', "123"),
        ('cond:(NOT COVERAGE[FullMatch]"breast cancer") AND cond:breast', "2345"),
        ('AREA[Condition]EXPANSION[None]"breast cancer"', "123"),
        ('AREA[Condition]EXPANSION[Relaxation]"breast cancer"', "12345"),
        ('AREA[Condition]EXPANSION[Lossy]"breast pain"', "12345"),
        ("AREA[Condition]EXPANSION[Lossy](stage feeding)", "25"),
        ("cond:metas*", "3"),
        ("cond:(brea* NOT fee*)", "1234"),
        ("cond:zzz*", ""),
    ],
)
def test_whole_texts_and_leeway(index_of: Make, text: str, found: str) -> None:
    index, by_id = index_of(CONDITIONS), {study.nct_id: study for study in CONDITIONS}
    assert {each[-1] for each in all_ids(index, Request(text), read=by_id.__getitem__)} == set(found)


def test_words_that_begin_so_are_shown_and_can_be_left_out(index_of: Make) -> None:
    index = index_of([_condition(1, "Cardiology"), _condition(2, "Cardiomyopathy"), _condition(3, "Card")])
    for widen in (True, False):
        found = answer(index, Request("cardio*", widen=widen))
        assert [(each.name, each.other, found.searched(each)) for each in found.expansions] == [
            ("cardio*", "cardiology", True),
            ("cardio*", "cardiomyopathy", True),
        ]
        assert found.total == 2 and found.suggestion is None
    without = answer(index, Request("cardio*", without=frozenset({"cardio*=cardiology"})))
    assert without.ids == ("NCT99000002",)
    only = Request("EXPANSION[None]cardio*")
    assert answer(index, only).total == 2


def test_a_broader_term_is_not_another_name(index_of: Make) -> None:
    def tagged(number: int, condition: str, *meshes: str) -> Study:
        browse = {"meshes": [{"id": f"D{place}", "term": term} for place, term in enumerate(meshes)]}
        study = {
            "protocolSection": {
                "identificationModule": {"nctId": f"NCT9900000{number}", "briefTitle": "A study"},
                "conditionsModule": {"conditions": [condition]},
            },
            "derivedSection": {"conditionBrowseModule": browse},
        }
        return read_study(json.dumps(study).encode())

    index = index_of(
        [
            tagged(1, "Cystic Fibrosis", "Cystic Fibrosis", "Fibrosis"),
            tagged(2, "Acute Stroke", "Stroke"),
            tagged(3, "Heart Attack", "Myocardial Infarction"),
        ]
    )
    others = {
        text: {
            each.other for each in answer(index, Request(f"cond:({text})")).expansions if each.kind == "MeSH term"
        }
        for text in ("cystic fibrosis", "acute stroke", "heart attack")
    }
    assert others == {
        "cystic fibrosis": set(),
        "acute stroke": set(),
        "heart attack": {"myocardial infarction"},
    }


def test_few_of_many_words_that_begin_so_are_told(index_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of([_condition(1, "Cardiology"), _condition(2, "Cardiomyopathy", "Cardiology")])
    monkeypatch.setattr(compiling, "MOST_BEGINNING", 1)
    found = answer(index, Request("cardio*"))
    assert found.total == 2
    assert "the 1 most frequent of 2 words" in found.notices[0]
