"""The registry's API as clients use it that others wrote, unmodified: only where their requests go is changed."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ctgov
import pytest
import requests
from pytrials import ClinicalTrials

from tests.serving import serving
from trialkin.library import Library

REGISTRY = "https://clinicaltrials.gov"
SEED = "NCT07320690"


def _stored(library: Library, nct_id: str) -> Any:
    return json.loads(library.find(nct_id).record.raw or b"")


@contextmanager
def _redirected(monkeypatch: pytest.MonkeyPatch, site: str) -> Iterator[None]:
    """Requests to the registry go to `site`: the layer below the clients, for urllib and requests."""
    opened, sent = urllib.request.urlopen, requests.adapters.HTTPAdapter.send

    def urlopen(request: urllib.request.Request, *rest: Any, **named: Any) -> Any:
        request.full_url = request.full_url.replace(REGISTRY, site)
        return opened(request, *rest, **named)

    def send(self: Any, request: Any, **named: Any) -> Any:
        request.url = request.url.replace(REGISTRY, site)
        return sent(self, request, **named)

    with monkeypatch.context() as patch:
        patch.setattr(urllib.request, "urlopen", urlopen)
        patch.setattr(requests.adapters.HTTPAdapter, "send", send)
        yield


def test_ctgov_counts_pages_and_fetches(
    sample_site: str, sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = ctgov.Client(delay=0)
    with _redirected(monkeypatch, sample_site):
        assert client.version()["apiVersion"] == "2.0.5"
        assert client.count() == len(sample_library)
        everything = list(client.iter_studies(page_size=7))
        melanoma = client.studies("melanoma", fields=["NCTId"], filters={"overallStatus": "RECRUITING"})
        one = client.study(SEED)
    ids = [study["protocolSection"]["identificationModule"]["nctId"] for study in everything]
    assert sorted(ids) == sorted(sample_library.store.nct_ids())
    assert everything == [_stored(sample_library, nct_id) for nct_id in ids]
    assert one == _stored(sample_library, SEED)
    assert all(study.keys() == {"protocolSection"} for study in melanoma)


def test_pytrials_v2_searches_and_reads(sample_site: str, sample_library: Library) -> None:
    with ClinicalTrials(base_url=f"{sample_site}/api/v2") as registry:
        found = registry.studies.search(condition="cancer", status="RECRUITING", page_size=5)
        study = registry.studies.get(SEED)
    assert found.total_count == sum(
        sample_library.study(nct_id).overall_status == "RECRUITING"
        for nct_id in sample_library.search_all(_cancer())
    )
    assert study.nct_id == SEED


def _cancer() -> Any:
    from trialkin.indexes.search.engine import Request

    return Request(text="cond:(cancer)", facets=())


@pytest.mark.slow
def test_the_singer_tap_reads_every_study_in_the_order_it_needs(sample_library: Library, tmp_path: Path) -> None:
    folder = _library_of_dated(sample_library, tmp_path)
    with serving(folder) as site:
        code = (
            "import requests\n"
            "sent = requests.adapters.HTTPAdapter.send\n"
            "def send(self, request, **named):\n"
            f"    request.url = request.url.replace({REGISTRY!r}, {site!r})\n"
            "    return sent(self, request, **named)\n"
            "requests.adapters.HTTPAdapter.send = send\n"
            "from tap_clinicaltrials.tap import TapClinicalTrials\n"
            "TapClinicalTrials.cli(['--config', 'config.json'])\n"
        )
        (tmp_path / "config.json").write_text("{}")
        told = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
    messages = [json.loads(line) for line in told.stdout.splitlines()]
    records = [message["record"] for message in messages if message["type"] == "RECORD"]
    assert told.returncode == 0, told.stderr[-2000:]
    with Library(folder) as library:
        assert {record["nctId"] for record in records} == set(library.store.nct_ids())


def _library_of_dated(sample: Library, tmp_path: Path) -> Path:
    """The sample studies that state when they were last submitted, as all of the registry's do."""
    (tmp_path / "records").mkdir()
    for record in sample.store.records():
        if record.raw and b'"lastUpdateSubmitDate"' in record.raw:
            (tmp_path / "records" / f"{record.nct_id}.json").write_bytes(record.raw)
    with Library(tmp_path / "library", create=True) as library:
        library.import_records([tmp_path / "records"])
    return tmp_path / "library"
