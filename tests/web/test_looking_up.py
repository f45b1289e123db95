"""Search, a person's page, a place's page: what they show, without scripts too; nothing personal in an address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from calling import begin, tell
from looking import axe_clean, screenshot
from playwright.sync_api import expect
from room import WAYS_TO_SEE


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_a_search_finds_the_person_and_shows_the_doubtful_apart(desk: Any, how: str) -> None:
    page = desk("supervisor", java_script_enabled=how == "dark", **WAYS_TO_SEE[how]).page
    page.goto("/search")
    page.get_by_label("Telephone").fill("01632 960 114")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("table", name="Perhaps the same person")).to_contain_text("OLD-4")
    page.get_by_label("Name").fill("Maureen Peck")
    page.get_by_label("Address").fill("14 Larch Road")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("/search$"))
    table = page.get_by_role("table", name="Earlier calls; of a place")
    expect(table).to_contain_text("OLD-4")
    if how == "dark":  # axe needs scripts
        axe_clean(page)
    screenshot(page, f"search-{how}", whole=True)


def test_a_name_alone_is_refused_where_the_form_is(desk: Any) -> None:
    one = desk("handler")
    page = one.page
    page.goto("/search")
    axe_clean(page)
    page.get_by_label("Name").fill("Maureen Peck")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("a name is many people's")
    expect(page.get_by_label("Name")).to_have_value("Maureen Peck")
    axe_clean(page)
    screenshot(page, "search-refused")
    one.errors.clear()  # the browser itself tells of a 422


def test_a_reference_leads_to_the_call(desk: Any) -> None:
    one = desk("supervisor", java_script_enabled=False)
    page = one.page
    page.goto("/search")
    page.get_by_label("Call's reference").fill("old-4")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("/calls/OLD-4$"))
    one.errors.clear()


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_a_persons_page(desk: Any, how: str) -> None:
    page = desk("inspector", **WAYS_TO_SEE[how]).page
    page.goto("/person?call=OLD-4&who=caller")
    expect(page.get_by_role("heading", name="Maureen Peck")).to_be_visible()
    expect(page.get_by_role("table", name="Earlier calls of the person")).to_contain_text("OLD-1")
    expect(page.get_by_role("table", name="By weekday")).to_be_visible()
    expect(page.get_by_role("table", name="What is known")).to_contain_text("alone or isolated")
    expect(page.get_by_role("table", name="Who has looked")).to_contain_text("inspector")
    axe_clean(page)
    screenshot(page, f"person-{how}", whole=True)


def test_a_person_of_whom_next_to_nothing_is_told(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "LITTLE-1")
    tell(page, "LITTLE-1", {"caller.phone": "01632 960 163"})
    page.goto("/person?call=LITTLE-1&who=caller")
    expect(page.get_by_role("heading", name="Nobody gave a name")).to_be_visible()
    expect(page.locator("dl").first).to_contain_text("not told")


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_a_places_page_tells_months_and_no_references(desk: Any, how: str) -> None:
    page = desk("supervisor", **WAYS_TO_SEE[how]).page
    page.goto("/place?call=OLD-4")
    expect(page.get_by_role("table", name="What was reported here")).to_contain_text("2026-06")
    expect(page.locator("main")).not_to_contain_text("OLD-1")
    axe_clean(page)
    screenshot(page, f"place-{how}", whole=True)


def test_without_a_right_to_it_a_persons_page_is_refused(desk: Any) -> None:
    one = desk("analyst")
    answer = one.page.goto("/person?call=OLD-4&who=caller")
    assert answer is not None
    assert answer.status == 403
    expect(one.page.get_by_role("heading", name="Not allowed")).to_be_visible()
    one.errors.clear()
