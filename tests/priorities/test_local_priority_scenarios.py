"""There, then and of that kind: a street-drinking priority on a market place, from acceptance scenarios."""

from __future__ import annotations

from typing import Any

from everycall.assessment import Priorities, Status
from everycall.call import read_call
from everycall.priorities import Book, locate, match, read_priorities

SQUARE = [[[0.155, 52.662], [0.163, 52.662], [0.163, 52.67], [0.155, 52.67], [0.155, 52.662]]]
STREET_DRINKING: dict[str, Any] = {
    "id": "P-14",
    "title": "Street drinking at the Market Place",
    "behaviours": ["street_drinking"],
    "categories": [],
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
    "times": [{"days": ["fri", "sat"], "from": "18:00", "to": "02:00"}],
    "keywords": ["drinking", "drunk"],
    "agreed_on": "2026-04-02",
    "starts_on": "2026-04-02",
    "review_on": "2026-07-02",
    "expires_on": "2026-10-02",
    "owner": "Sgt, Wisbech",
    "status": "active",
}
CALL: dict[str, Any] = {
    "ref": "NEW-1",
    "received_at": "2026-06-12T21:04:00+01:00",
    "source": "101",
    "category": "asb_nuisance",
    "behaviours": ["street_drinking"],
    "log": [{"text": "GROUP DRINKING AND SHOUTING"}],
    "location": {"address": "Market Place", "latitude": 52.6661, "longitude": 0.1592, "source": "caller"},
}


def assess(priorities: list[dict[str, Any]], **changes: Any) -> Priorities:
    call = read_call({**CALL, **changes}).call
    return match(Book.of(read_priorities(priorities, "test.json")), call, locate(call.location))


def test_there_then_and_of_that_kind() -> None:
    found = assess([STREET_DRINKING])
    assert found.status is Status.FOUND
    assert [(m.id, m.because) for m in found.matches] == [
        (
            "P-14",
            (
                "inside the area drawn on the map, by the coordinates given",
                "Friday 21:04 within Fri-Sat 18:00-02:00",
                "behaviour street_drinking",
                "keyword 'drinking' in the log",
            ),
        )
    ]


def test_the_wrong_hour_is_a_near_miss() -> None:
    found = assess([STREET_DRINKING], received_at="2026-06-10T11:00:00+01:00")
    assert found.status is Status.LOOKED_NONE
    assert found.matches == ()
    assert [m.id for m in found.near_misses] == ["P-14"]
    assert found.near_misses[0].missed == (
        "time: Wednesday 11:00, 2 days 7 h before the start of Fri-Sat 18:00-02:00"
    )


def test_a_window_that_crosses_midnight() -> None:
    found = assess([STREET_DRINKING], received_at="2026-06-14T01:30:00+01:00")
    assert [m.id for m in found.matches] == ["P-14"]


def test_a_draft_or_expired_priority_never_matches_and_is_no_near_miss() -> None:
    draft = {**STREET_DRINKING, "status": "draft"}
    expired = {**STREET_DRINKING, "id": "P-15", "expires_on": "2026-05-01"}
    discharged = {**STREET_DRINKING, "id": "P-16", "status": "discharged"}
    found = assess([draft, expired, discharged])
    assert found.status is Status.LOOKED_NONE
    assert found.matches == found.near_misses == ()
    assert [r.code for r in found.reasons] == ["none_in_force"]


def test_a_position_that_is_not_known_is_not_a_no() -> None:
    found = assess([STREET_DRINKING], location={"address": "Market Place"})
    assert found.status is Status.COULD_NOT_LOOK
    assert found.near_misses == ()
    assert "P-14" in found.reasons[0].text


def test_without_a_position_the_wrong_hour_still_rules_a_priority_out() -> None:
    found = assess([STREET_DRINKING], location=None, received_at="2026-06-10T11:00:00+01:00")
    assert found.status is Status.LOOKED_NONE
    assert found.near_misses == ()
