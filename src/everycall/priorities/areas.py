"""Areas a force imports once and names in its priorities: wards, beats, neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from everycall.errors import Problems, nearest

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Area:
    """A named area; its geometry in degrees (WGS84), longitude first."""

    id: str
    name: str
    geometry: BaseGeometry


def read_areas(
    geojson: Any, id_field: str, name_field: str, where: str, problems: Problems | None = None
) -> list[Area]:
    """Read the areas of a GeoJSON FeatureCollection, in the order of the file.

    Parameters
    ----------
    geojson
        The decoded file.
    id_field, name_field
        The properties that hold each area's id and name.
    where
        What stands before a problem's place, for instance the file's name.
    problems
        Where to gather what is wrong, so that the sound areas come back all the same; without it, any problem
        refuses the whole file.

    Raises
    ------
    InputError
        With every problem, named by the feature's number from 1, when ``problems`` is not given.
    """
    from everycall.priorities.geometry import area_from_geojson  # here: it loads shapely and numpy

    found = Problems() if problems is None else problems
    areas: list[Area] = []
    seen: dict[str, int] = {}
    features = geojson.get("features") if isinstance(geojson, dict) else None
    if not isinstance(features, list) or geojson.get("type") != "FeatureCollection":
        found.add(where, "is not a GeoJSON FeatureCollection")
        features = []
    elif not features:
        found.add(where, "has no features")
    for number, feature in enumerate(features, 1):
        place = f"{where} feature {number}"
        before = len(found)
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            found.add(place, "has no properties")
            continue
        area_id = _text(properties, id_field, place, found)
        name = _text(properties, name_field, place, found)
        geometry = area_from_geojson(feature.get("geometry"), f"{place} geometry", found)
        if area_id and area_id in seen:
            found.add(f"{place} {id_field}", f"'{area_id}' is already feature {seen[area_id]}")
        if area_id:
            seen.setdefault(area_id, number)
        if area_id and name and geometry is not None and len(found) == before:
            areas.append(Area(area_id, name, geometry))
    if problems is None:
        found.raise_if_any("the areas cannot be used")
    return areas


def _text(properties: dict[str, Any], field: str, where: str, problems: Problems) -> str | None:
    if field not in properties:
        problems.add(where, f"has no '{field}'{nearest(field, properties)}")
        return None
    value = properties[field]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        problems.add(f"{where} {field}", "is not a text or a whole number")
        return None
    return value.strip()
