"""Searches over the real records."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialkin import Library
from trialkin.errors import InvalidQuery
from trialkin.indexes.search.analysis import STOP_WORDS, key, terms
from trialkin.indexes.search.engine import Request
from trialkin.indexes.search.explain import explain
from trialkin.indexes.search.fields import AREA_BY_NAME, FIELDS
from trialkin.indexes.search.query import parse
from trialkin.indexes.search.sites import site_test, sites
from trialkin.indexes.search.tree import Node, OnSite
from trialkin.model import Study
from trialkin.reading.markup import plain

pytestmark = pytest.mark.corpus

CONDITIONS = (
    *("melanoma", "asthma", "head and neck cancer", "hnscc", "pregnancy", "hepatitis B", "HIV", "diabetes"),
    *(
        "heart failure",
        "covid-19",
        "brain metastases",
        "psoriasis",
        "hypertension",
        "sepsis",
        "PD-L1",
        "depression",
    ),
    '"lung cancer"',
)


@pytest.fixture(scope="module")
def library(corpus_folder: Path) -> Iterator[Library]:
    with Library(corpus_folder) as opened:
        yield opened


def _terms_of(study: Study, names: tuple[str, ...]) -> set[str]:
    return {term for name in names for text in FIELDS[name].read(study) if text for term in terms(plain(text))}


def test_a_condition_search_never_rests_on_the_criteria(library: Library) -> None:
    names = tuple(AREA_BY_NAME["conditionsearch"].weights)
    assert "criteria" not in names
    seen = 0
    for condition in CONDITIONS:
        request = Request(f"cond:({condition})", facets=(), limit=1000)
        answer = library.search(request)
        assert answer.total
        allowed = {each.other for each in answer.expansions}
        needed = [term for word in condition.split() if key(word) not in STOP_WORDS for term in terms(word)]
        for nct_id in random.Random(1).sample(answer.ids, min(60, len(answer.ids))):
            held = _terms_of(library.study(nct_id), names)
            others = any(set(terms(other)) <= held for other in allowed)
            assert set(needed) <= held or others, (condition, nct_id)
            seen += 1
    assert seen > 400


def test_every_hit_has_reasons_whose_spans_lie_in_the_record(library: Library) -> None:
    for text in (*CONDITIONS, "cisplatin radiotherapy", "elig:ECOG pembrolizumab", "outc:survival", "locn:Boston"):
        answer = library.search(Request(text, facets=(), limit=40))
        for nct_id in answer.ids:
            study = library.study(nct_id)
            reasons = explain(study, answer.sought)
            assert reasons, (text, nct_id)
            for reason in reasons:
                assert reason.snippet.text in {plain(each) for each in FIELDS[reason.field].read(study) if each}
                assert reason.snippet.spans
                for start, end in reason.snippet.spans:
                    assert (
                        0 <= reason.snippet.start <= start < end <= reason.snippet.end <= len(reason.snippet.text)
                    )


def test_counts_of_a_facet_add_up(library: Library) -> None:
    answer = library.search(Request("cancer"))
    for facet in answer.facets:
        counted = sum(bucket.count for bucket in facet.buckets)
        if facet.name in ("status", "type", "sponsor_class"):
            assert counted == answer.total, facet.name
        else:
            assert counted >= answer.total


def test_every_word_matters(library: Library) -> None:
    wide, narrow = library.search(Request("cancer")).total, library.search(Request("cancer cisplatin")).total
    either = library.search(Request("cancer OR cisplatin")).total
    without = library.search(Request("cancer NOT cisplatin")).total
    assert narrow < wide <= either
    assert narrow + without == wide


def test_no_odd_search_takes_many_seconds(library: Library) -> None:
    chance = random.Random(3)
    words = (
        "cancer trial of the in and with study 1 2 3 patients treatment placebo a covid-19 PD-1 dose mg".split()
    )
    slow = [
        " ".join(chance.choices(words, k=300)),
        " OR ".join(chance.choices(words, k=300)),
        " ".join(f'"{" ".join(chance.choices(words, k=5))}"' for _ in range(60)),
        " OR ".join(f"NOT ({word} OR NOT {word})" for word in chance.choices(words, k=100)),
        'near:"London, 20000 km" ' + " ".join(words),
        " OR ".join(f'near:"{lat}, {lat}, 9000 km"' for lat in range(40)),
        "(" * 20 + "cancer" + ")" * 20,
        "country:x " * 200,
    ]
    for text in slow:
        started = time.process_time()  # not the clock: the machine may be busy with other things
        try:
            library.search(Request(text))
        except InvalidQuery:
            pass
        assert time.process_time() - started < 6, text[:80]


def test_sites_are_found_as_the_records_have_them(library: Library) -> None:
    asked = (
        "Berlin AND AREA[LocationStatus]RECRUITING",
        "Boston hospital",
        '"Boston" OR 02115',
        "university (Paris OR London) AREA[LocationStatus]COMPLETED",
        "NOT hospital AND Heidelberg",
        'near:"Paris, 20 km" NOT AREA[LocationFacility]hopital',
    )
    tests = {text: site_test(speaking.item) for text in asked if isinstance(speaking := _on_site(text), OnSite)}
    found: dict[str, set[str]] = {text: set() for text in tests}
    for _, nct_id, study in library.studies():
        here = list(sites(study)) if study else []
        for text, test in tests.items():
            if any(map(test, here)):
                found[text].add(nct_id)
    assert all(found.values())
    for text in asked:
        assert set(library.search_all(Request(f"SEARCH[Location]({text})"))) == found[text], text


def _on_site(text: str) -> Node:
    return parse(f"SEARCH[Location]({text})")
