"""`trialkin doses`: studies, any text, and what is wrong with bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import trialkin


def test_a_study_as_text_and_as_json(sample_folder: Path) -> None:
    text = trialkin("doses", "NCT07320690", "--given", "pCR=no", "--library", sample_folder)
    assert text.returncode == 0 and "mg/m²" in text.stdout and "applies" in text.stdout
    as_json = trialkin("doses", "NCT07320690", "--format", "json", "--library", sample_folder)
    rows = [row for one in json.loads(as_json.stdout)["texts"] for row in one["rows"]]
    assert {"agent", "dose_low", "dose_unit", "schedule", "condition", "quote", "start", "end"} <= rows[0].keys()


def test_texts_from_a_file_keep_their_order(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    lines = [
        {"id": "b", "name": "Zalumab", "text": "10 mg weekly"},
        {"id": "a", "text": "no dose here"},
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = trialkin("doses", "--texts", file)
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [entry["id"] for entry in out] == ["b", "a"]
    assert out[0]["rows"][0]["agent"] == "Zalumab" and out[0]["rows"][0]["schedule"] == "1/wk"
    assert out[1]["rows"] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "not JSON"), ('{"id": 1}', "missing"), ('{"text": "x"}', "missing"), ("[]", "missing")],
)
def test_bad_lines_are_named(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(line, encoding="utf-8")
    done = trialkin("doses", "--texts", file)
    assert done.returncode == 2 and "line 1" in done.stderr and said in done.stderr


def test_nothing_or_both_is_a_usage_error(tmp_path: Path) -> None:
    assert trialkin("doses").returncode == 2
    assert trialkin("doses", "--texts", tmp_path / "missing").returncode == 2


def test_the_older_name_reads_too(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": 1, "text": "Pimozide 2 mg daily"}\n', encoding="utf-8")
    assert trialkin("regimens", "--texts", file).stdout == trialkin("doses", "--texts", file).stdout != ""
    assert "regimens" not in trialkin("--help").stdout
