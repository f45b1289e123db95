"""One area or circle on the ground, prepared for being asked about again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from everycall.position import Position, metres_between, metres_per_degree
from everycall.priorities.priority import Place

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True, slots=True)
class Ground:
    """An area, both in degrees and in flat metres about its own middle.

    Inside or not is asked in degrees, of the points as they were drawn. Distances are asked in metres:
    degrees of longitude and latitude times their lengths at the area's middle (`metres_per_degree`), which
    for an area and surroundings of ten kilometres is right to 0.3 %.
    """

    words: str
    degrees: BaseGeometry
    metres: BaseGeometry
    scale: tuple[float, float]
    bounds: Box

    @classmethod
    def prepare(cls, words: str, geometry: BaseGeometry) -> Ground:
        """Return ``geometry`` (degrees) ready to be asked; ``words`` name it, as in ``area Barnack``."""
        west, south, east, north = geometry.bounds
        scale = metres_per_degree((south + north) / 2)
        factors = np.array(scale)

        def flatten(points: NDArray[np.float64]) -> NDArray[np.float64]:
            flat: NDArray[np.float64] = points * factors
            return flat

        metres = shapely.transform(geometry, flatten)
        shapely.prepare([geometry, metres])
        return cls(words, geometry, metres, scale, (west, south, east, north))

    def holds(self, position: Position) -> str | None:
        """Return in words that the position is inside, its edge included; None when it is outside."""
        inside = shapely.intersects_xy(self.degrees, position.longitude, position.latitude)
        return f"inside {self.words}" if inside else None

    def metres_from(self, position: Position) -> float:
        """Return the metres from the position to the nearest edge; 0 inside."""
        point = shapely.Point(position.longitude * self.scale[0], position.latitude * self.scale[1])
        return float(shapely.distance(self.metres, point))


def box_round(longitude: float, latitude: float, metres: float) -> Box:
    """Return a box that holds the circle of ``metres`` round a point."""
    # Degrees of longitude are shortest on the side towards the pole; at the pole itself they have no length.
    farthest = min(abs(latitude) + metres / 110_000, 89.999)
    across = metres / metres_per_degree(farthest)[0] * 1.01
    along = metres / metres_per_degree(latitude)[1] * 1.01
    return longitude - across, latitude - along, longitude + across, latitude + along


@dataclass(frozen=True, slots=True)
class Circle:
    """A place with its radius; ``bounds`` is a box in degrees that holds the circle, and a little more."""

    words: str
    place: Place
    bounds: Box

    @classmethod
    def prepare(cls, place: Place) -> Circle:
        """Return the circle round ``place``, with its name as it is told to a person."""
        words = f"{place.radius_m:g} m round {place.name}"
        return cls(words, place, box_round(place.longitude, place.latitude, place.radius_m))

    def _metres_to_middle(self, position: Position) -> float:
        return metres_between(
            position.longitude, position.latitude, self.place.longitude, self.place.latitude
        )

    def holds(self, position: Position) -> str | None:
        """Return in words that the position is inside, its edge included; None when it is outside."""
        away = self._metres_to_middle(position)
        if away > self.place.radius_m:
            return None
        return f"within {self.words} ({away:.0f} m away)"

    def metres_from(self, position: Position) -> float:
        """Return the metres from the position to the circle's edge; 0 inside."""
        return max(0.0, self._metres_to_middle(position) - self.place.radius_m)


Region = Ground | Circle
