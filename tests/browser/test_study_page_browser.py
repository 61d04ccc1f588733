"""The study page in a real browser: readable at every width, light and dark, without JavaScript, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SEED = "NCT07320690"


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


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", [f"/studies/{SEED}", "/", "/studies/NCT99000001", "/studies/NCT00000001"])
def test_no_serious_fault_and_nothing_beside_the_screen(
    open_page: Callable[..., Page], sample_site: str, path: str, width: int, dark: bool
) -> None:
    if path.endswith("0000001") and "NCT99" not in path:
        page = open_page(sample_site + "/", width=width, dark=dark)
        page.set_content(page.request.get(sample_site + path).text())  # a 404 would be a console error
        assert "Not found" in page.inner_text("h1")
        return
    page = open_page(sample_site + path, width=width, dark=dark)
    assert serious(page) == []
    assert overflow(page) <= 0
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert serious(page) == []
    assert overflow(page) <= 0


def test_on_a_phone_the_page_is_short_and_contact_and_criteria_are_one_tap_away(
    open_page: Callable[..., Page], sample_site: str
) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}", width=390)
    assert page.evaluate("document.documentElement.scrollHeight") < 3_000
    assert page.locator("#answer").bounding_box()["y"] < 844  # type: ignore[index]
    page.click(".bar a[href='#eligibility']")
    assert page.locator("#eligibility").is_visible() and page.locator("#eligibility .items li").first.is_visible()


def test_the_seed_study_is_whole_without_javascript(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}", javascript=False)
    text = page.inner_text("main")
    for words in (
        "Not yet recruiting",
        "The start date, 1 January 2026, has passed",
        "None (Open Label)",
        "Both arms get radiotherapy",
        "China: 1 site",
        "Grant",
        "JYKQ-2025-057",
        "NCRCO2025ZD-01",
        "not due before 1 July 2032",
        "Whom to ask",
    ):
        assert words in page.inner_text("body"), words
    assert "\\<" not in text and "OTHER_GRANT" not in text and "secondary_id" not in text
    assert page.locator("#eligibility .items .number").first.inner_text() == "2."
    assert page.locator('[data-value="OTHER_GRANT"]').count() == 1


def test_keyboard_skip_link_and_contents(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.click(".contents a[href='#eligibility']")
    page.wait_for_selector(".contents a[href='#eligibility'][aria-current]")
    missing = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.hash.slice(1))).length"
    )
    assert missing == 0


def test_an_invented_study_says_so(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/studies/NCT99000001")
    assert "Invented sample study" in page.inner_text("body")
    assert page.request.get(f"{sample_site}/studies/NCT99000001.txt").text().count("INVENTED") == 1


def test_printing_unfolds_everything(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0


def test_the_two_kinds_of_kin_are_tabs(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}")
    tabs, panels = page.get_by_role("tab"), page.locator("[role=tabpanel]")
    assert tabs.all_inner_texts() == ["By study characteristics", "By text similarity"]
    assert [panel.is_visible() for panel in panels.all()] == [True, False]
    tabs.first.focus()
    for key, chosen in (("ArrowRight", 1), ("ArrowRight", 0), ("ArrowLeft", 1), ("Home", 0), ("End", 1)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == panels.nth(
            chosen
        ).get_attribute("id")
        assert [tab.get_attribute("aria-selected") for tab in tabs.all()] == [
            str(n == chosen).lower() for n in (0, 1)
        ]
        assert [tab.get_attribute("tabindex") for tab in tabs.all()] == [str(-(n != chosen)) for n in (0, 1)]
        assert panels.nth(chosen).get_by_role("article").first.is_visible()
        assert (
            page.evaluate(
                "[...document.querySelectorAll('.tabs article')].filter(a => a.checkVisibility()).length"
            )
            == 5
        )
    assert serious(page) == []
    page.emulate_media(media="print")
    assert not page.locator("#related").is_visible(), "paper holds the record, not its kin"


def test_without_javascript_both_kinds_of_kin_follow_each_other(
    open_page: Callable[..., Page], sample_site: str
) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}", javascript=False)
    assert page.locator(".tabs h4").all_text_contents() == ["By study characteristics", "By text similarity"]
    assert all(card.is_visible() for card in page.locator(".tabs article").all())


def test_a_link_into_a_tab_chooses_it(open_page: Callable[..., Page], sample_site: str) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}#kin-by-text")
    assert page.get_by_role("tab", selected=True).inner_text() == "By text similarity"


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_read_is_one_switch_away(
    open_page: Callable[..., Page], sample_site: str, javascript: bool
) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}", javascript=javascript)
    criteria = page.locator("#eligibility")
    read = criteria.locator(".read").first
    underlined = "e => getComputedStyle(e).textDecorationLine"
    assert read.evaluate(underlined) == "none" and not criteria.locator(".reading button").first.is_visible()
    page.check("#show-read")
    assert read.evaluate(underlined) == "underline"
    criteria.locator(".reading button").first.focus()
    assert criteria.locator(".reading > span").first.is_visible()
    if javascript:
        assert serious(page) == []


def test_the_seed_study_is_short_when_folded_and_the_contact_one_tap_away(
    open_page: Callable[..., Page], sample_site: str
) -> None:
    page = open_page(f"{sample_site}/studies/{SEED}", width=390)
    assert page.evaluate("document.documentElement.scrollHeight") < 3000
    page.click(".bar a:has-text('Contact')")
    box = page.locator("#answer").bounding_box()
    assert box is not None and 0 <= box["y"] < 500
    page.click(".bar a:has-text('Criteria')")
    assert page.locator("#eligibility .items").first.is_visible(), "a link to something folded unfolds it"


@pytest.mark.corpus
@pytest.mark.parametrize("width", [320, 1280])
def test_more_than_a_thousand_sites_stay_usable(
    open_page: Callable[..., Page], corpus_site: str, width: int
) -> None:
    page = open_page(f"{corpus_site}/studies/NCT04267848#locations", width=width)
    assert page.locator("#locations > details tbody tr").count() == 1148
    assert page.locator("#locations > details").count() > 0
    assert page.evaluate("document.getElementById('locations').getBoundingClientRect().height") < 2200
    page.locator("#locations > details summary").first.click()
    assert page.locator("#locations > details tbody tr").first.is_visible()
    assert overflow(page) <= 0
    assert serious(page) == []


@pytest.mark.corpus
@pytest.mark.parametrize("nct_id", ["NCT00053534", "NCT03182660", "NCT02601209"])
def test_sparse_and_rich_records(open_page: Callable[..., Page], corpus_site: str, nct_id: str) -> None:
    page = open_page(f"{corpus_site}/studies/{nct_id}", width=320, dark=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert overflow(page) <= 0
    assert serious(page) == []
