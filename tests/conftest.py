"""Fixtures shared by all tests: the real records, where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.serving import serving

if TYPE_CHECKING:
    from trialkin import Library

ROOT = Path(__file__).parent.parent

# Time is measured in benchmarks; a busy machine is no failed test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
os.environ["PYTHONPATH"] = str(ROOT / "src")  # for the commands that tests start


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder with the real records: TRIALKIN_CORPUS, else ../shared/data beside the checkout."""
    named = os.environ.get("TRIALKIN_CORPUS")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real records at {folder}: set TRIALKIN_CORPUS to a folder with bulk zips")
    return folder


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds the sample studies; tests only read it."""
    from trialkin import Library

    folder = tmp_path_factory.mktemp("sample") / "library"
    with Library(folder, create=True) as library:
        library.import_sample()
    return folder


@pytest.fixture
def sample_library(sample_folder: Path) -> Iterator[Library]:
    """The sample library, opened."""
    from trialkin import Library

    with Library(sample_folder) as library:
        yield library


@pytest.fixture(scope="session")
def corpus_folder(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds all real records; made once, read only."""
    from trialkin import Library

    folder = tmp_path_factory.mktemp("corpus") / "library"
    with Library(folder, create=True) as library:
        library.import_records(sorted(corpus.glob("*.zip")))
    return folder


@pytest.fixture(scope="session")
def sample_site(sample_folder: Path) -> Iterator[str]:
    """Address of a running app over the sample library."""
    with serving(sample_folder) as address:
        yield address


@pytest.fixture(scope="session")
def corpus_site(corpus_folder: Path) -> Iterator[str]:
    """Address of a running app over all real records."""
    with serving(corpus_folder) as address:
        yield address


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests over the library of all real records run on one worker, so that it is made once."""
    for item in items:
        if "corpus_folder" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("corpus"))
