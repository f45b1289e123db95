"""A place, from a call that happened there: what was reported, by month; what is known of the address, and near it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everycall.access.protected import MARKER, protected
from everycall.access.viewer import Viewer
from everycall.call import Call
from everycall.identity.keys import keys_of
from everycall.identity.mention import LOCATION, place_of
from everycall.looking_up.asked import REF, log_look, look_up
from everycall.position import Position
from everycall.serving import calls, ground
from everycall.serving.calls import not_yours
from everycall.serving.shape import RefusedError


@dataclass(frozen=True, slots=True)
class Month:
    """What was reported at a place in one month: how many of one category that ended in one way."""

    month: str
    category: str | None
    closed_as: str | None
    many: int


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """What is told of a place: months, never days, references or people, so that nobody is found by a former home.

    Parameters
    ----------
    address
        As the call tells it; the marker alone where it is protected, and then nothing else is told.
    capped
        Whether there is more than is looked at: the newest are told.
    """

    ref: str
    address: str
    is_protected: bool
    months: tuple[Month, ...]
    capped: bool
    told: dict[str, Any] | None
    position: Position | None


def place(ref: str, viewer: Viewer, why: str | None = None) -> PlaceFound:
    """Return what is told of where a call happened, and log the look.

    Raises
    ------
    RefusedError
        404 when there is no such call or it names no place; 403 when this viewer sees the call in codes only.
    """
    call, what = calls.must_see(ref, viewer)
    if not what.full:
        raise not_yours()
    if call.location is None or place_of(call.location) is None:
        raise RefusedError(404, "not_found", "this call tells of no place")
    force = ground.force()
    if LOCATION in protected(force.store.connection, call):
        log_look(_nothing(), viewer, ref, why)
        return PlaceFound(ref, MARKER, True, (), False, None, None)
    told = look_up({"location": call.location.model_dump(mode="json", exclude_none=True)}, viewer, what)
    log_look(told, viewer, ref, why)
    months, capped = _months(call)
    return PlaceFound(ref, _words(call), False, months, capped, told, force.locate(call))


def _months(call: Call) -> tuple[tuple[Month, ...], bool]:
    """Count every call of this place by month, category and closing, the newest month first."""
    assert call.location is not None
    mention = place_of(call.location)
    assert mention is not None
    now = ground.now()
    found = ground.force().history.candidates(list(keys_of(mention)), REF, now, now)
    counted: Counter[tuple[str, str | None, str | None]] = Counter()
    for one in found.mentions:
        past = one.call
        if past is not None and one.mention.which == LOCATION and one.mention.place == mention.place:
            counted[f"{past.received_at:%Y-%m}", past.category, past.closed_as] += 1
    rows = [Month(*key, many) for key, many in counted.items()]
    rows.sort(key=lambda row: (row.category or "", row.closed_as or ""))
    return tuple(sorted(rows, key=lambda row: row.month, reverse=True)), bool(found.capped)


def _words(call: Call) -> str:
    where = call.location
    assert where is not None
    told = [one for one in (where.address, where.postcode) if one]
    return ", ".join(told) or "a position on the map"


def _nothing() -> Mapping[str, Any]:
    return {
        "repeat": {"incidents": [], "to_confirm": []},
        "open_now": [],
        "vulnerability": {"findings": [], "about_others": []},
    }
