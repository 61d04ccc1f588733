"""The command line as a person uses it: exit statuses, messages on stderr, answers on stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trialkin.cli import app


def trialkin(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trialkin", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


COMMANDS = sorted(
    command.name or command.callback.__name__ for command in app.registered_commands if command.callback
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = trialkin(command, "--help")
    assert done.returncode == 0
    assert "Example: trialkin" in " ".join(done.stdout.split())
    assert "--library" in done.stdout


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    library = tmp_path / "library"
    first = trialkin("import", "--sample", "--library", library)
    assert first.returncode == 0 and first.stdout == ""
    again = trialkin("import", "--sample", "--library", library)
    assert again.returncode == 0
    assert "0 added" in again.stderr and "unchanged" in again.stderr


def test_a_study_is_read_in_three_forms(sample_folder: Path) -> None:
    text = trialkin("show", "nct07320690", "--library", sample_folder)
    assert text.returncode == 0 and "NCT07320690" in text.stdout and text.stderr == ""
    raw = trialkin("show", "NCT07320690", "--format", "raw", "--library", sample_folder)
    as_json = trialkin("show", "NCT07320690", "--format", "json", "--library", sample_folder)
    assert json.loads(as_json.stdout)["record"]["protocolSection"] == json.loads(raw.stdout)["protocolSection"]
    section = trialkin("show", "NCT07320690", "--section", "summary", "--library", sample_folder)
    assert len(section.stdout) < len(text.stdout)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("show", "NCT00000001"), 3),
        (("show", "not-an-id"), 2),
        (("show", "NCT07320690", "--section", "nonsense"), 2),
        (("show", "--nonsense"), 2),
        (("nonsense",), 2),
        (("import", "/nowhere/at/all.zip"), 2),
        (("import",), 2),
        (("verify", "--deep"), 0),
        (("doctor",), 0),
    ],
)
def test_exit_statuses(sample_folder: Path, arguments: tuple[str, ...], status: int) -> None:
    done = trialkin(*arguments, "--library", sample_folder)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if status:
        assert done.stderr and not done.stdout


def test_no_library_is_said(tmp_path: Path) -> None:
    done = trialkin("show", "NCT07320690", "--library", tmp_path / "none")
    assert done.returncode == 3
    assert "trialkin import" in done.stderr


def test_an_import_that_read_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "studies.csv").write_text("NCT Number,Study Title\nNCT99000001,x\n")
    (tmp_path / "empty.json").write_text('{"studies": []}')
    for given in (tmp_path / "studies.csv", tmp_path / "empty.json", tmp_path):
        done = trialkin("import", given, "--library", tmp_path / "library")
        assert done.returncode == 1 and "no study record could be read" in done.stderr
        assert "Traceback" not in done.stderr
        assert given.name == "empty.json" or "the registry's CSV: choose JSON" in done.stderr
