"""Files of other registers: read into the study model, kept as registered, never over the register's own record."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from trialkin.errors import InvalidValue
from trialkin.indexes.search.engine import Request
from trialkin.library import Library
from trialkin.model import StudyId
from trialkin.registries import source_of
from trialkin.registries.converting import criteria_text, day, number, years
from trialkin.registries.ictrp import COLUMNS, phases

ROW = {
    "TrialID": "DRKS99550001", "Public title": "Zorbimab   in<br/>adults", "Primary sponsor": "Example &amp; Sons",
    "Source Register": "German Clinical Trials Register", "Recruitment Status": "Recruiting", "Inclusion agemin": "18",
    "Inclusion gender": "<br>Female: yes<br>Male: yes<br>", "Date enrollement": "March 19, 2020",
    "Target size": "a:30;b:30;",
    "Study type": "Interventional study", "Phase": "2020-03-02 00:00:00", "Countries": "Germany;France",
    "Inclusion Criteria": "Inclusion criteria: _x000D_<br>1. age &gt; 18", "Exclusion Criteria": "asthma",
    "Condition": "Made-up disease", "Intervention": "Drug: zorbimab", "Primary outcome": "death;pain",
    "Last Refreshed on": "17 February 2020",
}  # fmt: skip


def export(folder: Path, form: str, rows: list[dict[str, str]]) -> Path:
    """An export of the WHO's in one of its forms."""
    path = folder / f"export.{form.split('-')[0]}"
    if form.startswith("csv"):
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            if form == "csv":
                writer.writerow(COLUMNS)
            writer.writerows([row.get(name, "") for name in COLUMNS] for row in rows)
    elif form == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(list(COLUMNS))
        for row in rows:
            book.active.append([row.get(name) for name in COLUMNS])
        book.save(path)
    else:
        from xml.sax.saxutils import escape

        parts = "".join(
            f"<{name.replace(' ', '_')}>{escape(row[name])}</{name.replace(' ', '_')}>"
            for row in rows for name in COLUMNS if name in row
        )  # fmt: skip
        path.write_text(f"<?xml version='1.0'?><Trials_downloaded_from_ICTRP><Trial>{parts}</Trial>"
                        "</Trials_downloaded_from_ICTRP>")  # fmt: skip
    return path


@pytest.mark.parametrize("form", ["csv", "csv-bare", "xlsx", "xml"])
def test_an_export_in_every_form_says_the_same(tmp_path: Path, form: str) -> None:
    path = export(tmp_path, form, [ROW])
    assert source_of(path)
    with Library(tmp_path / "library", create=True) as library:
        run = library.import_records([path])
        study = library.study("drks99550001")
        raw: Any = json.loads(library.find("DRKS99550001").record.raw or b"")
    assert run.counts["added"] == 1
    assert (study.identification.brief_title, study.overall_status) == ("Zorbimab in adults", "RECRUITING")
    assert study.enrollment.count == 60 and study.design.phases == ("PHASE2", "PHASE3")
    assert study.eligibility.sex == "ALL" and study.eligibility.minimum_age == "18 Years"
    assert study.countries == ("Germany", "France") and len(study.outcomes.primary_outcomes) == 2
    assert study.status.start_date_struct and study.status.start_date_struct.date == "2020-03-19"
    assert (study.eligibility.eligibility_criteria or "").startswith("Inclusion Criteria:\n\n1. age > 18")
    assert raw["registration"]["asRegistered"]["Primary sponsor"] == "Example & Sons"


def test_a_study_of_another_register_is_found_by_what_its_criteria_say(tmp_path: Path) -> None:
    row = {
        **ROW,
        "Inclusion Criteria": "1. ECOG performance status 0-2",
        "Exclusion Criteria": "prior radiotherapy",
    }
    with Library(tmp_path / "library", create=True) as library:
        library.import_records([export(tmp_path, "csv", [row])])
        for words in ("zorbimab", 'allows:"ECOG 2"', 'excludes:"prior radiotherapy"', "zorbimab phase:3"):
            found = library.search(Request(words)).ids
            assert found == ("DRKS99550001",), words
        allowed = {each.text: each.yes for each in library.landscape(Request("zorbimab")).said}
        assert allowed["ECOG 2"] == 1 and allowed["ECOG 3"] == 0


def test_a_collection_never_replaces_what_the_register_itself_says(sample_folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(sample_folder, tmp_path / "library")
    path = export(tmp_path, "csv", [{**ROW, "TrialID": "NCT07320690"}])
    with Library(tmp_path / "library") as library:
        before = library.find("NCT07320690").record
        run = library.import_records([path])
        after = library.find("NCT07320690").record
    assert before == after and run.counts["changed"] == 0 and sum(run.detail["passed_over"].values()) == 1


def test_a_row_without_a_known_id_is_set_aside(tmp_path: Path) -> None:
    path = export(tmp_path, "csv", [ROW, {**ROW, "TrialID": "none yet"}])
    with Library(tmp_path / "library", create=True) as library:
        run = library.import_records([path])
    assert run.counts["read"] == 2 and run.counts["quarantined"] == 1


def test_records_of_ctis_euctr_and_isrctn(tmp_path: Path) -> None:
    records = [
        {"ctNumber": "2099-512345-11-00", "ctStatus": "Ended", "gender": "Female", "ctrname": "CTIS",
         "authorizedPartI": {"trialDetails": {"clinicalTrialIdentifiers": {"publicTitle": "Made-up CTIS"}}}},
        {"a2_eudract_number": "2019-004411-23", "a3_full_title_of_the_trial": "Made-up EU",
         "x5_trial_status": "Completed",
         "e3_principal_inclusion_criteria": "age over 18", "e72_therapeutic_exploratory_phase_ii": "Yes"},
        {"isrctn": "99550001", "trialDescription": {"title": "Made-up ISRCTN"},
         "externalRefs": {"clinicalTrialsGovNumber": "NCT99550001"}, "participants": {"targetEnrolment": "60"}},
    ]  # fmt: skip
    for number_, record in enumerate(records):
        (tmp_path / f"{number_}.json").write_text(json.dumps(record))
    with Library(tmp_path / "library", create=True) as library:
        library.import_records([tmp_path / f"{n}.json" for n in range(3)])
        titles = {
            library.study(each).title for each in ("CTIS2099-512345-11", "2019-004411-23", "ISRCTN 99550001")
        }
        assert library.study("2019-004411-23").overall_status == "COMPLETED"
    assert titles == {"Made-up CTIS", "Made-up EU", "Made-up ISRCTN"}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("EUCTR2019-004411-23-FR", "EUCTR2019-004411-23"),
        ("EudraCT No. 2019-004411-23", "EUCTR2019-004411-23"),
        ("2019-004411-23", "EUCTR2019-004411-23"),
        ("2023-508143-51-01", "CTIS2023-508143-51"),
        ("isrctn 12345678", "ISRCTN12345678"),
        ("U1111 1234 5678", "U1111-1234-5678"),
        ("CTRI/2020/04/024775", "CTRI-2020-04-024775"),
        ("ChiCTR2000029953", "ChiCTR2000029953"),
        ("ACTRN12620000443987p", "ACTRN12620000443987"),
        ("jRCTs031190264", "JPRN-jRCTs031190264"),
    ],
)
def test_one_id_in_every_spelling(text: str, form: str) -> None:
    assert StudyId(text) == form and StudyId(form) == form
    assert StudyId(text).register.name


@pytest.mark.parametrize("text", ["", "cancer", "NCT0732069", "2020-10-11", "12345678", "NCT073206901"])
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(InvalidValue):
        StudyId(text)


def test_values_as_registers_write_them() -> None:
    dates = ("2020-03-18", "20200318", "18/03/2020", "18 March 2020", "March 18, 2020", "3/18/2020")
    assert {day(text) for text in dates} == {"2020-03-18"} and day("March 2020") == "2020-03" and day("soon") == ""
    assert number("1,204") == 1204 and number("case:19;") == 19 and number("many") is None
    assert years("18") == "18 Years" and years("6 months") == "6 Months" and years("0") == ""
    assert phases("Human pharmacology (Phase I): no\nTherapeutic exploratory (Phase II): yes") == ["PHASE2"]
    assert phases("Phase 2/ Phase 3") == ["PHASE2", "PHASE3"] and phases("N/A") == []
    assert criteria_text("A\nExclusion criteria: B", "") == "A\nExclusion criteria: B"
