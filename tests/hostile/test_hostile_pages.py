"""Pages of hostile records: all answer, none holds anything that could run or reach another host."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.hostile.records import hostile_records
from trialkin import Library
from trialkin.web.app import create_app

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FORBIDDEN = {"iframe", "object", "embed", "base", "style", "template", "noscript", "math", "video", "audio"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "poster", "background"}


class Watch(HTMLParser):
    """Collects what must not be on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        own = values.get("src", "").startswith("/static/")
        if tag in FORBIDDEN or (tag in {"script", "img"} and not own):
            self.found.append(f"<{tag} {values}>")
        if tag == "meta" and "http-equiv" in values:
            self.found.append(f"<meta {values}>")
        for name, value in values.items():
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}={value[:80]}")
            scheme = re.match(r"[\s\x00-\x1f]*([a-z][a-z0-9+.\-\s]*):", value, re.IGNORECASE)
            if name in ADDRESSES and scheme and scheme[1].lower() not in {"http", "https", "mailto", "tel"}:
                self.found.append(f"{tag} {name}={value[:80]}")
            if name != "href" and name in ADDRESSES and "//" in value:
                self.found.append(f"{tag} {name}={value[:80]}")


@pytest.fixture(scope="module", params=[37, pytest.param(1, marks=pytest.mark.slow)])
def hostile_library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    for at, item in enumerate(list(hostile_records())[:: request.param]):
        (folder / "in" / f"{at:05d}.json").write_bytes(item.raw)
    with Library(folder / "library", create=True) as library:
        library.import_records([folder / "in"])
        yield library


def test_every_page_answers_and_holds_nothing_that_runs(hostile_library: Library) -> None:
    client = TestClient(create_app(hostile_library, hosts=("testserver",)))
    for nct_id in hostile_library.store.nct_ids():
        answer = client.get(f"/studies/{nct_id}")
        assert answer.status_code == 200
        watch = Watch()
        watch.feed(answer.text)
        assert watch.found == [], nct_id
        text = client.get(f"/studies/{nct_id}.txt")
        assert text.status_code == 200 and text.headers["content-type"].startswith("text/plain")
        assert not CONTROL.search(text.text), nct_id
        raw = client.get(f"/studies/{nct_id}.json")
        assert raw.headers["content-type"] == "application/json"
        assert raw.headers["x-content-type-options"] == "nosniff"


def _show(folder: Path, nct_id: str, *more: str) -> str:
    command = [sys.executable, "-m", "trialkin", "show", nct_id, "--library", str(folder), *more]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode()


def test_no_record_steers_the_terminal(tmp_path: Path) -> None:
    steering = next(item for item in hostile_records() if b"\\u001b[2J" in item.raw or b"\x1b[2J" in item.raw)
    (tmp_path / "x.json").write_bytes(steering.raw)
    with Library(tmp_path / "library", create=True) as library:
        library.import_records([tmp_path / "x.json"])
        (nct_id,) = library.store.nct_ids()
    assert not CONTROL.search(_show(tmp_path / "library", nct_id))
    assert not CONTROL.search(_show(tmp_path / "library", nct_id, "--format", "json"))
