"""The history of a study in the library, in the terminal and in the browser's pages."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.fake_registry import make_study
from tests.serving import serving
from trialkin import Library
from trialkin.errors import InvalidValue, NotFound
from trialkin.history.versions import compare_versions
from trialkin.log import Put


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with three versions of one study (the oldest brought in last) and one version of another."""
    made = tmp_path_factory.mktemp("history")
    with Library(made / "library", create=True) as library:
        for name, posted, title in (
            ("b", "2026-02-01", "Second"),
            ("c", "2026-03-01", "<b>Third</b>"),
            ("a", "2026-01-01", "First"),
        ):
            (made / f"{name}.json").write_text(json.dumps(make_study(1, title=title, posted=posted)))
            library.import_records([made / f"{name}.json"])
        (made / "other.json").write_text(json.dumps(make_study(2)))
        library.import_records([made / "other.json"])
    return made / "library"


def test_versions_stand_in_the_order_of_their_dates(folder: Path) -> None:
    with Library(folder) as library:
        versions = library.versions("NCT00000001")
        assert [version.posted for version in versions] == ["2026-01-01", "2026-02-01", "2026-03-01"]
        last = compare_versions(versions)
        assert last and (last.before.number, last.after.number) == (2, 3)
        assert [group.key for group in last.groups] == ["text", "record"]
        with pytest.raises(InvalidValue, match="no version 4"):
            compare_versions(versions, 1, 4)
        with pytest.raises(NotFound):
            library.versions("NCT00000009")
        assert compare_versions(library.versions("NCT00000002")) is None


def test_an_older_file_never_brings_a_removed_study_back(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library:
        store = library.store
        raw = {
            posted: json.dumps(make_study(1, posted=posted)).encode() for posted in ("2026-01-01", "2026-02-01")
        }
        with store.writing():
            run = store.begin_run(kind="sync", source="test")
            with store.batch(run):
                store.put(run, "NCT00000001", raw["2026-02-01"], order_key="2026-02-01 ")
                store.put_tombstone(run, "NCT00000001")
                assert store.put(run, "NCT00000001", raw["2026-01-01"], order_key="2026-01-01 ") is Put.OLDER
                assert store.put(run, "NCT00000001", raw["2026-02-01"], order_key="2026-02-01 ") is Put.UNCHANGED
        assert [version.raw is None for version in library.versions("NCT00000001")] == [False, False, True]
        comparison = compare_versions(library.versions("NCT00000001"))
        assert comparison and comparison.gone


def test_in_the_terminal(folder: Path) -> None:
    command = [sys.executable, "-m", "trialkin", "history", "nct00000001", "--library", str(folder)]
    shown = subprocess.run([*command, "--from", "1"], capture_output=True, text=True, check=True).stdout
    assert "First" in shown and "<b>Third</b>" in shown and "History begins with the first import" in shown
    data = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)
    assert (data["from"], data["to"], len(data["versions"])) == (2, 3, 3)
    raw = subprocess.run([*command, "--raw"], capture_output=True, text=True, check=True).stdout
    assert [line[0] for line in raw.splitlines() if "Second" in line or "Third" in line] == ["-", "+"]


def test_in_the_browsers_pages(folder: Path) -> None:
    with serving(folder) as site:
        with urllib.request.urlopen(f"{site}/studies/NCT00000001/history?from=1&to=3") as answer:
            page = answer.read().decode()
        assert "&lt;b&gt;Third&lt;/b&gt;" in page and "<b>Third</b>" not in page
        assert "History begins with the first import" in page and "difference as JSON" in page
        with urllib.request.urlopen(f"{site}/studies/NCT00000001/history.json") as answer:
            assert json.load(answer)["to"] == 3
        with urllib.request.urlopen(f"{site}/studies/NCT00000002/history") as answer:
            assert "Only one version is known here" in answer.read().decode()
        for path, status in (("NCT00000001/history?from=9", 400), ("NCT00000008/history", 404)):
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(f"{site}/studies/{path}")
            assert caught.value.code == status
