"""Watched searches and studies: what is new, changed or gone between two looks, and how the data stand."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.fake_registry import FakeRegistry, make_study
from tests.registries.ctgov.test_sync import client, retitle
from tests.serving import serving
from trialkin import Library
from trialkin.errors import InvalidQuery, InvalidValue, RegistryError
from trialkin.history.watch import FILE, Watch, kept_news
from trialkin.registries.ctgov import Scope


def sync(library: Library, registry: FakeRegistry) -> None:
    with client(registry) as asked:
        library.sync(Scope(), registry=asked)


def test_new_changed_and_gone(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    library.add_watch(Watch("two", studies=("nct00000001", "NCT00000002")))
    library.add_watch(Watch('the "odd" ones', search="cond:eczema"))
    first = library.watch()
    assert first.news == () and first.first == {"two": 2, 'the "odd" ones': 0}

    registry.records.edit(
        "NCT00000001", lambda s: s["protocolSection"]["statusModule"].update(overallStatus="COMPLETED")
    )
    registry.records.remove("NCT00000002")
    registry.records.add(make_study(90, condition="Eczema"))
    for _ in range(2):
        sync(library, registry)
        registry.records.tick(days=1)
    assert len(library.watch(keep=False).news) == 3, "a peek is not remembered"
    told = {(news.watch, news.nct_id, news.what, news.changes) for news in library.watch().news}
    assert told == {
        ("two", "NCT00000001", "changed", ("Status: Recruiting → Completed",)),
        ("two", "NCT00000002", "gone", ("the registry no longer has it",)),
        ('the "odd" ones', "NCT00000090", "new", ()),
    }
    assert library.watch().news == ()
    assert {news.nct_id for news in kept_news(library.folder)} == {"NCT00000001", "NCT00000002", "NCT00000090"}


def test_the_file_may_be_edited_by_hand_and_mistakes_are_told(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    path = library.folder / FILE
    path.write_text('# mine\n[[watch]]\nname = "a"\nstudies = ["NCT00000001"]')
    library.add_watch(Watch("b", search="cond:asthma"))
    assert path.read_text().startswith("# mine") and library.watch().watched == 2
    with pytest.raises(InvalidValue, match="named 'b' already"):
        library.add_watch(Watch("b", search="cond:asthma"))
    with pytest.raises(InvalidQuery):
        library.add_watch(Watch("c", search='"unclosed'))
    for text in ("[[watch]]\nname=1", "[[watch", '[[watch]]\nname="x"', '[[watch]]\nname="x"\nserch="y"'):
        path.write_text(text)
        with pytest.raises(InvalidValue):
            library.watch()


def test_the_command_in_all_its_forms(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    command = [sys.executable, "-m", "trialkin", "watch", "--library", str(library.folder)]

    def run(*more: str) -> str:
        return subprocess.run([*command, *more], capture_output=True, text=True, check=True).stdout

    assert "watched from now on: 1 study" in run("--study", "NCT00000001", "--name", "one & only")
    registry.records.edit("NCT00000001", retitle)
    sync(library, registry)
    assert json.loads(run("--format", "json", "--peek"))["news"][0]["what"] == "changed"
    assert "~ NCT00000001  changed: Invented study 1 (edited)" in run()
    assert "Nothing new in 1 watch" in run()
    feed = ET.fromstring(run("--format", "atom"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == [
        "changed: Invented study 1 (edited) (NCT00000001)"
    ]
    assert all(feed.findtext(f"{atom}{name}") for name in ("id", "title", "updated"))


def test_the_state_of_the_data_is_told_where_people_look(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.edit("NCT00000001", retitle)
    sync(library, registry)
    registry.habits.hidden_share = 1.0
    registry.records.tick(days=1)
    with pytest.raises(RegistryError):
        sync(library, registry)
    assert library.warnings and "are missing" in library.warnings[0]
    with serving(Path(library.folder)) as site:
        with urllib.request.urlopen(f"{site}/health") as answer:
            health = json.load(answer)
        with urllib.request.urlopen(f"{site}/") as answer:
            page = answer.read().decode()
    assert "failed" in health["warnings"][0] and health["lastRun"]["state"] == "failed"
    assert health["dataTimestamp"] and health["dataTimestamp"][:10] == registry.records.data_timestamp[:8] + "05"
    assert "About the data" in page and "Changed lately" in page and "/studies/NCT00000001/history" in page
    assert any("failed" in finding.state for finding in library.examine())
