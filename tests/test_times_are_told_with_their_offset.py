"""Moments are told in London's local time with their offset, in winter as in summer: +00:00 or +01:00, never Z."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

import build
from everycall.force import Force
from everycall.replay import replay
from everycall.store import assessments
from everycall.web.call.card import Card

WINTER = datetime(2026, 12, 3, 21, 10, tzinfo=UTC)
SUMMER = datetime(2026, 6, 3, 20, 10, tzinfo=UTC)
A_MOMENT = re.compile(r'"\d{4}-\d\d-\d\dT[^"]*"')


@pytest.mark.parametrize(("at", "offset"), [(WINTER, "+00:00"), (SUMMER, "+01:00")], ids=["winter", "summer"])
def test_every_moment_of_an_assessment(at: datetime, offset: str, force: Force) -> None:
    received_at = at.isoformat()
    build.take(force, build.call("OLD-1", received_at=received_at, status="open"), at=at)
    told = build.assess(force, at=at, received_at=received_at, dry_run=True).model_dump_json(by_alias=True)
    moments = A_MOMENT.findall(told)
    assert len(moments) > 5
    assert {one[-7:-1] for one in moments} == {offset}


def test_what_was_recorded_with_z_is_replayed_without_a_difference(force: Force) -> None:
    build.assess(force, at=WINTER, received_at=WINTER.isoformat())
    connection = force.store.connection
    ((ref, link, body),) = assessments.recorded(connection)
    older = json.loads(re.sub(r'(T[^"]*)\+00:00"', r'\1Z"', json.dumps(body)))
    assert older != body
    ((_, differs),) = [(one.ref, one.differs) for one in replay([(ref, link, older)], force)]
    assert differs == {}


def test_a_call_decided_on_what_was_recorded_with_z_is_decided() -> None:
    made = {"grade": "scheduled", "attendance": "contact", "respond_by": "2026-12-04T21:10:00Z"}
    knew = {**made, "respond_by": "2026-12-04T21:10:00+00:00"}
    decision = {"recommended": knew, "awaits_supervisor": []}
    whole: Any = {"recommendation": made}
    card = Card("NEW-1", 1, {}, whole, None, decision, None, None)  # type: ignore[arg-type]
    assert card.is_decided
