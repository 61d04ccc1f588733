"""A real browser and a real server for browser tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _chromium() -> str | None:
    named = os.environ.get("TRIALKIN_CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; skipped by name where there is none."""
    with sync_playwright() as playwright:
        path = _chromium()
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here: run tools/browser.sh, or set TRIALKIN_CHROMIUM")
        options = {"executable_path": path} if path else {}
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
        ]
        running = playwright.chromium.launch(args=arguments, **options)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address; a script error, a CSP report or an outside request fails the test."""
    contexts = []
    troubles: list[str] = []

    def open_at(address: str, *, width: int = 1280, dark: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
        page.on("console", lambda m: troubles.append(f"console: {m.text}") if m.type == "error" else None)
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith(("http://127.0.0.1:", "data:")) else troubles.append(f"outside: {r.url}")
            ),
        )
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)
