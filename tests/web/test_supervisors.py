"""The supervisors' board: what is open, late and undecided, what waits for them; live, and without scripts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from looking import axe_clean, screenshot
from playwright.sync_api import expect
from room import BEGINS, LESS, VULNERABLE, WAYS_TO_SEE, decided, in_conflict, taken

NIA = {
    "name": "Nia Odum", "phone": "07700 900 456", "address": "3 Quay Lane", "postcode": "PE30 9ZZ", "role": "victim",
}  # fmt: skip
AT_NIAS = {"address": "3 Quay Lane", "postcode": "PE30 9ZZ"}
HIGH_HARM = VULNERABLE | {
    "how_often": "daily", "impact": "extreme", "targeted": "yes", "getting_worse": "yes", "threat_made": "yes",
    "support_network": "isolated", "health_affected": "both", "frightened_now": "yes", "known_perpetrator": "yes",
    "hate": "yes",
}  # fmt: skip


@pytest.fixture(scope="module")
def room(site: Any) -> Any:
    """A room with calls that are late, of high harm, waiting, and a burst."""
    early = BEGINS - timedelta(hours=3)
    taken(site, "LATE-1", at=early, received_at="2026-06-12T18:04:00+01:00", answers=VULNERABLE)
    taken(site, "HARM-1", caller=NIA, location=AT_NIAS, answers=HIGH_HARM)
    taken(site, "WAITS-1", caller=NIA, location=AT_NIAS, answers=VULNERABLE)
    decided(site, "WAITS-1", **LESS)
    for number in range(3):
        taken(
            site,
            f"BURST-{number}",
            at=BEGINS - timedelta(minutes=50 - number),
            received_at=f"2026-06-12T20:1{number}:00+01:00",
            caller=NIA,
            location=AT_NIAS,
            status="closed",
            closed_as="advice",
        )
    taken(site, "BURST-9", caller=NIA, location=AT_NIAS, category="asb_personal")
    return site


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_what_the_board_shows(desk: Any, room: Any, how: str) -> None:
    page = desk("supervisor", **WAYS_TO_SEE[how]).page
    page.goto("/supervisors")
    expect(page.locator("#said")).to_contain_text("1 late")
    late = page.locator("#needing tr", has_text="LATE-1")
    expect(late).to_contain_text("late: needs a new risk assessment")
    expect(page.locator("#needing tr", has_text="HARM-1")).to_contain_text("high harm, nobody has decided")
    expect(page.locator("#waits")).to_contain_text("vulnerable")
    expect(page.locator("#bursts tbody tr")).to_have_count(1)
    axe_clean(page)
    screenshot(page, f"supervisors-{how}", whole=True)
    first, second = page.locator("#open tbody tr").all()[:2]
    expect(first).to_contain_text("never assessed")
    expect(first).to_contain_text("not looked")
    expect(second).to_contain_text("Priority")
    text = page.locator("main").inner_text()
    for personal in ("Peck", "Odum", "Larch", "Quay", "960 114", "YOUTHS"):
        assert personal not in text


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_supervisor_refuses_and_approves_on_the_spot(desk: Any, room: Any, scripts: bool) -> None:
    ref = f"SAY-{scripts}"
    taken(room, ref, answers=VULNERABLE)
    decided(room, ref, **LESS)
    page = desk("supervisor", java_script_enabled=scripts).page
    page.goto("/supervisors")
    waits = page.locator("article", has_text=ref)
    waits.get_by_label("Why not").select_option("risk_higher")
    waits.get_by_role("button", name=f"Refuse {ref}").click()
    expect(page).to_have_url(re.compile("/supervisors#waits$"))
    expect(page.locator("article", has_text=ref)).to_have_count(0)
    expect(page.locator("#open tr", has_text=ref)).to_contain_text("Priority")
    decided(room, ref, seconds=0.8, **LESS)
    page.goto("/supervisors")
    page.get_by_role("button", name=f"Approve {ref}").click()
    expect(page.locator("#open tr", has_text=ref)).to_contain_text("Scheduled")
    page.goto("/supervisors/decisions")
    row = page.locator("tr", has_text=ref).first
    expect(row).to_contain_text("approved by supervisor")


def test_a_burst_is_looked_at_once_and_later_contacts_join_it(desk: Any, room: Any) -> None:
    page = desk("supervisor", java_script_enabled=False).page
    page.goto("/supervisors")
    burst = page.locator("#bursts tbody tr", has_text="BURST-9")
    burst.get_by_role("button").click()
    expect(burst).to_contain_text("by supervisor")
    expect(burst.get_by_role("button")).to_have_count(0)


@pytest.fixture(scope="module")
def quick(room: Any) -> Any:
    """Somebody who accepts within a second, twenty times."""
    for number in range(20):
        taken(room, f"QUICK-{number}", caller=NIA, answers=VULNERABLE, status="closed")
        decided(room, f"QUICK-{number}", by="c2002")
    return room


@pytest.mark.parametrize("how", WAYS_TO_SEE)
def test_how_decisions_are_made(desk: Any, quick: Any, how: str) -> None:
    page = desk("supervisor", **WAYS_TO_SEE[how]).page
    page.goto("/supervisors/decisions")
    axe_clean(page)
    screenshot(page, f"supervisors-decisions-{how}", whole=True)
    expect(page.locator("tr", has_text="c2002")).to_contain_text("nearly always within seconds")
    expect(page.get_by_role("row", name=re.compile("^c1001 "))).to_contain_text("too few to say")


def test_who_is_in_conflict_sees_grade_and_time_alone(desk: Any, room: Any) -> None:
    taken(room, "KIN-1", answers=VULNERABLE, caller=NIA | {"name": "Odd Man", "phone": "07700 900 777"})
    decided(room, "KIN-1", **LESS)
    in_conflict(room, "supervisor", {"phone": "07700 900 777"})
    page = desk("supervisor").page
    page.goto("/supervisors")
    expect(page.locator("#open tr", has_text="KIN-1")).to_contain_text("you are in conflict")
    expect(page.locator("article", has_text="KIN-1")).to_have_count(0)


def test_the_board_is_live_and_does_not_take_away_what_is_being_chosen(desk: Any, room: Any) -> None:
    taken(room, "HOLD-1", answers=VULNERABLE)
    decided(room, "HOLD-1", **LESS)
    page = desk("supervisor").page
    page.goto("/supervisors")
    expect(page.locator("#live-state")).to_contain_text("Live")
    choice = page.locator("article", has_text="HOLD-1").get_by_label("Why not")
    choice.select_option("resources")
    taken(room, "NEWEST-1")
    expect(page.locator("#open tr", has_text="NEWEST-1")).to_be_visible()
    expect(choice).to_have_value("resources")
