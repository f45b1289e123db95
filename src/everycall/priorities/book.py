"""The book: all active priorities of a force, prepared once, then asked on every call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from everycall.errors import Problem, nearest
from everycall.position import Position
from everycall.priorities.areas import Area
from everycall.priorities.kind import WantedKind
from everycall.priorities.priority import Priority
from everycall.priorities.region import Box, Circle, Region
from everycall.priorities.windows import Window

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Entry:
    """One active priority, ready to be asked.

    Parameters
    ----------
    clock
        Its place in the book's list of sets of windows; many priorities share one.
    regions
        Its places in the book's list of regions; any one is enough.
    lost_areas
        Area ids that no imported area has: what lies in them cannot be decided.
    """

    priority: Priority
    kind: WantedKind
    clock: int
    regions: tuple[int, ...]
    lost_areas: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Book:
    """All active priorities of a force, with their geometry prepared; made once, never changed.

    Parameters
    ----------
    entries
        By id, so that the order in which priorities were imported decides nothing.
    regions, clocks
        Every area or place, and every set of windows, that any of them asks about, once.
    keywords
        Every keyword that any of them asks about, made `plain`.
    problems
        What could not be prepared. Nothing is switched off by it: a priority whose area is no longer known
        is told as one that could not be looked at, on every call that may touch it.
    """

    entries: tuple[Entry, ...]
    regions: tuple[Region, ...]
    clocks: tuple[tuple[Window, ...], ...]
    keywords: frozenset[str]
    problems: tuple[Problem, ...]
    _boxes: tuple[Box, ...] = field(repr=False)

    @classmethod
    def of(cls, priorities: Iterable[Priority], areas: Iterable[Area] = ()) -> Book:
        """Return the book of ``priorities``; drafts and discharged ones are left out, they never match."""
        by_id = {area.id: area for area in areas}
        regions: list[Region] = []
        of_area: dict[str, int] = {}
        clocks: dict[tuple[Window, ...], int] = {}
        entries, problems = [], []
        active = (priority for priority in priorities if priority.status == "active")
        for priority in sorted(active, key=lambda one: one.id):
            mine: list[int] = []
            lost = []
            for area_id in priority.area_ids:
                if area_id not in by_id:
                    lost.append(area_id)
                    problems.append(_lost(priority, area_id, by_id))
                    continue
                if area_id not in of_area:
                    area = by_id[area_id]
                    of_area[area_id] = len(regions)
                    regions.append(_ground(f"area {area.name}", area.geometry))
                mine.append(of_area[area_id])
            if priority.geometry is not None:
                mine.append(len(regions))
                regions.append(_ground("the area drawn on the map", priority.geometry))
            for place in priority.places:
                mine.append(len(regions))
                regions.append(Circle.prepare(place))
            clock = clocks.setdefault(priority.times, len(clocks))
            entries.append(Entry(priority, WantedKind.of(priority), clock, tuple(mine), tuple(lost)))
        keywords = frozenset(keyword for entry in entries for keyword in entry.kind.keywords)
        boxes = tuple(region.bounds for region in regions)
        return cls(tuple(entries), tuple(regions), tuple(clocks), keywords, tuple(problems), boxes)

    def in_force(self, day: date) -> list[Entry]:
        """Return the priorities in force on a local day."""
        return [entry for entry in self.entries if entry.priority.in_force(day)]

    def around(self, position: Position) -> dict[int, str]:
        """Return every region that holds the position, with the words that say so."""
        # box by box: up to two hundred regions that takes less than asking a tree, which is another library's
        east, north = position.longitude, position.latitude
        found = {}
        for index, (west, south, last, highest) in enumerate(self._boxes):
            if west <= east <= last and south <= north <= highest:
                words = self.regions[index].holds(position)
                if words is not None:
                    found[index] = words
        return found

    def nearest_of(self, entry: Entry, position: Position, reach: Box) -> tuple[float, str] | None:
        """Return the metres to the nearest region of ``entry``, and its name; None with none in ``reach``."""
        # Boxes are compared first: measuring to every edge of a ward costs a hundred times as much.
        west, south, east, north = reach
        found = []
        for region in (self.regions[index] for index in entry.regions):
            first, lowest, last, highest = region.bounds
            if first <= east and west <= last and lowest <= north and south <= highest:
                found.append((region.metres_from(position), region.words))
        return min(found, default=None)


def _ground(words: str, geometry: BaseGeometry) -> Region:
    from everycall.priorities.ground import Ground

    return Ground.prepare(words, geometry)


def _lost(priority: Priority, area_id: str, known: Iterable[str]) -> Problem:
    hint = nearest(area_id, known)
    return Problem(f"priority {priority.id} area_ids", f"no imported area has the id '{area_id[:60]}'{hint}")
