"""An index over the sample studies, and one over studies made for a test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from trialkin import sample
from trialkin.indexes.search.index import SearchIndex
from trialkin.model import Study, read_study


@pytest.fixture(scope="session")
def sample_studies() -> dict[str, Study]:
    """The sample studies by id."""
    studies = [read_study(raw) for _, raw in sample.records()]
    return {study.nct_id: study for study in studies}


@pytest.fixture(scope="session")
def sample_index(sample_studies: dict[str, Study], tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """An index that holds the sample studies; tests only read it."""
    index = SearchIndex(tmp_path_factory.mktemp("index"))
    records = [(seq, nct_id, study) for seq, (nct_id, study) in enumerate(sample_studies.items(), 1)]
    index.catch_up(records, upto=len(records))
    return index


@pytest.fixture
def index_of(tmp_path: Path) -> Callable[[Iterable[Study]], SearchIndex]:
    """Makes an index of given studies."""

    def make(studies: Iterable[Study]) -> SearchIndex:
        index = SearchIndex(tmp_path / "index")
        records = [(seq, study.nct_id, study) for seq, study in enumerate(studies, 1)]
        index.catch_up(records, upto=len(records))
        return index

    return make
