"""The card as a plain form: typed, kept, decided and approved with scripts off; and to whoever may only look."""

from __future__ import annotations

import json
from typing import Any

import pytest
from looking import axe_clean, screenshot
from playwright.sync_api import expect


def test_a_call_is_taken_and_decided_without_scripts(desk: Any) -> None:
    one = desk("handler", java_script_enabled=False)
    page = one.page
    page.goto("/calls/new")
    page.get_by_label("Reference").fill("PLAIN-1")
    page.get_by_role("button", name="Begin").click()
    page.locator("#f-caller-name").fill("Maureen Peck")
    page.locator("#f-caller-phone").fill("01632 960 114")
    page.locator("#f-caller-date_of_birth").fill("2.3.1951")
    page.locator("#log-line").fill("LADS IN MY GARDEN AGAIN")
    page.locator('input[name="answers.targeted"][value="yes"]').check()
    page.get_by_role("button", name="Keep what is typed").click()
    expect(page.locator('details[data-keep="repeat"]')).to_contain_text("4 in 12 months")
    expect(page.locator("#panel-log")).to_contain_text("LADS IN MY GARDEN")
    expect(page.locator("#f-caller-date_of_birth")).to_have_value("02/03/1951")
    screenshot(page, "call-without-scripts")
    page.locator("#f-caller-date_of_birth").fill("yesterday")
    page.get_by_role("button", name="Keep what is typed").click()
    expect(page.locator('[data-field="caller.date_of_birth"]')).to_contain_text("is no date")
    one.errors.clear()  # the browser itself tells of a 422
    page.goto("/calls/PLAIN-1")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#panel-standing")).to_contain_text("handler accepted")


def test_a_plain_form_takes_nothing_back_that_another_told_meanwhile(desk: Any) -> None:
    one = desk("handler", java_script_enabled=False)
    page = one.page
    page.goto("/calls/new")
    page.get_by_label("Reference").fill("PLAIN-2")
    page.get_by_role("button", name="Begin").click()
    token = page.locator("#call").get_attribute("data-token") or ""
    headers = {"X-CSRFToken": token, "Everycall-Live": "1", "Content-Type": "application/json"}
    body = json.dumps({"changes": {"caller.phone": "01632 960 114"}})
    assert page.request.post("/calls/PLAIN-2/facts", data=body, headers=headers).status == 200
    page.locator("#f-caller-name").fill("Maureen Peck")
    page.get_by_role("button", name="Keep what is typed").click()
    expect(page.locator("#f-caller-phone")).to_have_value("01632 960 114")
    expect(page.locator("#f-caller-name")).to_have_value("Maureen Peck")


@pytest.mark.parametrize("role", ["analyst", "inspector", "neighbourhood_officer"])
def test_who_may_only_look_sees_no_more_than_is_theirs(desk: Any, role: str) -> None:
    page = desk(role).page
    page.goto("/calls/OPEN-1")
    expect(page.get_by_text("You can look at this call")).to_be_visible()
    assert page.get_by_role("button", name="Accept").count() == 0
    assert page.locator("#log-line").count() == 0
    assert ("Ray Dunmore" in page.content()) is (role == "inspector")
    axe_clean(page)
    screenshot(page, f"call-{role}")
