"""The live feed: files in order of time after the history, a call when it came and again when it was closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from made_force import UNTIL, force, lines

from everycall.call import read_call
from everycall.intake.calls import check_calls


def names() -> list[str]:
    return sorted(path.name for path in (force()[0] / "feed").iterdir())


def test_files_lie_in_order_of_time_within_a_day_after_the_history() -> None:
    assert len(names()) == force()[1].feed_files > 5
    last = UNTIL
    for name in names():
        end = datetime.strptime(name, "calls-%Y%m%dT%H%M%SZ.jsonl").replace(tzinfo=UNTIL.tzinfo)
        for call in lines(f"feed/{name}"):
            assert UNTIL <= datetime.fromisoformat(call["received_at"]) <= UNTIL + timedelta(days=1)
        assert end >= last.replace(hour=0)
        last = end


def test_every_file_can_be_imported() -> None:
    for name in names():
        assert list(check_calls(force()[0] / "feed" / name).problems) == []


def test_a_call_comes_first_open_and_later_closed_with_more_in_its_log() -> None:
    seen: dict[str, list[dict]] = {}  # type: ignore[type-arg]
    for name in names():
        for call in lines(f"feed/{name}"):
            assert read_call(call).notes == ()
            seen.setdefault(call["ref"], []).append(call)
    assert len(seen) == 20
    assert all(told[0]["status"] == "open" for told in seen.values())
    closed = [told for told in seen.values() if len(told) == 2]
    assert len(closed) > 5
    for first, second in closed:
        assert second["status"] == "closed"
        assert first.get("log", []) == second["log"][: len(first.get("log", []))]


def test_no_call_of_the_feed_is_in_the_history() -> None:
    history = {call["ref"] for call in lines("calls.jsonl")}
    fed = {truth["ref"] for truth in lines("truth/feed.jsonl")}
    assert len(fed) == 20
    assert not fed & history
