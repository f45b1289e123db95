"""A slip of the date must not give a victim's call until tomorrow without a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

import build
from everycall.force import Force


@pytest.mark.parametrize(
    ("ahead", "told"), [(-60, False), (0, False), (10, False), (11, True), (60 * 24, True)]
)
def test_it_is_told_where_it_is_more_than_clocks_differ_by(force: Force, ahead: int, told: bool) -> None:
    received = build.NOW + timedelta(minutes=ahead)
    made = build.assess(force, dry_run=True, received_at=received.isoformat())
    notes = [one for one in made.problems if one.part == "call"]
    assert bool(notes) is told
    if told:
        assert notes[0].problem.startswith("received_at: is still to come (")


def test_put_right_it_has_the_time_it_should_have_had(force: Force) -> None:
    right = build.assess(force, dry_run=True).recommendation.respond_by
    build.assess(force, received_at="2026-07-12T21:04:00+01:00")
    made = build.assess(force, at=build.NOW + timedelta(minutes=1))
    assert made.recommendation.respond_by == right
    assert made.problems == build.assess(force, "NEW-2", dry_run=True).problems
