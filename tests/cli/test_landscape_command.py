"""`trialkin landscape`: tables in the terminal, or one file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def landscape(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "trialkin", "landscape", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_tables_in_the_terminal(sample_folder: Path) -> None:
    done = landscape("phase:3", "--library", sample_folder)
    assert done.returncode == 0
    assert "BY START YEAR AND PHASE" in done.stdout and "BY COUNTRY" in done.stdout
    assert "<svg" not in done.stdout


def test_one_file_with_its_style(sample_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "land.html"
    done = landscape("--html", file, "--library", sample_folder)
    assert done.returncode == 0 and done.stdout == ""
    page = file.read_text(encoding="utf-8")
    assert page.count("<svg") >= 6 and "<style>" in page
    assert "href=" not in page and "src=" not in page


def test_a_file_that_cannot_be_written_is_said(sample_folder: Path, tmp_path: Path) -> None:
    done = landscape("--html", tmp_path / "none" / "land.html", "--library", sample_folder)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_a_search_that_cannot_be_read_is_said(sample_folder: Path) -> None:
    done = landscape("(asthma", "--library", sample_folder)
    assert done.returncode == 2
    assert "parenthesis" in done.stderr
