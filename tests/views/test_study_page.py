"""The study page's sections, one by one."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from trialkin.indexes.readings.reading import read_texts
from trialkin.model import PartialDate, read_study
from trialkin.views.blocks import Note, Section
from trialkin.views.study import SECTIONS, PageContext, StudyPage, study_page
from trialkin.views.study.results_state import results_state
from trialkin.views.text import section_text, sections_text
from trialkin.views.words import day

TODAY = dt.date(2026, 11, 22)


def study(**modules: Any) -> dict[str, Any]:
    """A record of the given protocol modules: `status={…}` is protocolSection.statusModule."""
    names = {"arms": "armsInterventions", "sponsors": "sponsorCollaborators", "contacts": "contactsLocations"}
    protocol = {f"{names.get(name, name)}Module": value for name, value in modules.items()}
    return {"protocolSection": {"identificationModule": {"nctId": "NCT99990001"}, **protocol}}


def page(record: dict[str, Any]) -> StudyPage:
    made = read_study(json.dumps(record).encode())
    return study_page(PageContext(made, TODAY, read_texts(made)))


def section(record: dict[str, Any], key: str) -> Section | None:
    return next((one for one in page(record).sections if one.key == key), None)


def shown(record: dict[str, Any], key: str) -> str:
    found = section(record, key)
    return section_text(found) if found else ""


def flags(record: dict[str, Any]) -> list[str]:
    found = section(record, "status")
    return (
        [block.text for block in found.blocks if isinstance(block, Note) and block.level == "flag"]
        if found
        else []
    )


def dated(date: str, kind: str = "ESTIMATED") -> dict[str, str]:
    return {"date": date, "type": kind}


def test_keys_are_unique_and_parts_are_contiguous() -> None:
    assert len({kind.key for kind in SECTIONS}) == len(SECTIONS)
    parts = [kind.part for kind in SECTIONS]
    assert len(dict.fromkeys(parts)) == sum(a != b for a, b in zip(parts, ["", *parts], strict=False))


def test_an_empty_record_has_a_page_that_says_what_is_missing() -> None:
    empty = page({})
    assert empty.status.text == "Status not stated"
    assert "no summary" in sections_text(empty.sections)


def test_only_one_section_can_be_asked_for() -> None:
    made = read_study(json.dumps(study(description={"briefSummary": "Why."})).encode())
    context = PageContext(made, TODAY, read_texts(made))
    assert [one.key for one in study_page(context, only="summary").sections] == ["summary"]


@pytest.mark.parametrize(
    ("text", "words"), [("2026", "2026"), ("2026-01", "January 2026"), ("2026-01-06", "6 January 2026")]
)
def test_a_date_in_words_is_as_precise_as_the_record(text: str, words: str) -> None:
    date = PartialDate.parse(text)
    assert date is not None and day(date) == words


def test_month_only_dates_stay_months_everywhere() -> None:
    status = {
        "overallStatus": "COMPLETED",
        "startDateStruct": dated("2020-03", "ACTUAL"),
        "primaryCompletionDateStruct": dated("2021-02", "ACTUAL"),
        "completionDateStruct": dated("2021-05", "ACTUAL"),
    }
    text = sections_text(page(study(status=status, design={"studyType": "INTERVENTIONAL"})).sections)
    assert "March 2020 (actual)" in text and "expected by February 2022" in text
    assert "1 March" not in text and "31 March" not in text and "28 February" not in text


class TestFlags:
    def test_start_passed(self) -> None:
        status = {"overallStatus": "NOT_YET_RECRUITING", "startDateStruct": dated("2026-01-01")}
        assert "1 January 2026, has passed" in flags(study(status=status))[0]

    def test_a_partial_start_has_not_surely_passed(self) -> None:
        status = {"overallStatus": "NOT_YET_RECRUITING", "startDateStruct": dated("2026-11")}
        assert flags(study(status=status)) == []

    def test_completion_passed_while_recruiting_is_said_once(self) -> None:
        status = {
            "overallStatus": "RECRUITING",
            "primaryCompletionDateStruct": dated("2025-01"),
            "completionDateStruct": dated("2025-06"),
        }
        found = flags(study(status=status, contacts={"locations": [{"facility": "A"}]}))
        assert len(found) == 1 and "June 2025" in found[0]

    def test_unverified_for_more_than_two_years(self) -> None:
        status = {"overallStatus": "ACTIVE_NOT_RECRUITING", "statusVerifiedDate": "2024-10"}
        assert "October 2024" in flags(study(status=status))[0]
        assert flags(study(status={**status, "statusVerifiedDate": "2024-11"})) == []
        assert flags(study(status={**status, "overallStatus": "COMPLETED"})) == []

    def test_sentinel_enrolment_is_unknown_and_never_a_number(self) -> None:
        record = study(design={"studyType": "INTERVENTIONAL", "enrollmentInfo": {"count": 99999999}})
        assert "stands for “unknown”" in flags(record)[0]
        assert "Unknown" in shown(record, "overview") and "99,999,999" not in sections_text(page(record).sections)

    def test_masking_must_name_as_many_as_it_says(self) -> None:
        info = {"maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT"]}}
        assert "1 role is named" in flags(study(design={"designInfo": info}))[0]
        info["maskingInfo"]["whoMasked"] = ["PARTICIPANT", "INVESTIGATOR"]
        assert flags(study(design={"designInfo": info})) == []

    def test_arms_must_agree_with_the_design(self) -> None:
        record = study(
            design={"designInfo": {"interventionModel": "SINGLE_GROUP"}},
            arms={"armGroups": [{"label": "A"}, {"label": "B"}]},
        )
        assert "2 arms are listed" in flags(record)[0]

    def test_a_list_that_starts_at_two(self) -> None:
        record = study(eligibility={"eligibilityCriteria": "Inclusion Criteria:\n\n2. One\n3. Two\n5. Four"})
        assert flags(record) == [
            "A list of the inclusion criteria starts at 2. In the inclusion criteria a number is missing before 5."
        ]

    def test_ages_the_wrong_way_round(self) -> None:
        record = study(eligibility={"minimumAge": "65 Years", "maximumAge": "18 Years"})
        assert "lies above" in flags(record)[0]
        assert flags(study(eligibility={"minimumAge": "18 Years", "maximumAge": "18 Years"})) == []

    def test_dates_that_run_backwards_and_late_registration(self) -> None:
        status = {
            "startDateStruct": dated("2024-05-01"),
            "completionDateStruct": dated("2023-01"),
            "studyFirstSubmitDate": "2024-06-01",
        }
        found = flags(study(status=status, design={"studyType": "INTERVENTIONAL"}))
        assert "lies before the start date" in found[0] and "31 days after it started" in found[1]

    def test_every_flag_names_its_rule(self) -> None:
        found = section(study(status={"overallStatus": "UNKNOWN", "lastKnownStatus": "RECRUITING"}), "status")
        assert found is not None
        assert all(block.rule for block in found.blocks if isinstance(block, Note) and block.level == "flag")


class TestResultsState:
    def state(self, status: dict[str, Any], design: dict[str, Any] | None = None) -> str:
        record = study(status=status, design=design or {"studyType": "INTERVENTIONAL", "phases": ["PHASE3"]})
        return results_state(read_study(json.dumps(record).encode()), TODAY).state

    @pytest.mark.parametrize(
        ("completed", "state"),
        [("2024-05-02", "overdue"), ("2025-11", "due"), ("2026-01", "not due"), ("2024-02-29", "overdue")],
    )
    def test_one_year_after_primary_completion(self, completed: str, state: str) -> None:
        assert self.state({"primaryCompletionDateStruct": dated(completed)}) == state

    def test_certified_delay_moves_the_date(self) -> None:
        status = {"primaryCompletionDateStruct": dated("2024-05-02"), "dispFirstSubmitDate": "2025-04-01"}
        assert self.state(status) == "not due"

    @pytest.mark.parametrize(
        ("status", "design", "state"),
        [
            ({"overallStatus": "WITHDRAWN"}, None, "not expected"),
            ({}, {"studyType": "OBSERVATIONAL"}, "not expected"),
            ({}, {"studyType": "INTERVENTIONAL", "phases": ["PHASE1"]}, "not expected"),
            ({}, None, "unclear"),
            ({"resultsWaived": True}, None, "waived"),
            ({"resultsFirstSubmitDate": "2026-01-01"}, None, "submitted"),
        ],
    )
    def test_other_states(self, status: dict[str, Any], design: dict[str, Any] | None, state: str) -> None:
        assert self.state(status, design) == state

    def test_overdue_never_says_that_a_law_was_broken(self) -> None:
        record = study(
            status={"primaryCompletionDateStruct": dated("2020-05-02")}, design={"studyType": "INTERVENTIONAL"}
        )
        text = " ".join(shown(record, "results").split())
        assert "covers only certain studies" in text and "FDAAA 801 and 42 CFR 11" in text


class TestArms:
    ARMS = {
        "armGroups": [
            {"label": "A", "interventionNames": ["Drug: X", "Drug: Y"]},
            {"label": "B", "interventionNames": ["Drug: Y"]},
        ],
        "interventions": [
            {"type": "DRUG", "name": "X", "armGroupLabels": ["A"], "description": "Only once said."},
            {"type": "DRUG", "name": "Y", "armGroupLabels": ["A", "B"], "otherNames": ["Why"]},
        ],
    }

    def test_what_is_shared_and_what_differs(self) -> None:
        text = shown(study(arms=self.ARMS), "arms")
        assert "Both arms get Y. Only “A” gets X." in text and "1 of 2 arms" in text

    def test_each_text_once(self) -> None:
        text = sections_text(page(study(arms=self.ARMS)).sections)
        assert text.count("Only once said.") == 1 and "Also called Why." in text

    def test_a_name_without_an_intervention_stays(self) -> None:
        arms = {
            **self.ARMS,
            "armGroups": [*self.ARMS["armGroups"], {"label": "C", "interventionNames": ["Drug: Z"]}],
        }
        assert "Drug: Z (not described)" in shown(study(arms=arms), "arms")

    def test_very_many_arms_are_named_in_one_column(self) -> None:
        arms = {**self.ARMS, "armGroups": [{"label": f"Arm {n}"} for n in range(20)]}
        found = section(study(arms=arms), "arms")
        assert found is not None and all(len(row) == 2 for block in found.blocks if hasattr(block, "rows")
                                         for row in block.rows)  # fmt: skip


class TestDesign:
    def test_one_plain_sentence(self) -> None:
        design = {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2", "PHASE3"],
            "designInfo": {
                "allocation": "RANDOMIZED", "interventionModel": "PARALLEL", "primaryPurpose": "TREATMENT",
                "maskingInfo": {"masking": "NONE"},
            },
            "enrollmentInfo": {"count": 356, "type": "ESTIMATED"},
        }  # fmt: skip
        text = " ".join(shown(study(design=design), "design").split())
        assert "A randomized, open-label, parallel-group, phase 2/3 trial of a treatment; 356 people" in text
        assert "None (Open Label)" in text

    def test_observational(self) -> None:
        design = {"studyType": "OBSERVATIONAL", "designInfo": {"observationalModel": "COHORT",
                                                               "timePerspective": "PROSPECTIVE"}}  # fmt: skip
        assert "A prospective cohort observational study." in shown(study(design=design), "design")

    def test_a_type_alone_makes_no_claims(self) -> None:
        assert "A trial." in shown(study(design={"studyType": "INTERVENTIONAL"}), "design")


class TestLocations:
    def test_status_of_the_site_else_of_the_study_marked(self) -> None:
        sites = [
            {"facility": "A", "status": "WITHDRAWN", "country": "Chile"},
            {"facility": "B", "country": "Chile"},
        ]
        text = shown(study(status={"overallStatus": "RECRUITING"}, contacts={"locations": sites}), "locations")
        assert "Withdrawn" in text and "Recruiting (whole study)" in text and "Chile: 2 sites" in text

    def test_very_many_sites_are_folded_by_country_and_state(self) -> None:
        sites = [{"facility": f"F{n}", "state": f"S{n % 3}", "country": "United States"} for n in range(230)]
        found = section(study(contacts={"locations": [*sites, {"facility": "X"}]}), "locations")
        assert found is not None
        kinds = [block.kind for block in found.blocks]
        assert kinds.count("disclosure") == 2 and "Country not given: 1 site" in section_text(found)


class TestRecord:
    def test_identifiers_in_words(self) -> None:
        identification = {
            "nctId": "NCT99990001",
            "orgStudyIdInfo": {"id": "JY-1"},
            "secondaryIdInfos": [
                {"id": "G-1", "type": "OTHER_GRANT"},
                {"id": "R-1", "type": "REGISTRY", "domain": "ChiCTR"},
                {"id": "N-1"},
            ],
        }
        text = shown(study(identification=identification), "identifiers")
        assert "Sponsor's ID" in text and "Grant" in text and "Registry (ChiCTR)" in text and "Other ID" in text

    def test_old_data_is_said_to_be_old(self) -> None:
        record = study() | {"derivedSection": {"miscInfoModule": {"versionHolder": "2024-01-05"}}}
        assert "data of 5 January 2024" in shown(record, "status")

    def test_invented_studies_are_marked(self) -> None:
        assert page(study()).invented

    def test_unreported_is_not_no(self) -> None:
        text = shown(study(oversight={"oversightHasDmc": False}), "oversight")
        assert "Data monitoring committee  No" in text and "FDA" not in text


def test_hostile_addresses_become_text() -> None:
    links = [{"label": "Click", "url": "javascript:alert(1)"}]
    found = section(study(references={"seeAlsoLinks": links}), "references")
    assert (
        found is not None
        and "href='javascript" not in repr(found)
        and "javascript:alert(1)" in section_text(found)
    )


def test_a_violation_notice_is_said_at_the_top_and_at_the_results() -> None:
    events = [{"type": "VIOLATION_IDENTIFIED", "postedDate": "2023-01-12"}]
    record = study(
        design={"studyType": "INTERVENTIONAL"}, status={"primaryCompletionDateStruct": dated("2020-05-02")}
    ) | {"annotationSection": {"annotationModule": {"violationAnnotation": {"violationEvents": events}}}}
    assert "notice of the U.S. FDA" in " ".join(shown(record, "status").split())
    assert "The FDA posted a notice" in shown(record, "results")
    assert "12 January 2023" in shown(record, "annotations")


def test_emphasis_is_not_shown_as_signs() -> None:
    record = study(status={"overallStatus": "TERMINATED", "whyStopped": "Slow *accrual* \\<10%"})
    assert "Slow accrual <10%" in shown(record, "status")
