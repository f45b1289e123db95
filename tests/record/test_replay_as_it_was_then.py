"""Making the past again gives what was recorded, with what was known then."""

from __future__ import annotations

from dataclasses import replace

import build
from everycall.flag import read_flag
from everycall.force import Force
from everycall.replay import replay
from everycall.store import reference
from everycall.store.assessments import recorded
from everycall.store.writing import writing

EARLIER = "2026-05-09T21:04:00+01:00"


def made_again(force: Force) -> list[dict[str, tuple[object, object]]]:
    return [dict(one.differs) for one in replay(recorded(force.store.connection), force)]


def test_it_gives_the_same(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))
    build.assess(force)
    build.assess(force, at=build.NOW + build.DAY, answers={"hate": "yes", "threat_made": "yes"})
    assert made_again(force) == [{}, {}]


def test_what_was_learned_later_changes_nothing(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))
    build.assess(force)
    later = build.NOW + build.DAY
    build.take(force, build.call("LATE", received_at="2026-06-01T21:04:00+01:00"), at=later)
    build.take(force, build.call("OLD", received_at=EARLIER, closed_as="no_trace"), at=later)
    flag = {
        "kind": "mental_ill_health",
        "about": {k: v for k, v in build.MAUREEN.items() if k != "role"},
        "source": "social care",
        "recorded_on": "2026-05-01",
    }
    with writing(force.store.connection):
        reference.take_flags(force.store.connection, [read_flag(flag)], later)
        reference.say_same(force.store.connection, "NEW-1", "OLD", False, "a test", later)
    assert made_again(force) == [{}]


def test_another_policy_says_what_differs(force: Force) -> None:
    build.assess(force, answers={"impact": "extreme"})
    other = replace(force, policy=replace(force.policy, matrix=replace(force.policy.matrix, parts=())))
    assert any("harm" in path for path in made_again(other)[0])
    assert made_again(force) == [{}]


def test_a_call_that_was_disposed_of_is_not_made_again(force: Force) -> None:
    from everycall.disposal import dispose_of

    build.assess(force)
    dispose_of("NEW-1", "a court", force, build.NOW + build.DAY)
    assert made_again(force) == []
