"""A named person decides; for those who must not be lost, the higher stands until a supervisor approves."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

import build
from everycall.assessment import Assessment
from everycall.deciding import Choice, Decided, approve, decide, refuse
from everycall.disposal import dispose_of
from everycall.errors import InputError, RecordError, StoreError
from everycall.force import Force
from everycall.record.chain import verify
from everycall.store import record

VULNERABLE = {"personal_circumstances": "yes", "happened_before": "yes", "happening_now": "yes"}
LATER = build.NOW + timedelta(minutes=2)


def assessed(force: Force, at: datetime = build.NOW, **answers: str) -> Assessment:
    return build.assess(force, "NEW-1", at=at, answers=answers)


def chosen(force: Force, at: datetime = LATER, **choice: object) -> Decided:
    return decide("NEW-1", Choice.model_validate({"by": "C7214", **choice}), force, at)


def bodies(force: Force) -> list[dict[str, object]]:
    query = "SELECT p.body FROM decision_made d JOIN chain_payload p ON p.entry_id = d.entry ORDER BY d.entry"
    return [json.loads(body) for (body,) in build.rows(force, query)]


def whole(force: Force) -> None:
    connection = force.store.connection
    assert verify(record.links(connection)).wrong == ()
    assert record.loose_ends(connection) == []


def test_accepting_what_is_recommended_is_recorded_with_who_and_when(force: Force) -> None:
    recommended = assessed(force, **VULNERABLE).recommendation
    assert recommended.grade == "priority"
    found = chosen(force, grade="priority")
    assert (found.accepted, found.lowers, found.awaits_supervisor) == (True, (), ())
    (body,) = bodies(force)
    assert (body["by"], body["decided_at"], body["assessment"]) == ("C7214", LATER.isoformat(), 1)
    assert found.stands.respond_by == recommended.respond_by
    whole(force)


def test_raising_a_grade_needs_a_reason_and_nobody_else(force: Force) -> None:
    assessed(force, **VULNERABLE)
    with pytest.raises(InputError) as refused:
        chosen(force, grade="emergency")
    assert [str(one) for one in refused.value.details] == [
        "reason: is needed: this is not what was recommended"
    ]
    found = chosen(force, grade="emergency", reason="risk_higher")
    assert (found.stands.grade, found.accepted, found.awaits_supervisor) == ("emergency", False, ())


def test_lowering_waits_for_a_supervisor_where_somebody_is_vulnerable(force: Force) -> None:
    assessed(force, **VULNERABLE)
    found = chosen(force, grade="scheduled", attendance="contact", reason="risk_lower")
    assert found.lowers == ("lower_grade", "less_attendance")
    assert set(found.awaits_supervisor) >= {"vulnerable", "repeat"}
    assert (found.stands.grade, found.stands.attendance) == ("priority", "now"), "the higher stands"
    approved = approve("NEW-1", "S0042", force, LATER + timedelta(minutes=1))
    assert (approved.stands.grade, approved.stands.attendance) == ("scheduled", "contact")
    assert approved.awaits_supervisor == ()
    first, second = bodies(force)
    assert (second["approves"], second["approved_by"], second["by"]) == (2, "S0042", "C7214")
    assert first["approved_by"] is None
    whole(force)


def test_what_is_raised_in_the_same_breath_stands_at_once(force: Force) -> None:
    assessed(force, **VULNERABLE)
    found = chosen(force, grade="emergency", attendance="contact", reason="other")
    assert (found.stands.grade, found.stands.attendance) == ("emergency", "now")


@pytest.mark.parametrize("closed_as", ["duplicate", "referred", "unresourced"])
def test_closing_a_vulnerable_persons_call_away_waits_too(force: Force, closed_as: str) -> None:
    assessed(force, **VULNERABLE)
    found = chosen(force, grade="priority", closed_as=closed_as, reason="linked_call")
    assert (found.lowers, found.stands.closed_as) == (("closed_as",), None)
    assert found.awaits_supervisor


def test_a_category_out_of_asb_waits_too(force: Force) -> None:
    assessed(force, **VULNERABLE)
    found = chosen(force, grade="priority", category="administration", reason="other")
    assert (found.lowers, found.stands.category) == (("category_out",), "asb_nuisance")


def test_a_fact_found_once_protects_even_when_a_later_assessment_finds_less(force: Force) -> None:
    assessed(force, frightened_now="yes", happening_now="yes")
    assessed(force, at=build.NOW + timedelta(minutes=1), frightened_now="no", happening_now="no")
    found = chosen(force, grade="resolution_without_deployment", attendance="none", reason="facts_changed")
    assert "vulnerable" in found.awaits_supervisor
    assert found.stands.grade != "resolution_without_deployment"


def test_where_nobody_is_protected_a_person_lowers_alone(force: Force) -> None:
    answers = {"personal_circumstances": "no", "happened_before": "no", "immediate_danger": "no"}
    recommended = assessed(force, **answers).recommendation
    assert recommended.grade == "scheduled"
    found = chosen(force, grade="resolution_without_deployment", attendance="none", reason="callers_wish")
    assert found.lowers
    assert (found.stands.grade, found.awaits_supervisor) == ("resolution_without_deployment", ())


def test_nobody_approves_their_own_lowering(force: Force) -> None:
    assessed(force, **VULNERABLE)
    with pytest.raises(InputError, match="decision cannot be used"):
        chosen(force, grade="scheduled", reason="risk_lower", approved_by="C7214 ")
    chosen(force, grade="scheduled", reason="risk_lower")
    with pytest.raises(InputError):
        approve("NEW-1", "C7214", force, LATER)
    assert len(bodies(force)) == 1


def test_nothing_that_does_not_wait_can_be_approved(force: Force) -> None:
    with pytest.raises(RecordError, match="awaits"):
        approve("NEW-1", "S0042", force, LATER)
    assessed(force, **VULNERABLE)
    chosen(force, grade="priority")
    with pytest.raises(RecordError, match="awaits"):
        approve("NEW-1", "S0042", force, LATER)


def test_what_came_after_a_decision_and_is_more_cannot_be_approved_away(force: Force) -> None:
    assessed(force, **VULNERABLE)
    chosen(force, grade="scheduled", reason="risk_lower")
    more = assessed(force, at=LATER + timedelta(minutes=1), weapon_or_violence_now="yes")
    assert more.recommendation.grade == "emergency"
    with pytest.raises(RecordError, match="decided anew"):
        approve("NEW-1", "S0042", force, LATER + timedelta(minutes=2))
    again = chosen(force, at=LATER + timedelta(minutes=3), grade="priority", reason="risk_lower")
    assert again.stands.grade == "emergency"


def test_a_later_assessment_that_finds_no_more_leaves_an_approved_decision_alone(force: Force) -> None:
    assessed(force, **VULNERABLE)
    chosen(force, grade="scheduled", reason="risk_lower", approved_by="S0042")
    assessed(force, at=LATER + timedelta(minutes=1), known_perpetrator="yes")
    found = chosen(force, at=LATER + timedelta(minutes=2), grade="scheduled", reason="instructed")
    assert (found.lowers, found.stands.grade) == ((), "scheduled")


def test_told_again_a_decision_makes_nothing(force: Force) -> None:
    assessed(force, **VULNERABLE)
    first = chosen(force, grade="scheduled", reason="risk_lower")
    assert chosen(force, at=LATER + timedelta(minutes=1), grade="scheduled", reason="risk_lower") == first
    approved = approve("NEW-1", "S0042", force, LATER)
    assert approve("NEW-1", "S0042", force, LATER + timedelta(minutes=1)) == approved
    assert len(bodies(force)) == 2


def test_every_wrong_code_is_told_at_once_and_nothing_is_kept(force: Force) -> None:
    assessed(force)
    with pytest.raises(InputError) as refused:
        chosen(force, grade="priorty", attendance="soon", closed_as="gone", category="asb", reason="because")
    assert [one.where for one in refused.value.details] == [
        "grade",
        "attendance",
        "closed_as",
        "category",
        "reason",
    ]
    assert "did you mean 'priority'" in str(refused.value.details[0])
    assert bodies(force) == []


def test_of_a_call_that_was_not_assessed_nothing_is_decided(force: Force) -> None:
    build.take(force, build.call("NEW-1"))
    with pytest.raises(RecordError, match="nothing was recommended"):
        chosen(force, grade="priority")


def test_a_disposal_takes_the_decisions_too(force: Force) -> None:
    assessed(force, **VULNERABLE)
    chosen(force, grade="priority")
    assert dispose_of("NEW-1", "the data protection officer", force, LATER) == 2
    assert build.rows(force, "SELECT * FROM decision_made") == []
    with pytest.raises(RecordError, match="disposed of"):
        chosen(force, grade="priority")
    whole(force)


def test_what_cannot_be_recorded_is_not_decided(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    assessed(force, **VULNERABLE)
    build.rows(force, "PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="could not be written"):
        chosen(force, grade="priority")
    assert bodies(force) == []


def test_a_supervisor_refuses_and_what_stood_is_then_decided(force: Force) -> None:
    assessed(force, **VULNERABLE)
    chosen(force, grade="scheduled", attendance="contact", reason="risk_lower")
    refused = refuse("NEW-1", "S0042", "risk_higher", force, LATER + timedelta(minutes=1))
    assert (refused.stands.grade, refused.stands.attendance) == ("priority", "now")
    assert (refused.lowers, refused.awaits_supervisor) == ((), ())
    first, second = bodies(force)
    assert (second["refuses"], second["by"], second["reason"]) == (2, "S0042", "risk_higher")
    assert first["refuses"] is None
    again = refuse("NEW-1", "S0042", "risk_higher", force, LATER + timedelta(minutes=2))
    assert again == refused
    with pytest.raises(RecordError, match="awaits a supervisor"):
        approve("NEW-1", "S0042", force, LATER + timedelta(minutes=3))
    whole(force)


def test_nobody_refuses_their_own_and_nothing_is_refused_that_does_not_wait(force: Force) -> None:
    assessed(force, **VULNERABLE)
    with pytest.raises(RecordError, match="awaits a supervisor"):
        refuse("NEW-1", "S0042", "risk_higher", force, LATER)
    chosen(force, grade="scheduled", attendance="contact", reason="risk_lower")
    with pytest.raises(InputError, match="cannot be refused"):
        refuse("NEW-1", "C7214 ", "risk_higher", force, LATER)
    with pytest.raises(InputError, match="cannot be used"):
        refuse("NEW-1", "S0042", "no_such_reason", force, LATER)
