"""One circle on the ground, prepared for being asked about again and again, and what it shares with an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from everycall.position import Position, metres_between, metres_per_degree
from everycall.priorities.priority import Place


class Region(Protocol):
    """An area (`everycall.priorities.ground.Ground`) or a `Circle`.

    Areas need shapely and numpy, a fifth of a second to load: they are loaded where there is an area.
    """

    @property
    def words(self) -> str:
        """Its name, as it is told to a person."""

    @property
    def bounds(self) -> Box:
        """A box in degrees that holds it."""

    def holds(self, position: Position) -> str | None:
        """Return in words that the position is inside, its edge included; None when it is outside."""

    def metres_from(self, position: Position) -> float:
        """Return the metres from the position to the nearest edge; 0 inside."""


Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


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
