"""Hostile records and archives: each is stored or set aside with a reason, and nothing is lost or written outside."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.hostile.archives import ARCHIVES
from tests.hostile.records import Hostile, hostile_records, huge_records
from trialkin import Library
from trialkin.errors import RefusedArchive
from trialkin.log import Run


def balanced(run: Run) -> bool:
    counts = dict(run.counts)
    return counts.pop("read") == sum(counts.values())


def everything_below(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def bring_in(folder: Path, offered: list[Hostile]) -> tuple[Library, Run, list[tuple[str, str, str, int]]]:
    incoming = folder / "in"
    incoming.mkdir()
    for at, item in enumerate(offered):
        (incoming / f"{at:05d}.json").write_bytes(item.raw)
    library = Library(folder / "library", create=True)
    run = library.import_records([incoming])
    return library, run, library.store.quarantined(limit=10_000)


@pytest.mark.parametrize("every", [23, pytest.param(1, marks=pytest.mark.slow)])
def test_each_hostile_record_is_stored_or_set_aside(tmp_path: Path, every: int) -> None:
    offered = list(hostile_records())
    assert len(offered) >= 1_000
    offered = offered[::every]
    library, run, aside = bring_in(tmp_path, offered)
    with library:
        assert run.state == "done" and balanced(run)
        assert run.counts["read"] >= len(offered) - 3  # an empty list of studies is nothing to read
        assert all(code and reason for _, code, reason, _ in aside)
        named = {int(source[:5]) for source, *_ in aside}
        for at, item in enumerate(offered):
            if item.storable is not None:
                assert (at in named) is not item.storable, (at, item.kind, item.raw[:200])
        assert library.verify(deep=True).problems == []
        again = library.import_records([tmp_path / "in"])
        assert balanced(again) and again.counts["added"] == 0
    assert {path.parts[0] for path in everything_below(tmp_path)} == {"in", "library"}


@pytest.mark.slow
def test_huge_records(tmp_path: Path) -> None:
    library, run, aside = bring_in(tmp_path, list(huge_records()))
    with library:
        assert balanced(run) and run.counts["added"] == 2
        assert [code for _, code, _, _ in aside] == ["too-large"]
        assert library.verify(deep=True).problems == []


@pytest.mark.parametrize("name", ARCHIVES)
def test_evil_archives(tmp_path: Path, name: str) -> None:
    file_name, body, fate = ARCHIVES[name]
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / file_name
    path.write_bytes(body())
    before = everything_below(tmp_path)
    with Library(tmp_path / "library", create=True) as library:
        if fate == "refused":
            with pytest.raises(RefusedArchive):
                library.import_records([path])
            assert len(library) == 0
        else:
            run = library.import_records([path])
            assert balanced(run)
            assert bool(run.counts["quarantined"]) is (fate == "set aside"), library.store.quarantined()
            assert all(reason for _, _, reason, _ in library.store.quarantined())
        assert library.store.quick_check() == []
    new = everything_below(tmp_path) - before
    assert {part.parts[0] for part in new} == {"library"}


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    good = json.dumps({"protocolSection": {"identificationModule": {"nctId": "NCT95000001"}}}).encode()
    for name, body in ((b"\xff\xfe.json", good), (b"\xff\xfd.json", b"{")):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(body)
    with Library(tmp_path / "library", create=True) as library:
        run = library.import_records([folder])
        assert balanced(run) and run.counts["added"] == 1 and run.counts["quarantined"] == 1
        again = library.import_records(sorted(folder.iterdir()))
        assert balanced(again) and "\\xff\\xfe.json" in again.source


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "x.json").symlink_to(tmp_path / "secret.json")
    (folder / "self").symlink_to(folder, target_is_directory=True)
    with Library(tmp_path / "library", create=True) as library:
        assert library.import_records([folder]).counts["read"] == 0
