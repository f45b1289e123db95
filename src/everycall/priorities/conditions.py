"""The three conditions of a priority, place, time and kind, each asked of one call, and told in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from everycall.call import Call
from everycall.localtime import LONDON
from everycall.position import Position
from everycall.priorities.book import Book, Entry
from everycall.priorities.kind import CallKind
from everycall.priorities.region import Box, box_round
from everycall.priorities.windows import Window, duration

FAR_M = 2_000.0
"""Metres beyond which a near miss is only told as farther than this: measuring all of them costs time on
every call, and nobody acts on the difference."""

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class Facts:
    """What one call has to be asked, worked out once for all priorities."""

    book: Book
    local: datetime
    kind: CallKind
    position: Position | None
    inside: dict[int, str]
    then: tuple[tuple[str, ...], ...]
    reach_m: float
    reach: Box | None

    @classmethod
    def of(cls, book: Book, call: Call, position: Position | None) -> Facts:
        """Return the facts of ``call``."""
        local = call.received_at.astimezone(LONDON)
        inside = book.around(position) if position else {}
        then = tuple(_within(times, local) for times in book.clocks)
        reach_m = max(FAR_M, (position and position.accuracy_m) or 0.0)
        reach = box_round(position.longitude, position.latitude, reach_m) if position else None
        kind = CallKind.of(call, book.keywords)
        return cls(book, local, kind, position, inside, then, reach_m, reach)

    def is_there(self, entry: Entry) -> bool | None:
        """Say whether the call lies where the priority applies; None when that is not known."""
        if not entry.regions and not entry.lost_areas:
            return True
        if self.position is None:
            return None
        if not self.inside.keys().isdisjoint(entry.regions):
            return True
        return None if entry.lost_areas else False

    def why_there(self, entry: Entry) -> list[str]:
        """Return in words where the call lies in the priority."""
        if self.position is None or entry.priority.is_everywhere():
            return ["applies everywhere"]
        return [f"{self.inside[i]}, by {self.position.source}" for i in entry.regions if i in self.inside]

    def why_not_known(self, entry: Entry) -> str:
        """Return in words why the place could not be decided."""
        if self.position is None:
            return "it is bound to a place, and where this happens is not known"
        return f"no imported area has the id {' or '.join(entry.lost_areas)}"

    def missed_place(self, entry: Entry) -> tuple[float, str]:
        """Return the metres by which the place was missed, and that in words."""
        if self.position is None or self.reach is None:
            raise ValueError("a place is missed only from a known position")
        away, words = self.book.nearest_of(entry, self.position, self.reach) or (self.reach_m, "")
        if not words or away > self.reach_m:
            return away, f"place: over {_metres(self.reach_m)} outside, by {self.position.source}"
        accuracy = self.position.accuracy_m or 0.0
        if self.position.accuracy_m is not None and away <= accuracy:
            known = f"{self.position.source}, known to {_metres(accuracy)}"
            return away, f"position uncertain: {_metres(away)} outside {words}, by {known}"
        return away, f"place: {_metres(away)} outside {words}, by {self.position.source}"

    def is_then(self, entry: Entry) -> bool:
        """Say whether the call lies inside one of the priority's windows; none means always."""
        return bool(self.then[entry.clock])

    def why_then(self, entry: Entry) -> tuple[str, ...]:
        """Return in words which windows the call lies in."""
        return self.then[entry.clock]

    def missed_time(self, entry: Entry) -> str:
        """Return in words by how long the nearest window was missed."""
        away = [(window.minutes_away(self.local), str(window)) for window in entry.priority.times]
        (minutes, over), window = min((found, window) for found, window in away if found is not None)
        side = "after the end" if over else "before the start"
        return f"time: {_shown(self.local)}, {duration(minutes)} {side} of {window}"

    def is_of_kind(self, entry: Entry) -> bool:
        """Say whether the call is of one of the priority's kinds; one without kinds takes any."""
        return entry.kind.holds_for(self.kind)

    def why_of_kind(self, entry: Entry) -> list[str]:
        """Return in words which kinds the call is of."""
        return entry.kind.found_in(self.kind)

    def missed_kind(self, entry: Entry) -> str:
        """Return in words which kind was wanted, and what the call is."""
        return entry.kind.missed_by(self.kind)


def _within(times: tuple[Window, ...], local: datetime) -> tuple[str, ...]:
    if not times:
        return ("at any time",)
    return tuple(f"{_shown(local)} within {window}" for window in times if window.covers(local))


def _shown(local: datetime) -> str:
    return f"{_DAY_NAMES[local.weekday()]} {local.hour:02}:{local.minute:02}"


def _metres(metres: float) -> str:
    if metres < 1:
        return "under 1 m"
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km"
