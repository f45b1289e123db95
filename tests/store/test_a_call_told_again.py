"""A call told again with the same ref is the same call: newer facts make a version, silence takes nothing back."""

from __future__ import annotations

import json

import build
from everycall.call import read_call
from everycall.force import Force
from everycall.store.calls import current


def test_the_same_facts_make_nothing(force: Force) -> None:
    build.take(force, build.call("A"))
    (again,) = build.take(force, build.call("A"), at=build.KNOWN + build.DAY)
    assert (again.change, again.version) == ("same", 1)
    assert build.rows(force, "SELECT COUNT(*) FROM call_version") == [(1,)]


def test_newer_facts_make_a_version_and_the_older_ends_when_it_begins(force: Force) -> None:
    build.take(force, build.call("A"))
    (again,) = build.take(force, build.call("A", closed_as="resolved"), at=build.KNOWN + build.DAY)
    assert (again.change, again.version) == ("changed", 2)
    first, second = build.rows(force, "SELECT known_from, known_until FROM call_version ORDER BY version")
    assert first[1] == second[0] > first[0]
    assert second[1] is None


def test_silence_takes_nothing_back(force: Force) -> None:
    build.take(force, build.call("A", answers={"hate": "yes"}, grade_given="priority"))
    silent = build.call("A", caller={"name": None, "phone": ""}, behaviours=[], answers={}, grade_given=None)
    (again,) = build.take(force, silent, at=build.KNOWN + build.DAY)
    assert again.change == "same"
    kept = json.loads(current(force.store.connection, ["A"])["A"].payload)
    assert kept["answers"] == {"hate": "yes"}
    assert kept["caller"]["phone"] == "01632 960 114"
    assert kept["grade_given"] == "priority"


def test_log_lines_are_added_and_the_same_line_is_the_same(force: Force) -> None:
    build.take(force, build.call("A", log=[{"text": "ONE"}, {"text": "TWO"}]))
    build.take(force, build.call("A", log=[{"text": "TWO"}, {"text": "THREE"}]), at=build.KNOWN + build.DAY)
    kept = json.loads(current(force.store.connection, ["A"])["A"].payload)
    assert [line["text"] for line in kept["log"]] == ["ONE", "TWO", "THREE"]


def test_a_closure_writes_no_mention_anew(force: Force) -> None:
    build.take(force, build.call("A"))
    before = build.rows(force, "SELECT id, known_from, known_until FROM mention ORDER BY id")
    build.take(force, build.call("A", closed_as="no_trace"), at=build.KNOWN + build.DAY)
    assert build.rows(force, "SELECT id, known_from, known_until FROM mention ORDER BY id") == before


def test_a_corrected_name_ends_the_mention_as_it_was(force: Force) -> None:
    build.take(force, build.call("A"))
    build.take(force, build.call("A", caller={"name": "Maureen Beck"}), at=build.KNOWN + build.DAY)
    names = build.rows(
        force, "SELECT surname, known_until IS NULL FROM mention WHERE which = 'caller' ORDER BY id"
    )
    assert [(name, bool(now)) for name, now in names] == [("PECK", False), ("BECK", True)]


def test_a_live_call_told_again_gets_the_next_version(force: Force) -> None:
    assert build.assess(force).version == 1
    assert build.assess(force, at=build.NOW + build.DAY).version == 1
    assert build.assess(force, at=build.NOW + 2 * build.DAY, answers={"hate": "yes"}).version == 2


def test_a_call_that_names_nobody_yet_is_kept(force: Force) -> None:
    nobody = read_call({"ref": "BARE-1", "received_at": "2026-06-12T21:04:00+01:00"}).call
    (taken,) = build.take(force, nobody)
    assert (taken.change, taken.version) == ("new", 1)
