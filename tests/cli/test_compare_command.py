"""`trialkin compare`: text, JSON, and what is wrong with bad ids."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_cli import trialkin


def test_two_studies_as_text_and_as_json(sample_folder: Path) -> None:
    text = trialkin("compare", "NCT07320690", "NCT99000002", "--library", sample_folder)
    assert text.returncode == 0 and "the same in both" in text.stdout
    told = trialkin("compare", "NCT07320690", "NCT99000002", "--format", "json", "--library", sample_folder)
    assert json.loads(told.stdout)["nct_ids"] == ["NCT07320690", "NCT99000002"]


def test_exit_statuses(sample_folder: Path) -> None:
    assert trialkin("compare", "NCT07320690", "--library", sample_folder).returncode == 2
    assert trialkin("compare", "NCT07320690", "NCT00000001", "--library", sample_folder).returncode == 3
