"""``everycall shadow report``: alerts in a hundred calls, agreement with the grades given, and time taken."""

from __future__ import annotations

import json
from typing import Any

import build
from command import run
from everycall.force import Force
from everycall.shadow_report import agreement, alerts_of, percentiles, report
from scenario_runner import policy

GRADES = policy().pack.grades
JUNE_12 = build.NOW.date()


def reported(store: str) -> Any:
    ran = run("shadow", "report", "--from", "2026-06-01", "--to", "2026-06-30", "--json", "--store", store)
    assert ran.exit == 0, ran.err
    return json.loads(ran.out)


def test_each_day_says_how_many_calls_would_have_had_which_alert(force: Force) -> None:
    build.assess(force, "A", received_at="2026-06-11T23:30:00+01:00", answers={"happened_before": "yes"})
    build.assess(force, "B", log=[{"text": "MALE WITH KNIFE AT THE DOOR TRYING TO GET IN"}])
    build.assess(
        force, "C", caller={"name": "Asif Rahman", "phone": "07700 900 118"}, log=[{"text": "LITTER"}]
    )
    told = reported(force.store.where)
    assert {day: one["calls"] for day, one in told["days"].items()} == {"2026-06-11": 1, "2026-06-12": 2}
    assert told["days"]["2026-06-11"]["alerts"]["repeat"]["many"] == 1
    assert told["all"]["alerts"]["danger"]["many"] == 1
    assert told["all"]["with_alert"]["of"] == 3


def test_the_last_assessment_of_a_call_counts_and_every_one_took_time(force: Force) -> None:
    build.assess(force, "A")
    build.assess(force, "A", at=build.NOW + build.DAY / 1_440, answers={"happened_before": "yes"})
    days, whole = report(force.store.connection, JUNE_12, JUNE_12)
    assert (whole.calls, whole.alerts["repeat"], len(whole.took_ms)) == (1, 1, 2)
    assert list(days) == [JUNE_12]


def test_grades_given_are_set_against_those_recommended(force: Force) -> None:
    answers = {"happened_before": "yes"}
    for ref, grade in (
        ("A", "Scheduled"),
        ("B", "priority"),
        ("C", "resolution without deployment"),
        ("D", "G7"),
    ):
        build.assess(force, ref, answers=answers, grade_given=grade, caller=None, location=None)
    told = reported(force.store.where)["all"]
    recommended = {one["recommended"] for one in told["grades"]}
    assert recommended == {"scheduled"}
    for name in ("agrees", "recommended_higher", "recommended_lower"):
        assert (told[name]["many"], told[name]["of"]) == (1, 3)
    assert {"given": "G7", "recommended": "scheduled", "calls": 1} in told["grades"]


def test_a_call_disposed_of_is_not_counted_and_days_outside_are_not(force: Force) -> None:
    build.assess(force, "A", received_at="2026-05-31T12:00:00+01:00")
    assert reported(force.store.where)["all"]["calls"] == 0


def test_without_calls_it_says_none_and_shares_of_nothing_are_no_shares(sqlite_store: str) -> None:
    ran = run("shadow", "report", "--store", sqlite_store)
    assert ran.exit == 0
    assert ran.out.endswith(": 0\n")
    assert reported(sqlite_store)["all"]["agrees"] == {"many": 0, "of": 0, "low": None, "high": None}


def test_people_are_told_the_same_in_a_table(force: Force) -> None:
    build.assess(force, "A", answers={"happened_before": "yes"}, grade_given="Priority")
    ran = run("shadow", "report", "--from", "2026-06-12", "--to", "2026-06-12", "--store", force.store.where)
    assert "repeat          1 of 1, 100.0 % (95 in 100: 20.7 to 100.0)" in ran.out
    assert "given Priority, recommended scheduled: 1" in ran.out
    assert "MAUREEN" not in ran.out.upper()


def test_percentiles_are_of_what_was_measured() -> None:
    took = [float(n) for n in range(1, 201)]
    assert percentiles(took) == {"median": 100.0, "p95": 190.0, "p99": 198.0, "longest": 200.0}
    assert percentiles([]) == {"median": None, "p95": None, "p99": None, "longest": None}


def test_what_is_recommended_is_never_compared_with_words_of_no_grade() -> None:
    shares = agreement({("whatever", "priority"): 3, ("Emergency", "priority"): 2}, GRADES)
    assert (shares["agrees"].of, shares["recommended_lower"].many) == (2, 2)


def test_a_denied_danger_is_no_alert(force: Force) -> None:
    made = build.assess(force, answers={"immediate_danger": "no", "weapon_or_violence_now": "no"})
    assert "danger" not in alerts_of(made.model_dump(mode="json", by_alias=True))
