"""The page of a study's kin in a real browser: its map and weights, read at all widths and worked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import accessible

pytestmark = pytest.mark.browser

SEED = "NCT07320690"
PAGE = f"/studies/{SEED}/related"


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?relation=same-question", f"{PAGE}?w.age_sex=100"])
@pytest.mark.parametrize(("width", "dark"), [(390, False), (800, True), (1280, False)])
def test_nothing_serious_for_axe(
    sample_site: str, open_page: Callable[..., Page], path: str, width: int, dark: bool
) -> None:
    page = open_page(f"{sample_site}{path}", width=width, dark=dark)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    accessible.check(page)


def test_the_map_is_reached_by_keyboard_and_says_what_the_list_says(
    sample_site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{sample_site}{PAGE}")
    drawn = page.eval_on_selector_all("#map svg a", "all => all.map(one => one.getAttribute('aria-label'))")
    listed = page.eval_on_selector_all("#map td a", "all => all.map(one => one.textContent)")
    assert drawn and sorted(name.partition(". ")[2] for name in drawn) == sorted(listed)
    reached = []
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "document.activeElement.closest('#map svg') ? document.activeElement.getAttribute('aria-label') : ''"
        )
        if name:
            reached.append(name)
        elif reached:
            break
    assert reached == drawn
    page.locator("#map svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/studies/NCT*")
    assert page.locator("h1").inner_text() == drawn[0].partition(". ")[2]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_mark_of_the_map_is_in_sight(sample_site: str, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(f"{sample_site}{PAGE}", width=width)
    outside = page.evaluate(
        """() => [...document.querySelectorAll("#map svg a, #map svg circle")].filter(one => {
            const box = one.getBoundingClientRect(), room = one.closest("svg").parentElement.getBoundingClientRect();
            return box.left < room.left - 1 || box.right > room.right + 1 || box.right > innerWidth;
        }).length"""
    )
    assert page.locator("#map svg a").count() and outside == 0


def test_a_signal_of_little_weight_is_raised_on_the_page(sample_site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{sample_site}/studies/NCT99000002/related", javascript=False)
    page.locator("summary", has_text="Adjust the weights").click()
    for field in page.locator("form.weights input").all():
        field.fill("0")
    page.fill("input[name='w.age_sex']", "100")
    page.locator("button", has_text="Rank with these weights").click()
    assert page.input_value("input[name='w.age_sex']") == "100"
    page.locator("summary", has_text="Reasons and quotes").first.click()
    assert page.locator("dt", has_text="Same ages and sex").first.is_visible()
    page.goto(f"{sample_site}{PAGE}?w.age_sex=100", wait_until="load")  # whose record states no ages
    page.locator("summary", has_text="Reasons and quotes").first.click()
    assert page.locator("p", has_text=f"no age groups in {SEED}").first.is_visible()
