"""Where a call happens: from its coordinates, or through its UPRN or postcode where places are imported."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from everycall.call import Location
from everycall.position import POSTCODE_ACCURACY_M, Position, from_grid

Lookup = Callable[[str], Position | None]


def locate(
    location: Location | None, postcode_lookup: Lookup | None = None, uprn_lookup: Lookup | None = None
) -> Position | None:
    """Return the position of a call's location, with its source in words, or None when it is not known.

    The words do not repeat the postcode or UPRN: not all who are told of a priority may learn where it is.

    In this order: latitude and longitude, easting and northing, UPRN, postcode. Coordinates of 0, 0 are
    missing ones. Where coordinates come with an accuracy worse than the others' (a mast's circle, kilometres
    wide), the UPRN or postcode that the caller gave is the better point and is taken.

    Parameters
    ----------
    location
        The call's location.
    postcode_lookup, uprn_lookup
        From imported places; the postcode is asked for as ``PE13 9ZZ``, a UPRN without leading noughts.
        A postcode's point that comes without an accuracy gets that of `POSTCODE_ACCURACY_M`.
    """
    if location is None:
        return None
    best = _from_coordinates(location)
    if best is None or (best.accuracy_m or 0) > POSTCODE_ACCURACY_M:
        for found in (_from_uprn(location, uprn_lookup), _from_postcode(location, postcode_lookup)):
            if found and (best is None or (found.accuracy_m or 0) < (best.accuracy_m or 0)):
                best = found
    return best


def _from_coordinates(location: Location) -> Position | None:
    if location.latitude is not None and location.longitude is not None:  # noqa: SIM102 - as in Location
        if location.latitude != 0 or location.longitude != 0:
            source = "the coordinates given"
            return Position(location.longitude, location.latitude, location.accuracy_m, source)
    if location.easting is not None and location.northing is not None:
        point = from_grid(location.easting, location.northing)
        if point is not None:
            return Position(*point, location.accuracy_m, "the grid reference given")
    return None


def _from_uprn(location: Location, lookup: Lookup | None) -> Position | None:
    if location.uprn is None or lookup is None:
        return None
    uprn = location.uprn.lstrip("0")
    found = lookup(uprn)
    return found and replace(found, source="the UPRN given")


def _from_postcode(location: Location, lookup: Lookup | None) -> Position | None:
    if location.postcode is None or lookup is None:
        return None
    closed = re.sub(r"[^A-Z0-9]", "", location.postcode.upper())
    postcode = f"{closed[:-3]} {closed[-3:]}"
    found = lookup(postcode)
    if found is None:
        return None
    accuracy = POSTCODE_ACCURACY_M if found.accuracy_m is None else found.accuracy_m
    return replace(found, accuracy_m=accuracy, source="the postcode's centre")
