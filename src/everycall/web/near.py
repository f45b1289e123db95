"""What is near a position, as a list in words: areas, local priorities, published incidents; nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from everycall.position import Position, metres_between
from everycall.priorities import Book
from everycall.priorities.region import box_round
from everycall.web.surroundings import Surroundings

REACH_M = 2_000.0
"""How far priorities are told of, in metres."""

ROUND_M = 500.0
"""How far round published incidents are counted, in metres."""


@dataclass(frozen=True, slots=True)
class Near:
    """One thing: what it is (``area``, ``priority``, ``published``), how far in metres (0: inside), and words."""

    kind: str
    metres: float
    words: str


def near(position: Position, around: Surroundings, book: Book, day: date) -> tuple[Near, ...]:
    """Return what is near a position on a local day: areas it lies in, priorities in force, published incidents."""
    told = [*_areas(position, around), *_priorities(position, book, day)]
    told.sort(key=lambda one: (one.kind != "area", one.metres, one.words))
    return (*told, *_published(position, around))


def _areas(position: Position, around: Surroundings) -> Iterator[Near]:
    import shapely

    point = (position.longitude, position.latitude)
    for one in around.outlines_in((*point, *point)):
        if shapely.intersects_xy(one.shape, *point):
            yield Near("area", 0.0, f"In {one.name}")


def _priorities(position: Position, book: Book, day: date) -> Iterator[Near]:
    for entry in book.entries:
        if not entry.priority.in_force(day):
            continue
        name = f"{entry.priority.id} {entry.priority.title}"
        if entry.priority.is_everywhere():
            yield Near("priority", 0.0, f"{name}: everywhere")
            continue
        found = [(book.regions[i].metres_from(position), book.regions[i].words) for i in entry.regions]
        if found and min(found)[0] <= REACH_M:
            metres, words = min(found)
            where = f"inside {words}" if metres == 0 else f"{rounded(metres)} from {words}"
            yield Near("priority", metres, f"{name}: {where}")


def _published(position: Position, around: Surroundings) -> Iterator[Near]:
    if not around.points:
        return
    many = sum(
        count
        for x, y, count in around.points_in(box_round(position.longitude, position.latitude, ROUND_M))
        if metres_between(position.longitude, position.latitude, x, y) <= ROUND_M
    )
    told = f"{many} ASB incident{'s' * (many != 1)}" if many else "No ASB incident"
    # a month that was not imported is no month without incidents
    when = "in those of the last 12 months that were imported (data.police.uk)"
    yield Near("published", ROUND_M, f"{told} published within {rounded(ROUND_M)} {when}")


def rounded(metres: float) -> str:
    """Return a distance as it is said: ``40 m``, ``320 m``, ``1.4 km``."""
    if metres < 1_000:
        return f"{max(round(metres / 10) * 10, 10)} m"
    return f"{metres / 1_000:.1f} km" if metres < 10_000 else f"{metres / 1_000:.0f} km"
