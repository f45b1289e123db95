"""Where a call happens: coordinates first, then imported places; it says by what."""

from __future__ import annotations

import pytest

from everycall.call import Location
from everycall.position import POSTCODE_ACCURACY_M, Position, metres_between
from everycall.priorities import locate

ASKED = {"PE13 9ZZ": Position(0.16, 52.66, None, "table")}


def test_coordinates_are_taken_as_given() -> None:
    found = locate(Location(latitude=52.66, longitude=0.16, accuracy_m=30, postcode="PE13 9ZZ"), ASKED.get)
    assert found == Position(0.16, 52.66, 30, "the coordinates given")


def test_a_grid_reference_is_converted() -> None:
    found = locate(Location(easting=651409.804, northing=313177.450))
    assert found is not None
    assert metres_between(found.longitude, found.latitude, 1.716073973, 52.658007833) < 0.01
    assert found.source == "the grid reference given"


@pytest.mark.parametrize(
    "missing",
    [
        Location(latitude=0, longitude=0),
        Location(easting=0, northing=0),
        Location(easting=699_000, northing=1_299_000),
        Location(address="Market Place"),
        Location(postcode="PE13 9ZY"),
        None,
    ],
)
def test_what_is_missing_is_not_known_and_is_no_point_in_the_sea(missing: Location | None) -> None:
    assert locate(missing, ASKED.get, ASKED.get) is None


@pytest.mark.parametrize("written", ["PE13 9ZZ", "pe139zz", " PE13  9zz "])
def test_a_postcode_is_its_centre_with_an_accuracy_of_its_own(written: str) -> None:
    found = locate(Location(postcode=written, easting=0, northing=0), ASKED.get)
    assert found == Position(0.16, 52.66, POSTCODE_ACCURACY_M, "the postcode's centre")


@pytest.mark.parametrize("uprn", ["100090", "000000100090"])
def test_a_uprn_is_better_than_a_postcode(uprn: str) -> None:
    uprns = {"100090": Position(0.161, 52.661, None, "table")}
    found = locate(Location(postcode="PE13 9ZZ", uprn=uprn), ASKED.get, uprns.get)
    assert found == Position(0.161, 52.661, None, "the UPRN given")


def test_a_mast_kilometres_wide_yields_to_the_postcode_given() -> None:
    mast = Location(latitude=52.7, longitude=0.2, accuracy_m=4_000, postcode="PE13 9ZZ")
    found = locate(mast, ASKED.get)
    assert found is not None
    assert found.source == "the postcode's centre"
    alone = locate(mast)
    assert alone is not None
    assert alone.accuracy_m == 4_000


def test_without_lookups_a_postcode_is_not_known() -> None:
    assert locate(Location(postcode="PE13 9ZZ", uprn="100090")) is None
