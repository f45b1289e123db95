"""An earlier call tells of every victim it names: who rings now is not the only one of the home at risk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import build
from everycall.flag import read_flag
from everycall.force import Force
from everycall.store import reference
from everycall.store.writing import writing

HOME = {"address": "14 Larch Road", "postcode": "PE13 9ZZ"}
DAVID = {"name": "David Pecksniff", "phone": "01632 960 114", "role": "victim", **HOME}


def told(
    force: Force, caller: dict[str, Any], *victims: dict[str, Any]
) -> list[tuple[str, str, str, str | None]]:
    at = (build.NOW - timedelta(days=3)).isoformat()
    call = build.call("OLD", received_at=at, caller=caller, victims=[HOME | one for one in victims])
    build.take(force, call)
    made = build.assess(force, caller=DAVID).vulnerability
    return [(one.indicator, one.who, one.source, one.from_call) for one in made.findings]


@pytest.mark.parametrize(
    ("somebody", "indicator"),
    [
        ({"name": "Agnes Pecksniff", "date_of_birth": "1944-01-01"}, "older_or_frail"),
        ({"name": "Tim Pecksniff", "age": 8}, "child_in_household"),
    ],
)
def test_the_age_of_somebody_of_the_home_is_known_whoever_rang(
    force: Force, somebody: dict[str, Any], indicator: str
) -> None:
    beside = told(force, DAVID, somebody)
    assert beside == [(indicator, "household", "household", "OLD")]


def test_as_it_is_where_they_rang_themselves(force: Force) -> None:
    agnes = {"name": "Agnes Pecksniff", "date_of_birth": "1944-01-01", "role": "victim", **HOME}
    assert told(force, agnes) == [("older_or_frail", "household", "household", "OLD")]


def test_a_suspect_of_that_age_is_nobody_at_risk(force: Force) -> None:
    at = (build.NOW - timedelta(days=3)).isoformat()
    suspect = {"name": "Agnes Pecksniff", "date_of_birth": "1944-01-01", "role": "suspect", **HOME}
    build.take(force, build.call("OLD", received_at=at, caller=DAVID, others=[suspect]))
    assert build.assess(force, caller=DAVID).vulnerability.findings == ()


def test_the_order_in_which_victims_are_listed_changes_nothing(force: Force) -> None:
    at = (build.NOW - timedelta(days=3)).isoformat()
    line = "07700 900 001"
    agnes = {"name": "Agnes Pecksniff", "date_of_birth": "1944-01-01"}
    build.take(force, build.call("OLD", received_at=at, caller=DAVID | agnes | {"phone": line}))
    victims = [agnes | HOME, agnes | {"phone": line}]
    asked = {"caller": {"name": "Tom Finch", "role": "witness"}, "location": None}
    one, other = (
        build.assess(force, dry_run=True, victims=some, **asked) for some in (victims, victims[::-1])
    )
    assert one.repeat == other.repeat


def test_flags_are_told_in_an_order_of_their_own(force: Force) -> None:
    about = {"name": "David Pecksniff", "phone": DAVID["phone"]}
    for kind in ("warning", "domestic_abuse"):
        flag = {"kind": kind, "about": about, "source": "council", "recorded_on": "2026-01-01"}
        with writing(force.store.connection):
            reference.take_flags(force.store.connection, [read_flag(flag)], build.KNOWN)
    assert [one.kind for one in build.assess(force, caller=DAVID).notices] == ["domestic_abuse", "warning"]
