"""A call from the ring to the decision, by keyboard alone; what follows is shown while it is typed."""

from __future__ import annotations

import re
from typing import Any

from calling import begin, row
from looking import axe_clean, screenshot
from playwright.sync_api import expect

ANSWERS = {"safe_to_talk": "y", "who_is_affected": "1", "happened_before": "y", "personal_circumstances": "y"}
"""The key that answers a question; any other is answered no."""


def test_a_whole_call_by_keyboard_from_ring_to_decision(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "KEYS-1")
    expect(page.locator("#log-line")).to_be_focused()
    expect(row(page, "repeat")).to_contain_text("needs a phone")
    screenshot(page, "call-ring-1280")
    axe_clean(page)

    page.keyboard.type("CALLER STATES NEIGHBOUR BANGING ON WALL AGAIN. LIVES ALONE, FRIGHTENED TO GO OUT")
    page.keyboard.press("Enter")
    expect(page.locator("#log-line")).to_have_value("")
    expect(page.locator("#panel-log mark").first).to_be_visible()
    expect(row(page, "vulnerable")).to_contain_text("alone or isolated")

    for typed in ("Maureen Peck", "01632 960114", "2/3/1951", "14 Larch Road", "pe13 9zz"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    expect(row(page, "repeat")).to_contain_text(re.compile(r"[2-5] in 12 months"))
    page.keyboard.press("Tab")
    page.keyboard.type("vic")
    page.keyboard.press("Tab")
    page.keyboard.press("=")
    expect(page.get_by_label("Where it happens")).to_have_value("14 Larch Road")

    page.keyboard.press("F4")
    for _ in range(6):
        focused = page.evaluate("document.activeElement.closest('[data-question]')?.dataset.question ?? ''")
        if not focused:
            break
        page.keyboard.press(ANSWERS.get(focused, "n"))
    expect(page.locator('input[name="answers.safe_to_talk"][value="yes"]')).to_be_checked()
    screenshot(page, "call-answered-1280")

    grade = row(page, "grade")
    expect(grade).to_contain_text("Priority")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel-standing")).to_contain_text("handler accepted what was recommended")
    expect(page.locator("#sending")).to_contain_text("Decided")
    screenshot(page, "call-decided-1280")
    axe_clean(page)


def test_an_address_mended_later_is_mended_where_it_happens_too(desk: Any) -> None:
    """A car sent to the address that was misheard first comes to nobody."""
    page = desk("handler").page
    begin(page, "MENDED-1")
    lives, happens = page.get_by_label("Lives at").first, page.get_by_label("Where it happens")
    lives.fill("99 Wrong Street")
    happens.press("=")
    expect(happens).to_have_value("99 Wrong Street")
    lives.fill("14 Larch Road")
    expect(happens).to_have_value("14 Larch Road")
    page.locator('[name="location.postcode"]').fill("PE13 9ZZ")
    lives.fill("16 Larch Road")
    expect(happens).to_have_value("14 Larch Road")
    page.reload()
    expect(happens).to_have_value("14 Larch Road")
    expect(lives).to_have_value("16 Larch Road")
