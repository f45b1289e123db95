"""Does a call touch a local priority? There, then and of that kind; what nearly did is told too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from everycall.assessment import Priorities, PriorityMatch, PriorityNearMiss, Reason, Status
from everycall.call import Call
from everycall.localtime import LONDON
from everycall.position import Position
from everycall.priorities.book import Book, Entry
from everycall.priorities.kind import CallKind
from everycall.priorities.windows import Window, duration

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Condition:
    """How one condition came out: why it holds, or how to say by how much it failed, or neither: unknown."""

    because: tuple[str, ...] = ()
    missed: Callable[[], tuple[float, str]] | None = None
    unknown: str = ""


def match(book: Book, call: Call, position: Position | None) -> Priorities:
    """Say which priorities ``call`` touches.

    A priority in force on the call's local day matches when the position lies inside one of its areas or
    places, the time of the call inside one of its windows, and the call is of one of its kinds. A condition
    it does not set holds for every call. One that fails by a single condition is a near miss. One that
    fails nothing but a position (or an area) that is not known could not be looked at.

    Parameters
    ----------
    book
        The force's priorities.
    call
        Its time, behaviours, category and log are looked at.
    position
        From `locate`; None when it is not known.

    Returns
    -------
    Priorities
        Matches by id; near misses by time or kind first, by id, then by place, nearest first. ``found`` when
        any matches; else ``could_not_look`` when any could not be looked at; else ``looked_none``. Reasons
        name every priority that could not be looked at, also beside a match.
    """
    local = call.received_at.astimezone(LONDON)
    in_force = book.in_force(local.date())
    if not in_force:
        reason = Reason(code="none_in_force", text="no local priority is in force on this day")
        return Priorities(status=Status.LOOKED_NONE, reasons=(reason,))
    kind = CallKind.of(call)
    around = book.around(position) if position else {}
    clock: dict[tuple[Window, ...], _Condition] = {}
    matches, misses, unknown = [], [], []
    for entry in in_force:
        times = entry.priority.times
        if times not in clock:
            clock[times] = _time(times, local)
        failed: list[_Condition] = []
        because: list[str] = []
        for condition in (_place(book, entry, position, around), clock[times], _kind(entry, kind)):
            because += condition.because
            if not condition.because:
                failed.append(condition)
                if len(failed) > 1:
                    break
        if len(failed) > 1:
            continue
        named = {"id": entry.priority.id, "title": entry.priority.title}
        if not failed:
            matches.append(PriorityMatch(**named, because=tuple(because)))
        elif failed[0].missed is None:
            text = f"{entry.priority.id} cannot be decided: {failed[0].unknown}"
            unknown.append(Reason(code="position_unknown" if position is None else "area_unknown", text=text))
        else:
            away, words = failed[0].missed()
            near = PriorityNearMiss(**named, missed=words, because=tuple(because))
            misses.append((away, entry.priority.id, near))
    none = Status.COULD_NOT_LOOK if unknown else Status.LOOKED_NONE
    return Priorities(
        status=Status.FOUND if matches else none,
        matches=tuple(matches),
        near_misses=tuple(near for _, _, near in sorted(misses, key=lambda miss: miss[:2])),
        reasons=tuple(unknown),
    )


def _place(book: Book, entry: Entry, position: Position | None, around: dict[int, str]) -> _Condition:
    if entry.priority.is_everywhere():
        return _Condition(because=("applies everywhere",))
    if position is None:
        return _Condition(unknown="it is bound to a place, and where this happens is not known")
    inside = tuple(f"{around[i]}, by {position.source}" for i in entry.regions if i in around)
    if inside:
        return _Condition(because=inside)
    if entry.lost_areas:
        return _Condition(unknown="one of its areas is not among those imported")
    return _Condition(missed=lambda: _outside(book, entry, position))


def _outside(book: Book, entry: Entry, position: Position) -> tuple[float, str]:
    nearest = book.nearest_of(entry, position)
    assert nearest is not None, "a priority that is bound to a place has a region"
    away, words = nearest
    if position.accuracy_m is not None and away <= position.accuracy_m:
        known = f"{position.source}, known to {_metres(position.accuracy_m)}"
        return away, f"position uncertain: {_metres(away)} outside {words}, by {known}"
    return away, f"place: {_metres(away)} outside {words}, by {position.source}"


def _time(times: tuple[Window, ...], local: datetime) -> _Condition:
    if not times:
        return _Condition(because=("at any time",))
    shown = f"{_DAY_NAMES[local.weekday()]} {local:%H:%M}"
    inside = tuple(f"{shown} within {window}" for window in times if window.covers(local))
    if inside:
        return _Condition(because=inside)
    return _Condition(missed=lambda: _too_early_or_late(times, local, shown))


def _too_early_or_late(times: tuple[Window, ...], local: datetime, shown: str) -> tuple[float, str]:
    away = ((window.minutes_away(local), window) for window in times)
    (minutes, over), window = min(
        ((found, window) for found, window in away if found is not None), key=lambda one: one[0]
    )
    side = "after the end" if over else "before the start"
    # Minus one sorts what failed by time or kind before what failed by place, whose measure is metres.
    return -1.0, f"time: {shown}, {duration(minutes)} {side} of {window}"


def _kind(entry: Entry, kind: CallKind) -> _Condition:
    because = entry.kind.found_in(kind)
    if because is not None:
        return _Condition(because=tuple(because))
    return _Condition(missed=lambda: (-1.0, entry.kind.missed_by(kind)))


def _metres(metres: float) -> str:
    if metres < 1:
        return "under 1 m"
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 100_000 else "over 100 km"
