"""History as known at a moment: what was learned later is not seen by an earlier look."""

from __future__ import annotations

import build
from everycall.force import Force
from everycall.store import reference
from everycall.store.writing import writing

EARLIER = "2026-05-09T21:04:00+01:00"


def test_a_later_import_is_not_seen_by_an_earlier_look(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER), at=build.NOW + build.DAY)
    assert build.assess(force, dry_run=True).repeat.person.count_all == 0
    assert build.assess(force, at=build.NOW + 2 * build.DAY, dry_run=True).repeat.person.count_all == 1


def test_a_later_closure_is_not_seen_by_an_earlier_look(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))
    build.take(force, build.call("OLD", received_at=EARLIER, closed_as="no_trace"), at=build.NOW + build.DAY)
    (then,) = build.assess(force, dry_run=True).repeat.incidents
    (now,) = build.assess(force, at=build.NOW + 2 * build.DAY, dry_run=True).repeat.incidents
    assert (then.closed_as, now.closed_as) == (None, "no_trace")


def test_the_reach_is_of_what_was_known(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))
    build.take(force, build.call("OLDER", received_at="2025-05-09T21:04:00+01:00"), at=build.NOW + build.DAY)
    reach = force.history.standing("NEW-1", build.call().received_at, build.NOW).reach
    later = force.history.standing("NEW-1", build.call().received_at, build.NOW + 2 * build.DAY).reach
    assert reach.first == reach.last == build.call("OLD", received_at=EARLIER).received_at
    assert later.first is not None
    assert later.first.year == 2025


def test_an_empty_history_could_not_look(force: Force) -> None:
    assert build.assess(force, dry_run=True).repeat.status == "could_not_look"
    assert build.assess(force, dry_run=True).repeat.is_repeat == "unknown"


def test_a_cap_is_said(force: Force) -> None:
    most = force.policy.rules.search.most_a_key
    some = [build.call(f"H{n}", received_at=EARLIER) for n in range(most + 1)]
    build.take(force, *some)
    assert build.assess(force, dry_run=True).repeat.searched.capped != ()


def test_a_persons_word_binds_until_a_later_word(force: Force) -> None:
    build.take(force, build.call("OLD", received_at=EARLIER))

    def say(same: bool, days: int) -> None:
        with writing(force.store.connection):
            moment = build.KNOWN + days * build.DAY
            reference.say_same(force.store.connection, "NEW-1", "OLD", same, "a test", moment)

    assert build.assess(force, dry_run=True).repeat.person.count_all == 1
    say(False, 1)
    assert build.assess(force, dry_run=True).repeat.person.count_all == 0
    say(True, 2)
    assert build.assess(force, dry_run=True).repeat.person.count_all == 1
    then = force.history.standing("NEW-1", build.call().received_at, build.KNOWN + 1 * build.DAY)
    assert then.words_on == {"OLD": False}
