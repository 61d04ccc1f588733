"""`trialkin search` as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trialkin", "search", *words, "--library", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_text_json_csv_and_ids_say_the_same(sample_folder: Path) -> None:
    ids = _run(sample_folder, "cisplatin", "--format", "ids").stdout.split()
    answer = json.loads(_run(sample_folder, "cisplatin", "--format", "json").stdout)
    rows = _run(sample_folder, "cisplatin", "--format", "csv").stdout.splitlines()
    text = _run(sample_folder, "cisplatin").stdout
    assert ids and [each["nctId"] for each in answer["studies"]] == ids
    assert len(rows) == len(ids) + 1
    assert all(nct_id in text for nct_id in ids)
    assert "[cisplatin]" in text.lower()


def test_an_unreadable_search_is_a_usage_error(sample_folder: Path) -> None:
    done = _run(sample_folder, "phase:9")
    assert done.returncode == 2 and not done.stdout
    assert "Expected one of" in done.stderr


def test_lines_fit_the_terminal_and_words_of_a_filter_are_pointed_at(sample_folder: Path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    done = _run(sample_folder, "cancer", "recruiting")
    assert max(map(len, done.stdout.splitlines())) <= 60
    assert "cancer status:recruiting" in done.stderr
    assert "Try fewer or more general words" in _run(sample_folder, "zzzqqq").stdout.replace("\n", " ")
