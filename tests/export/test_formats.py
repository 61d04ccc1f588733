"""Studies as files that other programs open, read back with those programs' own readers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import bibtexparser
import openpyxl
import pytest
import rispy
from fhir.resources.researchstudy import ResearchStudy

import trialkin
from trialkin.cli.export import ExportFormat
from trialkin.errors import InvalidValue
from trialkin.export.formats import FORMATS
from trialkin.library import Library


def exported(library: Library, format: str, text: str = "") -> bytes:
    return b"".join(library.export(text, format=format))


def test_records_come_back_as_stored(sample_library: Library) -> None:
    stored = {i: json.loads(sample_library.find(i).record.raw or b"") for i in sample_library.store.nct_ids()}
    lines = [json.loads(line) for line in exported(sample_library, "ndjson").splitlines()]
    whole = json.loads(exported(sample_library, "json"))
    by_id = {each["protocolSection"]["identificationModule"]["nctId"]: each for each in lines}
    assert by_id == stored and whole == lines


def test_references_are_read_by_reference_managers(sample_library: Library) -> None:
    references = rispy.loads(exported(sample_library, "ris").decode().replace("\r\n", "\n"))
    assert len(references) == len(sample_library)
    for each in references:
        study = sample_library.study(each["accession_number"])
        assert each["title"] and each["urls"][0].endswith(study.nct_id)
    entries = bibtexparser.parse_string(exported(sample_library, "bibtex").decode()).entries
    assert {each.key for each in entries} == set(sample_library.store.nct_ids())
    assert all(each.fields_dict["title"].value and each.fields_dict["url"].value for each in entries)


def test_tables_have_a_row_for_each_study(sample_library: Library, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(sample_library, "csv").decode())))
    (tmp_path / "a.xlsx").write_bytes(exported(sample_library, "xlsx"))
    sheet = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))
    assert len(rows) == len(sheet) - 1 == len(sample_library)
    assert [row["NCT Number"] for row in rows] == [row[0] for row in sheet[1:]]


def test_a_title_is_no_formula(tmp_path: Path) -> None:
    record = {
        "protocolSection": {"identificationModule": {"nctId": "NCT99550001", "briefTitle": '=HYPERLINK("x")'}}
    }
    (tmp_path / "r.json").write_text(json.dumps(record))
    with trialkin.open(tmp_path / "library", create=True) as library:
        library.import_records([tmp_path / "r.json"])
        (tmp_path / "a.xlsx").write_bytes(exported(library, "xlsx"))
        text = exported(library, "csv").decode()
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["B2"]
    assert cell.data_type == "s" and "'=HYPERLINK" in text


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found_is_an_empty_file_of_its_kind(sample_library: Library, format: str) -> None:
    found = exported(sample_library, format, "nosuchwordanywhere")
    assert json.loads(found) == [] if format == "json" else isinstance(found, bytes)


def test_an_unknown_format_is_told_with_those_there_are(sample_library: Library) -> None:
    with pytest.raises(InvalidValue) as error:
        sample_library.export("", format="docx")
    assert "ris" in error.value.hint


def test_every_study_is_a_valid_fhir_research_study(sample_library: Library) -> None:
    found = [json.loads(each) for each in exported(sample_library, "fhir").splitlines()]
    assert [each["id"] for each in found] == list(sample_library.store.heads())
    for each in found:
        ResearchStudy.model_validate(each)
        study = sample_library.study(each["id"])
        assert len(each.get("condition", [])) == len(study.conditions)
        assert len(each.get("outcomeMeasure", [])) >= len(study.outcomes.primary_outcomes)


def test_the_command_offers_every_format() -> None:
    assert {each.value for each in ExportFormat} == set(FORMATS)
