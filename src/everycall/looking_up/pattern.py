"""The pattern in somebody's contacts: which days and parts of the day, how they ended, whether the gaps shorten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from everycall.localtime import LONDON

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("night, 00 to 06", "morning, 06 to 12", "afternoon, 12 to 18", "evening, 18 to 24")

LEAST_TO_SAY = 5
"""Fewer contacts than this make no pattern of their gaps."""

_SHORTER = 0.5


@dataclass(frozen=True, slots=True)
class Pattern:
    """Of contacts that are told with their time.

    Parameters
    ----------
    by_day, by_part
        How many on each weekday, and in each part of the day (local time).
    ended
        How many ended how, the most frequent first; None: not told.
    gaps
        ``shortening``, ``lengthening``, ``steady``; None with too few to say.
    """

    many: int
    last_12m: int
    by_day: tuple[int, ...]
    by_part: tuple[int, ...]
    ended: tuple[tuple[str | None, int], ...]
    categories: tuple[tuple[str | None, int], ...]
    gaps: str | None


def pattern(incidents: Sequence[Mapping[str, Any]], now: datetime) -> Pattern:
    """Return the pattern of ``repeat.incidents`` of person and household; one event told by several calls is one."""
    events: dict[Any, Mapping[str, Any]] = {}
    for one in incidents:
        if one["tier"] in ("person", "household") and one["received_at"]:
            events.setdefault(one["event"] if one["event"] is not None else one["ref"], one)
    told = list(events.values())
    moments = sorted(datetime.fromisoformat(one["received_at"]).astimezone(LONDON) for one in told)
    days = Counter(moment.weekday() for moment in moments)
    parts = Counter(moment.hour // 6 for moment in moments)
    return Pattern(
        many=len(told),
        last_12m=sum(now - moment < timedelta(days=365) for moment in moments),
        by_day=tuple(days[number] for number in range(7)),
        by_part=tuple(parts[number] for number in range(4)),
        ended=tuple(Counter(one["closed_as"] for one in told).most_common()),
        categories=tuple(Counter(one["category"] for one in told).most_common()),
        gaps=gaps(moments),
    )


def gaps(moments: Sequence[datetime]) -> str | None:
    """Say how the gaps between contacts go: the later half beside the earlier half, by their middle values."""
    if len(moments) < LEAST_TO_SAY:
        return None
    between = [later - earlier for earlier, later in pairwise(moments)]
    half = len(between) // 2
    before, after = _middle(between[:half]), _middle(between[-half:])
    if after <= before * _SHORTER:
        return "shortening"
    return "lengthening" if before <= after * _SHORTER else "steady"


def _middle(some: Sequence[timedelta]) -> timedelta:
    ordered = sorted(some)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
