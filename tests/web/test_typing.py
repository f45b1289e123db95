"""What a handler types stays theirs: it is never written over, no key is taken from a field, and it is said once."""

from __future__ import annotations

import json
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any

import pytest
from calling import PECK, begin, row, sent, tell
from playwright.sync_api import expect

from everycall.accounts import tokens
from everycall.store.store import Store


@pytest.fixture(scope="module")
def told_by_a_system(site: Any) -> Any:
    """Return what tells more of a call as another system does, by its token."""
    opened = Store(site.store)
    token = tokens.make(opened.connection, "STORM", ["assess"], datetime(2026, 6, 12, tzinfo=UTC))
    opened.close()

    def patch(ref: str, **facts: Any) -> None:
        request = urllib.request.Request(
            f"{site.url}/api/v1/calls/{ref}",
            json.dumps(facts).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/merge-patch+json"},
            method="PATCH",
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            assert answer.status == 200

    return patch


def test_no_letter_is_taken_from_a_field(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-1")
    page.get_by_label("Name", exact=True).first.focus()
    page.keyboard.type("/?ynur=1 Peck")
    expect(page.locator("#f-caller-name")).to_have_value("/?ynur=1 Peck")
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("input[type=radio]:checked").count() == 0


def test_focus_and_what_is_being_typed_are_never_touched(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-2")
    expect(row(page, "repeat")).to_contain_text("needs a phone")
    page.keyboard.type("YOUTHS THROWING STONES AT HER WINDOW", delay=20)
    page.keyboard.press("Enter")
    page.keyboard.type("AND SHE IS FRIGHTENED", delay=40)
    expect(page.locator("#panel-log li")).to_have_count(1)
    expect(page.locator("#log-line")).to_be_focused()
    expect(page.locator("#log-line")).to_have_value("AND SHE IS FRIGHTENED")


def test_a_late_position_moves_it_and_says_so_and_typed_fields_stay(desk: Any, told_by_a_system: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-3")
    address = page.get_by_label("Where it happens")
    address.fill("14 Larch Road")
    page.locator("#f-location-postcode").fill("PE13 9ZZ")
    expect(row(page, "repeat")).not_to_contain_text("needs a phone")
    told_by_a_system(
        "TYPE-3",
        location={
            "latitude": 52.661,
            "longitude": 0.161,
            "accuracy_m": 25,
            "source": "AML",
            "address": "Larch Rd",
        },
        caller={"phone": "01632 960 114"},
    )
    expect(page.locator("#sending")).to_contain_text("position has changed")
    expect(address).to_have_value("14 Larch Road")
    expect(page.locator('[data-field="location.address"]')).to_contain_text("yours stands")
    expect(page.locator("#f-caller-phone")).to_have_value("01632 960 114")  # nobody had typed there
    until = time.monotonic() + 120
    while 'value="14 Larch Road"' not in page.request.get("/calls/TYPE-3").text():
        assert time.monotonic() < until, "the handler's word is not told again"
        page.wait_for_timeout(200)
    page.reload()
    expect(address).to_have_value("14 Larch Road")


def test_a_field_that_cannot_be_used_says_so_and_the_rest_is_taken(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-4")
    page.locator("#f-caller-name").fill("Maureen Peck")
    page.locator("#f-caller-date_of_birth").fill("31/2/1951")
    page.keyboard.press("Tab")
    expect(page.locator('[data-field="caller.date_of_birth"]')).to_contain_text("is no day of the calendar")
    page.locator("#f-caller-date_of_birth").fill("2/3/51")
    page.keyboard.press("Tab")
    expect(page.locator('[data-field="caller.date_of_birth"] .problem-of')).to_be_hidden()
    page.reload()
    expect(page.locator("#f-caller-date_of_birth")).to_have_value("02/03/1951")
    expect(page.locator("#f-caller-name")).to_have_value("Maureen Peck")


def test_the_grade_is_said_once_when_it_changes(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-5")
    page.evaluate(
        "window.heard = []; new MutationObserver(() => heard.push(document.getElementById('say').textContent))"
        ".observe(document.getElementById('say'), {childList: true, characterData: true, subtree: true})"
    )
    page.keyboard.type("SOMEONE IS HURTING ME")
    page.keyboard.press("Enter")
    page.get_by_role("group", name="danger right now").get_by_label("yes").check()
    expect(row(page, "grade")).to_contain_text("Emergency")
    for typed in ("Mo", "Mo Peck", "Maureen Peck"):
        page.locator("#f-caller-name").fill(typed)
        page.wait_for_timeout(300)
    heard = [one for one in page.evaluate("heard") if "Emergency" in one]
    assert len(heard) == 1, heard


def test_a_command_fills_a_field_and_answers_a_question(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-6")
    for typed in ("name Mo Peck", "answer targeted yes", "category asb nuisance"):
        page.keyboard.press("Control+k")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.locator("#f-caller-name")).to_have_value("Mo Peck")
    expect(page.locator('input[name="answers.targeted"][value="yes"]')).to_be_checked()
    expect(page.locator("#f-category")).to_have_value("asb_nuisance")
    page.keyboard.press("Control+k")
    page.keyboard.type("why vuln")
    page.keyboard.press("Enter")
    expect(page.locator('details[data-keep="vulnerable"]')).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator('details[data-keep="vulnerable"]')).not_to_have_attribute("open", "")


def test_an_answer_is_taken_back_by_backspace(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "TYPE-7")
    tell(page, "TYPE-7", {**PECK, "answers.targeted": "yes"})
    page.locator('input[name="answers.targeted"][value="yes"]').focus()
    page.keyboard.press("Backspace")
    expect(page.locator("#panel-first_line")).not_to_contain_text("targeted (answered)")
    page.reload()
    expect(page.locator('input[name="answers.targeted"]:checked')).to_have_count(0)


def test_what_is_no_change_of_a_card_is_refused(desk: Any) -> None:
    one = desk("handler")
    begin(one.page, "TYPE-8")
    for body in ([], {"changes": {"caller.name": 5}}, {"log": [{"text": None}]}, {"changes": []}):
        assert sent(one.page, "/calls/TYPE-8/facts", body).status == 422
    answer = sent(
        one.page, "/calls/TYPE-8/facts", {"changes": {"handler": "c9999", "answers.hate": "perhaps"}}
    )
    assert answer.status == 200
    assert set(answer.json()["problems"]) == {"handler", "answers.hate"}
