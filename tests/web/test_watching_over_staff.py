"""The processing log and alerts: who looked, when and why; broken glass is seen by somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from looking import axe_clean, screenshot
from playwright.sync_api import expect
from room import BEGINS, WAYS_TO_SEE, at_the_store

from everycall.access import conflicts, processing
from everycall.access.operations import CONSULTATION
from everycall.access.viewer import Viewer
from everycall.accounts import people


@pytest.fixture(scope="module")
def watched(site: Any) -> Any:
    """A handler looked at two calls, and broke the glass for one."""
    with at_the_store(site) as force:
        connection = force.store.connection
        person = people.known(connection, "handler")
        viewer = Viewer(person.name, person.role, person.number)
        for ref, why in (("OLD-1", "call OLD-1"), ("OLD-2", "a complaint")):
            looked = {CONSULTATION: [ref]}
            processing.log(connection, viewer, looked, ref, why, force.salts, BEGINS)
        conflicts.break_glass(connection, viewer, "OLD-4", "nobody else is on duty", force.salts, BEGINS)
        supervisor = people.known(connection, "supervisor")
        own = Viewer(supervisor.name, supervisor.role, supervisor.number)
        conflicts.break_glass(connection, own, "OLD-3", "nobody else is on duty", force.salts, BEGINS)
    return site


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_the_log_says_who_looked_at_what_when_and_why(desk: Any, watched: Any, how: str) -> None:
    page = desk("inspector", **WAYS_TO_SEE[how]).page
    page.goto("/log")
    table = page.get_by_role("table", name="The processing log")
    expect(table.get_by_role("row", name="OLD-2")).to_contain_text("a complaint")
    axe_clean(page)
    screenshot(page, f"log-{how}", whole=True)


def test_the_log_is_asked_by_person_call_and_day_and_nothing_of_it_stands_in_the_address(
    desk: Any, watched: Any
) -> None:
    page = desk("administrator", java_script_enabled=False).page
    page.goto("/log")
    page.get_by_label("About which call").fill("OLD-1")
    page.get_by_label("By whom").fill("Handler")
    page.get_by_role("button", name="Show").click()
    assert page.url.endswith("/log")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("call OLD-1")
    expect(rows.first.get_by_role("link")).to_have_count(0)
    page.get_by_label("To", exact=True).fill("2026-06-11")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No entry fits")).to_be_visible()
    page.get_by_label("To", exact=True).fill("2026-06-12")
    page.get_by_label("From").fill("2026-06-12")
    page.get_by_role("button", name="Show").click()
    expect(rows).to_have_count(1)


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_an_alert_is_seen_by_somebody_else(desk: Any, watched: Any, how: str) -> None:
    page = desk("supervisor", **WAYS_TO_SEE[how]).page
    page.goto("/alerts")
    own = page.get_by_role("row", name="supervisor")
    expect(own.first).to_contain_text("another person says so")
    axe_clean(page)
    screenshot(page, f"alerts-{how}", whole=True)
    if how == "at-200":  # the last of them
        page.get_by_role("button", name="I have seen it").click()
        expect(page.get_by_role("table", name="Alerts that were seen")).to_contain_text("✓ supervisor")
        expect(page.get_by_role("button", name="I have seen it")).to_have_count(0)
