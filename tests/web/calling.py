"""A call at the screen, as tests begin it, type it at once, and read it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

PECK = {
    "caller.name": "Maureen Peck",
    "caller.phone": "01632 960 114",
    "caller.date_of_birth": "2/3/1951",
    "caller.address": "14 Larch Road",
    "caller.postcode": "PE13 9ZZ",
    "caller.role": "victim",
    "location.address": "14 Larch Road",
    "location.postcode": "PE13 9ZZ",
    "category": "asb_personal",
}
"""Who rings, where and what, by field."""


def begin(page: Page, ref: str) -> Page:
    """Begin a card by keyboard: the field for the reference has the focus as soon as the page is loaded."""
    page.goto("/calls/new")
    page.keyboard.type(ref)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/calls/{ref}$"))
    expect(page.locator("body.live")).to_be_attached()
    return page


def sent(page: Page, path: str, body: Any) -> Any:
    """Send something as the page's own scripts do."""
    token = page.locator("#call").get_attribute("data-token")
    headers = {"X-CSRFToken": token or "", "Everycall-Live": "1", "Content-Type": "application/json"}
    return page.request.post(path, data=json.dumps(body), headers=headers)


def tell(page: Page, ref: str, changes: Mapping[str, str], log: Sequence[str] = ()) -> None:
    """Type a whole call at once, and load its card."""
    lines = [{"text": text} for text in log]
    answer = sent(page, f"/calls/{ref}/facts", {"changes": changes, "log": lines})
    assert answer.status == 200, answer.text()
    page.goto(f"/calls/{ref}")
    expect(page.locator("body.live")).to_be_attached()


def row(page: Page, code: str) -> Locator:
    """Return a row of the first line."""
    return page.locator(f'details[data-keep="{code}"] > summary')


def opened(page: Page, code: str) -> Locator:
    """Open the reasons of a row and return them."""
    row(page, code).press("Enter")
    return page.locator(f'details[data-keep="{code}"] > .why')
