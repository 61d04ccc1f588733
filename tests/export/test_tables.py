"""Tables in AACT's layout, and SQL over them."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from trialkin.errors import InvalidQuery, InvalidValue, NotPrepared
from trialkin.export.tables import aact
from trialkin.export.tables.parquet import CURRENT, schemas
from trialkin.export.tables.paths import last_day, number, whole
from trialkin.library import Library

ROOT = Path(__file__).parents[2]
QUESTIONS = re.findall(
    r"^-- (\d+\. .+)\n((?:.+\n)+?)(?=--|```)", (ROOT / "docs/tables.md").read_text(), re.MULTILINE
)


@pytest.fixture(scope="module")
def tables(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "out"
    with Library(sample_folder) as library:
        library.tables(folder)
    return folder


def asked(library: Library, folder: Path, text: str) -> list[tuple[Any, ...]]:
    return list(library.sql(text, folder=folder).rows())


def test_every_table_is_there_with_its_columns(tables: Path) -> None:
    assert len(schemas()) > 45
    for name, schema in schemas().items():
        assert pq.read_table(tables / CURRENT / name).schema.equals(schema), name


def test_every_row_made_has_only_columns_of_its_table(sample_library: Library) -> None:
    filled: dict[str, set[str]] = {}
    for record in sample_library.store.records():
        for table, row in aact.rows(json.loads(record.raw or b"{}"), record.nct_id):
            filled.setdefault(table, set()).update(name for name, value in row.items() if value is not None)
    columns = {name: set(schema.names) for name, schema in schemas().items()}
    assert not {table: extra for table, found in filled.items() if (extra := found - columns[table])}, "no column"
    silent = {t: columns[t] - found for t, found in filled.items() if columns[t] - found}
    allowed = {
        "studies": {"nlm_download_date_description"},
        "calculated_values": {"nlm_download_date"},
        "design_outcomes": {"population"},
        "reported_events": {"default_vocab", "default_assessment"},
        "result_agreements": {"agreement"},
        "facility_investigators": {"email", "phone"},  # the sample's investigators have none
    }
    assert {table: names - allowed.get(table, set()) for table, names in silent.items()} == {
        table: set() for table in silent
    }, "a column that the sample fills stays empty"


def test_values_are_those_of_the_record(sample_library: Library, tables: Path) -> None:
    rows = asked(
        sample_library,
        tables,
        "SELECT nct_id, brief_title, overall_status, enrollment, start_month_year FROM studies",
    )
    assert len(rows) == len(sample_library)
    for nct_id, title, status, size, start in rows:
        study = sample_library.study(nct_id)
        assert (title, status) == (study.identification.brief_title, study.overall_status)
        assert size == (study.design.enrollment_info.count if study.design.enrollment_info else None)
        begun = study.status.start_date_struct
        assert start == (begun.date if begun else None)


def test_groups_of_results_find_their_measurements(sample_library: Library, tables: Path) -> None:
    lost = asked(
        sample_library,
        tables,
        "SELECT count(*) FROM outcome_measurements m LEFT JOIN result_groups g ON g.id = m.result_group_id "
        "WHERE g.id IS NULL OR g.ctgov_group_code <> m.ctgov_group_code",
    )
    assert lost == [(0,)] and asked(sample_library, tables, "SELECT count(*) > 10 FROM outcome_measurements") == [
        (True,)
    ]


@pytest.mark.parametrize(("question", "text"), QUESTIONS, ids=[name for name, _ in QUESTIONS])
def test_questions_of_the_docs_have_answers(
    sample_library: Library, tables: Path, question: str, text: str
) -> None:
    assert len(QUESTIONS) == 15
    assert asked(sample_library, tables, text), question


def test_queries_written_for_aact_run_as_they_stand(sample_library: Library, tables: Path) -> None:
    text = (
        "SELECT s.nct_id, c.name FROM ctgov.studies s INNER JOIN ctgov.conditions c ON s.nct_id = c.nct_id "
        "WHERE s.study_type = 'INTERVENTIONAL' AND s.overall_status = 'COMPLETED' LIMIT 5"
    )
    assert asked(sample_library, tables, text)


@pytest.mark.parametrize(
    "text",
    [
        "DROP VIEW studies",
        "COPY studies TO '/tmp/out.csv'",
        "SELECT 1; SELECT 2",
        "CREATE TABLE a AS SELECT 1",
        "ATTACH '/tmp/x.db'",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "INSTALL httpfs",
    ],
)
def test_nothing_is_written_from_sql(sample_library: Library, tables: Path, text: str) -> None:
    with pytest.raises((InvalidValue, InvalidQuery)):
        asked(sample_library, tables, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_parquet('https://example.org/a.parquet')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT getenv('HOME')",
    ],
)
def test_nothing_but_the_tables_is_read_from_sql(sample_library: Library, tables: Path, text: str) -> None:
    with pytest.raises(InvalidQuery):
        asked(sample_library, tables, text)


def test_a_wrong_name_is_told_with_what_there_is(sample_library: Library, tables: Path) -> None:
    with pytest.raises(InvalidQuery, match="studie"):
        asked(sample_library, tables, "SELECT * FROM studie")


def test_without_tables_the_command_is_named(sample_library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotPrepared) as error:
        sample_library.sql("SELECT 1", folder=tmp_path)
    assert "trialkin tables" in error.value.hint


def test_only_what_changed_is_written_again(sample_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_folder, tmp_path / "library")
    record = json.loads((ROOT / "src/trialkin/sample/records/NCT07320690.json").read_bytes())
    record["protocolSection"]["statusModule"]["overallStatus"] = "RECRUITING"
    (tmp_path / "new.json").write_text(json.dumps(record))
    with Library(tmp_path / "library") as library:
        first = library.tables(tmp_path / "out")
        again = library.tables(tmp_path / "out")
        library.import_records([tmp_path / "new.json"])
        after = library.tables(tmp_path / "out")
        status = asked(
            library, tmp_path / "out", "SELECT overall_status FROM studies WHERE nct_id = 'NCT07320690'"
        )
    assert first.kept == 0 and again.written == 0 and 0 < after.written < first.written
    assert status == [("RECRUITING",)]
    assert len(list((tmp_path / "out").iterdir())) == 2, "the old export is gone"


def test_a_folder_of_other_things_is_refused(sample_library: Library, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InvalidValue):
        sample_library.tables(tmp_path)


def test_partial_dates_and_odd_numbers() -> None:
    assert last_day("2024-02") == date(2024, 2, 29) and last_day("2023") == date(2023, 12, 31)
    assert last_day("2024-12") == date(2024, 12, 31) and last_day("soon") is None
    assert whole("12") == 12 and whole("12.5") is None and number("NA") is None and number("1,204") == 1204
