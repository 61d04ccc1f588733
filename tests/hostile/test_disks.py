"""A disk that is full and a library that can only be read: a sentence, never a traceback, and reading goes on."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


def trialkin(*arguments: str | Path, file_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if file_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    return subprocess.run(
        [sys.executable, "-m", "trialkin", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60, preexec_fn=limited,
    )  # fmt: skip


@pytest.mark.parametrize("file_bytes", [10_000, 90_000, 200_000])
def test_no_room_is_a_sentence(tmp_path: Path, file_bytes: int) -> None:
    folder = tmp_path / "library"
    full = trialkin("import", "--sample", "--library", folder, file_bytes=file_bytes)
    assert full.returncode == 1 and "Traceback" not in full.stderr
    assert "there is no room to write" in full.stderr and "MB are free" in full.stderr
    again = trialkin("import", "--sample", "--library", folder)
    assert again.returncode == 0 and trialkin("verify", "--deep", "--library", folder).returncode == 0


@pytest.fixture(scope="module")
def read_only(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the sample library on a read-only mount."""
    folder = tmp_path_factory.mktemp("medium") / "library"
    shutil.copytree(sample_folder, folder)
    try:
        subprocess.run(["mount", "--bind", folder, folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting needs to be allowed")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True, capture_output=True)
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


READING = [
    "show NCT07320690", "search cancer", "search near:Boston --format csv", "criteria NCT07320690",
    "regimens NCT07320690", "history NCT07320690", "related NCT07320690", "compare NCT07320690 NCT99000001",
    "landscape", "watch", "doctor", "verify --deep",
]  # fmt: skip


@pytest.mark.parametrize("command", READING)
def test_a_library_that_can_only_be_read_is_read(read_only: Path, command: str) -> None:
    done = trialkin(*command.split(), "--library", read_only)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["import --sample", "rebuild", "watch --study NCT07320690"])
def test_what_would_write_says_that_it_cannot(read_only: Path, command: str) -> None:
    done = trialkin(*command.split(), "--library", read_only)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "read" in done.stderr.lower() and "damaged" not in done.stderr
