"""On the card: reaching them again, an order that is in force, a call that broke off, evidence to keep."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from calling import begin
from kept import all_is_sent
from looking import axe_clean, screenshot
from playwright.sync_api import expect

import build
from everycall.flag import Flag
from everycall.store import reference
from everycall.store.store import Store
from everycall.store.writing import writing

ORDER = {
    "kind": "order_in_force",
    "about": {"name": "Maureen Peck", "date_of_birth": "1951-03-02", "phone": "01632 960 114"},
    "source": "civil orders register",
    "recorded_on": date(2026, 4, 1).isoformat(),
    "expires_on": date(2027, 4, 1).isoformat(),
    "text": "D FOSS NOT TO COME WITHIN 100 M OF LARCH ROAD",
}


@pytest.fixture(scope="module")
def ordered(site: Any) -> Any:
    """Let an order be in force for Maureen Peck."""
    store = Store(site.store)
    with writing(store.connection):
        reference.take_flags(store.connection, [Flag.model_validate(ORDER)], build.KNOWN)
    store.close()
    return site


def test_an_order_in_force_is_asked_about_until_it_is_answered(ordered: Any, desk: Any) -> None:
    page = begin(desk("handler").page, "REACH-1")
    orders = page.locator("#panel-orders")
    expect(orders).to_be_empty()
    page.locator("#f-caller-name").fill("Maureen Peck")
    page.locator("#f-caller-phone").fill("01632 960114")
    page.locator("#f-caller-date_of_birth").fill("2/3/1951")
    page.locator("#f-caller-address").fill("14 Larch Road")
    expect(orders).to_contain_text("Is this a breach?")
    expect(orders).to_contain_text("D FOSS NOT TO COME WITHIN 100 M")
    expect(orders).to_contain_text("until 1 April 2027")
    expect(orders).to_contain_text("Not asked yet")
    page.get_by_text("Safe contact, silent or broken off").click()
    axe_clean(page)
    screenshot(page, "contact-1280", whole=True)
    page.get_by_label("Order broken?").select_option("yes")
    expect(orders).not_to_contain_text("Not asked yet")


def test_what_was_agreed_is_kept_and_shown_when_the_card_is_opened_again(ordered: Any, desk: Any) -> None:
    page = begin(desk("handler").page, "REACH-2")
    page.get_by_text("Safe contact, silent or broken off").click()
    page.get_by_label("Safe number").fill("07700 900 118")
    page.get_by_label("At what hours").fill("after six")
    page.get_by_label("Who may answer").fill("nobody else; say it is the dentist")
    page.get_by_label("Interpreter").fill("Polish")
    page.get_by_label("Silent call").select_option("yes")
    page.get_by_label("Rung back").select_option("no_answer")
    page.get_by_label("Advised to keep").fill("cctv, messages")
    page.keyboard.press("Tab")
    all_is_sent(page)
    page.goto("/calls/REACH-2")
    expect(page.get_by_label("Advised to keep")).to_have_value("cctv, messages")
    expect(page.get_by_label("Safe number")).to_have_value("07700 900 118")
    expect(page.get_by_label("Who may answer")).to_have_value("nobody else; say it is the dentist")
    expect(page.get_by_label("Silent call")).to_have_value("yes")
    expect(page.get_by_label("Rung back")).to_have_value("no_answer")


def test_whoever_sees_codes_alone_is_not_told_how_to_reach_them(ordered: Any, desk: Any) -> None:
    page = begin(desk("handler").page, "REACH-3")
    page.get_by_text("Safe contact, silent or broken off").click()
    page.get_by_label("Safe number").fill("07700 900 118")
    page.get_by_label("Safe number").press("Tab")
    all_is_sent(page)
    page.reload()
    expect(page.get_by_label("Safe number")).to_have_value("07700 900 118")
    other = desk("analyst").page
    other.goto("/calls/REACH-3")
    expect(other.locator("h1")).to_contain_text("REACH-3")
    assert "07700" not in other.content()
