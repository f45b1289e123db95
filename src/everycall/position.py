"""Where something is on the ground: longitude and latitude, the National Grid, metres between points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

POSTCODE_ACCURACY_M = 100.0
"""How far a dwelling is taken to lie from its postcode's centre at most, in metres.

Code-Point Open gives the position of the delivery point nearest to the mean of a postcode's addresses, to a
metre; the addresses themselves (15 on average) spread along a street. The figure is ours, a working bound for
towns: in the country a postcode can be much wider.
"""

_EQUATOR_M = 6_378_137.0
_FLATTENING = 1 / 298.257223563
_ECCENTRICITY_2 = _FLATTENING * (2 - _FLATTENING)
_MEAN_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the ground and how well it is known.

    Parameters
    ----------
    longitude, latitude
        Degrees, WGS84.
    accuracy_m
        Radius in metres of the circle in which the true place lies; None when the point is taken as it is.
    source
        Where the point is from, in words for a person: ``"the coordinates given"``.
    """

    longitude: float
    latitude: float
    accuracy_m: float | None
    source: str


@lru_cache(maxsize=4_096)
def from_grid(easting: float, northing: float) -> tuple[float, float] | None:
    """Return the longitude and latitude (degrees, WGS84) of a National Grid point (metres, OSGB36).

    None outside the area that OSTN15 covers, and for 0, 0, which is how a missing point is written in exports
    and lies in the sea south-west of Scilly.

    Source: OSTN15, Ordnance Survey's definitive transformation (*A guide to coordinate systems in Great
    Britain*), as the library convertbng computes it; ETRS89 is taken as WGS84 (they differ by under a metre).
    """
    return from_grid_many([easting], [northing])[0]


def from_grid_many(eastings: Sequence[float], northings: Sequence[float]) -> list[tuple[float, float] | None]:
    """Return the longitude and latitude of many National Grid points at once, as `from_grid` does for one."""
    from convertbng import cutil  # here, not above: it loads numpy, and most commands convert nothing

    longitudes, latitudes = cutil.convert_osgb36_to_ll(eastings, northings)
    return [
        None if (easting == 0 and northing == 0) or longitude != longitude else (longitude, latitude)
        for easting, northing, longitude, latitude in zip(
            eastings, northings, longitudes.tolist(), latitudes.tolist(), strict=True
        )
    ]


def metres_per_degree(latitude: float) -> tuple[float, float]:
    """Return how many metres one degree of longitude, and one of latitude, measure at ``latitude`` degrees.

    Source: the WGS84 ellipsoid's radii of curvature in the prime vertical and in the meridian (OS, *A guide
    to coordinate systems in Great Britain*, annex on projections: nu and rho, without the grid's scale).
    """
    sine = math.sin(math.radians(latitude))
    squeeze = 1 - _ECCENTRICITY_2 * sine * sine
    prime_vertical = _EQUATOR_M / math.sqrt(squeeze)
    meridian = _EQUATOR_M * (1 - _ECCENTRICITY_2) / squeeze**1.5
    degree = math.pi / 180
    return prime_vertical * math.cos(math.radians(latitude)) * degree, meridian * degree


def metres_between(longitude: float, latitude: float, other_longitude: float, other_latitude: float) -> float:
    """Return the metres between two WGS84 points.

    Within a degree of latitude of each other they are measured on the ellipsoid as on a plane (better than
    0.1 % up to ten kilometres); farther apart as a great circle on the mean sphere (haversine; within 1 %).
    """
    if abs(latitude - other_latitude) < 1 and abs(longitude - other_longitude) < 1:
        east, north = metres_per_degree((latitude + other_latitude) / 2)
        return math.hypot((longitude - other_longitude) * east, (latitude - other_latitude) * north)
    one, other = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    half = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(across / 2) ** 2
    return 2 * _MEAN_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
