"""The search addresses over a real server: page, report, CSV, JSON, errors; odd input never breaks them."""

from __future__ import annotations

import csv
import html
import io
import json
import random
import re
import time
from urllib.parse import quote

import httpx2
import pytest


def _get(site: str, path: str) -> httpx2.Response:
    return httpx2.get(f"{site}{path}", timeout=30)


def test_the_address_is_the_search(sample_site: str) -> None:
    page = _get(sample_site, "/search?q=cisplatin&status=RECRUITING&status=none&sort=updated")
    assert page.status_code == 200
    for shown in ("Status: Recruiting", "Status: not stated", "Last updated", "not the search of"):
        assert shown in page.text


def test_page_csv_json_and_report_agree(sample_site: str) -> None:
    query = "?q=cancer+OR+asthma&phase=PHASE2&phase=PHASE3"
    answer = _get(sample_site, f"/search.json{query}").json()
    sheet = _get(sample_site, f"/search.csv{query}").content
    assert sheet.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    rows = list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))
    report = _get(sample_site, f"/search.txt{query}").text
    ids = [each["nctId"] for each in answer["studies"]]
    assert answer["totalCount"] == len(rows) == len(ids)
    assert [row["NCT Number"] for row in rows] == ids
    assert report.rstrip().splitlines()[-len(ids) :] == ids
    assert f"Found:      {len(ids)} of" in report
    for study in answer["studies"]:
        assert study["reasons"]
        for reason in study["reasons"]:
            assert all(0 <= a < b <= len(reason["text"]) for a, b in reason["marks"])


def test_json_counts_the_facets_that_are_asked_for(sample_site: str) -> None:
    def facets(query: str) -> list[str]:
        return list(_get(sample_site, f"/search.json?q=cancer{query}").json()["facets"])

    assert len(facets("")) == 10
    assert facets("&facets=none") == []
    assert facets("&facets=phase,status") == ["phase", "status"]
    assert _get(sample_site, "/search.json?q=cancer&facets=colour").status_code == 400
    assert "Sponsor class" in _get(sample_site, "/search?q=cancer&facets=none").text


def test_a_search_that_cannot_be_read_is_told_with_its_column(sample_site: str) -> None:
    page = _get(sample_site, "/search?q=" + quote('cancer "lung'))
    assert page.status_code == 400 and "(character 8)" in page.text
    problem = _get(sample_site, "/search.json?q=" + quote('cancer "lung'))
    assert problem.status_code == 400 and problem.json()["column"] == 8
    assert problem.headers["content-type"] == "application/problem+json"


def test_an_id_leads_to_its_study(sample_site: str) -> None:
    found = _get(sample_site, "/search?q=nct07320690")
    assert found.status_code == 303 and found.headers["location"] == "/studies/NCT07320690"


@pytest.mark.parametrize("miswritten", ["NCT0732069", "nct7320690"])
def test_a_miswritten_id_is_asked_back(sample_site: str, miswritten: str) -> None:
    asked = _get(sample_site, f"/search?q={miswritten}")
    assert asked.status_code == 200 and "Did you mean" in asked.text and "NCT07320690" in asked.text


@pytest.mark.parametrize(
    "path",
    [
        "/search?page=0",
        "/search?page=²",
        "/search?sort=best",
        "/search?phase=9",
        "/search?near=Nowhereville",
        "/search?sort=distance",
        "/search?enrollment=99999999999",
        "/search?age=%00",
        "/search?start=2024-13..",
        "/search.json?facets=colour",
    ],
)
def test_a_value_that_cannot_be_is_refused(sample_site: str, path: str) -> None:
    assert _get(sample_site, path).status_code == 400


def _odd_queries(count: int) -> list[str]:
    """Texts of the language's own pieces and of noise, the same ones every time."""
    chance = random.Random(20_260_104)
    pieces = (
        'cancer|heart attack|AND|OR|NOT|(|)|"|AREA[|]|AREA[Phase]|RANGE[2020,MAX]|MISSING|phase:|3|near:|cond:|..'
    )
    pieces += "|α|\x00|<script>|%|'|\\|EXPANSION[None]|1e9|NCT00000001|age:58|\u202e|😀|-|*|٣|ǅ|ﬁ|ALL|:|--|;"
    parts = [*pieces.split("|"), "a" * 300]
    return [" ".join(chance.choices(parts, k=chance.randint(1, 12))) for _ in range(count)]


def test_no_odd_query_breaks_the_page_or_takes_long(sample_site: str) -> None:
    with httpx2.Client(base_url=sample_site, timeout=30) as client:
        for text in _odd_queries(300):
            started = time.monotonic()
            found = client.get("/search.json", params={"q": text})
            assert found.status_code in (200, 400), (text, found.status_code)
            assert time.monotonic() - started < 2, text
            json.loads(found.text)


def test_the_box_for_recruiting_studies_can_be_ticked_and_cleared(sample_site: str) -> None:
    box = 'name="status" value="RECRUITING"'
    ticked = _get(sample_site, "/search?q=cancer&status=RECRUITING&status=COMPLETED").text
    assert f'type="checkbox" {box} checked' in ticked
    assert 'type="hidden" name="status" value="RECRUITING"' not in ticked
    assert 'type="hidden" name="status" value="COMPLETED"' in ticked
    assert f'type="checkbox" {box}>' in _get(sample_site, "/").text


def test_no_hits_say_so_and_words_of_a_filter_are_offered(sample_site: str) -> None:
    assert "try fewer or more general words" in _get(sample_site, "/search?q=zzzqqq").text
    assert "cancer status:recruiting</a>" in _get(sample_site, "/search?q=cancer+recruiting").text


def test_recruiting_studies_confirmed_lately_are_one_link_away_and_back(sample_site: str) -> None:
    text = _get(sample_site, "/search?q=cancer").text
    found = re.search(r'href="([^"]+)">(\d+) recruiting, confirmed lately', text)
    assert found
    narrowed = _get(sample_site, html.unescape(found[1])).text
    assert f"<h1>{found[2]} stud" in narrowed and "in doubt</span>" not in narrowed
    assert "all recruiting</a>" in narrowed


def test_every_example_of_the_home_page_finds_what_it_promises(sample_site: str) -> None:
    examples = re.findall(
        r'<a href="([^"]+)">[^<]+</a> <span class="quiet">\((\d+) stud', _get(sample_site, "/").text
    )
    assert examples
    for href, count in examples:
        assert f"<h1>{count} stud" in _get(sample_site, html.unescape(href)).text
