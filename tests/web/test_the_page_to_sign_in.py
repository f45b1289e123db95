"""Signing in and out at the screens, with scripts and without; errors are pages; nothing comes from outside."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from looking import axe_clean, screenshot
from playwright.sync_api import expect
from site_served import BEGINS, PASSWORD

from everycall.accounts import people
from everycall.store.store import Store


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_handler_signs_in_and_out(desk: Any, scripts: bool) -> None:
    one = desk("handler", java_script_enabled=scripts)
    expect(one.page.locator(".who")).to_contain_text("handler")
    one.page.get_by_role("button", name="Sign out").click()
    expect(one.page).to_have_url(re.compile("/sign-in$"))
    one.page.goto("/")
    expect(one.page).to_have_url(re.compile("/sign-in$"))


def test_a_wrong_password_is_told_where_the_form_is(desk: Any) -> None:
    one = desk()
    page = one.page
    page.goto("/sign-in")
    axe_clean(page)
    screenshot(page, "sign-in")
    page.get_by_label("Name").fill("handler")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("the password is wrong")
    expect(page.get_by_label("Name")).to_have_value("handler")
    axe_clean(page)
    screenshot(page, "sign-in-wrong")
    one.errors.clear()  # the browser itself tells of a 401


def test_who_is_not_signed_in_goes_on_to_where_they_were_going(desk: Any) -> None:
    page = desk().page
    page.goto("/?x=1")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    for foreign in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        page.goto(f"/sign-in?next={foreign}")
        assert page.locator("input[name=next]").get_attribute("value") == "/"


def test_what_is_not_there_is_a_page_of_the_same_look(desk: Any) -> None:
    one = desk("handler")
    answer = one.page.goto("/nothing-here")
    assert answer is not None
    assert answer.status == 404
    expect(one.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    axe_clean(one.page)
    screenshot(one.page, "refused")
    one.errors.clear()  # the browser itself tells of a 404


def test_our_own_files_are_small_kept_and_of_this_server(desk: Any, site: Any) -> None:
    one = desk()
    sizes = []
    one.page.on("response", lambda answer: sizes.append(answer))
    one.page.goto("/sign-in")
    assert all(answer.url.startswith(site.url) for answer in sizes)
    styles = next(answer for answer in sizes if answer.url.endswith("everycall.css"))
    assert styles.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert styles.headers["content-encoding"] == "gzip"
    assert sum(len(gzip.compress(answer.body())) for answer in sizes) < 150_000


def test_somebody_chooses_another_password_and_is_signed_out_elsewhere(desk: Any, site: Any) -> None:
    store = Store(site.store)
    people.add(store.connection, "changer", "handler", BEGINS, PASSWORD)
    store.close()
    one, elsewhere = desk("changer"), desk("changer")
    page = one.page
    page.get_by_role("link", name="changer").click()
    axe_clean(page)
    for old, new, again, told in (
        ("not this one at all", "a new one for me", "a new one for me", "is wrong"),
        (PASSWORD, "a new one for me", "another for me", "is not the same"),
        (PASSWORD, "changer-changer", "changer-changer", "The new one"),
    ):
        page.get_by_label("The password you have now").fill(old)
        page.get_by_label("The new one", exact=False).first.fill(new)
        page.get_by_label("The new one again").fill(again)
        page.get_by_role("button", name="Change it").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
    screenshot(page, "password")
    page.get_by_label("The password you have now").fill(PASSWORD)
    page.get_by_label("The new one", exact=False).first.fill("a new one for me")
    page.get_by_label("The new one again").fill("a new one for me")
    page.get_by_role("button", name="Change it").click()
    expect(page).not_to_have_url(re.compile("/password$"))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    elsewhere.page.goto("/password")
    expect(elsewhere.page).to_have_url(re.compile("/sign-in"))
    one.errors.clear()  # the browser itself tells of a 422
