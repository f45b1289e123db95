"""What supervisors watch is read out of the store by index, and says of each decision how it was made."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import build
from everycall.deciding import Choice, approve, decide
from everycall.disposal import dispose_of
from everycall.force import Force
from everycall.store import open_calls, watched

VULNERABLE = {"personal_circumstances": "yes", "happened_before": "yes", "happening_now": "yes"}
MINUTE = timedelta(minutes=1)


def decided(force: Force, ref: str, after: timedelta, **choice: object) -> None:
    decide(ref, Choice.model_validate({"by": "c1", "grade": "priority", **choice}), force, build.NOW + after)


def test_a_call_is_open_by_its_status_or_without_one_for_a_day(force: Force) -> None:
    build.assess(force, "OPEN", status="open", received_at="2026-05-01T08:00:00+01:00")
    build.assess(force, "CLOSED", status="closed")
    build.assess(force, "UNTOLD")
    build.assess(force, "UNTOLD-CLOSED", closed_as="advice")
    build.assess(force, "UNTOLD-OLD", received_at="2026-06-11T21:00:00+01:00")
    build.assess(force, "WAS-OPEN", status="open")
    build.assess(force, "WAS-OPEN", at=build.NOW + MINUTE, status="closed")
    found = open_calls.open_calls(force.store.connection, build.NOW + MINUTE)
    assert [one.ref for one in found] == ["UNTOLD", "OPEN"]
    assert open_calls.how_many_open(force.store.connection) == 1


def test_the_last_assessment_and_decision_of_each_call(force: Force) -> None:
    connection = force.store.connection
    build.assess(force, "A")
    build.assess(force, "A", at=build.NOW + MINUTE, answers=VULNERABLE)
    build.assess(force, "B")
    decided(force, "A", 2 * MINUTE)
    made = open_calls.last_assessments(connection, ["A", "B", "none"])
    assert set(made) == {"A", "B"}
    assert "vulnerable" in made["A"].yes_facts
    recommendation = made["A"].part("recommendation")
    assert recommendation is not None
    assert recommendation["grade"] == "priority"
    assert made["A"].part("none_of_these") is None
    assert {ref: one.accepted for ref, one in open_calls.last_decisions(connection, ["A", "B"]).items()} == {
        "A": True
    }
    assert open_calls.last_assessments(connection, []) == {}


def test_what_waits_for_a_supervisor_waits_until_somebody_says_something(force: Force) -> None:
    connection = force.store.connection
    for ref in ("A", "B"):
        build.assess(force, ref, answers=VULNERABLE)
        decided(force, ref, MINUTE, grade="scheduled", attendance="contact", reason="risk_lower")
    assert [one.ref for one in watched.waiting(connection)] == ["A", "B"]
    approve("A", "s1", force, build.NOW + 2 * MINUTE)
    assert [one.ref for one in watched.waiting(connection)] == ["B"]
    later = build.NOW + timedelta(hours=1)
    assert watched.accepted_by(connection, build.NOW, later, 1) == [("c1", 2, 0, 0)], "approving is no choice"
    decided(force, "B", 3 * MINUTE)
    assert watched.waiting(connection) == []


def test_overrides_are_those_that_were_not_what_was_recommended(force: Force) -> None:
    for ref in ("A", "B"):
        build.assess(force, ref, answers=VULNERABLE)
    decided(force, "A", MINUTE)
    decided(force, "B", MINUTE, grade="emergency", reason="risk_higher")
    found = watched.overrides(force.store.connection, build.NOW, 10)
    assert [(one.ref, one.reason, one.by) for one in found] == [("B", "risk_higher", "c1")]
    assert watched.overrides(force.store.connection, build.NOW + 2 * MINUTE, 10) == []


def test_for_how_long_what_was_accepted_had_been_recommended(force: Force) -> None:
    """A second assessment with the same grade does not begin the time anew: the handler saw it all along."""
    build.assess(force, "A", answers=VULNERABLE)
    build.assess(force, "A", at=build.NOW + MINUTE, answers={**VULNERABLE, "impact": "lot"})
    decided(force, "A", MINUTE + timedelta(seconds=4))
    build.assess(force, "B")
    build.assess(force, "B", at=build.NOW + MINUTE, answers=VULNERABLE)
    decided(force, "B", MINUTE + timedelta(seconds=4))
    rows = build.rows(force, "SELECT ref, recommended_ms FROM decision_made ORDER BY ref")
    assert rows == [("A", 64_000), ("B", 4_000)]
    until = build.NOW + timedelta(hours=1)
    assert watched.accepted_by(force.store.connection, build.NOW, until, 5_000) == [("c1", 2, 2, 1)]
    assert watched.accepted_by(force.store.connection, build.NOW, build.NOW, 5_000) == []


def test_calls_of_which_a_fact_was_found_since(force: Force) -> None:
    build.assess(force, "B")
    build.assess(force, "A", answers=VULNERABLE)
    found = watched.with_fact(force.store.connection, "vulnerable", build.NOW, 10)
    assert found == [("A", build.NOW)]
    assert watched.with_fact(force.store.connection, "vulnerabl", build.NOW, 10) == []
    assert watched.with_fact(force.store.connection, "vulnerable", build.NOW + MINUTE, 10) == []


def test_the_first_link_since_a_moment_is_found_by_halving(force: Force) -> None:
    connection = force.store.connection
    assert watched.first_since(connection, build.NOW) == 1
    for number in range(9):
        build.assess(force, f"CC-{number}", at=build.NOW + number * timedelta(hours=1))
    links = build.rows(force, "SELECT number FROM chain_entry ORDER BY number")
    for number in range(9):
        since = build.NOW + number * timedelta(hours=1) - timedelta(minutes=30)
        assert links[watched.first_since(connection, since) - 1 :] == links[number:]
    assert watched.first_since(connection, build.NOW + timedelta(days=1)) == 10


def test_a_burst_that_was_looked_at_and_a_call_disposed_of(force: Force) -> None:
    connection = force.store.connection
    build.assess(force, "A", answers=VULNERABLE)
    day = build.NOW.date()
    watched.review_burst(connection, "A", day, "s1", build.NOW)
    assert watched.bursts_reviewed(connection, [day]) == [("A", day.isoformat(), "s1", build.NOW)]
    assert watched.bursts_reviewed(connection, [day + timedelta(days=1)]) == []
    dispose_of("A", "retention", force, build.NOW)
    assert watched.bursts_reviewed(connection, [day]) == []
    assert open_calls.open_calls(connection, build.NOW) == []


def test_an_upgrade_says_of_earlier_decisions_what_is_said_of_new_ones(force: Force) -> None:
    build.assess(force, "A", answers=VULNERABLE)
    build.assess(force, "A", at=build.NOW + MINUTE, answers={**VULNERABLE, "impact": "lot"})
    decided(force, "A", 2 * MINUTE)
    decided(force, "A", 3 * MINUTE, grade="scheduled", attendance="contact", reason="risk_lower")
    build.assess(force, "B", answers=VULNERABLE)
    decided(force, "B", MINUTE, grade="scheduled", attendance="contact", reason="risk_lower")
    approve("B", "s1", force, build.NOW + 2 * MINUTE)
    query = "SELECT entry, accepted, reason, recommended_ms, awaits FROM decision_made ORDER BY entry"
    new = build.rows(force, query)
    assert [bool(row[4]) for row in new] == [False, True, False, False]
    build.change(
        force,
        "UPDATE decision_made SET accepted = NULL, reason = NULL, recommended_ms = NULL, awaits = %s",
        [False],
    )
    with force.store.connection.schema_editor() as editor:
        import_module("everycall.store.migrations.0004_watched").tell_of_earlier_decisions(None, editor)
    assert build.rows(force, query) == new
