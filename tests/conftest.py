"""Fixtures shared by all tests: the real records, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with the real records: TRIALKIN_CORPUS, else ../shared/data beside the checkout."""
    named = os.environ.get("TRIALKIN_CORPUS")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real records at {folder}: set TRIALKIN_CORPUS to a folder with bulk zips")
    return folder
