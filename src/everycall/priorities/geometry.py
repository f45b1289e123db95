"""GeoJSON areas, checked: a shape that crosses itself or lies in the sea by swapped numbers is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from everycall.errors import Problems, not_allowed

AREA_TYPES = ("MultiPolygon", "Polygon")
Point = tuple[float, float]


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


def _ring(points: Any, which: str) -> list[Point]:
    if not isinstance(points, list):
        raise _UnusableError(f"{which} is not a list of [longitude, latitude] points")
    ring = list(_points(points, which))
    if len(set(ring)) < 3:
        raise _UnusableError(f"{which} has {len(set(ring))} different points; an area needs at least 3")
    if all(_swapped(*point) for point in ring):
        raise _UnusableError(
            f"{which} looks swapped: GeoJSON has longitude first, and Great Britain is near -2, 54"
        )
    return ring


def _points(points: list[Any], which: str) -> Iterator[Point]:
    for i, point in enumerate(points, 1):
        if not (
            isinstance(point, (list, tuple))
            and len(point) >= 2
            and all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in point[:2])
        ):
            raise _UnusableError(f"{which}, point {i} is not [longitude, latitude] in numbers")
        longitude, latitude = float(point[0]), float(point[1])
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            metres = " (easting and northing? GeoJSON is in degrees)" if abs(longitude) > 180 else ""
            raise _UnusableError(
                f"{which}, point {i} is not in degrees between -180, -90 and 180, 90{metres}"
            )
        yield longitude, latitude


def _swapped(longitude: float, latitude: float) -> bool:
    return 49 <= longitude <= 61.5 and -9 <= latitude <= 2.5
