"""What a status is worth, and what the answer box says first."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from trialkin import Library
from trialkin.model import read_study
from trialkin.views.standing import standing
from trialkin.views.study import page_context, study_page

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("status", "doubt"),
    [
        ({"overallStatus": "RECRUITING", "completionDateStruct": {"date": "2025-12"}}, "its end, December 2025"),
        ({"overallStatus": "RECRUITING", "completionDateStruct": {"date": "2026-11"}}, ""),
        ({"overallStatus": "RECRUITING", "statusVerifiedDate": "2024-10"}, "not confirmed since October 2024"),
        ({"overallStatus": "RECRUITING", "statusVerifiedDate": "2024-12"}, ""),
        (
            {"overallStatus": "NOT_YET_RECRUITING", "startDateStruct": {"date": "2026-01-01"}},
            "its start, 1 January",
        ),
        ({"overallStatus": "RECRUITING"}, ""),
        ({"overallStatus": "COMPLETED", "completionDateStruct": {"date": "2001-01"}}, ""),
    ],
)
def test_an_open_status_is_doubted_only_where_its_own_record_speaks_against_it(
    status: dict[str, Any], doubt: str
) -> None:
    record = {
        "protocolSection": {"identificationModule": {"nctId": "NCT99990001"}, "statusModule": status},
    }
    found = standing(read_study(json.dumps(record).encode()), TODAY)
    assert found.doubt.startswith(doubt) and bool(found.doubt) == bool(doubt)
    assert found.status.text.endswith(", in doubt") == bool(doubt)


def test_posted_results_are_answered_with_the_primary_outcome_of_every_group(sample_library: Library) -> None:
    answer = str(study_page(page_context(sample_library.page("NCT99000009"))).answer)
    for said in (
        "Overall Survival",
        "Inventimab + chemotherapy: 22.4 (19.8 to NA), 304 analysed",
        "Placebo + chemotherapy: 14.1 (11.9 to 16.8), 150 analysed",
    ):
        assert said in answer
