"""``everycall inspect backfill``: what would have been found when each call came in, and nothing that came later."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import build
from command import run
from everycall.call import Call
from everycall.flag import read_flag
from everycall.force import Force
from everycall.inspection import backfill
from everycall.inspection.as_it_stood import HistoryThen, as_it_stood
from everycall.store import reference
from everycall.store.writing import writing

MAUREEN = {
    "name": "Maureen Peck", "date_of_birth": "1951-03-02", "phone": "01632 960 114",
    "address": "14 Larch Road", "postcode": "PE13 9ZZ", "role": "victim",
}  # fmt: skip
ABOUT = {name: MAUREEN[name] for name in ("name", "date_of_birth", "address", "postcode")}
DAYS = ("--from", "2026-01-01", "--to", "2026-12-31")


def take(force: Force, *told: tuple[str, str, dict[str, Any]]) -> None:
    build.take(force, *[build.call(ref, received_at=at, caller=MAUREEN, **more) for ref, at, more in told])


def lines(store: str, out: Path, *more: str) -> dict[str, dict[str, Any]]:
    ran = run("inspect", "backfill", "--store", store, *DAYS, *more, out)
    assert ran.exit == 0, ran.err
    head, *found = [json.loads(line) for line in out.read_text().splitlines()]
    assert head["form"] == "everycall backfill 1"
    return {one["ref"]: one for one in found}


def test_each_call_sees_only_those_before_it(store: str, tmp_path: Path) -> None:
    force = build.force_at(store)
    month = {name: f"2026-0{nr}-03T10:00:00Z" for nr, name in enumerate(("A", "B", "C"), start=2)}
    take(force, *[(ref, at, {"behaviours": ["rowdy"]}) for ref, at in month.items()])
    found = lines(store, tmp_path / "out.jsonl")
    assert list(found) == ["A", "B", "C"], "in the order in which they came in"
    assert found["A"]["is_repeat"] == "unknown"
    assert "repeat" in found["A"]["could_not_look"], "the history was empty"
    assert found["C"]["is_repeat"] == "yes"


def test_a_flag_recorded_later_is_not_known_yet(store: str, tmp_path: Path) -> None:
    force = build.force_at(store)
    take(force, ("BEFORE", "2026-03-01T10:00:00Z", {}), ("AFTER", "2026-05-01T10:00:00+01:00", {}))
    told = {"kind": "mental_ill_health", "about": ABOUT, "source": "a service", "recorded_on": "2026-04-01"}
    with writing(force.store.connection):
        reference.take_flags(force.store.connection, [read_flag(told)], build.KNOWN)
    found = lines(store, tmp_path / "out.jsonl")
    assert found["AFTER"]["is_vulnerable"] == "yes"
    assert found["BEFORE"]["is_vulnerable"] != "yes"


def test_an_earlier_call_that_was_closed_and_attended_later_was_open_then(force: Force) -> None:
    closed = {"status": "closed", "closed_as": "no_trace"}
    closed |= {"closed_at": "2026-03-01T18:00:00Z", "attended_at": "2026-03-01T17:00:00Z"}
    take(force, ("OLD", "2026-03-01T10:00:00Z", closed))
    history = HistoryThen(force.store.connection, 100)

    def seen(at: str) -> tuple[bool, bool, str | None]:
        (past,) = [one for one in history.of_calls(["OLD"], "NEW", datetime.fromisoformat(at), build.NOW)
                   if one.mention.which == "caller"]  # fmt: skip
        assert past.call is not None
        return past.call.attended, past.call.closed, past.call.closed_as

    assert seen("2026-03-01T12:00:00+00:00") == (False, False, None)
    assert seen("2026-03-01T17:30:00+00:00") == (True, False, None)
    assert seen("2026-03-01T18:30:00+00:00") == (True, True, "no_trace")


def test_what_the_force_recorded_of_the_call_itself_and_later_lines_are_left_out() -> None:
    call = build.call(
        received_at="2026-03-01T10:00:00Z", grade_given="emergency", closed_as="no_trace", marked_repeat=True,
        log=[
            {"text": "NO TIME"}, {"at": "2026-03-01T11:00:00Z", "text": "AT"},
            {"at": "2026-03-01T11:00:01Z", "text": "LATE"},
        ],
    )  # fmt: skip
    then = as_it_stood(call, 60)
    assert [line.text for line in then.log] == ["NO TIME", "AT"]
    assert (then.grade_given, then.closed_as, then.marked_repeat, then.status) == (None, None, None, "open")


def test_broken_off_it_goes_on_and_ends_the_same(store: str, tmp_path: Path) -> None:
    force = build.force_at(store)
    take(force, *[(f"C-{n}", f"2026-03-0{1 + n // 2}T10:00:00Z", {}) for n in range(6)])
    whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
    lines(store, whole)
    text = whole.read_bytes()
    for cut in (len(text) - 5, text.index(b"C-3") + 40, text.index(b"C-3") - 9, 0):
        broken.write_bytes(text[:cut])
        lines(store, broken)
        assert broken.read_bytes() == text
    assert lines(store, broken).keys() == lines(store, whole).keys(), "run again it adds nothing"


def test_stopped_by_hand_it_tells_what_is_left_and_goes_on(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    force = build.force_at(store)
    take(force, *[(f"C-{n}", f"2026-03-0{1 + n // 2}T10:00:00Z", {}) for n in range(6)])
    whole, out, assessed = tmp_path / "whole.jsonl", tmp_path / "out.jsonl", backfill.line_of
    lines(store, whole)

    def stopped(call: Call, *rest: Any) -> dict[str, Any]:
        if call.ref == "C-3":
            raise KeyboardInterrupt
        return assessed(call, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(backfill, "line_of", stopped)
        for done, left in ((3, 3), (0, 3)):
            ran = run("inspect", "backfill", "--store", store, *DAYS, out)
            assert (ran.exit, ran.out) == (1, "")
            assert f"stopped: {done} assessed, {left} calls are left" in ran.err
    lines(store, out)
    assert out.read_bytes() == whole.read_bytes()


def test_it_does_not_go_on_with_other_days_or_another_log(sqlite_store: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    take(build.force_at(sqlite_store), ("A", "2026-03-01T10:00:00Z", {}))
    lines(sqlite_store, out)
    before = out.read_bytes()
    ran = run("inspect", "backfill", "--store", sqlite_store, *DAYS, "--log-minutes", "5", out)
    assert (ran.exit, out.read_bytes()) == (2, before)
    assert "was begun with another log_minutes" in ran.err


def test_days_that_no_call_can_have_are_refused(sqlite_store: str, tmp_path: Path) -> None:
    days = ("--from", "0001-01-01", "--to", "9999-12-31")
    ran = run("inspect", "backfill", "--store", sqlite_store, *days, tmp_path / "out.jsonl")
    assert (ran.exit, (tmp_path / "out.jsonl").exists()) == (2, False)
    assert "no call is before 1900 or after 2200" in ran.err


def test_it_records_nothing_of_the_calls_names_nobody_and_is_logged(store: str, tmp_path: Path) -> None:
    force = build.force_at(store)
    take(force, ("A", "2026-03-01T10:00:00Z", {"log": [{"text": "LADS IN THE GARDEN"}]}))
    lines(store, tmp_path / "out.jsonl")
    told = (tmp_path / "out.jsonl").read_text().upper()
    assert not [word for word in ("PECK", "LARCH", "01632", "GARDEN") if word in told]
    assert build.rows(force, "SELECT COUNT(*) FROM assessment_made") == [(0,)]
    assert build.rows(force, "SELECT COUNT(*) FROM call_version") == [(1,)]
    assert build.rows(force, "SELECT COUNT(*) FROM processing_link") != [(0,)]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "not JSON", '{"form": "everycall backfill 1"}\n{"ref": 1}']
)
def test_what_is_no_backfill_is_refused_by_its_line(text: str, sqlite_store: str, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text(text)
    ran = run("inspect", "report", "--store", sqlite_store, file)
    assert ran.exit == 2
    assert "out.jsonl" in ran.err
