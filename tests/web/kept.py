"""What a tab keeps until the server has it."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page


def kept(page: Page) -> dict[str, Any]:
    """Return what is kept, by its name."""
    said = page.evaluate("Object.fromEntries(Object.entries(sessionStorage))")
    return {name: value for name, value in said.items() if name.startswith("everycall:kept:")}


def all_is_sent(page: Page, seconds: float = 120) -> None:
    """Wait until nothing is kept any more: the server has everything."""
    until = time.monotonic() + seconds
    while kept(page):
        assert time.monotonic() < until, "something typed is still kept in the browser"
        page.wait_for_timeout(50)
