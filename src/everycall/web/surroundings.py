"""What a map is drawn from: outlines of areas and published incidents, made ready once and kept until they change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from everycall.localtime import days_before
from everycall.priorities.areas import Area, read_areas
from everycall.store import published, reference

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry
    from shapely.strtree import STRtree

    from everycall.force import Force

_FINEST_DEGREES = 3e-5
"""Some three metres: what is finer is never seen on a map."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An area's name and its shape (degrees), with its edge apart."""

    name: str
    shape: BaseGeometry
    edge: BaseGeometry


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Everything that lies about, ready to be drawn.

    Parameters
    ----------
    outlines
        The imported areas.
    points
        Longitude, latitude (degrees), and how many ASB incidents were published there in the last twelve months.
    """

    outlines: tuple[Outline, ...]
    points: tuple[tuple[float, float, int], ...]
    _outline_tree: STRtree
    _point_tree: STRtree

    @classmethod
    def of(cls, areas: Iterable[Area], points: Sequence[tuple[float, float, int]] = ()) -> Surroundings:
        """Make areas and points ready."""
        import shapely

        outlines = []
        for area in areas:
            shape = shapely.simplify(area.geometry, _FINEST_DEGREES)
            outlines.append(Outline(area.name, shape, shapely.boundary(shape)))
        return cls(
            tuple(outlines),
            tuple(points),
            shapely.STRtree([one.shape for one in outlines]),
            shapely.STRtree([shapely.Point(x, y) for x, y, _ in points]),
        )

    def outlines_in(self, box: tuple[float, float, float, float]) -> list[Outline]:
        """Return the areas that reach into a box (west, south, east, north, degrees), in the order imported."""
        import shapely

        found = self._outline_tree.query(shapely.box(*box), predicate="intersects").tolist()
        return [self.outlines[index] for index in sorted(found)]

    def points_in(self, box: tuple[float, float, float, float]) -> list[tuple[float, float, int]]:
        """Return the points in a box (west, south, east, north, degrees)."""
        import shapely

        return [self.points[index] for index in sorted(self._point_tree.query(shapely.box(*box)).tolist())]


_held: tuple[Any, Surroundings] | None = None


def surroundings(force: Force, now: datetime) -> Surroundings:
    """Return what lies about in a force's area, as known now; kept until areas or published incidents change."""
    global _held  # one process serves one force; two threads that make it at once make the same
    connection = force.store.connection
    year_ago = f"{days_before(now, 365):%Y-%m}"
    made_of = (
        force.store.where, reference.last_change(connection), published.last_taken(connection), year_ago
    )  # fmt: skip
    held = _held
    if held is not None and held[0] == made_of:
        return held[1]
    features = [
        {"type": "Feature", "properties": {"id": i, "name": n}, "geometry": json.loads(g)}
        for i, n, g in reference.areas(connection, now)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    areas = read_areas(collection, "id", "name", "areas") if features else []
    made = Surroundings.of(areas, published.asb_by_point(connection, year_ago))
    _held = (made_of, made)
    return made
