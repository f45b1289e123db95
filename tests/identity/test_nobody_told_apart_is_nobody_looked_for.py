"""What could not be looked at is never a no, also where a place, or many who share a line or a home, hold calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import build
from everycall.assessment import Status, Truth
from everycall.force import Force

NO = {"happened_before": "no", "personal_circumstances": "no"}
HOSTEL = {"address": "20 Quay Road", "postcode": "PE13 9ZZ"}
LINE = {"phone": "01632 960 555"}
NAMES = ("Ann Bell", "Bo Larsen", "Cy Webb", "Dot Amos", "Eve Rook", "Gus Pike", "Hal Dunn")


def shared(force: Force, what: dict[str, str], location: dict[str, str] | None) -> None:
    for number, name in enumerate(NAMES):
        caller: dict[str, Any] = {"name": name, "role": "victim", **what}
        at = (build.NOW - timedelta(days=1 + number)).isoformat()
        call = build.call(f"H{number}", received_at=at, caller=caller, location=location)
        build.take(force, call)


@pytest.mark.parametrize(("what", "location"), [(HOSTEL, HOSTEL), (LINE, None)], ids=["home", "line"])
def test_somebody_without_a_name_among_many_is_not_told_apart(
    force: Force, what: dict[str, str], location: dict[str, str] | None
) -> None:
    caller = {"role": "victim", **what}
    mine = {"caller": caller, "location": location, "answers": NO}
    at = (build.NOW - timedelta(days=40)).isoformat()
    build.take(force, build.call("OWN", received_at=at, caller=caller, location=location))
    assert build.assess(force, dry_run=True, **mine).repeat.is_repeat is Truth.UNKNOWN
    shared(force, what, location)
    made = build.assess(force, **mine)
    assert made.repeat.is_repeat is Truth.UNKNOWN, "calls of others make no clean history"
    assert made.repeat.burst.status is Status.COULD_NOT_LOOK
    assert made.vulnerability.is_vulnerable is Truth.UNKNOWN
    assert [one.part for one in made.problems] == ["repeat"]


def test_a_name_among_many_is_looked_for(force: Force) -> None:
    shared(force, HOSTEL, HOSTEL)
    caller = {"name": "Maureen Peck", "role": "victim", **HOSTEL}
    made = build.assess(force, caller=caller, location=HOSTEL, answers=NO)
    assert made.repeat.is_repeat is Truth.NO
    assert made.problems == ()


def test_what_happened_at_the_place_is_no_search_for_the_person_in_a_history_that_is_too_old(
    force: Force,
) -> None:
    nobody = {"name": "Maureen Peck", "role": "victim", "phone": "01632 960 114", **HOSTEL}
    mine = {"caller": nobody, "location": HOSTEL, "answers": NO}
    at = (build.NOW - timedelta(days=42)).isoformat()
    build.take(
        force,
        build.call("FAR", received_at=at, caller={"name": "Zed Quill", "role": "victim"}, location=None),
    )
    before = build.assess(force, dry_run=True, **mine)
    passer_by = {"name": "Tom Finch", "phone": "07700 900 555", "role": "witness"}
    build.take(force, build.call("THERE", received_at=at, caller=passer_by, location=HOSTEL))
    after = build.assess(force, dry_run=True, **mine)
    assert before.vulnerability.is_vulnerable is after.vulnerability.is_vulnerable is Truth.UNKNOWN
    assert after.repeat.status is Status.FOUND
    assert after.repeat.place.count_all == 1
    assert "history_not_searched" in {one.code for one in after.vulnerability.reasons}
    assert "the history: could not look" in after.unknowns
    assert (
        "Not known whether a repeat victim: the history could not be searched"
        in after.recommendation.rationale
    )
    says_so = build.assess(force, **(mine | {"answers": {"happened_before": "yes"}})).recommendation
    assert "0 earlier incidents" not in says_so.rationale, "a history that is too old is no clean one"
