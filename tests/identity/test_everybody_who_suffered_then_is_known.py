"""An earlier call tells of every victim it names: who rings now is not the only one of the home at risk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import build
from everycall.force import Force

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
