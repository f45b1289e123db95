"""A yes that becomes a no lowers nothing by itself: not at once, and not with the next thing that is typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import build
from everycall.assessment import Assessment
from everycall.deciding import Choice, approve, decide
from everycall.force import Force


def told(force: Force, minute: int, **more: Any) -> Assessment:
    return build.assess(force, "NEW-1", at=build.NOW + timedelta(minutes=minute), **more)


def reasons(assessment: Assessment) -> set[str]:
    return {one.code for one in assessment.recommendation.reasons}


def test_it_is_held_through_every_later_version(force: Force) -> None:
    assert told(force, 0, answers={"immediate_danger": "yes"}).recommendation.grade == "emergency"
    later: list[dict[str, Any]] = [
        {"answers": {"immediate_danger": "no"}},
        {},
        {"log": [{"text": "CALLER STILL ON THE LINE"}]},
        {"answers": {"targeted": "yes"}},
        {"category": "crime"},
    ]
    for minute, more in enumerate(later, start=1):
        found = told(force, minute, **more)
        assert (found.recommendation.grade, found.recommendation.attendance) == ("emergency", "now")
        assert "held" in reasons(found)


def test_it_is_held_too_where_something_else_was_as_high_meanwhile(force: Force) -> None:
    told(force, 0, answers={"immediate_danger": "yes"})
    told(force, 1, answers={"immediate_danger": "no", "suspect_present": "yes", "targeted": "yes"})
    found = told(force, 2, answers={"happening_now": "no"})
    assert found.recommendation.grade == "emergency"


def test_a_person_lowers_it_for_good(force: Force) -> None:
    told(force, 0, answers={"immediate_danger": "yes"})
    told(force, 1, answers={"immediate_danger": "no"})
    choice = Choice.model_validate({"by": "C7214", "grade": "scheduled", "reason": "facts_changed"})
    decide("NEW-1", choice, force, build.NOW + timedelta(minutes=2))
    told(force, 3, log=[{"text": "CALLER THANKED"}])
    again = Choice.model_validate({"by": "C7214", "grade": "scheduled", "reason": "facts_changed"})
    assert decide("NEW-1", again, force, build.NOW + timedelta(minutes=4)).stands.grade == "scheduled"


def held_text(assessment: Assessment) -> str:
    return " ".join(one.text for one in assessment.recommendation.reasons if one.code in ("held", "was_held"))


def lower(force: Force, minute: int, **more: Any) -> None:
    choice = {"by": "C7214", "grade": "scheduled", "attendance": "contact", "reason": "facts_changed", **more}
    decide("NEW-1", Choice.model_validate(choice), force, build.NOW + timedelta(minutes=minute))


def test_once_a_person_has_lowered_it_later_versions_say_that_it_was_held_who_lowered_it_and_when(
    force: Force,
) -> None:
    told(force, 0, answers={"immediate_danger": "yes"})
    told(force, 1, answers={"immediate_danger": "no"})
    lower(force, 2)
    found = told(force, 3, log=[{"text": "CALLER THANKED"}])
    assert found.recommendation.grade == "emergency", "the text alone changes"
    assert "was held until C7214 lowered it to Scheduled, contact at 21:07 on 12 June 2026." in held_text(
        found
    )
    assert "held" not in reasons(found)


def test_a_lowering_that_waits_for_a_supervisor_has_lowered_nothing(force: Force) -> None:
    told(force, 0, answers={"immediate_danger": "yes", "personal_circumstances": "yes"})
    told(force, 1, answers={"immediate_danger": "no"})
    lower(force, 2)
    assert "held" in reasons(told(force, 3, log=[{"text": "CALLER THANKED"}]))
    approve("NEW-1", "S0042", force, build.NOW + timedelta(minutes=4))
    found = told(force, 5, log=[{"text": "CALLER RINGS OFF"}])
    assert "until C7214, approved by S0042, lowered it to Scheduled, contact at 21:09" in held_text(found)


def test_what_became_more_after_a_person_had_decided_is_held(force: Force) -> None:
    told(force, 0, answers={"threat_made": "yes"})
    lower(force, 1, attendance="none")
    told(force, 2, answers={"immediate_danger": "yes"})
    assert "held" in reasons(told(force, 3, answers={"immediate_danger": "no"}))


def test_a_decision_made_later_is_not_told_of_an_earlier_moment(force: Force) -> None:
    told(force, 0, answers={"immediate_danger": "yes"})
    told(force, 1, answers={"immediate_danger": "no"})
    lower(force, 9)
    assert "held" in reasons(told(force, 3, log=[{"text": "CALLER THANKED"}]))


def test_what_was_open_and_is_answered_no_may_lower(force: Force) -> None:
    log = [{"text": "NAMES CALLED"}]
    before = told(force, 0, log=log, answers={"immediate_danger": "unknown", "hate": "yes"})
    lower = told(force, 1, log=log, answers={"immediate_danger": "no", "happening_now": "no"})
    assert (before.recommendation.grade, lower.recommendation.grade) == ("priority", "scheduled")
    assert "held" not in reasons(lower)


def test_what_is_held_keeps_its_time_its_response_and_what_was_owed(force: Force) -> None:
    first = told(force, 0, answers={"immediate_danger": "yes", "hate": "yes"}).recommendation
    found = told(force, 1, answers={"immediate_danger": "no", "hate": "no"}).recommendation
    assert found.respond_by == first.respond_by, "a later time is a lowering too"
    assert set(found.resources) >= set(first.resources)
    assert {one.code for one in found.actions} >= {one.code for one in first.actions}


def test_the_text_for_the_log_tells_what_stands_and_not_the_lower_grade(force: Force) -> None:
    told(force, 0, answers={"immediate_danger": "yes"})
    text = told(force, 1, answers={"immediate_danger": "no"}).recommendation.rationale
    assert "Stands at: Emergency, attendance now by 21:19 on 12/06/2026" in text
    assert "Recommended: " not in text


def test_a_duty_stays_where_the_grade_is_no_lower_without_its_finding(force: Force) -> None:
    told(force, 0, answers={"hate": "yes", "immediate_danger": "yes"})
    found = told(force, 1, answers={"hate": "no"}).recommendation
    assert "held" not in {one.code for one in found.reasons}
    assert "hate_crime_record_decision" in {one.code for one in found.actions}
    assert "An earlier version found hate; this one does not." in found.rationale


def test_accepting_what_is_held_with_a_later_time_is_a_lowering(force: Force) -> None:
    told(force, 0, answers={"immediate_danger": "yes", "personal_circumstances": "yes"})
    told(force, 1, answers={"immediate_danger": "no"})
    late = build.NOW + timedelta(days=1)
    choice = {
        "by": "C7214",
        "grade": "emergency",
        "attendance": "now",
        "respond_by": late,
        "reason": "facts_changed",
    }
    made = decide("NEW-1", Choice.model_validate(choice), force, build.NOW + timedelta(minutes=2))
    assert made.awaits_supervisor


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(seconds=3)])
def test_it_is_held_by_a_server_whose_clock_is_behind(force: Force, behind: timedelta) -> None:
    build.assess(force, "NEW-1", at=build.NOW, answers={"immediate_danger": "yes"})
    found = build.assess(force, "NEW-1", at=build.NOW - behind, answers={"immediate_danger": "no"})
    assert (found.recommendation.grade, found.version) == ("emergency", 2)
    assert found.assessed_at > build.NOW, "after what it knew of"


def test_a_call_told_as_received_later_has_no_more_time(force: Force) -> None:
    first = told(force, 0, answers={"immediate_danger": "yes"}).recommendation
    tomorrow = told(force, 1, received_at="2026-06-13T21:04:00+01:00")
    again = told(force, 2, received_at="2026-06-13T21:04:00+01:00", answers={"targeted": "yes"})
    for made in (tomorrow, again):
        assert made.recommendation.respond_by == first.respond_by
        (why,) = [one.text for one in made.recommendation.reasons if one.code == "received_later"]
        assert "21:04 on 12 June 2026" in why


def test_nor_has_one_in_which_nothing_is_found(force: Force) -> None:
    first = told(force, 0).recommendation
    later = told(force, 1, received_at="2026-06-13T21:04:00+01:00").recommendation
    assert later.respond_by == first.respond_by
    assert [one.due for one in later.actions] == [one.due for one in first.actions]


def test_one_told_as_received_earlier_has_less(force: Force) -> None:
    first = told(force, 0).recommendation
    made = told(force, 1, received_at="2026-06-12T20:04:00+01:00")
    assert first.respond_by is not None
    assert made.recommendation.respond_by == first.respond_by - timedelta(hours=1)
    assert "received_later" not in reasons(made)
    back = told(force, 2, received_at="2026-06-12T21:04:00+01:00")
    assert back.recommendation.respond_by == made.recommendation.respond_by
    assert "received_later" in reasons(back)
