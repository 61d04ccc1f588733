"""A record that its request trimmed (`fields=`) is no update: not in the log, not in history, not for a watch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trialkin import Library
from trialkin.history.watch import Watch
from trialkin.sample import records

WHOLE = json.loads(next(data for name, data in records() if "NCT99000001" in name))
ID = WHOLE["protocolSection"]["identificationModule"]["nctId"]
POSTED = WHOLE["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"]


def trimmed(*modules: str, posted: str = POSTED) -> dict[str, Any]:
    section = {"identificationModule": {"nctId": ID, "briefTitle": "only this"}}
    section |= {name: WHOLE["protocolSection"][name] for name in modules}
    section["statusModule"] = {**section.get("statusModule", {}), "lastUpdatePostDateStruct": {"date": posted}}
    return {"studies": [{"protocolSection": section}]}


REQUESTS = {
    "title and date": trimmed(),
    "title and newer date": trimmed(posted="2099-01-01"),
    "title and older date": trimmed(posted="2001-01-01"),
    "whole modules": trimmed("designModule", "eligibilityModule", "sponsorCollaboratorsModule", "statusModule"),
    "the protocol alone": {"studies": [{"protocolSection": WHOLE["protocolSection"]}]},
}


def bring(library: Library, folder: Path, value: Any) -> dict[str, int]:
    path = folder / "x.json"
    path.write_text(json.dumps(value))
    return library.import_records([path]).counts


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("whole_first", [True, False])
def test_a_trimmed_record_is_never_a_change(tmp_path: Path, request_: str, whole_first: bool) -> None:
    offered = [WHOLE, REQUESTS[request_]] if whole_first else [REQUESTS[request_], WHOLE]
    with Library(tmp_path / "library", create=True) as library:
        library.add_watch(Watch(name="it", studies=(ID,)))
        bring(library, tmp_path, offered[0])
        library.watch()
        counts = bring(library, tmp_path, offered[1])
        assert counts["quarantined"] == int(whole_first)
        assert json.loads(library.find(ID).record.raw or b"") == WHOLE
        assert library.watch().news == ()
        assert len(library.versions(ID)) == 1
        if whole_first:
            assert "fields" in library.store.quarantined()[0][2]


def test_a_trimmed_record_is_better_than_none(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library:
        assert bring(library, tmp_path, trimmed())["added"] == 1
        assert bring(library, tmp_path, trimmed(posted="2099-01-01"))["changed"] == 1
        assert len(library.versions(ID)) == 2


def test_an_update_that_drops_a_module_is_an_update(tmp_path: Path) -> None:
    section = {
        k: v for k, v in WHOLE["protocolSection"].items() if k not in ("outcomesModule", "referencesModule")
    }
    with Library(tmp_path / "library", create=True) as library:
        bring(library, tmp_path, WHOLE)
        assert bring(library, tmp_path, {**WHOLE, "protocolSection": section})["changed"] == 1
