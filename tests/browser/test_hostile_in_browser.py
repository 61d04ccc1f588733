"""A real browser on pages of hostile records: no script of theirs runs, no dialog opens, no other host is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.hostile.records import PAYLOADS, hostile_records
from tests.serving import serving
from trialkin import Library

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of each payload four records, so that every template and every position is met."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    chosen = [item for item in hostile_records() if item.kind.startswith("payload")]
    for at, item in enumerate(chosen[::11]):
        (folder / "in" / f"{at:05d}.json").write_bytes(item.raw)
    with Library(folder / "library", create=True) as library:
        library.import_records([folder / "in"])
    return folder / "library"


@pytest.fixture(scope="module")
def hostile_site(hostile_folder: Path) -> Iterator[str]:
    with serving(hostile_folder) as address:
        yield address


_PROTOCOLS = """[...document.querySelectorAll('a[href]')]
  .map(a => new URL(a.getAttribute('href'), document.baseURI).protocol)"""  # links inside drawings have no `protocol`


def test_the_payloads_do_harm_where_nothing_stops_them(browser: Browser) -> None:
    page = browser.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    for payload in PAYLOADS[:4]:
        page.goto("about:blank")
        page.set_content(f"<p>{payload}</p>")
        page.wait_for_function("window.pwned === 1", timeout=5_000)
    page.close()


def test_no_script_of_a_record_runs(browser: Browser, hostile_site: str, hostile_folder: Path) -> None:
    with Library(hostile_folder) as library:
        ids = list(library.store.nct_ids())
    assert len(ids) >= 3 * len(PAYLOADS)
    context = browser.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda m: troubles.append(f"console: {m.text}") if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
    page.on("request", lambda r: None if r.url.startswith(hostile_site) else troubles.append(f"outside: {r.url}"))
    page.on("popup", lambda popup: troubles.append(f"window: {popup.url}"))
    for nct_id in ids:
        page.goto(f"{hostile_site}/studies/{nct_id}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate("document.querySelectorAll('main *').forEach(e => e.dispatchEvent(new Event('mouseover')))")
        assert page.evaluate("window.pwned") is None, nct_id
        assert page.url == f"{hostile_site}/studies/{nct_id}"
        links = page.evaluate(_PROTOCOLS)
        assert set(links) <= {"http:", "https:", "mailto:", "tel:"}, nct_id
    context.close()
    assert troubles == []
