"""Reading areas: strict, every problem by the feature's number."""

from __future__ import annotations

from typing import Any

import pytest

from everycall.errors import InputError, Problems
from everycall.priorities import read_areas


def square(west: float, south: float) -> list[list[list[float]]]:
    east, north = west + 0.01, south + 0.01
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(area_id: Any = "W1", name: Any = "Market", geometry: Any = None) -> dict[str, Any]:
    shape = geometry or {"type": "Polygon", "coordinates": square(0.1, 52)}
    return {"type": "Feature", "properties": {"code": area_id, "name": name}, "geometry": shape}


def read(*features: Any, **kwargs: Any) -> Any:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return read_areas(collection, "code", "name", "wards.geojson", **kwargs)


def test_polygons_and_multipolygons_are_areas() -> None:
    two = {"type": "MultiPolygon", "coordinates": [square(0.1, 52), square(0.3, 52)]}
    areas = read(feature(), feature(17, "Islands", two))
    assert [(area.id, area.name) for area in areas] == [("W1", "Market"), ("17", "Islands")]
    assert areas[1].geometry.area == pytest.approx(2 * areas[0].geometry.area)


def test_all_problems_are_told_by_the_number_of_the_feature() -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[0, 52], [1, 53], [1, 52], [0, 53], [0, 52]]]}
    with pytest.raises(InputError) as refused:
        read(
            feature(), feature(), feature("W3", "x", bow_tie), feature("", "y"), {"properties": {"cod": 1}}, 7
        )
    told = [(detail.where, detail.problem) for detail in refused.value.details]
    assert told[0] == ("wards.geojson feature 2 code", "'W1' is already feature 1")
    assert told[1][0] == "wards.geojson feature 3 geometry"
    assert "Self-intersection" in told[1][1]
    assert told[2] == ("wards.geojson feature 4 code", "is not a text or a whole number")
    assert told[3] == ("wards.geojson feature 5", "has no 'code', did you mean 'cod'?")
    assert told[-1] == ("wards.geojson feature 6", "has no properties")


def test_the_sound_ones_come_back_when_problems_are_gathered() -> None:
    found = Problems()
    assert [area.id for area in read(feature(), feature(None), problems=found)] == ["W1"]
    assert len(found) == 1


@pytest.mark.parametrize("data", [[], {}, {"type": "FeatureCollection", "features": []}, None])
def test_a_file_without_areas_is_refused(data: Any) -> None:
    with pytest.raises(InputError):
        read_areas(data, "code", "name", "wards.geojson")
