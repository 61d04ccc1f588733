"""Finding studies: areas, filters with three answers, facets, reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialkin.errors import InvalidQuery, InvalidValue
from trialkin.indexes.search import tree as q
from trialkin.indexes.search.engine import SORTS, Request, all_ids, answer
from trialkin.indexes.search.explain import explain
from trialkin.indexes.search.fields import FIELDS
from trialkin.indexes.search.index import SearchIndex
from trialkin.indexes.search.values import read_filter
from trialkin.model import Study, read_study
from trialkin.reading.markup import plain

SINGLE = {
    "status": ["RECRUITING", "COMPLETED"],
    "phase": ["PHASE2", "PHASE3", "NA"],
    "type": ["INTERVENTIONAL", "OBSERVATIONAL"],
    "country": ["China", "United States"],
    "sponsor_class": ["INDUSTRY", "OTHER"],
    "results": ["yes", "no"],
    "healthy": ["yes", "no"],
    "start": ["2020..", "2024-03..2025", "..2023-06"],
    "updated": ["2024.."],
    "enrollment": ["100..", "..50"],
    "age": ["58", "3", "6 months"],
    "sex": ["female", "male"],
    "near": ["Guangzhou, 100 km", "Boston, 500 km, open"],
}


def _ids(index: SearchIndex, tree: q.Node) -> set[str]:
    return set(all_ids(index, Request(str(tree))))


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in SINGLE for value in SINGLE[name]])
def test_yes_no_and_not_stated_are_the_whole(sample_index: SearchIndex, name: str, value: str) -> None:
    yes = read_filter(name, value)
    unstated = read_filter(name, "none")
    everything = _ids(sample_index, q.Everything())
    found, missing = _ids(sample_index, yes), _ids(sample_index, unstated)
    no = _ids(sample_index, q.both(q.Not(yes), q.Not(unstated)))
    assert not found & missing and not found & no and not no & missing
    assert found | missing | no == everything


@given(st.dictionaries(st.sampled_from(list(SINGLE)), st.integers(0, 5), max_size=4), st.sampled_from(list(SORTS)))
@settings(max_examples=60)
def test_facets_and_totals_agree_with_what_is_found(
    sample_index: SearchIndex, chosen: dict[str, int], sort: str
) -> None:
    filters = {name: (SINGLE[name][place % len(SINGLE[name])],) for name, place in chosen.items()}
    if sort == "distance" and "near" not in filters:
        return
    found = answer(sample_index, Request(filters=filters, limit=1000, sort=sort))
    assert len(found.ids) == len(set(found.ids)) == found.total
    for facet in found.facets:
        for bucket in facet.buckets:
            other = {**filters, facet.name: (bucket.value,)}
            assert answer(sample_index, Request(filters=other)).total == bucket.count


def test_pages_follow_each_other(sample_index: SearchIndex) -> None:
    for sort in ("relevance", "updated", "oldest", "largest", "smallest"):
        whole = all_ids(sample_index, Request("cancer OR carcinoma OR asthma", sort=sort))
        pages = [
            answer(sample_index, Request("cancer OR carcinoma OR asthma", sort=sort, offset=at, limit=3)).ids
            for at in range(0, len(whole), 3)
        ]
        assert tuple(nct_id for page in pages for nct_id in page) == whole


def _study(nct_id: str, **modules: dict[str, object]) -> Study:
    import json

    section = {"identificationModule": {"nctId": nct_id, "briefTitle": "A study"}, **modules}
    return read_study(json.dumps({"protocolSection": section}).encode())


def test_a_condition_search_reads_no_criteria(index_of: Callable[[Iterable[Study]], SearchIndex]) -> None:
    index = index_of(
        [
            _study("NCT99000001", conditionsModule={"conditions": ["Melanoma"]}),
            _study("NCT99000002", eligibilityModule={"eligibilityCriteria": "No melanoma in the last 5 years"}),
            _study("NCT99000003", descriptionModule={"detailedDescription": "As in melanoma."}),
        ]
    )
    assert all_ids(index, Request("cond:melanoma")) == ("NCT99000001",)
    assert all_ids(index, Request("melanoma")) == ("NCT99000001",)
    assert all_ids(index, Request("elig:melanoma")) == ("NCT99000002",)
    assert all_ids(index, Request("desc:melanoma")) == ("NCT99000003",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PD-1", True),
        ("PD1", True),
        ('"PD 1"', True),
        ("TGF-beta", True),
        ("TGF-β", True),
        ("tgfβ", True),
        ("tumours", True),
        ("sjogren", True),
        ("100mg/m2", True),
        ("100 mg/m²", True),
        ("20µg", True),
        ("PD-2", False),
    ],
)
def test_one_spelling_finds_another(
    index_of: Callable[[Iterable[Study]], SearchIndex], text: str, found: bool
) -> None:
    summary = "Anti-PD1 and TGF-β in tumour; Sjögren; 100 mg/m2 and 20 ug"
    index = index_of([_study("NCT99000001", descriptionModule={"briefSummary": summary})])
    assert answer(index, Request(text)).total == found


def test_dates_never_gain_precision(index_of: Callable[[Iterable[Study]], SearchIndex]) -> None:
    status = {"startDateStruct": {"date": "2024-03"}}
    index = index_of([_study("NCT99000001", statusModule=status)])
    for asked, total in (
        ("2024-03-15..", 1),
        ("..2024-03-15", 1),
        ("2024-04..", 0),
        ("2024", 1),
        ("..2024-02", 0),
    ):
        assert answer(index, Request(filters={"start": (asked,)})).total == total, asked


def test_open_bounds_of_age_exclude_nobody(index_of: Callable[[Iterable[Study]], SearchIndex]) -> None:
    index = index_of(
        [
            _study("NCT99000001", eligibilityModule={"minimumAge": "18 Years", "stdAges": ["ADULT"]}),
            _study("NCT99000002", eligibilityModule={"minimumAge": "18 Years", "maximumAge": "58 Years"}),
            _study("NCT99000003", eligibilityModule={}),
        ]
    )
    assert set(all_ids(index, Request("age:58"))) == {"NCT99000001", "NCT99000002"}
    assert set(all_ids(index, Request("age:59"))) == {"NCT99000001"}
    assert set(all_ids(index, Request("age:17"))) == set()
    found = answer(index, Request("age:59"))
    assert [(each.name, each.count, each.included) for each in found.unstated] == [("age", 1, False)]


def test_every_reason_lies_in_the_record(sample_index: SearchIndex, sample_studies: dict[str, Study]) -> None:
    texts = (
        "head and neck cancer",
        "cisplatin radiotherapy",
        'cond:"squamous cell"',
        "elig:ECOG survival",
        "asthma",
    )
    for text, widen in product(texts, (True, False)):
        found = answer(sample_index, Request(text, widen=widen))
        for nct_id in found.ids:
            study = sample_studies[nct_id]
            reasons = explain(study, found.sought)
            assert reasons, (text, nct_id)
            for reason in reasons:
                snippet = reason.snippet
                assert snippet.text in {plain(each) for each in FIELDS[reason.field].read(study) if each}
                assert snippet.spans
                assert all(snippet.start <= a < b <= snippet.end for a, b in snippet.spans)
                assert "".join(piece for piece, _ in snippet.pieces()) == snippet.text[snippet.start : snippet.end]


def test_a_reason_says_once_what_another_name_stands_for(
    index_of: Callable[[Iterable[Study]], SearchIndex],
) -> None:
    def study(number: int, title: str, *conditions: str) -> Study:
        section = {
            "identificationModule": {"nctId": f"NCT9900000{number}", "briefTitle": title},
            "conditionsModule": {"conditions": conditions},
        }
        return read_study(json.dumps({"protocolSection": section}).encode())

    studies = [
        study(1, "After a heart attack"),
        study(2, "Heart failure later on", "Myocardial Infarction"),
        study(3, "Heart attack (myocardial infarction)"),
        study(4, "Attack of asthma", "Heart diseases"),
    ]
    found = answer(index_of(studies), Request("Heart attack"))
    shown = {
        study.nct_id[-1]: [
            ("".join(f"[{text}]" if marked else text for text, marked in reason.snippet.pieces()), reason.via)
            for reason in explain(study, found.sought)
        ]
        for study in studies
    }
    assert shown == {
        "1": [("After a [heart attack]", ())],
        "2": [("[Myocardial Infarction]", ("Heart attack",))],  # the title's heart says nothing more
        "3": [("[Heart attack] ([myocardial infarction])", ())],
        "4": [("[Attack] of asthma", ()), ("[Heart] diseases", ())],
    }


def test_what_cannot_be_asked_is_said(sample_index: SearchIndex) -> None:
    with pytest.raises(InvalidQuery, match="no place"):
        answer(sample_index, Request('near:"Nowhereville"'))
    with pytest.raises(InvalidValue, match="sort order"):
        answer(sample_index, Request(sort="best"))
    with pytest.raises(InvalidValue, match="measure from"):
        answer(sample_index, Request(sort="distance"))
    with pytest.raises(InvalidQuery, match="no filter"):
        answer(sample_index, Request(filters={"colour": ("red",)}))


def test_what_a_filter_asks_for_and_is_not_stated_is_counted(sample_index: SearchIndex) -> None:
    filters = {"phase": ("PHASE2",), "healthy": ("no",), "country": ("China", "United States")}
    for typed in ("", "phase:2", "cancer OR asthma"):
        for facets in ((), ("phase", "country")):
            found = answer(sample_index, Request(typed, filters, facets=facets))
            for each in found.unstated:
                rest = {name: values for name, values in filters.items() if name != each.name}
                missing = Request(f"({typed or 'ALL'}) AND {each.name}:none", rest)
                assert answer(sample_index, missing).total == each.count


def test_many_words_find_the_same_studies_as_few(sample_index: SearchIndex) -> None:
    rare = [f"zzz{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(60)]
    few = Request("asthma OR carcinoma", widen=False)
    many = answer(sample_index, Request(" OR ".join(["asthma", "carcinoma", *rare])))
    assert set(all_ids(sample_index, few)) == set(many.ids)
    assert many.suggestion is None
    assert any("more than 40 words" in notice for notice in many.notices)
