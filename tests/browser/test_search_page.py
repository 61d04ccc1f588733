"""The search page in a real browser: read, narrowed, widened, with and without scripts, in both colours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import accessible

pytestmark = pytest.mark.browser

ADDRESSES = (
    "/search?q=cisplatin",
    "/search?q=carcinoma&status=RECRUITING&status=none&phase=PHASE3",
    "/search?near=Guangzhou%2C+300+km&age=58&sex=male",
    "/search?q=nothingofthekind",
)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, False), (1280, True)])
def test_nothing_serious_for_axe(
    sample_site: str, open_page: Callable[..., Page], path: str, width: int, dark: bool
) -> None:
    page = open_page(f"{sample_site}{path}", width=width, dark=dark)
    accessible.check(page)


def test_one_narrows_widens_and_opens_a_study_without_scripts(
    sample_site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{sample_site}/", javascript=False)
    page.fill("#q", "cancer")
    page.press("#q", "Enter")
    before = page.locator("ol.hits > li").count()
    assert before
    page.locator("aside.narrow a", has_text="Recruiting").first.click()
    assert "status=" in page.url
    assert 0 < page.locator("ol.hits > li").count() <= before
    page.locator("ul.applied a").first.click()
    assert "status=" not in page.url
    assert page.locator("ol.hits > li").count() == before
    page.locator("ol.hits h2 a").first.click()
    assert "/studies/NCT" in page.url


def test_hits_are_marked_and_say_why(sample_site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{sample_site}/search?q=cisplatin")
    card = page.locator("ol.hits article").first
    assert "cisplatin" in card.locator("mark").first.inner_text().lower()
    assert page.locator("ol.hits .why .label").count()


@pytest.mark.parametrize(("width", "height", "wanted"), [(390, 844, 1), (1280, 900, 3)])
def test_hits_stand_on_the_first_screen(
    sample_site: str, open_page: Callable[..., Page], width: int, height: int, wanted: int
) -> None:
    page = open_page(f"{sample_site}/search?q=cancer", width=width)
    ends = page.evaluate(
        "[...document.querySelectorAll('ol.hits > li')].map(li => li.getBoundingClientRect().bottom)"
    )
    assert sum(end <= height for end in ends) >= wanted
    if width == 1280:
        tall = page.evaluate("[...document.querySelectorAll('ol.hits > li')].map(li => li.offsetHeight)")
        assert sorted(tall)[len(tall) // 2] <= 150


def test_ticked_studies_are_compared_without_scripts(sample_site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{sample_site}/search?q=cancer", javascript=False)
    for box in page.locator("ol.hits .tick input").all()[:2]:
        box.check()
    page.get_by_role("button", name="Compare the ticked studies").click()
    assert page.inner_text("h1") == "2 studies side by side"
