"""A call that came in after this one, and is open, is told beside it; it is no earlier incident and no contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import build
from everycall.assessment import Assessment
from everycall.force import Force

DORA = {
    "name": "Dora Peck", "phone": "07700 900 123", "address": "14 Larch Road", "postcode": "PE13 9ZZ", "role": "victim",
}  # fmt: skip
RANG = build.NOW
SECOND = timedelta(seconds=1)


def first(force: Force, at: timedelta, **more: Any) -> Assessment:
    return build.assess(force, "FIRST", at=RANG + at, received_at=RANG.isoformat(), status="open", **more)


def second(force: Force, **more: Any) -> Assessment:
    facts = {"caller": DORA, "location": None, "status": "open", "received_at": (RANG + SECOND).isoformat()}
    return build.assess(force, "SECOND", at=RANG + 2 * SECOND, **(facts | more))


def test_two_calls_of_one_household_at_once_are_each_told_of_the_other(force: Force) -> None:
    build.take(force, build.call("OLD", received_at="2026-06-11T18:00:00+01:00", status="closed"))
    before = first(force, SECOND)
    assert [one.ref for one in second(force).open_now] == ["FIRST"]
    after = first(force, 3 * SECOND)
    assert [(one.ref, one.because) for one in after.open_now] == [("SECOND", "same household")]
    assert after.repeat == before.repeat, "what came later is neither counted nor shown as earlier"
    assert after.recommendation == before.recommendation


def test_one_that_is_closed_or_elsewhere_is_not_told(force: Force) -> None:
    first(force, SECOND)
    second(force, status="closed")
    elsewhere = {
        "name": "Nia Odum",
        "phone": "07700 900 456",
        "address": "3 Quay Lane",
        "postcode": "PE30 9ZZ",
    }
    moment = (RANG + SECOND).isoformat()
    build.assess(force, "THIRD", at=RANG + 2 * SECOND, caller=elsewhere, location=None, received_at=moment)
    assert first(force, 3 * SECOND).open_now == ()


def test_what_is_assessed_again_long_after_is_not_searched_among_all_that_came_since(force: Force) -> None:
    first(force, SECOND)
    second(force)
    assert first(force, timedelta(hours=25), answers={"happening_now": "no"}).open_now == ()
