"""Settings: the policy as a chief inspector reads it; people, systems and conflicts as an administrator does."""

from __future__ import annotations

from typing import Any

import pytest
from looking import axe_clean, screenshot
from playwright.sync_api import expect
from room import BEGINS, WAYS_TO_SEE, at_the_store

from everycall.accounts import people, tokens
from everycall.telling import webhooks

NEW = "only-for-these-tests-8"


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_the_policy_is_told_in_words_with_its_checks(desk: Any, how: str) -> None:
    page = desk("inspector", **WAYS_TO_SEE[how]).page
    page.goto("/settings/policy")
    while page.locator("#checks", has_text="still running").count():
        page.get_by_role("link", name="look again").click()
    expect(page.locator("#checks")).to_contain_text("Sound")
    table = page.get_by_role("table", name="The grade table, from the top")
    expect(table).to_contain_text("Immediate danger")
    expect(table).to_contain_text("or that is not known")
    expect(page.locator("#harm")).to_contain_text("high from 23")
    axe_clean(page)
    screenshot(page, f"policy-{how}", whole=True)


@pytest.fixture
def admin(desk: Any) -> Any:
    """Return an administrator's page without scripts."""
    one = desk("administrator", java_script_enabled=False)
    yield one.page
    one.errors.clear()  # the browser itself tells of a 422


@pytest.fixture(scope="module")
def with_systems(site: Any) -> Any:
    """A system with a token, and one that is told of decisions."""
    with at_the_store(site) as force:
        connection = force.store.connection
        tokens.make(connection, "STORM", ["assess", "decide"], BEGINS)
        webhooks.add(connection, "https://cad.example/told", ["everycall.decision.made"], BEGINS)
    return site


def test_an_administrator_adds_changes_and_closes_an_account(desk: Any, admin: Any, site: Any) -> None:
    admin.goto("/settings/people")
    form = admin.get_by_role("region", name="Add somebody")
    form.get_by_label("Name").fill("C7777")
    form.get_by_label("Role").select_option("handler")
    form.get_by_label("Password").fill(NEW)
    form.get_by_role("button", name="Add").click()
    row = admin.get_by_role("row", name="c7777")
    expect(row).to_contain_text("handler")
    row.locator("summary").click()
    row.get_by_label("Role").select_option("supervisor")
    row.get_by_label("District").fill("Fenside")
    row.get_by_role("button", name="Change role and district").click()
    expect(row).to_contain_text("supervisor")
    expect(row).to_contain_text("Fenside")
    row.locator("summary").click()
    row.get_by_label("The name stays taken").check()
    row.get_by_role("button", name="Close c7777").click()
    expect(row).to_contain_text("closed")
    with at_the_store(site) as force:
        assert people.known(force.store.connection, "c7777").closed_at is not None


def test_what_cannot_be_is_told_where_the_form_is(desk: Any) -> None:
    one = desk("administrator")
    page = one.page
    page.goto("/settings/people")
    form = page.get_by_role("region", name="Add somebody")
    form.get_by_label("Name").fill("handler")
    form.get_by_label("Role").select_option("handler")
    form.get_by_label("Password").fill("short")
    form.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("there is an account of that name already")
    expect(form.get_by_label("Name")).to_have_value("handler")
    expect(form.get_by_label("Password")).to_have_value("")
    axe_clean(page)
    one.errors.clear()  # the browser itself tells of a 422


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_people_systems_and_conflicts_can_be_read_by_everybody(
    desk: Any, with_systems: Any, how: str
) -> None:
    page = desk("administrator", **WAYS_TO_SEE[how]).page
    for path in ("people", "systems", "conflicts"):
        page.goto(f"/settings/{path}")
        axe_clean(page)
        screenshot(page, f"settings-{path}-{how}", whole=True)
    page.goto("/settings/systems")
    expect(page.get_by_role("table", name="Tokens of systems")).to_contain_text("STORM")
    expect(page.get_by_role("table", name="Webhooks")).to_contain_text("cad.example")


def test_a_conflict_is_kept_and_ended_and_never_tells_with_whom(admin: Any) -> None:
    admin.goto("/settings/conflicts")
    form = admin.get_by_role("region", name="Keep another")
    form.get_by_label("Who").select_option("handler")
    form.get_by_label("Why").fill("a neighbour")
    form.get_by_role("button", name="Keep").click()
    expect(admin.get_by_role("alert")).to_contain_text("needs a phone")
    form.get_by_label("Telephone").fill("07700 900 321")
    form.get_by_role("button", name="Keep").click()
    row = admin.get_by_role("row", name="handler a neighbour")
    expect(row).to_be_visible()
    expect(admin.locator("main")).not_to_contain_text("900 321")
    row.get_by_role("button").click()
    expect(admin.get_by_text("Nobody has a conflict")).to_be_visible()
