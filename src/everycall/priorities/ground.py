"""An area drawn on the map, prepared for being asked about again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from everycall.position import Position, metres_per_degree
from everycall.priorities.region import Box


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
