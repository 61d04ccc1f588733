"""The landscape of a search: counted exactly, sums conserved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trialkin.indexes.search.engine import Request, answer
from trialkin.indexes.search.index import SearchIndex
from trialkin.indexes.search.landscape import Landscape, landscape
from trialkin.model import read_study


def record(number: int, **changes: object) -> tuple[int, str, object]:
    values: dict = {"status": "RECRUITING", "phases": ["PHASE2"], "start": "2024-03", "count": 40, "sponsor": "A",
                    "conditions": ["Asthma"], "interventions": ["Drug X"], "done": None, "posted": None}  # fmt: skip
    values.update(changes)
    status: dict = {"overallStatus": values["status"]}
    for key, name in (("start", "startDateStruct"), ("done", "primaryCompletionDateStruct"),
                      ("posted", "resultsFirstPostDateStruct")):  # fmt: skip
        if values[key]:
            status[name] = {"date": values[key]}
    nct_id = f"NCT{99_100_000 + number:08d}"
    raw = {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": f"Study {number}"},
            "statusModule": status,
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": values["sponsor"], "class": "OTHER"}},
            "conditionsModule": {"conditions": values["conditions"]},
            "designModule": {"phases": values["phases"], "enrollmentInfo": {"count": values["count"]}},
            "armsInterventionsModule": {"interventions": [{"name": n} for n in values["interventions"]]},
        }
    }
    if values["count"] is None:
        del raw["protocolSection"]["designModule"]["enrollmentInfo"]
    return number, nct_id, read_study(json.dumps(raw).encode())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    found = SearchIndex(Path(tmp_path_factory.mktemp("index")))
    records = [
        record(1),
        record(2, phases=["PHASE1", "PHASE2"], start="2024", count=None),
        record(3, phases=[], start=None, sponsor="B", done="2020-01", posted="2021-01-30"),
        record(4, status="COMPLETED", start="2019-12-31", count=7000, done="2020-05-10", posted="2020-05-01"),
        record(5, conditions=["Asthma", "Eczema"], interventions=["Drug X", "Drug Y"], count=0),
    ]
    found.catch_up(records, upto=5)
    return found


@pytest.fixture(scope="module")
def all_studies(index: SearchIndex) -> Landscape:
    return landscape(index, Request())


def test_each_study_is_counted_once_by_year_and_phase(all_studies: Landscape) -> None:
    years = {year: dict(phases) for year, phases in all_studies.years}
    assert years == {2019: {"PHASE2": 1}, 2024: {"PHASE2": 2, "PHASE1/PHASE2": 1}}
    assert all_studies.undated == 1
    assert sum(n for phases in years.values() for n in phases.values()) + all_studies.undated == all_studies.total


def test_classes_of_numbers_add_up(all_studies: Landscape) -> None:
    assert sum(span.count for span in all_studies.enrollment) + all_studies.unsized == all_studies.total == 5
    assert [(s.low, s.high, s.count) for s in all_studies.enrollment if s.count] == [
        (0, 0, 1), (26, 50, 2), (5001, None, 1),
    ]  # fmt: skip
    assert sum(span.count for span in all_studies.delay) + all_studies.undelayed == all_studies.total


def test_results_are_counted_from_the_last_possible_day(all_studies: Landscape) -> None:
    assert [(span.low, span.high, span.count) for span in all_studies.delay if span.count] == [(0, 365, 2)]


def test_unstated_is_counted_apart(all_studies: Landscape) -> None:
    assert all_studies.by["phases"].unstated == 1
    assert dict(all_studies.by["sponsor"].values) == {"A": 4, "B": 1}


def test_the_grid_counts_studies_that_have_both(all_studies: Landscape) -> None:
    rows = [value for value, _ in all_studies.by["condition_term"].values]
    columns = [value for value, _ in all_studies.by["intervention_term"].values]
    cell = all_studies.grid[rows.index("Eczema")][columns.index("Drug Y")]
    assert cell == 1
    assert all_studies.grid[rows.index("Asthma")][columns.index("Drug X")] == 5


def test_every_count_is_what_its_own_search_finds(index: SearchIndex, all_studies: Landscape) -> None:
    for name in ("sponsor", "condition_term", "intervention_term", "phases", "status"):
        for value, count in all_studies.by[name].values:
            assert answer(index, Request(filters={name: (value,)}, facets=())).total == count, (name, value)


def test_a_search_narrows_its_landscape(index: SearchIndex) -> None:
    found = landscape(index, Request("status:completed"))
    assert found.total == 1
    assert [year for year, _ in found.years] == [2019]


def test_an_empty_search_has_an_empty_landscape(index: SearchIndex) -> None:
    found = landscape(index, Request("zzzz"))
    assert found.total == 0
    assert found.years == () and not any(any(row) for row in found.grid)
