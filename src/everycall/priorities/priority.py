"""A local priority: what the neighbourhood agreed matters, there, then and of that kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from everycall.priorities.windows import DAYS, Window

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

PriorityStatus = Literal["draft", "active", "discharged"]


@dataclass(frozen=True, slots=True)
class Place:
    """A circle round a named point: degrees (WGS84), radius in metres."""

    name: str
    longitude: float
    latitude: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What was promised, and by when."""

    text: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority, read and checked.

    Parameters
    ----------
    area_ids, geometry, places
        Where: inside any one of them. None at all means everywhere.
    times
        When: inside any one of them. None means always.
    behaviours, categories, keywords
        Of what kind: any one of them. None means any kind.
    starts_on, expires_on
        First and last day in force, local, both included; None is open.
    """

    id: str
    title: str
    status: PriorityStatus
    description: str | None = None
    behaviours: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    geometry: BaseGeometry | None = None
    places: tuple[Place, ...] = ()
    times: tuple[Window, ...] = ()
    keywords: tuple[str, ...] = ()
    agreed_on: date | None = None
    starts_on: date | None = None
    review_on: date | None = None
    expires_on: date | None = None
    owner: str | None = None
    agreed_by: str | None = None
    actions: tuple[PlannedAction, ...] = ()

    def in_force(self, day: date) -> bool:
        """Say whether the priority is active and ``day`` (local) lies within its dates."""
        return (
            self.status == "active"
            and (self.starts_on is None or self.starts_on <= day)
            and (self.expires_on is None or day <= self.expires_on)
        )

    def is_everywhere(self) -> bool:
        """Say whether the priority has no area and no place, so that it applies everywhere."""
        return not self.area_ids and self.geometry is None and not self.places

    def as_data(self) -> dict[str, Any]:
        """Return the priority as it stands in a file, ready for JSON; `read_priorities` reads it back."""
        return {
            "id": self.id,
            "title": self.title,
            "description": self.description,
            "behaviours": list(self.behaviours),
            "categories": list(self.categories),
            "area_ids": list(self.area_ids),
            "geometry": None if self.geometry is None else _as_geojson(self.geometry),
            "places": [
                {"name": p.name, "latitude": p.latitude, "longitude": p.longitude, "radius_m": p.radius_m}
                for p in self.places
            ],
            "times": [
                {
                    "days": [DAYS[day] for day in sorted(window.days)],
                    "from": f"{window.begins:%H:%M}",
                    "to": f"{window.ends:%H:%M}",
                }
                for window in self.times
            ],
            "keywords": list(self.keywords),
            "agreed_on": _day(self.agreed_on),
            "starts_on": _day(self.starts_on),
            "review_on": _day(self.review_on),
            "expires_on": _day(self.expires_on),
            "owner": self.owner,
            "agreed_by": self.agreed_by,
            "status": self.status,
            "actions": [{"text": action.text, "date": _day(action.date)} for action in self.actions],
        }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _as_geojson(geometry: BaseGeometry) -> Any:
    from shapely.geometry import mapping

    return _listed(mapping(geometry))


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, (list, tuple)) else value
