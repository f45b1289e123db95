"""The server is killed in mid-call, and comes back: nothing typed is lost, and nothing is done twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import begin
from kept import all_is_sent, kept
from looking import axe_clean, screenshot
from playwright.sync_api import Page, Route, expect

from everycall.store.reading import read
from everycall.store.store import Store


class Room:
    """A server that can be killed and started again at the same address, and a handler's window."""

    def __init__(self, started: Any) -> None:
        self.started = started
        self.site, self.desk = started()
        self.store: str = self.site.store
        self.page: Page = self.desk.sign_in("handler")
        self.page.on("dialog", lambda dialog: dialog.accept())

    def begin(self, ref: str) -> Page:
        return begin(self.page, ref)

    def kill(self) -> None:
        self.site.kill()

    def start(self) -> None:
        self.site, _ = self.started(self.site)

    def call(self, ref: str) -> dict[str, Any]:
        """Return what the store has of a call, once nothing waits beside it any more: a busy machine puts aside."""
        aside, until = Path(f"{self.store}-aside"), time.monotonic() + 120
        while aside.exists() and list(aside.glob("*.json")) and time.monotonic() < until:
            time.sleep(0.05)
        store = Store(self.store)
        rows = read(
            store.connection,
            "SELECT v.payload FROM call c JOIN call_version v ON v.call_id = c.id "
            "WHERE c.ref = %s AND v.known_until IS NULL",
            [ref],
        )
        store.close()
        assert rows, f"the store has nothing of it; beside it: {[one.name for one in aside.glob('*')]}"
        found: dict[str, Any] = json.loads(rows[0][0])
        return found

    def versions(self, ref: str) -> int:
        store = Store(self.store)
        ((many,),) = read(
            store.connection,
            "SELECT COUNT(*) FROM call c JOIN call_version v ON v.call_id = c.id WHERE c.ref = %s",
            [ref],
        )
        store.close()
        return int(many)


@pytest.fixture
def room(room_of: Any) -> Iterator[Room]:
    made = Room(room_of)
    yield made
    made.desk.context.close()
    made.site.kill()


def say(page: Page, text: str) -> None:
    page.locator("#log-line").fill(text)
    page.keyboard.press("Enter")


def lines(call: dict[str, Any]) -> list[str]:
    return [one["text"] for one in call["log"]]


def all_sent(room: Room) -> None:
    """Wait until the server has everything: nothing is kept in the browser any more."""
    expect(room.page.locator("#away")).to_be_hidden()
    expect(room.page.locator("#log-waiting")).to_be_hidden()
    all_is_sent(room.page)


def test_killed_in_mid_call_the_card_goes_on_says_so_and_sends_itself_once(room: Room) -> None:
    page = room.begin("AWAY-1")
    say(page, "FIRST LINE, BEFORE")
    page.locator("#f-caller-name").fill("Maureen Peck")
    expect(page.locator("#panel-log")).to_contain_text("FIRST LINE, BEFORE")
    room.kill()

    page.locator("#f-caller-phone").fill("01632 960 114")
    expect(page.locator("#away")).to_contain_text("The server is away")
    say(page, "SECOND LINE, WHILE AWAY")
    say(page, "THIRD LINE, WHILE AWAY")
    page.locator('input[name="answers.happened_before"][value="yes"]').check()
    page.locator("#f-location-address").fill("14 Larch Road")
    expect(page.locator("#log-waiting li")).to_have_count(2)
    expect(page.locator("#log-waiting")).to_contain_text("not sent yet")
    questions = page.locator("[data-question]:visible")
    assert questions.count() == page.locator("[data-question]").count(), (
        "every question of the policy can be asked"
    )
    axe_clean(page)
    screenshot(page, "away-1280")

    room.start()
    all_sent(room)
    call = room.call("AWAY-1")
    assert lines(call) == ["FIRST LINE, BEFORE", "SECOND LINE, WHILE AWAY", "THIRD LINE, WHILE AWAY"]
    assert call["caller"] == {"name": "Maureen Peck", "phone": "01632 960 114"}
    assert call["answers"] == {"happened_before": "yes"}
    assert call["location"]["address"] == "14 Larch Road"
    expect(page.locator('details[data-keep="repeat"] > summary')).to_contain_text("yes")
    screenshot(page, "away-and-back-1280")


def test_killed_between_keeping_and_answering_it_is_kept_once(room: Room) -> None:
    page = room.begin("AWAY-2")
    say(page, "FIRST LINE")
    expect(page.locator("#panel-log")).to_contain_text("FIRST LINE")

    def answer_lost(route: Route) -> None:
        route.fetch()  # the server has it in its record
        room.kill()
        route.abort()  # and nobody ever hears of it

    page.route("**/facts", answer_lost, times=1)
    say(page, "KEPT, AND THE ANSWER LOST")
    expect(page.locator("#away")).to_be_visible()
    before = room.versions("AWAY-2")
    assert lines(room.call("AWAY-2")) == ["FIRST LINE", "KEPT, AND THE ANSWER LOST"]
    room.start()
    all_sent(room)
    assert lines(room.call("AWAY-2")) == ["FIRST LINE", "KEPT, AND THE ANSWER LOST"]
    assert room.versions("AWAY-2") == before, "told again, the same facts make nothing"


def test_reloaded_while_away_and_again_when_it_is_back_everything_is_there(room: Room) -> None:
    page = room.begin("AWAY-3")
    room.kill()
    say(page, "TYPED WHILE AWAY")
    page.locator("#f-caller-name").fill("Maureen Peck")
    page.locator('input[name="answers.targeted"][value="yes"]').check()
    page.locator("#log-line").fill("half a li")
    expect(page.locator("#away")).to_be_visible()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.reload()
    room.start()
    page.goto("/calls/AWAY-3")
    expect(page.locator("#sending")).to_contain_text("What you typed before this page was loaded again")
    expect(page.locator("#log-line")).to_have_value("half a li")
    expect(page.locator("#f-caller-name")).to_have_value("Maureen Peck")
    expect(page.locator("#panel-log")).to_contain_text("TYPED WHILE AWAY")
    page.locator("#log-line").fill("")
    page.keyboard.press("Tab")
    all_sent(room)
    call = room.call("AWAY-3")
    assert lines(call) == ["TYPED WHILE AWAY"]
    assert (call["caller"]["name"], call["answers"]) == ("Maureen Peck", {"targeted": "yes"})


def test_a_date_that_is_only_half_typed_outlives_a_reload(room: Room) -> None:
    page = room.begin("AWAY-4")
    page.locator("#f-caller-date_of_birth").press_sequentially("2/3/19")
    page.reload()
    expect(page.locator("#f-caller-date_of_birth")).to_have_value("2/3/19")


def test_who_has_been_signed_out_meanwhile_loses_nothing(room: Room) -> None:
    page = room.begin("AWAY-5")
    other = room.desk.context.new_page()
    other.goto("/calls/new")
    other.get_by_role("button", name="Sign out").click()
    say(page, "SAID AFTER THE SESSION ENDED")
    expect(page.locator("#away")).to_contain_text("not signed in any more")
    axe_clean(page)
    room.desk.sign_in("handler", other)
    expect(page.locator("#away")).to_contain_text("load the page again")
    page.reload()
    all_sent(room)
    assert lines(room.call("AWAY-5")) == ["SAID AFTER THE SESSION ENDED"]


def test_nothing_of_a_call_stays_in_the_browser_once_the_server_has_it_or_one_signs_out(room: Room) -> None:
    page = room.begin("AWAY-6")
    say(page, "SAID AND KEPT")
    expect(page.locator("#panel-log")).to_contain_text("SAID AND KEPT")
    all_sent(room)
    page.locator("#log-line").fill("begun, and left there")
    page.keyboard.press("Tab")
    assert kept(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "has not been sent" in asked[0]
    assert kept(page) == {}
    assert page.evaluate("localStorage.length + document.cookie.length") == 0


def test_what_one_typed_is_never_sent_by_another(room: Room) -> None:
    page = room.begin("AWAY-7")
    page.evaluate(
        """sessionStorage.setItem("everycall:kept:supervisor:AWAY-7", JSON.stringify({at: Date.now(), begun: {},
        patch: {changes: {}, log: [{at: "2026-06-12T20:10:00Z", text: "ANOTHER'S"}]}}))"""
    )
    page.evaluate(
        """sessionStorage.setItem("everycall:kept:handler:OLD", JSON.stringify({at: Date.now() - 14 * 3600000}))"""
    )
    page.reload()
    say(page, "MY OWN")
    expect(page.locator("#panel-log")).to_contain_text("MY OWN")
    assert lines(room.call("AWAY-7")) == ["MY OWN"]
    assert "everycall:kept:handler:OLD" not in kept(page), "what is too old is thrown away"


def test_what_the_server_will_never_take_stands_there_to_be_copied(room: Room) -> None:
    page = room.begin("AWAY-10")
    page.route(
        "**/facts", lambda route: route.fulfill(status=404, json={"error": {"code": "not_found"}}), times=1
    )
    say(page, "SAID, AND REFUSED")
    expect(page.locator("#refused")).to_contain_text("SAID, AND REFUSED")
    axe_clean(page)
    room.desk.errors.clear()  # the browser writes down that it was told 404


def test_a_decision_while_away_is_said_to_be_none(room: Room) -> None:
    page = room.begin("AWAY-8")
    say(page, "NEIGHBOUR SHOUTING")
    expect(page.locator("#panel-log")).to_contain_text("NEIGHBOUR SHOUTING")
    room.kill()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#decide-problem")).to_contain_text("The server is away")
    room.start()


def test_in_every_light(room: Room) -> None:
    page = room.begin("AWAY-9")
    room.kill()
    say(page, "TYPED WHILE AWAY")
    expect(page.locator("#away")).to_be_visible()
    for name, how in (("dark", {"color_scheme": "dark"}), ("forced", {"forced_colors": "active"})):
        page.emulate_media(**how)  # type: ignore[arg-type]
        axe_clean(page)
        screenshot(page, f"away-{name}-1280")
    page.set_viewport_size({"width": 640, "height": 720})
    axe_clean(page)
    screenshot(page, "away-200")
    room.start()
