"""Bursts: many contacts of one person or household in a short time; one review a person and day, later ones join it.

Contacts are brought together by what the assessments themselves found: those that tell of one another, or of the same
earlier call of the person or household, are about one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from everycall.access.viewer import Viewer
from everycall.force import Force
from everycall.identity.earlier_calls import OWN
from everycall.localtime import local_date
from everycall.store import open_calls, watched
from everycall.supervising.seen import may_be_told

BURST = "burst"
_LOOK_BACK = timedelta(hours=48)
"""Today and yesterday: what came at the end of the day before is still to be looked at in the morning."""

_MOST = 300


@dataclass(frozen=True, slots=True)
class Burst:
    """The contacts of one person or household on one local day, newest first.

    Parameters
    ----------
    last_24h, last_7d
        Contacts as the newest assessment counted them; None where it could not look.
    since_review
        How many of the contacts came after it was looked at.
    """

    day: date
    refs: tuple[str, ...]
    last_24h: int | None
    last_7d: int | None
    newest: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None
    since_review: int


def bursts(viewer: Viewer, force: Force, now: datetime) -> tuple[Burst, ...]:
    """Return the bursts of today and yesterday (local days), those that nobody has looked at first."""
    connection = force.store.connection
    found = [ref for ref, _ in watched.with_fact(connection, BURST, now - _LOOK_BACK, _MOST)]
    told = may_be_told(viewer, force, found, now)
    made = open_calls.last_assessments(connection, list(told))
    repeats = {ref: part for ref, one in made.items() if (part := one.part("repeat")) is not None}
    at = {ref: datetime.fromisoformat(told[ref]["received_at"]) for ref in repeats}
    days = sorted({local_date(moment) for moment in at.values()})
    reviews = watched.bursts_reviewed(connection, days) if days else []
    every = []
    for refs in _of_one(repeats):
        for day in days:
            mine = sorted((ref for ref in refs if local_date(at[ref]) == day), key=lambda ref: at[ref])
            if mine:
                every.append(_burst(day, mine, at, repeats[mine[-1]], reviews))
    return tuple(sorted(every, key=lambda one: (one.reviewed_by is not None, -one.newest.timestamp())))


def _burst(
    day: date,
    refs: list[str],
    at: Mapping[str, datetime],
    newest: Mapping[str, Any],
    reviews: list[tuple[str, str, str, datetime]],
) -> Burst:
    counted = newest["burst"]
    looked = [(by, when) for ref, on, by, when in reviews if ref in refs and on == day.isoformat()]
    by, when = looked[-1] if looked else (None, None)
    return Burst(
        day=day,
        refs=tuple(reversed(refs)),
        last_24h=counted.get("last_24h"),
        last_7d=counted.get("last_7d"),
        newest=at[refs[-1]],
        reviewed_by=by,
        reviewed_at=when,
        since_review=sum(when is not None and at[ref] > when for ref in refs),
    )


def _of_one(repeats: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Return the calls in groups that tell of one another, or of one earlier call of the person or household."""
    group: dict[str, str] = {}

    def root(ref: str) -> str:
        group.setdefault(ref, ref)
        while group[ref] != ref:
            group[ref] = group[group[ref]]
            ref = group[ref]
        return ref

    for ref, body in sorted(repeats.items()):
        for one in body["incidents"]:
            if one["tier"] in OWN and one["confirmed"] is not False:
                group[root(one["ref"])] = root(ref)
    together: dict[str, list[str]] = {}
    for ref in sorted(repeats):
        together.setdefault(root(ref), []).append(ref)
    return list(together.values())


def review(viewer: Viewer, ref: str, day: date, force: Force, now: datetime) -> None:
    """Keep that this supervisor looked at a burst, named by one of its calls."""
    watched.review_burst(force.store.connection, ref, day, viewer.name, now)
