"""In the night in which the clocks go back, what came earlier still counts as earlier."""

from __future__ import annotations

from datetime import datetime

import build
from everycall.force import Force

EARLIER = "2026-10-25T01:55:00+01:00"
TEN_MINUTES_LATER = "2026-10-25T01:05:00+00:00"


def _asked(where: str) -> tuple[int, bool, set[str | None]]:
    force: Force = build.force_at(where)
    build.take(
        force,
        build.call("OLD", received_at=EARLIER),
        at=build.call(received_at=EARLIER).received_at,
    )
    now = datetime.fromisoformat("2026-10-25T01:06:00+00:00")
    told = build.assess(force, at=now, dry_run=True, received_at=TEN_MINUTES_LATER)
    force.store.close()
    same_event = any(one.because == "same event" for one in told.open_now)
    return told.repeat.burst.last_24h, same_event, {one.from_call for one in told.vulnerability.findings}


def test_a_contact_ten_minutes_before_is_counted_and_is_the_same_event(sqlite_store: str) -> None:
    contacts, same_event, _ = _asked(sqlite_store)
    assert contacts == 2
    assert same_event


def test_what_a_call_ten_minutes_before_told_is_carried(sqlite_store: str) -> None:
    _, _, carried_from = _asked(sqlite_store)
    assert "OLD" in carried_from


def test_a_call_without_a_status_is_open_for_a_day_of_24_hours_when_the_clocks_go_forward(
    sqlite_store: str,
) -> None:
    force: Force = build.force_at(sqlite_store)
    old = build.call("OLD", received_at="2026-03-28T12:00:00+00:00", status=None)
    build.take(force, old, at=old.received_at)
    at = {"23 hours later": "2026-03-29T12:30:00+01:00", "24 hours later": "2026-03-29T13:00:00+01:00"}
    found = {
        when: [one.ref for one in build.assess(
            force, at=datetime.fromisoformat(moment), dry_run=True, received_at=moment
        ).open_now]
        for when, moment in at.items()
    }  # fmt: skip
    force.store.close()
    assert found == {"23 hours later": ["OLD"], "24 hours later": []}
