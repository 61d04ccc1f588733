"""Studies side by side in a real browser: read at all widths, in both colours, and widened by the form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accessible

pytestmark = pytest.mark.browser

TWO = "/compare?ids=NCT07320690,NCT99000002"
FIVE = "/compare?ids=NCT07320690,NCT99000002,NCT99000001&ids=NCT99000009&ids=NCT99000017"


@pytest.mark.parametrize("path", ["/compare", TWO, FIVE])
@pytest.mark.parametrize(("width", "dark"), [(390, False), (800, False), (1280, True)])
def test_nothing_serious_for_axe(
    sample_site: str, open_page: Callable[..., Page], path: str, width: int, dark: bool
) -> None:
    page = open_page(f"{sample_site}{path}", width=width, dark=dark)
    accessible.check(page)


def test_one_adds_a_study_and_leaves_one_out_without_scripts(
    sample_site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{sample_site}/compare", javascript=False)
    page.fill("#ids", "NCT07320690, NCT99000002")
    page.press("#ids", "Enter")
    expect(page.locator("ul.compared > li")).to_have_count(2)
    page.fill("#ids", "NCT99000001")
    page.press("#ids", "Enter")
    expect(page.locator("ul.compared > li")).to_have_count(3)
    same = page.locator("th", has_text="the same in all 3").count()
    assert same
    page.locator("a", has_text="Leave out what is the same").click()
    expect(page.locator("th", has_text="the same in all 3")).to_have_count(0)
    page.locator("a[aria-label='Leave out NCT99000002']").click()
    expect(page.locator("ul.compared > li")).to_have_count(2)
