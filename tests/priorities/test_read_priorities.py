"""Reading priorities: three forms of file, and every problem named by priority and key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from everycall.errors import InputError, Problems
from everycall.priorities import priority_schema, read_priorities

SQUARE = [[[0.15, 52.66], [0.16, 52.66], [0.16, 52.67], [0.15, 52.67], [0.15, 52.66]]]
WHOLE: dict[str, Any] = {
    "id": "P-1",
    "title": "Mopeds on the river path",
    "behaviours": ["vehicle_nuisance"],
    "categories": ["asb_nuisance"],
    "area_ids": ["W1"],
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
    "places": [{"name": "Skate park", "latitude": 52.66, "longitude": 0.15, "radius_m": 120}],
    "times": [{"days": ["sat"], "from": "18:00", "to": "02:00"}],
    "keywords": ["moped"],
    "agreed_on": "2026-04-02",
    "starts_on": "2026-04-02",
    "review_on": "2026-07-02",
    "expires_on": "2026-10-02",
    "owner": "Sgt, Wisbech",
    "agreed_by": "panel",
    "status": "active",
    "actions": [{"text": "Barrier at the path", "date": "2026-05-01"}],
}


def problems(*rows: Any, known: set[str] | None = None) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as refused:
        read_priorities(list(rows), "p.json", known)
    return [(detail.where, detail.problem) for detail in refused.value.details]


def test_a_whole_priority_is_read_and_written_back_the_same() -> None:
    (priority,) = read_priorities([WHOLE], "p.json", {"W1"})
    again = json.loads(json.dumps(priority.as_data()))
    assert again == {**WHOLE, "description": None}
    assert read_priorities([again], "p.json", {"W1"}) == [priority]


def test_a_feature_collection_is_the_same_as_a_list() -> None:
    properties = {key: value for key, value in WHOLE.items() if key != "geometry"}
    feature = {"type": "Feature", "properties": properties, "geometry": WHOLE["geometry"]}
    collection = {"type": "FeatureCollection", "features": [feature]}
    assert read_priorities(collection, "p.json") == read_priorities([WHOLE], "p.json")


def test_a_feature_without_geometry_keeps_its_area_ids() -> None:
    properties = {"title": "Youths", "status": "active", "area_ids": ["W1"]}
    feature = {"type": "Feature", "id": "P-2", "properties": properties, "geometry": None}
    (priority,) = read_priorities({"type": "FeatureCollection", "features": [feature]}, "p.json", {"W1"})
    assert (priority.id, priority.geometry, priority.area_ids) == ("P-2", None, ("W1",))


def test_an_empty_list_is_no_priority() -> None:
    assert read_priorities([], "p.json") == []


@pytest.mark.parametrize("data", [None, 7, "text", {}, {"type": "Feature"}, {"type": "FeatureCollection"}])
def test_something_else_is_refused(data: Any) -> None:
    with pytest.raises(InputError):
        read_priorities(data, "p.json")


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        ({"behaviors": []}, "behaviors", "did you mean 'behaviours'?"),
        ({"behaviours": ["street_drinkin"]}, "behaviours.0", "did you mean 'street_drinking'?"),
        ({"categories": ["asb_nuisence"]}, "categories.0", "did you mean 'asb_nuisance'?"),
        ({"status": "live"}, "status", "'live' is not one of active, discharged, draft"),
        ({"times": [{"days": ["fry"], "from": "18:00", "to": "02:00"}]}, "times.0.days.0", "'fri'?"),
        (
            {"times": [{"days": ["fri"], "from": "25:00", "to": "02:00"}]},
            "times.0.from",
            "'25:00' is not a time",
        ),
        ({"times": [{"days": ["fri"], "from": "18:00", "to": "24:00"}]}, "times.0.to", "midnight is 00:00"),
        ({"times": [{"days": ["fri"], "from": "18:00"}]}, "times.0.to", "required"),
        ({"times": [{"days": ["fri"], "from": 18, "to": "02:00"}]}, "times.0.from", "is not a time"),
        ({"starts_on": "2026-02-30"}, "starts_on", "not a date"),
        ({"expires_on": "2026-04-01"}, "", "expires_on 2026-04-01 is before starts_on 2026-04-02"),
        ({"title": "  "}, "title", "is empty"),
        ({"keywords": ["!!"]}, "keywords.0", "no letter or digit"),
        (
            {"area_ids": ["WARD-2"]},
            "area_ids",
            "no imported area has the id 'WARD-2', did you mean 'WARD-1'?",
        ),
        (
            {"places": [{"name": "x", "latitude": 52, "longitude": 0, "radius_m": 0}]},
            "places.0.radius_m",
            "greater",
        ),
        (
            {"places": [{"name": "x", "latitude": 0.15, "longitude": 52.6, "radius_m": 9}]},
            "places.0",
            "swapped",
        ),
        ({"geometry": {"type": "Point", "coordinates": [0, 52]}}, "geometry", "use 'places' with a radius_m"),
        ({"geometry": {"type": "polygon", "coordinates": SQUARE}}, "geometry", "did you mean 'Polygon'?"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "geometry", "no ring of points"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [0, 52]]]}},
            "geometry",
            "at least 3",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1, 53], [1, 52], [0, 53], [0, 52]]]}},
            "geometry",
            "Self-intersection",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE[0]]]}},
            "geometry",
            "looks swapped",
        ),
        (
            {
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[540000, 260000], [540100, 260000], [540100, 260100]]],
                }
            },
            "geometry",
            "easting and northing?",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 52], ["1", 53], [1, 52]]]}},
            "geometry",
            "point 2",
        ),
        ({"geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1], [1, 52]]]}}, "geometry", "point 2"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 52], [0, 53], [0, 54], [0, 52]]]}},
            "geometry",
            "",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1, float("nan")], [1, 53]]]}},
            "geometry",
            "2",
        ),
        ({"geometry": {"type": "Polygon", "coordinates": [[[0, 52]] * 9]}}, "geometry", "not a simple area"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 52], [1, 53]] * 9]}},
            "geometry",
            "not a simple area",
        ),
        ({"geometry": {"type": "Polygon", "coordinates": [[]]}}, "geometry", "at least 3"),
        ({"geometry": "here"}, "geometry", "not a GeoJSON geometry"),
    ],
)
def test_a_wrong_value_is_named_by_priority_and_key(change: dict[str, Any], key: str, says: str) -> None:
    found = problems({**WHOLE, **change}, known={"W1", "WARD-1"})
    assert [where for where, _ in found] == [f"p.json priority 1 (P-1) {key}".rstrip()]
    assert says in found[0][1]


@pytest.mark.parametrize("key", ["id", "title", "status"])
def test_what_decides_whether_it_counts_must_be_given(key: str) -> None:
    row = {name: value for name, value in WHOLE.items() if name != key}
    assert key in problems(row)[0][0]


def test_all_problems_of_all_priorities_are_told_together() -> None:
    found = problems(
        {**WHOLE, "status": "live", "starts_on": "soon"}, {**WHOLE, "id": "P-2", "title": ""}, 7, WHOLE, WHOLE
    )
    assert len(found) == 6
    assert found[-1] == ("p.json priority 5 (P-1) id", "is already that of priority 1")


def test_the_sound_ones_come_back_when_problems_are_gathered() -> None:
    found = Problems()
    rows = [WHOLE, {**WHOLE, "id": "P-2", "status": "live"}, {**WHOLE, "id": "P-3"}]
    assert [p.id for p in read_priorities(rows, "p.json", problems=found)] == ["P-1", "P-3"]
    assert len(found) == 1


def test_a_ring_left_open_is_closed() -> None:
    open_ring = {"type": "Polygon", "coordinates": [SQUARE[0][:-1]]}
    assert read_priorities([{**WHOLE, "geometry": open_ring}], "p") == read_priorities([WHOLE], "p")


def test_the_schema_names_every_key_as_it_is_written() -> None:
    schema = priority_schema()
    assert set(WHOLE) | {"description"} == set(schema["properties"])
    assert set(schema["$defs"]["WrittenWindow"]["properties"]) == {"days", "from", "to"}
    json.dumps(schema)
