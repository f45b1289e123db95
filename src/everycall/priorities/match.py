"""Does a call touch a local priority? There, then and of that kind; what nearly did is told too."""

from __future__ import annotations

from everycall.assessment import Priorities, PriorityMatch, PriorityNearMiss, Reason, Status
from everycall.call import Call
from everycall.localtime import local_date
from everycall.position import Position
from everycall.priorities.book import Book
from everycall.priorities.conditions import Facts


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
    in_force = book.in_force(local_date(call.received_at))
    if not in_force:
        reason = Reason(code="none_in_force", text="no local priority is in force on this day")
        return Priorities(status=Status.LOOKED_NONE, reasons=(reason,))
    facts = Facts.of(book, call, position)
    matches, misses, unknown = [], [], []
    for entry in in_force:
        then, of_kind = facts.is_then(entry), facts.is_of_kind(entry)
        if not (then or of_kind):
            continue  # two have failed: where it happens need not be asked
        there = facts.is_there(entry)
        failed = (there is False) + (not then) + (not of_kind)
        if failed > 1 or (failed and there is None):
            continue
        priority = entry.priority
        if failed == 0 and there is None:
            text = f"{priority.id} cannot be decided: {facts.why_not_known(entry)}"
            unknown.append(Reason(code="position_unknown" if position is None else "area_unknown", text=text))
            continue
        because: list[str] = []
        because += facts.why_there(entry) if there else ()
        because += facts.why_then(entry) if then else ()
        because += facts.why_of_kind(entry) if of_kind else ()
        if not failed:
            matches.append(PriorityMatch(id=priority.id, title=priority.title, because=tuple(because)))
            continue
        away = 0.0
        if there is False:
            away, missed = facts.missed_place(entry)
        else:
            missed = facts.missed_kind(entry) if then else facts.missed_time(entry)
        near = PriorityNearMiss(id=priority.id, title=priority.title, missed=missed, because=tuple(because))
        misses.append((there is False, away, priority.id, near))
    none = Status.COULD_NOT_LOOK if unknown else Status.LOOKED_NONE
    misses.sort(key=lambda miss: miss[:3])
    return Priorities(
        status=Status.FOUND if matches else none,
        matches=tuple(matches),
        near_misses=tuple(near for *_, near in misses),
        reasons=tuple(unknown),
    )
