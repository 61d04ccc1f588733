"""The registry's API answered from the library: parameters, pages, fields, errors."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.web.test_safety import ask
from trialkin.api.fields import all_fields, cut, find_field, wanted
from trialkin.library import Library

SEED = "NCT07320690"


def get(site: str, path: str, **parameters: str) -> tuple[int, dict[str, str], bytes]:
    address = f"/api/v2/{path}" + (f"?{urlencode(parameters)}" if parameters else "")
    answer = ask(site, address)
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.content  # type: ignore[attr-defined]


def found(site: str, **parameters: str) -> Any:
    status, _, body = get(site, "studies", **parameters)
    assert status == 200, body
    return json.loads(body)


def ids_of(answer: Any) -> list[str]:
    return [study["protocolSection"]["identificationModule"]["nctId"] for study in answer["studies"]]


def test_pages_hold_every_study_once_and_the_last_has_no_token(sample_site: str, sample_library: Library) -> None:
    seen: list[str] = []
    token = ""
    while True:
        more = {"pageToken": token} if token else {"countTotal": "true"}
        page = found(sample_site, pageSize="9", fields="NCTId", **more)
        assert ("totalCount" in page) is not bool(token)
        seen += ids_of(page)
        token = page.get("nextPageToken", "")
        if not token:
            break
    assert sorted(seen) == sorted(sample_library.store.nct_ids())


def test_a_token_serves_only_the_request_it_came_from(sample_site: str) -> None:
    token = found(sample_site, pageSize="2", **{"query.term": "cancer"})["nextPageToken"]
    status, headers, body = get(sample_site, "studies", pageSize="2", pageToken=token, **{"query.term": "asthma"})
    assert status == 400 and headers["content-type"].startswith("text/plain") and b"pageToken" in body
    assert get(sample_site, "studies", pageToken="abc")[0] == 400


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"foo": "1"}, b"Unknown parameter `foo`"),
        ({"fields": "ConditionList"}, b"ConditionList"),
        ({"sort": "BriefTitle"}, b"sort"),
        ({"pageSize": "-1"}, b"pageSize"),
        ({"filter.ids": "NCT0"}, b"filter.ids"),
        ({"filter.geo": "Boston"}, b"filter.geo"),
        ({"aggFilters": "phase:9"}, b"aggFilters"),
        ({"query.term": '"unclosed'}, b"column"),
        ({"format": "xml"}, b"format"),
    ],
)
def test_what_cannot_be_read_is_one_line_of_text(
    sample_site: str, parameters: dict[str, str], says: bytes
) -> None:
    status, headers, body = get(sample_site, "studies", **parameters)
    assert status == 400 and says in body and body.count(b"\n") == 0
    assert headers["content-type"].startswith("text/plain")


def test_an_unknown_study_is_404_and_another_spelling_leads_on(sample_site: str) -> None:
    assert get(sample_site, "studies/NCT00000009")[0] == 404
    status, headers, _ = get(sample_site, "studies/nct07320690")
    assert status == 301 and headers["location"].endswith(f"/api/v2/studies/{SEED}")


def test_one_study_is_the_stored_record_to_the_byte(sample_site: str, sample_library: Library) -> None:
    status, headers, body = get(sample_site, f"studies/{SEED}")
    assert status == 200 and body == sample_library.find(SEED).record.raw
    again = ask(sample_site, f"/api/v2/studies/{SEED}", headers={"If-None-Match": headers["etag"]})
    assert again.status == 304


def test_fields_by_piece_path_branch_and_area(sample_site: str) -> None:
    by_piece = found(sample_site, fields="NCTId|Phase", pageSize="1000")
    by_path = found(
        sample_site,
        fields="protocolSection.identificationModule.nctId,protocolSection.designModule.phases",
        pageSize="1000",
    )
    assert by_piece == by_path
    branch = found(sample_site, fields="StatusModule", pageSize="1")["studies"][0]
    assert set(branch) == {"protocolSection"} and set(branch["protocolSection"]) == {"statusModule"}
    assert found(sample_site, fields="ConditionSearch", pageSize="1")["studies"][0]


def test_a_cut_record_keeps_lists_of_objects() -> None:
    record = {"a": [{"b": 1, "c": 2}, {"c": 3}], "d": 4}
    assert cut(record, {"a": {"b": {}}}) == {"a": [{"b": 1}]}
    assert cut(record, {"x": {}}) is None


def test_a_branch_swallows_what_is_below_it() -> None:
    assert wanted(["NCTId", "IdentificationModule", "BriefTitle"]) == {
        "protocolSection": {"identificationModule": {}}
    }


def test_order_of_dates_and_numbers_with_the_missing_last(sample_site: str, sample_library: Library) -> None:
    for text in ("EnrollmentCount", "EnrollmentCount:desc", "LastUpdatePostDate", "StudyFirstSubmitDate:asc"):
        name, _, way = text.partition(":")
        field = find_field(name)
        assert field is not None
        page = found(sample_site, sort=text, pageSize="1000")
        values = [next(field.values(study), None) for study in page["studies"]]
        stated = [value for value in values if value is not None]
        falls = way == "desc" or (not way and field.kind == "DATE")
        assert stated == sorted(stated, reverse=falls) and values[: len(stated)] == stated


def test_filters_narrow_and_ids_in_a_query_switch_them_off(sample_site: str) -> None:
    recruiting = found(sample_site, pageSize="1000", **{"filter.overallStatus": "RECRUITING"})
    assert {s["protocolSection"]["statusModule"]["overallStatus"] for s in recruiting["studies"]} == {"RECRUITING"}
    both = {"filter.overallStatus": "WITHDRAWN", "query.term": SEED}
    assert ids_of(found(sample_site, **both)) == [SEED]
    assert ids_of(found(sample_site, **{"filter.ids": f"{SEED},NCT00000009"})) == [SEED]
    assert found(sample_site, **{"filter.ids": "NCT00000009"})["studies"] == []


def test_ranges_of_dates_that_the_index_does_not_keep(sample_site: str) -> None:
    piece = "protocolSection.statusModule.lastUpdateSubmitDate"
    page = found(sample_site, pageSize="1000", **{"filter.advanced": f"AREA[{piece}]RANGE[2025-01-01, MAX]"})
    everything = found(sample_site, pageSize="1000")
    dates = [s["protocolSection"]["statusModule"].get("lastUpdateSubmitDate", "") for s in everything["studies"]]
    assert len(page["studies"]) == sum(date >= "2025-01-01" for date in dates)


def test_csv_has_the_registrys_columns_and_headers(sample_site: str) -> None:
    status, headers, body = get(sample_site, "studies", format="csv", pageSize="3", countTotal="true")
    rows = list(csv.reader(io.StringIO(body.decode())))
    assert status == 200 and rows[0][:3] == ["NCT Number", "Study Title", "Study URL"] and len(rows) == 4
    assert headers["x-total-count"].isdigit()
    following = get(
        sample_site,
        "studies",
        format="csv",
        pageSize="3",
        countTotal="true",
        pageToken=headers["x-next-page-token"],
    )
    assert following[2].startswith(b"NCT"), "the names of the columns stand on the first page alone"
    chosen = get(sample_site, "studies", format="csv", fields="NCT Number|Phases", pageSize="1")[2]
    assert chosen.startswith(b"NCT Number,Phases\r\n")


def test_what_the_api_says_of_itself(sample_site: str, sample_library: Library) -> None:
    tree = json.loads(get(sample_site, "studies/metadata")[2])

    def leaves(nodes: list[Any]) -> int:
        return sum(leaves(node["children"]) if "children" in node else 1 for node in nodes)

    assert leaves(tree) == sum(field.leaf for field in all_fields())
    assert len(json.loads(get(sample_site, "studies/search-areas")[2])[0]["areas"]) > 10
    assert {each["type"] for each in json.loads(get(sample_site, "studies/enums")[2])} >= {"Status", "Phase"}
    assert json.loads(get(sample_site, "stats/size")[2])["totalStudies"] == len(sample_library)
    status, _, body = get(sample_site, "stats/field/values", fields="Phase,HasResults,StartDate,EnrollmentCount")
    kinds = {each["piece"]: each["type"] for each in json.loads(body)}
    assert kinds["Phase"] == "ENUM" and kinds["StartDate"] == "DATE" and kinds["EnrollmentCount"] == "INTEGER"
    assert get(sample_site, "stats/field/values", fields="Nope")[0] == 404
