"""Every difference between two versions is told, in the group where people look for it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_registry import make_study
from trialkin.history import Change, compare, raw_difference
from trialkin.history.changes import Kind


def split(text: str) -> Iterable[tuple[str, str]]:
    """A splitter for tests: starred lines under two headings."""
    section = "other"
    for line in text.splitlines():
        if "Criteria:" in line:
            section = line.split()[0].lower()
        elif line.startswith("* "):
            yield section, line[2:]


def changes_of(
    edit: Callable[[dict[str, Any]], None], *, start: dict[str, Any] | None = None
) -> dict[str, list[Change]]:
    old = start or make_study(1)
    new = copy.deepcopy(old)
    edit(new)
    groups = compare(json.dumps(old).encode(), json.dumps(new).encode(), split=split)
    return {group.key: list(group.changes) for group in groups}


def only(found: dict[str, list[Change]], group: str) -> Change:
    assert list(found) == [group], found
    (change,) = found[group]
    return change


def test_equal_versions_have_no_changes() -> None:
    assert changes_of(lambda study: None) == {}
    assert (
        changes_of(lambda study: study["derivedSection"]["miscInfoModule"].update(versionHolder="2030-01-01"))
        == {}
    )


def test_status() -> None:
    def edit(study: dict[str, Any]) -> None:
        study["protocolSection"]["statusModule"] |= {
            "overallStatus": "TERMINATED",
            "whyStopped": "Slow \\<accrual\\>",
        }

    first, second = changes_of(edit)["status"]
    assert (first.before, first.after) == ("Recruiting", "Terminated")
    assert second.kind is Kind.ADDED and second.after == "Slow <accrual>"


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        (("2027-03", "ESTIMATED"), ("2027-10", "ESTIMATED"), "7 months later"),
        (("2027-03-01", "ESTIMATED"), ("2027-02-20", "ACTUAL"), "9 days earlier; has happened"),
        (("2027-03", "ESTIMATED"), ("2027-03-12", "ESTIMATED"), "the same, told more precisely"),
        (("2027-03", "ESTIMATED"), ("2029-05", "ESTIMATED"), "2 years 2 months later"),
        (("2027", "ESTIMATED"), ("2028-05", "ESTIMATED"), "1 year later"),
        (
            ("2027-03-01", "ACTUAL"),
            ("2027-03-02", "ESTIMATED"),
            "1 day later; taken back: it had been reported as happened",
        ),
    ],
)
def test_dates_move_by_as_much_as_is_known(before: tuple[str, str], after: tuple[str, str], note: str) -> None:
    start = make_study(1)
    status = start["protocolSection"]["statusModule"]
    status["completionDateStruct"] = dict(zip(("date", "type"), before, strict=True))

    def edit(study: dict[str, Any]) -> None:
        study["protocolSection"]["statusModule"]["completionDateStruct"] = dict(
            zip(("date", "type"), after, strict=True)
        )

    assert only(changes_of(edit, start=start), "dates").note == note


def test_enrollment_planned_against_actual() -> None:
    start = make_study(1)
    start["protocolSection"]["designModule"]["enrollmentInfo"] = {"count": 120, "type": "ESTIMATED"}

    def edit(study: dict[str, Any]) -> None:
        study["protocolSection"]["designModule"]["enrollmentInfo"] = {"count": 87, "type": "ACTUAL"}

    change = only(changes_of(edit, start=start), "enrollment")
    assert (change.before, change.after, change.note) == ("120 planned", "87 actual", "33, 28% fewer than planned")


def test_outcomes_added_dropped_switched_and_reworded() -> None:
    start = make_study(1)
    start["protocolSection"]["outcomesModule"] = {
        "primaryOutcomes": [{"measure": "Overall survival", "timeFrame": "2 years"}],
        "secondaryOutcomes": [
            {"measure": "Progression free survival", "timeFrame": "1 year"},
            {"measure": "Pain"},
        ],
    }

    def edit(study: dict[str, Any]) -> None:
        study["protocolSection"]["outcomesModule"] = {
            "primaryOutcomes": [{"measure": "Progression free survival", "timeFrame": "1 year"}],
            "secondaryOutcomes": [
                {"measure": "Overall survival at two years", "timeFrame": "3 years"},
                {"measure": "Quality of life"},
            ],
        }

    found = changes_of(edit, start=start)["outcomes"]
    told = {(change.what, change.before, change.after, change.note) for change in found}
    pfs, overall = "Progression free survival", "Overall survival"
    assert ("Outcome switched", pfs, pfs, "from secondary to primary") in told
    assert (
        "Outcome switched",
        overall,
        f"{overall} at two years",
        "from primary to secondary, and reworded",
    ) in told
    assert ("Secondary outcome", "Pain", "", "") in told and (
        "Secondary outcome",
        "",
        "Quality of life",
        "",
    ) in told
    assert any(change.what == "Secondary outcome, time frame" and change.after == "3 years" for change in found)


def test_criteria_item_by_item() -> None:
    start = make_study(1)
    module = start["protocolSection"]["eligibilityModule"]
    module["eligibilityCriteria"] = (
        "Inclusion Criteria:\n* Age 18 or older\n* ECOG status of 0 or 1\n"
        "Exclusion Criteria:\n* Pregnancy\n* Prior surgery"
    )

    def edit(study: dict[str, Any]) -> None:
        study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = (
            "Inclusion Criteria:\n* ECOG status of 0 or 2\n* Age 18 or older\nExclusion Criteria:\n* Active infection\n"
            "* Pregnancy"
        )

    told = {(c.what, c.before, c.after) for c in changes_of(edit, start=start)["eligibility"]}
    assert told == {
        ("Inclusion criterion", "ECOG status of 0 or 1", "ECOG status of 0 or 2"),
        ("Exclusion criterion", "Prior surgery", ""),
        ("Exclusion criterion", "", "Active infection"),
    }


def test_criteria_that_differ_only_in_layout() -> None:
    def edit(study: dict[str, Any]) -> None:
        module = study["protocolSection"]["eligibilityModule"]
        module["eligibilityCriteria"] = module["eligibilityCriteria"].replace("\n\n", "\n")

    assert only(changes_of(edit), "eligibility").note.startswith("only the layout")


def test_sites_opened_and_closed() -> None:
    start = make_study(1)
    place = start["protocolSection"].setdefault("contactsLocationsModule", {})
    place["locations"] = [
        {"facility": name, "city": "Basel", "country": "Switzerland", "status": "NOT_YET_RECRUITING"}
        for name in "ABC"
    ]

    def edit(study: dict[str, Any]) -> None:
        sites = study["protocolSection"]["contactsLocationsModule"]["locations"]
        del sites[0]
        for site in sites:
            site["status"] = "RECRUITING"
        sites.append({"facility": "D", "city": "Lyon", "country": "France"})

    told = {(c.what, c.kind, c.before, c.after, c.note) for c in changes_of(edit, start=start)["locations"]}
    assert told == {
        ("Country", Kind.ADDED, "", "France", ""),
        ("Site", Kind.REMOVED, "A, Basel, Switzerland", "", "no longer listed"),
        ("Site", Kind.ADDED, "", "D, Lyon, France", ""),
        ("Status of sites", Kind.CHANGED, "Not yet recruiting", "Recruiting", "2 sites"),
    }


def test_results_posted_and_taken_back() -> None:
    def post(study: dict[str, Any]) -> None:
        study |= {"hasResults": True, "resultsSection": {"participantFlowModule": {}, "adverseEventsModule": {}}}

    found = changes_of(post)["results"]
    assert ("Results posted", "No", "Yes") in {(c.what, c.before, c.after) for c in found}
    assert ("Adverse events", "posted") in {(c.what, c.note) for c in found}


def test_what_no_group_knows_is_told_too() -> None:
    change = only(changes_of(lambda study: study.update(newSection={"a": {"b": 1}})), "other")
    assert (change.what, change.after) == ("newSection.a.b", "1")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab*\\\n", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_no_difference_is_ever_left_out(data: st.DataObject) -> None:
    """Replace any one value of a record: some group tells it, unless it is the stamp of the data release."""
    old = make_study(1)
    new = copy.deepcopy(old)
    node, path = new, ""
    while True:
        key = data.draw(st.sampled_from(sorted(node)))
        path = f"{path}.{key}" if path else key
        if not isinstance(node[key], dict) or data.draw(st.booleans()):
            break
        node = node[key]
    value = data.draw(_JSON)
    same_kind = isinstance(value, type(node[key])) and not isinstance(value, dict | list)
    if not same_kind or value == node[key]:
        del node[key]
    else:
        node[key] = value
    groups = compare(json.dumps(old).encode(), json.dumps(new).encode(), split=split)
    stamp = path in {
        "derivedSection",
        "derivedSection.miscInfoModule",
        "derivedSection.miscInfoModule.versionHolder",
    }
    assert groups or stamp
    assert raw_difference(json.dumps(old).encode(), json.dumps(new).encode())


def test_the_raw_difference_names_the_values() -> None:
    lines = raw_difference(b'{"a": {"b": 1, "c": [1, 2]}}', b'{"a": {"b": 1, "c": [1, 3]}}')
    assert lines == ["@@ a.c[1]", "-2", "+3"]
    assert raw_difference(b'{"a": [1, 2, 3]}', b'{"a": [2, 3]}') == ["@@ a[0]", "-1"]
    assert raw_difference(b'{"a": 1}', b'{ "a" : 1 }') == []
    assert raw_difference(b'{"a": 1}', b'{"a": 1, "b": {"c": null}}') == ["@@ b", "+{", '+ "c": null', "+}"]
    assert raw_difference(b'{"a": 1}', b'{"a": true}') == ["@@ a", "-1", "+true"]
