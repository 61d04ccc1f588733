"""The registry's operators: one site, whole texts, leeway; and words that begin so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import pytest

from trialkin.errors import InvalidQuery
from trialkin.model import Study, read_study
from trialkin.search import compile as compiling
from trialkin.search.engine import Request, all_ids, answer
from trialkin.search.index import SearchIndex

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


def test_what_must_be_looked_at_one_by_one_is_bounded(index_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    index, by_id = index_of(SITES), {study.nct_id: study for study in SITES}
    monkeypatch.setattr(compiling, "MOST_CHECKED", 2)
    with pytest.raises(InvalidQuery, match="4 studies one by one"):
        answer(index, Request("SEARCH[Location](Boston)"), read=by_id.__getitem__)
    narrowed = Request("AREA[LocationFacility]General AND SEARCH[Location](Boston)", facets=("status",))
    assert answer(index, narrowed, read=by_id.__getitem__).total == 2
    with pytest.raises(InvalidQuery, match="without the records"):
        answer(index, narrowed)


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
