"""Pictures in a real browser: no accessibility fault, by keyboard, at 320 px, and one file that asks for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from trialkin import Library
from trialkin.indexes.search.engine import Request
from trialkin.views.landscape import landscape_page
from trialkin.web.landscape import landscape_file

pytestmark = pytest.mark.browser
WITH_RESULTS = ("NCT99000009", "NCT99000010", "NCT99000011")


def serious(page: Page) -> list[str]:
    """Accessibility faults that axe calls serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("nct_id", WITH_RESULTS)
@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_results_have_no_serious_fault_and_fit_the_screen(
    open_page: Callable[..., Page], sample_site: str, nct_id: str, width: int, dark: bool
) -> None:
    page = open_page(f"{sample_site}/studies/{nct_id}", width=width, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert page.locator("svg.picture").count() >= 6
    assert serious(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("width", [320, 1280])
def test_texts_of_fluid_pictures_stay_inside(open_page: Callable[..., Page], sample_site: str, width: int) -> None:
    page = open_page(f"{sample_site}/studies/{WITH_RESULTS[0]}", width=width)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('svg.picture:not(.fixed):not(.picture-timeline)')].flatMap(svg => {
             const frame = svg.getBoundingClientRect();
             return [...svg.querySelectorAll('text')].filter(text => {
               const box = text.getBoundingClientRect();
               return box.width && (box.left < frame.left - 8 || box.right > frame.right + 8);
             }).map(text => text.textContent);
           })"""
    )
    assert beyond == []


def test_exactly_one_of_two_drawings_is_shown(open_page: Callable[..., Page], sample_site: str) -> None:
    for width in (320, 1280):
        page = open_page(f"{sample_site}/studies/{WITH_RESULTS[0]}#participant-flow", width=width)
        assert page.locator("#participant-flow svg.picture-flow:visible").count() == 1


def test_wide_pictures_are_reached_and_scrolled_by_keyboard(
    open_page: Callable[..., Page], sample_site: str
) -> None:
    page = open_page(f"{sample_site}/studies/{WITH_RESULTS[0]}#participant-flow", width=320)
    region = page.locator("#participant-flow .drawing")
    region.focus()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Participant flow"


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_a_landscape_has_no_serious_fault(
    open_page: Callable[..., Page], sample_site: str, width: int, dark: bool
) -> None:
    page = open_page(f"{sample_site}/landscape", width=width, dark=dark)
    assert serious(page) == []
    assert overflow(page) <= 0


def test_each_mark_leads_to_a_search_that_finds_as_many(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/landscape")
    marks = page.locator("#status svg a, #years svg a, #enrolment svg a, #grid svg a").evaluate_all(
        "all => all.map(a => [a.getAttribute('href'), a.getAttribute('aria-label')])"
    )
    assert len(marks) > 12
    for href, label in marks[::3]:
        count = label.split(":")[1].split()[0]
        found = page.request.get(sample_site + href).text()
        assert f"<h1>{count} stud" in found, (href, label)


def test_marks_are_reached_by_keyboard(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/landscape")
    page.locator("#status svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")


def test_the_file_to_send_asks_for_nothing(browser: Browser, sample_folder: Path, tmp_path: Path) -> None:
    with Library(sample_folder) as library:
        request = Request("")
        shown = landscape_page(library.landscape(request), request=request)
        (tmp_path / "sent.html").write_text(landscape_file(shown, data_timestamp=None), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
    page.goto((tmp_path / "sent.html").as_uri())
    assert asked == [(tmp_path / "sent.html").as_uri()]
    assert troubles == []
    assert page.locator("svg a").count() == 0
    assert page.locator("svg.picture:visible").count() >= 6
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).fill") != "rgb(0, 0, 0)"
    assert serious(page) == []
    page.close()
