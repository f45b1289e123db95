"""What a form says where nothing is known ("WITHHELD", "UNKNOWN", 0, 0) is no place, and no way to reach somebody."""

from __future__ import annotations

from typing import Any

import pytest

import build
from everycall.assessment import Assessment


def assessed(store: str, **more: Any) -> Assessment:
    force = build.force_at(store)
    try:
        return build.assess(force, **more)
    finally:
        force.store.close()


@pytest.mark.parametrize(
    "place",
    [
        None,
        {"address": "UNKNOWN"},
        {"address": "NFA"},
        {"address": "refused", "postcode": "PE13"},
        {"postcode": "not known"},
        {"latitude": 0, "longitude": 0},
        {"easting": 0, "northing": 0},
    ],
)
def test_where_it_happens_is_asked_when_only_a_placeholder_is_told(
    sqlite_store: str, place: dict[str, Any] | None
) -> None:
    found = assessed(sqlite_store, location=place)
    assert "location" in [one.question for one in found.ask_next]


@pytest.mark.parametrize(
    "place",
    [
        {"address": "Market Place"},
        {"address": "behind the bus station"},
        {"postcode": "pe139zz"},
        {"uprn": "100090"},
        {"latitude": 52.66, "longitude": 0.16},
        {"latitude": 51.5, "longitude": 0},
        {"easting": 546000, "northing": 309000},
    ],
)
def test_where_it_happens_is_not_asked_when_somebody_could_be_sent(
    sqlite_store: str, place: dict[str, Any]
) -> None:
    found = assessed(sqlite_store, location=place)
    assert "location" not in [one.question for one in found.ask_next]


@pytest.mark.parametrize(
    ("told", "owed"),
    [
        ({}, "location_patrol"),
        ({"phone": "WITHHELD"}, "location_patrol"),
        ({"phone": "0"}, "location_patrol"),
        ({"phone": "999", "email": "refused", "address": "NFA"}, "location_patrol"),
        ({"phone": "07700 900123"}, "ask_back"),
        ({"email": "al@example.org"}, "ask_back"),
        ({"address": "The Cottage"}, "ask_back"),
    ],
)
def test_where_nobody_can_be_called_back_a_patrol_looks(
    sqlite_store: str, told: dict[str, str], owed: str
) -> None:
    found = assessed(sqlite_store, caller={"role": "anonymous", **told}, location={"address": "Market Place"})
    codes = {action.code for action in found.recommendation.actions}
    assert codes & {"ask_back", "location_patrol"} == {owed}
