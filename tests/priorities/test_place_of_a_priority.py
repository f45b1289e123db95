"""Where: areas, drawn shapes and circles; a position that is uncertain or unknown; far away and abroad."""

from __future__ import annotations

from typing import Any

import pytest

from everycall.assessment import Priorities, Status
from everycall.call import read_call
from everycall.position import Position
from everycall.priorities import Area, Book, match, read_areas, read_priorities


def square(west: float, south: float) -> dict[str, Any]:
    east, north = west + 0.01, south + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def areas(**shapes: Any) -> list[Area]:
    features = [
        {"properties": {"id": name, "name": name.title()}, "geometry": s} for name, s in shapes.items()
    ]
    return read_areas({"type": "FeatureCollection", "features": features}, "id", "name", "areas.json")


MARKET = areas(market=square(0.15, 52.66))
CALL = read_call({"ref": "1", "received_at": "2026-06-12T21:04:00+01:00", "behaviours": ["noise"]}).call


def assess(position: Position | None, known: list[Area] = MARKET, **fields: Any) -> Priorities:
    row = {"id": "P-1", "title": "Noise", "status": "active", **fields}
    return match(Book.of(read_priorities([row], "p.json"), known), CALL, position)


def at(longitude: float, latitude: float, accuracy_m: float | None = None) -> Position:
    return Position(longitude, latitude, accuracy_m, "the coordinates given")


def test_an_area_is_named_in_the_reason() -> None:
    found = assess(at(0.155, 52.665), area_ids=["market"])
    assert found.matches[0].because == (
        "inside area Market, by the coordinates given",
        "at any time",
        "any kind of call",
    )


def test_the_edge_is_inside() -> None:
    assert assess(at(0.15, 52.665), area_ids=["market"]).status is Status.FOUND


def test_any_one_of_several_areas_is_enough() -> None:
    fields = {"area_ids": ["market"], "geometry": square(1.0, 52.0)}
    assert assess(at(1.005, 52.005), **fields).status is Status.FOUND
    assert assess(at(0.155, 52.665), **fields).status is Status.FOUND


def test_just_outside_is_a_near_miss_that_says_how_far() -> None:
    # 0.001 of a degree of latitude is 111 m.
    (near,) = assess(at(0.155, 52.671), area_ids=["market"]).near_misses
    assert near.missed == "place: 111 m outside area Market, by the coordinates given"


def test_far_outside_is_still_a_near_miss_but_not_measured() -> None:
    (near,) = assess(at(0.155, 52.9), area_ids=["market"]).near_misses
    assert near.missed == "place: over 2.0 km outside, by the coordinates given"


def test_a_circle_that_only_touches_is_position_uncertain_not_a_match() -> None:
    found = assess(at(0.155, 52.671, 150), area_ids=["market"])
    assert found.status is Status.LOOKED_NONE
    assert found.near_misses[0].missed == (
        "position uncertain: 111 m outside area Market, by the coordinates given, known to 150 m"
    )
    (outside,) = assess(at(0.155, 52.671, 100), area_ids=["market"]).near_misses
    assert outside.missed.startswith("place: ")


def test_a_wide_circle_touches_what_is_far_too() -> None:
    (near,) = assess(at(0.155, 52.7, 5_000), area_ids=["market"]).near_misses
    assert near.missed.startswith("position uncertain: 3.3 km outside area Market")


def test_inside_is_a_match_by_the_point_however_wide_the_circle() -> None:
    assert assess(at(0.155, 52.665, 5_000), area_ids=["market"]).status is Status.FOUND


@pytest.mark.parametrize(("latitude", "inside"), [(52.66, True), (52.6613, True), (52.6614, False)])
def test_a_place_is_a_circle_in_metres(latitude: float, inside: bool) -> None:
    places = [{"name": "Bus station", "latitude": 52.66, "longitude": 0.16, "radius_m": 150}]
    assert (assess(at(0.16, latitude), places=places).status is Status.FOUND) is inside


def test_metres_east_are_metres_too() -> None:
    # At 52.66 degrees a degree of longitude is 67.7 km: 150 m are 0.00222 of it, not 0.00135.
    places = [{"name": "Bus station", "latitude": 52.66, "longitude": 0.16, "radius_m": 150}]
    found = assess(at(0.1622, 52.66), places=places)
    assert found.matches[0].because[0] == (
        "within 150 m round Bus station (149 m away), by the coordinates given"
    )
    assert assess(at(0.1623, 52.66), places=places).status is Status.LOOKED_NONE


def test_neither_area_nor_place_means_everywhere_even_without_a_position() -> None:
    found = assess(None)
    assert found.status is Status.FOUND
    assert found.matches[0].because[0] == "applies everywhere"


def test_an_unknown_position_could_not_look_unless_something_else_failed() -> None:
    assert assess(None, area_ids=["market"]).status is Status.COULD_NOT_LOOK
    other_kind = assess(None, area_ids=["market"], behaviours=["parking"])
    assert other_kind.status is Status.LOOKED_NONE
    assert other_kind.near_misses == ()


def test_a_match_stands_beside_what_could_not_be_looked_at() -> None:
    rows = [
        {"id": "P-1", "title": "Noise", "status": "active"},
        {"id": "P-2", "title": "Noise", "status": "active", "area_ids": ["market"]},
    ]
    found = match(Book.of(read_priorities(rows, "p.json"), MARKET), CALL, None)
    assert found.status is Status.FOUND
    assert [(r.code, r.text.split()[0]) for r in found.reasons] == [("position_unknown", "P-2")]


def test_an_area_that_was_withdrawn_switches_nothing_off_silently() -> None:
    found = assess(at(0.155, 52.665), known=[], area_ids=["market"])
    assert found.status is Status.COULD_NOT_LOOK
    assert found.reasons[0].code == "area_unknown"
    rows = read_priorities([{"id": "P-1", "title": "x", "status": "active", "area_ids": ["markt"]}], "p")
    (problem,) = Book.of(rows, MARKET).problems
    assert "did you mean 'market'?" in problem.problem


def test_two_failed_conditions_are_no_near_miss() -> None:
    found = assess(at(0.155, 52.671), area_ids=["market"], behaviours=["parking"])
    assert (found.status, found.near_misses) == (Status.LOOKED_NONE, ())


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(-75.4, 40.1), (151.2, -33.9), (180, 90), (-180, -90), (0, 0), (179.99, 0)]
)
@pytest.mark.parametrize("accuracy", [None, 0.0, 1_000_000.0])
def test_a_position_abroad_is_outside_and_nothing_breaks(
    longitude: float, latitude: float, accuracy: float | None
) -> None:
    places = [{"name": "Bus station", "latitude": 52.66, "longitude": 0.16, "radius_m": 150}]
    found = assess(at(longitude, latitude, accuracy), area_ids=["market"], places=places)
    assert found.status is Status.LOOKED_NONE
    assert len(found.near_misses) == 1


def test_a_priority_in_another_country_works_the_same() -> None:
    found = assess(at(-75.395, 40.105), geometry=square(-75.4, 40.1))
    assert found.status is Status.FOUND
