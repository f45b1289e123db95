"""GeoJSON areas, checked: a shape that crosses itself or lies in the sea by swapped numbers is a problem."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from everycall.errors import Problems, not_allowed

AREA_TYPES = ("MultiPolygon", "Polygon")


class _UnusableError(Exception):
    """A shape that is no area; says why, and never leaves this module."""


def area_from_geojson(geometry: Any, where: str, problems: Problems) -> BaseGeometry | None:
    """Return the area that a GeoJSON geometry draws, or None after adding what is wrong with it.

    Longitude first, then latitude, in degrees (WGS84), as RFC 7946 section 3.1.1 has it; heights are
    passed over. A ring that does not come back to its first point is closed. Polygons and MultiPolygons
    only: a point
    or a line has no inside.
    """
    try:
        return _area(geometry)
    except _UnusableError as unusable:
        problems.add(where, str(unusable))
        return None


def _area(geometry: Any) -> BaseGeometry:
    if not isinstance(geometry, dict):
        raise _UnusableError("is not a GeoJSON geometry, an object with 'type' and 'coordinates'")
    kind = geometry.get("type")
    if kind not in AREA_TYPES:
        hint = "; for a point use 'places' with a radius_m" if kind in ("Point", "MultiPoint") else ""
        raise _UnusableError(f"type {not_allowed(str(kind), AREA_TYPES)}{hint}")
    coordinates = geometry.get("coordinates")
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise _UnusableError("has no coordinates")
    polygons = [_polygon(part, f"polygon {i}, " if len(parts) > 1 else "") for i, part in enumerate(parts, 1)]
    area: BaseGeometry = polygons[0] if kind == "Polygon" else MultiPolygon(polygons)
    if not shapely.is_valid(area):
        raise _UnusableError(f"is not a simple area: {shapely.is_valid_reason(area)} (longitude latitude)")
    if area.area == 0:
        raise _UnusableError("encloses nothing")
    return area


def _polygon(rings: Any, which: str) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise _UnusableError(f"{which}has no ring of points")
    outer, *holes = [_ring(ring, f"{which}ring {i}") for i, ring in enumerate(rings, 1)]
    return Polygon(outer, holes)


def _ring(points: Any, which: str) -> NDArray[np.float64]:
    if not isinstance(points, list):
        raise _UnusableError(f"{which} is not a list of [longitude, latitude] points")
    ring = _numbers(points, which)
    wrong = np.flatnonzero((np.abs(ring[:, 0]) > 180) | (np.abs(ring[:, 1]) > 90) | ~np.isfinite(ring).all(1))
    if wrong.size:
        metres = " (easting and northing? GeoJSON is in degrees)" if abs(ring[wrong[0], 0]) > 180 else ""
        raise _UnusableError(
            f"{which}, point {wrong[0] + 1} is not in degrees between -180, -90 and 180, 90{metres}"
        )
    # Longer rings that come to nothing are found by their area; counting their points takes longest.
    if len(ring) < 5 and (different := len(set(map(tuple, ring.tolist())))) < 3:
        raise _UnusableError(f"{which} has {different} different points; an area needs at least 3")
    if ((ring[:, 0] >= 49) & (ring[:, 0] <= 61.5) & (ring[:, 1] >= -9) & (ring[:, 1] <= 2.5)).all():
        raise _UnusableError(
            f"{which} looks swapped: GeoJSON has longitude first, and Great Britain is near -2, 54"
        )
    return ring


def _numbers(points: list[Any], which: str) -> NDArray[np.float64]:
    # All at once, since wards have thousands of points; one by one only to say which of them is wrong.
    try:
        together = np.asarray(points)
    except ValueError:
        together = np.empty(0)
    if together.ndim == 2 and together.shape[1] >= 2 and together.dtype.kind in "if":
        numbers: NDArray[np.float64] = together[:, :2].astype(np.float64)
        return numbers
    for i, point in enumerate(points, 1):
        if not (
            isinstance(point, (list, tuple))
            and len(point) >= 2
            and all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in point[:2])
        ):
            raise _UnusableError(f"{which}, point {i} is not [longitude, latitude] in numbers")
    return np.array([point[:2] for point in points], dtype=np.float64).reshape(-1, 2)
