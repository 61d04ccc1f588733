"""A registry and a library for every sync test, in memory-backed folders where the machine has them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_registry import FakeRegistry, make_study
from trialkin import Library


def quick_folder() -> Path:
    """A new folder where flushing to disk costs little; who makes it removes it."""
    shared = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="trialkin-", dir=shared if os.access(shared, os.W_OK) else None))


@pytest.fixture
def folder() -> Iterator[Path]:
    made = quick_folder()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry.serving(make_study(n) for n in range(1, 41)) as served:
        yield served


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library(folder / "library", create=True) as opened:
        yield opened
