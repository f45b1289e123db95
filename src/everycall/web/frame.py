"""The frame of a map: which ground it shows, and where on the picture a point of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from everycall.position import Position, metres_per_degree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT = 560, 400
"""Of the picture, in its own units: one is a pixel where it is shown at its size."""

NARROWEST_M, WIDEST_M = 400.0, 40_000.0
USUAL_M = 1_500.0
_COARSEST = 1.8
"""Units by which a drawn line may lie beside the true one."""
_ROUND_A_CIRCLE = 2.6
"""How many times as wide as the circle of accuracy the frame is at least."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Ground round a position, drawn flat: right to 0.3 % within ten kilometres.

    Parameters
    ----------
    across_m
        How many metres lie between its left and right edge.
    """

    longitude: float
    latitude: float
    across_m: float

    @classmethod
    def round(cls, position: Position, across_m: float = USUAL_M) -> Frame:
        """Return the frame round a position; wide enough for the circle in which the true place lies."""
        wide = max(across_m, (position.accuracy_m or 0.0) * _ROUND_A_CIRCLE, NARROWEST_M)
        return cls(position.longitude, position.latitude, min(wide, WIDEST_M))

    @property
    def per_metre(self) -> float:
        """Units of the picture a metre."""
        return WIDTH / self.across_m

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north edge, in degrees."""
        east, north = metres_per_degree(self.latitude)
        wide, high = self.across_m / 2 / east, self.across_m * HEIGHT / WIDTH / 2 / north
        return self.longitude - wide, self.latitude - high, self.longitude + wide, self.latitude + high

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point stands, from the left and from the top."""
        east, north = metres_per_degree(self.latitude)
        x = WIDTH / 2 + (longitude - self.longitude) * east * self.per_metre
        y = HEIGHT / 2 - (latitude - self.latitude) * north * self.per_metre
        return x, y

    def path(self, geometry: BaseGeometry) -> str:
        """Return the ``d`` of a path along an area or lines, cut at the frame, no finer than can be seen."""
        import shapely

        east, _ = metres_per_degree(self.latitude)
        cut = shapely.clip_by_rect(geometry, *self.box)
        coarse = shapely.simplify(cut, self.across_m / WIDTH / east * _COARSEST)
        return "".join(self._line(line) for line in _lines(coarse))

    def _line(self, line: Any) -> str:
        points = [tuple(map(round, self.at(x, y))) for x, y in line.coords]
        (x, y), *more = points
        steps, last = [f"M{x} {y}"], (x, y)
        for x, y in more:
            if (x, y) != last:
                steps.append(f"l{x - last[0]} {y - last[1]}")
                last = (x, y)
        return "".join(steps) if len(steps) > 1 else ""


def _lines(geometry: BaseGeometry) -> Iterator[Any]:
    """Yield the lines along a geometry: rings of areas, lines themselves; points are passed over."""
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part.exterior
            yield from part.interiors
        elif part.geom_type in ("LineString", "LinearRing") and not part.is_empty:
            yield part
        elif hasattr(part, "geoms"):
            yield from _lines(part)
