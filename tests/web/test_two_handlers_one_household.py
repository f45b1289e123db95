"""Two handlers have one household on the line: each sees the other's call; a decision is approved on the board."""

from __future__ import annotations

import re
from typing import Any

import pytest
from calling import PECK, begin, row, sent, tell
from looking import screenshot
from playwright.sync_api import expect
from room import BEGINS, LESS, at_the_store
from site_served import PASSWORD

from everycall.accounts import people

DORA = {
    "caller.name": "Dora Peck", "caller.phone": "07700 900 123", "caller.address": "14 Larch Road",
    "caller.postcode": "PE13 9ZZ", "caller.role": "victim", "answers.personal_circumstances": "yes",
    "answers.happened_before": "yes", "answers.happening_now": "yes",
}  # fmt: skip


@pytest.fixture(scope="module")
def second(site: Any) -> str:
    """A second handler."""
    with at_the_store(site) as force:
        people.add(force.store.connection, "second", "handler", BEGINS, PASSWORD)
    return "second"


def test_each_sees_the_others_call_and_a_supervisor_what_was_decided(
    desk: Any, site: Any, second: str
) -> None:
    one, other, board = desk("handler").page, desk(second).page, desk("supervisor").page
    board.goto("/supervisors")
    expect(board.locator("#live-state")).to_contain_text("Live")

    begin(one, "BOTH-1")
    tell(one, "BOTH-1", PECK, ["CLR SAYS NEIGHBOUR IS AT IT AGAIN"])
    expect(board.locator("#open tr", has_text="BOTH-1")).to_be_visible()
    expect(row(one, "repeat")).to_contain_text("in 12 months")
    expect(one.locator("main")).not_to_contain_text("BOTH-2")

    begin(other, "BOTH-2")
    tell(other, "BOTH-2", DORA, ["NEIGHBOUR BANGING ON WALL"])
    expect(one.locator("#sending")).to_contain_text("Open now, perhaps about the same: BOTH-2")
    expect(row(one, "open_now")).to_contain_text("BOTH-2")
    expect(other.locator("main")).to_contain_text("BOTH-1")
    screenshot(one, "two-handlers-one")
    screenshot(other, "two-handlers-other")

    less = {"grade_given": LESS["grade"], "attendance": LESS["attendance"], "reason": LESS["reason"]}
    answer = sent(other, "/api/v1/calls/BOTH-2/decision", less)
    assert answer.status == 200, answer.text()
    waits = board.locator("article", has_text="BOTH-2")
    expect(waits).to_contain_text("risk lower")
    waits.get_by_role("button", name="Approve BOTH-2").click()
    expect(board).to_have_url(re.compile("/supervisors#waits$"))
    expect(board.locator("article", has_text="BOTH-2")).to_have_count(0)
    expect(other.locator("#panel-standing")).to_contain_text("supervisor")
    screenshot(board, "two-handlers-board")
