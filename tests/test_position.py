"""Positions: the National Grid against Ordnance Survey's own points, and metres on the ground."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.position import (
    from_grid,
    from_grid_many,
    metres_between,
    metres_per_degree,
)

# Ordnance Survey's test points for OSTN15: ETRS89 latitude and longitude, OSGB36 easting and northing.
OSTN15_POINTS = [
    (49.92226393730, -6.29977752014, 91492.146, 11318.804),
    (49.96006137820, -5.20304609998, 170370.718, 11572.405),
    (50.43885825610, -4.10864563561, 250359.811, 62016.569),
    (50.57563665000, -1.29782277240, 449816.371, 75335.861),
    (50.93127937910, -1.45051433700, 438710.920, 114792.250),
    (51.40078220140, -3.55128349240, 292184.870, 168003.465),
    (51.37447025550, 1.44454730409, 639821.835, 169565.858),
    (51.48936564950, -0.11992557180, 530624.974, 178388.464),
    (51.89436637350, 0.89724327012, 599445.590, 225722.826),
    (52.25160951230, -0.91248956970, 474335.969, 262047.755),
    (52.658007833, 1.716073973, 651409.804, 313177.450),
    (52.75136687170, 0.40153547065, 562180.547, 319784.995),
]


@pytest.mark.parametrize(("latitude", "longitude", "easting", "northing"), OSTN15_POINTS)
def test_the_grid_agrees_with_ordnance_survey_to_two_millimetres(
    latitude: float, longitude: float, easting: float, northing: float
) -> None:
    found = from_grid(easting, northing)
    assert found is not None
    assert metres_between(*found, longitude, latitude) < 0.002


def test_nought_nought_is_a_missing_point() -> None:
    assert from_grid(0, 0) is None


@pytest.mark.parametrize(
    ("easting", "northing"), [(0, 1_300_000), (-100, -100), (699_999, 1_299_999), (1e9, 1e9)]
)
def test_points_outside_the_grid_are_nowhere(easting: float, northing: float) -> None:
    assert from_grid(easting, northing) is None


def test_many_points_are_those_of_one_after_the_other() -> None:
    eastings, northings = [546881.0, 0.0, 651409.804], [258966.0, 0.0, 313177.450]
    one_by_one = [from_grid(e, n) for e, n in zip(eastings, northings, strict=True)]
    assert from_grid_many(eastings, northings) == one_by_one
    assert from_grid_many([], []) == []


@given(st.floats(540_000, 560_000), st.floats(250_000, 310_000), st.floats(-900, 900), st.floats(-900, 900))
def test_metres_agree_with_the_grid(easting: float, northing: float, east: float, north: float) -> None:
    one, other = from_grid(easting, northing), from_grid(easting + east, northing + north)
    assert one is not None
    assert other is not None
    # The grid's own scale is 0.9996 to 1.0004.
    assert metres_between(*one, *other) == pytest.approx(math.hypot(east, north), rel=0.001, abs=0.01)


def test_a_degree_has_its_known_lengths() -> None:
    assert metres_per_degree(0) == pytest.approx((111_319.5, 110_574.3), abs=0.1)
    assert metres_per_degree(52) == pytest.approx((68_677, 111_267), abs=5)


def test_metres_across_an_ocean_are_about_right() -> None:
    london, new_york = (-0.1278, 51.5074), (-74.0060, 40.7128)
    assert metres_between(*london, *new_york) == pytest.approx(5_570_000, rel=0.01)
    assert metres_between(179.9, 0, -179.9, 0) == pytest.approx(22_240, rel=0.01)
