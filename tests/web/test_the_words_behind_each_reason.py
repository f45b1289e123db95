"""Every part of the first line opens its reasons, with the words of the log that led to it marked where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from calling import PECK, begin, opened, row, tell
from looking import axe_clean, screenshot
from playwright.sync_api import Page, expect

LOG = (
    "NEIGHBOUR AT HER DOOR WITH A KNIFE AGAIN. NOBODY HAS A GUN.",
    "SAYS HE WILL KILL HER, IT IS EVERY WEEK",
)


@pytest.fixture
def page(desk: Any) -> Page:
    """A call with danger in its words."""
    made: Page = desk("handler").page
    begin(made, "WORDS-1")
    tell(made, "WORDS-1", PECK, LOG)
    return made


def test_words_of_danger_are_marked_in_the_log_and_quoted_by_their_reasons(page: Page) -> None:
    log = page.locator("#panel-log")
    for said, why in (
        ("WITH A KNIFE", "weapon or violence now"),
        ("SAYS HE WILL KILL HER", "fear or impact, threat made, threat to life, domestic abuse (possible)"),
        ("HAS A GUN", "weapon or violence now (denied)"),
    ):
        expect(log.locator("mark", has_text=said)).to_have_attribute("title", why)
    danger = opened(page, "danger")
    expect(danger.locator("li", has_text="there is a weapon").locator("mark")).to_have_text("WITH A KNIFE")
    expect(danger.locator("li", has_text="threat to kill").locator("mark")).to_have_text(
        "SAYS HE WILL KILL HER"
    )
    expect(opened(page, "grade").locator("mark").first).to_have_text("WITH A KNIFE")
    harm = opened(page, "harm").locator("li", has_text="threat to kill").locator("mark")
    expect(harm).to_have_text("SAYS HE WILL KILL HER")
    expect(opened(page, "repeat").locator("li", has_text="They say").locator("mark")).to_have_text(
        ["AGAIN", "IT IS EVERY WEEK"]
    )
    screenshot(page, "call-words-behind-1280")
    axe_clean(page)


def test_the_line_of_a_word_is_a_link_to_it(page: Page) -> None:
    opened(page, "danger").get_by_role("link", name="line 2").first.click()
    expect(page.locator("#line-2")).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').id") == "line-2"


def test_who_may_not_see_the_words_is_shown_none(page: Page, desk: Any) -> None:
    expect(row(page, "danger")).to_be_visible()
    other = desk("analyst").page
    other.goto("/calls/WORDS-1")
    expect(other.locator("#panel-first_line mark")).to_have_count(0)
    expect(other.locator("body")).not_to_contain_text("KNIFE")
