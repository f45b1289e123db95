"""The map: areas, local priorities and published incidents round a position, as SVG without tiles from outside.

Everything is drawn with ``currentColor`` and classes; what matters has its words beside it, and all of it stands in the
list of what is near.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from everycall.position import Position
from everycall.priorities import Book
from everycall.priorities.region import Circle
from everycall.web.frame import HEIGHT, WIDTH, Frame
from everycall.web.near import rounded
from everycall.web.surroundings import Surroundings

_LEAST_ROOM = 40
_MOST_POINTS = 40
_POINTS_UP_TO_M = 5_000
_MARGIN = 12
_SHIFTS = (0, 18, -18, 40, -40, 64, -64)


def draw(
    position: Position, frame: Frame, around: Surroundings, book: Book, day: date, here_12m: int = 0
) -> Markup:
    """Return the map.

    Parameters
    ----------
    position
        Where the call happens.
    frame
        What of the ground is shown.
    book, day
        The priorities in force on this local day are drawn.
    here_12m
        How many earlier incidents at this very place are told to this viewer. They alone of the force's own records
        stand on a map, at the position that the call itself gave (docs/decisions/0088).
    """
    words = _Words()
    parts = [
        *_here(position, frame, here_12m, words),
        *_areas(frame, around, words),
        *_priorities(frame, book, day, words),
        *_points(frame, around),
    ]
    return Markup(
        '<svg class="map" role="img" aria-label="{}" viewBox="0 0 {w} {h}" preserveAspectRatio="xMidYMid meet">'
        '<defs><pattern id="map-hatch" width="9" height="9" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="map-hatch" x1="0" x2="0" y1="0" y2="9"/></pattern></defs>'
        '<rect class="map-frame" x="0.5" y="0.5" width="{}" height="{}"/>{}{}{}</svg>'
    ).format(
        f"Map of {rounded(frame.across_m)} across, round the position. What is near is listed in words.",
        WIDTH - 1, HEIGHT - 1, Markup("").join(parts), _scale(frame), Markup("").join(words.drawn),
        w=WIDTH, h=HEIGHT,
    )  # fmt: skip


class _Words:
    """Words on the map, on top of all lines; those that would lie over earlier ones are left out."""

    def __init__(self) -> None:
        self.drawn: list[Markup] = []
        self._taken: list[tuple[float, float, float, float]] = [
            (0, HEIGHT - 34, 190, HEIGHT),
            (WIDTH - 40, 0, WIDTH, 44),
        ]

    def keep_clear(self, x: float, y: float, half: float) -> None:
        """Let no words stand over a square round a point."""
        self._taken.append((x - half, y - half, x + half, y + half))

    def put(self, x: float, y: float, words: str, kind: str, must: bool = False) -> None:
        """Write words centred at a point, or a little above or below it; ``must``: there, whatever lies there."""
        half = 3.3 * len(words)
        x = min(max(x, half + 4), WIDTH - half - 4)
        for shift in (0,) if must else _SHIFTS:
            at = min(max(y + shift, 14), HEIGHT - 6)
            box = (x - half, at - 10, x + half, at + 4)
            if must or not any(_meet(box, other) for other in self._taken):
                break
        else:
            return
        self._taken.append(box)
        self.drawn.append(
            Markup('<text class="map-count {}" x="{:.0f}" y="{:.0f}">{}</text>').format(kind, x, at, words)
        )


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _here(position: Position, frame: Frame, here_12m: int, words: _Words) -> Iterator[Markup]:
    x, y = frame.at(position.longitude, position.latitude)
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        return
    words.keep_clear(x, y, 18)
    if position.accuracy_m:
        radius = position.accuracy_m * frame.per_metre
        yield Markup('<circle class="map-accuracy" cx="{:.0f}" cy="{:.0f}" r="{:.0f}"/>').format(x, y, radius)
        if radius > _LEAST_ROOM:
            words.put(x, y + radius - 5, f"within {rounded(position.accuracy_m)}", "map-word")
    yield Markup(
        '<path class="map-here" d="M{0:.0f} {1:.0f}m-14 0h9m10 0h9m-14 -14v9m0 10v9"/>'
        '<circle class="map-here" cx="{0:.0f}" cy="{1:.0f}" r="5"/>'
    ).format(x, y)
    told = f"this call; {here_12m} here in 12 months" if here_12m else "this call"
    words.put(x, y - 20, told, "map-here-word", must=abs(x - WIDTH / 2) < 1)


def _areas(frame: Frame, around: Surroundings, words: _Words) -> Iterator[Markup]:
    import shapely

    for one in around.outlines_in(frame.box):
        path = frame.path(one.edge)
        if path:
            yield Markup('<path class="map-area" d="{}"/>').format(path)
        seen = shapely.clip_by_rect(one.shape, *frame.box)
        if not seen.is_empty:
            middle = shapely.point_on_surface(seen)
            words.put(*frame.at(middle.x, middle.y), one.name, "map-area-name")


def _priorities(frame: Frame, book: Book, day: date, words: _Words) -> Iterator[Markup]:
    west, south, east, north = frame.box
    for entry in book.entries:
        if not entry.priority.in_force(day):
            continue
        for region in (book.regions[index] for index in entry.regions):
            first, lowest, last, highest = region.bounds
            if first > east or last < west or lowest > north or highest < south:
                continue
            if isinstance(region, Circle):
                x, y = frame.at(region.place.longitude, region.place.latitude)
                radius = max(region.place.radius_m * frame.per_metre, 3)
                yield Markup('<circle class="map-priority" cx="{:.0f}" cy="{:.0f}" r="{:.0f}" {}/>').format(
                    x, y, radius, _HATCHED
                )
                words.put(
                    x, y + radius + 13, f"{entry.priority.id} {entry.priority.title}", "map-priority-name"
                )
            else:
                yield from _ground(region, f"{entry.priority.id} {entry.priority.title}", frame, words)


_HATCHED = Markup('fill="url(#map-hatch)"')


def _ground(region: object, name: str, frame: Frame, words: _Words) -> Iterator[Markup]:
    import shapely

    from everycall.priorities.ground import Ground

    assert isinstance(region, Ground)
    seen = shapely.clip_by_rect(region.degrees, *frame.box)
    if seen.is_empty:
        return
    yield Markup('<path class="map-priority" d="{}" {}/>').format(frame.path(seen), _HATCHED)
    middle = shapely.point_on_surface(seen)
    x, y = frame.at(middle.x, middle.y)
    words.put(x, y + 16, name, "map-priority-name")


def _points(frame: Frame, around: Surroundings) -> Iterator[Markup]:
    """Draw the points at which most incidents were published, the more the larger; none from afar."""
    if frame.across_m > _POINTS_UP_TO_M:
        return
    found = sorted(around.points_in(frame.box), key=lambda one: (-one[2], one[0], one[1]))
    for longitude, latitude, many in found[:_MOST_POINTS]:
        x, y = frame.at(longitude, latitude)
        side = min(3 + 2 * many**0.5, 16)
        yield Markup(
            '<rect class="map-near" x="{:.0f}" y="{:.0f}" width="{s:.0f}" height="{s:.0f}"/>'
        ).format(x - side / 2, y - side / 2, s=side)


def _scale(frame: Frame) -> Markup:
    """Return a scale bar of a round length, and where north is."""
    wanted = frame.across_m * 0.25
    power = 10 ** len(str(int(wanted))) / 10
    metres = max(step * power for step in (1, 2, 5) if step * power <= wanted)
    wide, y = metres * frame.per_metre, HEIGHT - _MARGIN
    return Markup(
        '<path class="map-scale" d="M{m} {}v6h{:.0f}v-6"/><text x="{m}" y="{}">{}</text>'
        '<path class="map-north" d="M{n} 34v-22l-5 8m5 -8l5 8"/><text class="map-count" x="{n}" y="46">N</text>'
    ).format(
        y - 6, wide, y - 9, rounded(metres) if metres < 1_000 else f"{metres / 1_000:g} km", m=_MARGIN, n=WIDTH - 20
    )  # fmt: skip
