"""Reading priorities: a bare list, GeoJSON, or police.uk's list, all problems told together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pydantic import ValidationError

from everycall.errors import Problems, nearest, problems_of
from everycall.priorities.edge import WrittenPriority, names
from everycall.priorities.police_uk import is_police_uk, read_police_uk
from everycall.priorities.priority import Place, PlannedAction, Priority
from everycall.priorities.windows import DAYS, Window


def read_priorities(
    data: Any, where: str, known_area_ids: Collection[str] | None = None, problems: Problems | None = None
) -> list[Priority]:
    """Read priorities, in the order of the file.

    Parameters
    ----------
    data
        The decoded JSON: a list of priorities, a FeatureCollection whose features hold a priority's fields as
        properties and its area as geometry, or the list that police.uk's API gives, which becomes drafts.
    where
        What stands before a problem's place, for instance the file's name.
    known_area_ids
        The ids of the imported areas; None leaves ``area_ids`` unchecked.
    problems
        Where to gather what is wrong, so that the sound priorities come back all the same; without it, any
        problem refuses the whole file.

    Raises
    ------
    InputError
        With every problem of every priority, when ``problems`` is not given.
    """
    found = Problems() if problems is None else problems
    if is_police_uk(data):
        priorities = read_police_uk(data, where, found)
    else:
        priorities = []
        seen: dict[str, int] = {}
        for number, row in _rows(data, where, found):
            place = _named(row, number, where)
            before = len(found)
            priority = _read(row, place, known_area_ids, found)
            row_id = row.get("id") if isinstance(row, dict) else None
            if isinstance(row_id, str):
                if row_id.strip() in seen:
                    found.add(f"{place} id", f"is already that of priority {seen[row_id.strip()]}")
                seen.setdefault(row_id.strip(), number)
            if priority is not None and len(found) == before:
                priorities.append(priority)
    if problems is None:
        found.raise_if_any("the priorities cannot be used")
    return priorities


def _rows(data: Any, where: str, problems: Problems) -> Iterator[tuple[int, Any]]:
    if isinstance(data, list):
        yield from enumerate(data, 1)
    elif isinstance(data, dict) and data.get("type") == "FeatureCollection":
        features = data.get("features")
        if not isinstance(features, list):
            problems.add(where, "has no list of features")
            return
        for number, feature in enumerate(features, 1):
            yield number, _of_feature(feature, f"{where} feature {number}", problems)
    else:
        problems.add(where, "is neither a list of priorities nor a GeoJSON FeatureCollection")


def _of_feature(feature: Any, where: str, problems: Problems) -> Any:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        problems.add(where, "has no properties")
        return {}
    row = dict(feature["properties"])
    if row.get("geometry") is not None:
        problems.add(f"{where} properties.geometry", "an area is drawn by the feature's own geometry")
    row["geometry"] = feature.get("geometry")
    if "id" not in row and isinstance(feature.get("id"), str):
        row["id"] = feature["id"]
    return row


def _named(row: Any, number: int, where: str) -> str:
    row_id = row.get("id") if isinstance(row, dict) else None
    return f"{where} priority {number}" + (f" ({row_id[:60]})" if isinstance(row_id, str) else "")


def _read(
    row: Any, where: str, known_area_ids: Collection[str] | None, problems: Problems
) -> Priority | None:
    if not isinstance(row, dict):
        problems.add(where, "is not an object")
        return None
    area, geometry = None, row.get("geometry")
    if geometry is not None:
        from everycall.priorities.geometry import area_from_geojson  # here: it loads shapely and numpy

        area = area_from_geojson(geometry, f"{where} geometry", problems)
    area_ids = row.get("area_ids")
    if known_area_ids is not None and isinstance(area_ids, list):
        for area_id in area_ids:
            if isinstance(area_id, str) and area_id.strip() not in known_area_ids:
                hint = nearest(area_id, known_area_ids)
                problems.add(f"{where} area_ids", f"no imported area has the id '{area_id[:60]}'{hint}")
    try:
        written = WrittenPriority.model_validate({**row, "geometry": None})
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        problems.extend(problems_of(errors, names(), where))
        return None
    return Priority(
        id=written.id,
        title=written.title,
        status=written.status,
        description=written.description,
        behaviours=tuple(written.behaviours),
        categories=tuple(written.categories),
        area_ids=tuple(dict.fromkeys(written.area_ids)),
        geometry=area,
        places=tuple(Place(p.name, p.longitude, p.latitude, p.radius_m) for p in written.places),
        times=tuple(
            Window(frozenset(DAYS.index(day) for day in one.days), one.begins, one.ends)
            for one in written.times
        ),
        keywords=tuple(written.keywords),
        agreed_on=written.agreed_on,
        starts_on=written.starts_on,
        review_on=written.review_on,
        expires_on=written.expires_on,
        owner=written.owner,
        agreed_by=written.agreed_by,
        actions=tuple(PlannedAction(one.text, one.date) for one in written.actions),
    )
