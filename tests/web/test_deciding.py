"""Deciding at the screen: the same person or not, otherwise than recommended, and a supervisor's approval."""

from __future__ import annotations

import time
from typing import Any

from calling import PECK, begin, opened, row, tell
from looking import axe_clean, screenshot
from playwright.sync_api import expect


def test_a_match_is_confirmed_by_one_key(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "SAME-1")
    tell(page, "SAME-1", PECK, ["KIDS KICKING HER DOOR"])
    expect(row(page, "repeat")).to_contain_text("4 in 12 months")
    why = opened(page, "repeat")
    expect(why).to_contain_text("The same person as in OLD-5?")
    screenshot(page, "call-same-person")
    axe_clean(page)
    page.keyboard.press("Tab")
    page.keyboard.press("y")
    expect(row(page, "repeat")).to_contain_text("5 in 12 months")
    expect(why).not_to_contain_text("The same person as in OLD-5?")
    expect(why).to_contain_text("confirmed")
    expect(page.locator('details[data-keep="repeat"]')).to_have_attribute("open", "")


def test_what_was_accepted_says_so_until_something_else_is_recommended(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "ACCEPT-1")
    tell(page, "ACCEPT-1", PECK, ["MUSIC AGAIN"])
    accept = page.locator("#accept button[name=accept]")
    expect(accept).to_have_class("main")
    page.keyboard.press("Control+Enter")
    expect(accept).to_contain_text("Accepted:")
    expect(accept).to_have_class("quiet")
    page.reload()
    expect(accept).to_contain_text("Accepted:")
    page.locator("#log-line").focus()
    page.keyboard.type("HE HAS A KNIFE AND IS KICKING THE DOOR IN")
    page.keyboard.press("Enter")
    expect(row(page, "grade")).to_contain_text("Emergency")
    expect(accept).to_have_class("main")
    expect(accept).not_to_contain_text("Accepted")


def test_lowering_waits_for_a_supervisor_who_approves(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "LOWER-1")
    tell(
        page,
        "LOWER-1",
        {**PECK, "answers.targeted": "yes", "answers.happened_before": "yes"},
        ["LIVES ALONE, TERRIFIED"],
    )
    expect(row(page, "grade")).to_contain_text("Priority")
    page.keyboard.press("F8")
    expect(page.locator("#d-grade")).to_be_focused()
    page.keyboard.type("Sch")
    page.keyboard.press("Tab")
    page.keyboard.type("con")
    page.keyboard.press("Control+Enter")  # no reason yet: nothing is sent
    expect(page.locator("#panel-standing")).to_contain_text("nobody has decided yet")
    page.locator("#d-reason").focus()
    page.keyboard.type("res")
    page.keyboard.press("Tab")
    page.keyboard.type("NO CAR FREE BEFORE TEN")
    screenshot(page, "call-otherwise")
    axe_clean(page)
    page.keyboard.press("Control+Enter")
    standing = page.locator("#panel-standing")
    expect(standing).to_contain_text("Waits for a supervisor")
    expect(standing).to_contain_text("Stands: Priority, now")
    expect(standing).to_contain_text("NO CAR FREE BEFORE TEN")
    screenshot(page, "call-waits")

    boss = desk("supervisor").page
    boss.goto("/calls/LOWER-1")
    expect(boss.locator("#accept button[name=accept]")).to_have_class(
        "quiet"
    )  # approving is what there is to do
    screenshot(boss, "call-supervisor")
    axe_clean(boss)
    boss.get_by_role("button", name="Approve").press("Enter")
    expect(boss.locator("#panel-standing")).to_contain_text("Approved by supervisor")
    expect(boss.locator("#panel-standing")).to_contain_text("Stands: Scheduled, contact")
    expect(standing).to_contain_text("Approved by supervisor")  # the handler is told without asking


def test_nothing_is_decided_on_what_was_not_seen(desk: Any) -> None:
    one = desk("handler")
    page = one.page
    begin(page, "SEEN-1")
    page.locator("#accept input[name=seen]").evaluate("one => one.value = 'emergency now 2026'")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide-problem")).to_contain_text("has changed since you looked")
    expect(page.locator("#panel-standing")).to_contain_text("nobody has decided yet")
    one.errors.clear()  # the browser itself tells of a 409


def test_the_reasons_are_copied_by_one_key(desk: Any) -> None:
    one = desk("handler")
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = one.page
    begin(page, "COPY-1")
    tell(page, "COPY-1", PECK, ["LADS IN THE GARDEN"])
    page.keyboard.press("F9")
    expect(page.locator("#sending")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("THRIVE: ")


def test_how_long_it_was_looked_at_and_how_often_changed_is_kept(desk: Any, site: Any) -> None:
    from everycall.store import decisions
    from everycall.store.store import Store

    page = desk("handler").page
    before = time.monotonic()
    begin(page, "KEPT-1")
    page.locator("#f-caller-name").fill("Maureen Peck")
    page.locator("#f-caller-phone").fill("01632 960 114")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#panel-standing")).to_contain_text("accepted")
    store = Store(site.store)
    kept = decisions.last_decision(store.connection, "KEPT-1")
    store.close()
    assert kept is not None
    assert kept.body["edits"] == 2
    assert 0 <= kept.body["seconds_on_screen"] <= time.monotonic() - before + 1


def test_who_is_in_conflict_breaks_the_glass_or_sees_nothing(desk: Any, site: Any) -> None:
    from datetime import UTC, datetime

    from everycall.access import conflicts
    from everycall.accounts import people
    from everycall.store.store import Store

    store = Store(site.store)
    account = people.known(store.connection, "supervisor").number
    who = {"name": "Ray Dunmore", "phone": "01632 960 171"}
    conflicts.add(store.connection, account, who, "his sister", datetime(2026, 6, 12, tzinfo=UTC))
    store.close()
    one = desk("supervisor")
    page = one.page
    page.goto("/calls/OPEN-1")
    expect(page.get_by_text("You are in conflict with this call")).to_be_visible()
    assert "Dunmore" not in page.content()
    axe_clean(page)
    screenshot(page, "call-conflict")
    page.get_by_label("Why do you need to see it?").fill("NOBODY ELSE IS HERE TO LOOK")
    page.keyboard.press("Enter")
    expect(page.locator("#f-caller-name")).to_have_value("Ray Dunmore")
    one.errors.clear()  # the browser itself tells of a 403
