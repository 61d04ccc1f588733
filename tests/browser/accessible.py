"""What every page must pass in the browser, at any width and in either colour scheme."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


def check(page: Page) -> None:
    """axe finds nothing serious, and the page does not scroll sideways."""
    found = Axe().run(page, options={"runOnly": _RULES})
    bad = [each["id"] for each in found.response["violations"] if each["impact"] in ("serious", "critical")]
    assert not bad, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
