"""The earlier incidents of a call, one row each, as they are told to whoever looks: for the timeline and its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from everycall.localtime import local_date

TIERS = ("person", "household", "phone", "place")
"""Whose incident it is, in the order of the rows; the incident of a place is told by its month alone."""

WHOSE = {
    "person": "This person",
    "household": "Household",
    "phone": "This phone",
    "place": "This place",
}

CATEGORIES = {
    "asb_personal": "ASB, personal",
    "asb_nuisance": "ASB, nuisance",
    "asb_environmental": "ASB, environmental",
}

ENDED = {
    "no_trace": "nobody found",
    "no_action": "no action",
    "advice": "advice given",
    "unresourced": "nobody was free to go",
    "attended": "attended",
    "crimed": "recorded as a crime",
    "referred": "referred",
    "resolved": "resolved",
    "duplicate": "the same event told twice",
    "transferred": "transferred",
}

NOT_TOLD = "not recorded"
_DAYS_IN_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier incident.

    Parameters
    ----------
    number
        From 1 for the newest; it names the incident in the picture and in the table. None where only months are told.
    day
        The local day; for a place the first of the month.
    when, what, ended, whose
        In words.
    since
        How long after the one before it in the table, in words; empty for the oldest and for places.
    many
        How many incidents this row stands for: those of a place are counted by month and category.
    sure
        Whether a person confirmed it, or it is taken as sure enough to count.
    """

    number: int | None
    ref: str | None
    day: date
    tier: str
    category: str | None
    when: str
    what: str
    ended: str
    whose: str
    since: str
    many: int
    sure: bool


def past(incidents: Sequence[Mapping[str, Any]]) -> tuple[Past, ...]:
    """Return the earlier incidents of an assessment (``repeat.incidents``, as told), newest first, places last.

    Two calls about one event are one incident: the first is shown, and says how many calls there were.
    """
    dated = [one for one in incidents if one["tier"] != "place" and one["received_at"]]
    events: dict[Any, list[Mapping[str, Any]]] = {}
    for index, one in enumerate(dated):
        key = ("event", one["event"]) if one["event"] is not None else ("call", index)
        events.setdefault(key, []).append(one)
    oldest_first = sorted(events.values(), key=lambda calls: (min(map(_moment, calls)), calls[0]["ref"]))
    rows: list[Past] = []
    before: date | None = None
    for place, calls in enumerate(oldest_first):
        first = min(calls, key=lambda one: (_moment(one), one["ref"]))
        day = local_date(_moment(first))
        nearest = min(calls, key=lambda one: TIERS.index(one["tier"]))
        number = len(oldest_first) - place
        rows.append(_row(nearest, first, day, number, "" if before is None else gap(before, day), len(calls)))
        before = day
    rows.reverse()
    return (*rows, *_of_the_place(incidents))


def _row(
    one: Mapping[str, Any], first: Mapping[str, Any], day: date, number: int, since: str, many: int
) -> Past:
    moment = _moment(first)
    return Past(
        number=number,
        ref=first["ref"],
        day=day,
        tier=one["tier"],
        category=first["category"],
        when=f"{day.day} {moment:%B %Y}",
        what=_what(first["category"]) + (f" ({many} calls)" if many > 1 else ""),
        ended=_ended(first["closed_as"]),
        whose=WHOSE[one["tier"]],
        since=since,
        many=many,
        sure=one["confirmed"] is not False,
    )


def _of_the_place(incidents: Iterable[Mapping[str, Any]]) -> Iterable[Past]:
    """Return what is told of a place: month, category and closing, counted, newest first."""
    counted: dict[tuple[str, str, str], int] = {}
    for one in incidents:
        if one["tier"] == "place":
            key = (one["month"], one["category"] or "", one["closed_as"] or "")
            counted[key] = counted.get(key, 0) + 1
    for (month, category, closed_as), many in sorted(counted.items(), reverse=True):
        day = date.fromisoformat(f"{month}-01")
        yield Past(
            number=None,
            ref=None,
            day=day,
            tier="place",
            category=category or None,
            when=f"{day:%B %Y}",
            what=_what(category or None) + (f" ({many})" if many > 1 else ""),
            ended=_ended(closed_as or None),
            whose=WHOSE["place"],
            since="",
            many=many,
            sure=True,
        )


def gap(earlier: date, later: date) -> str:
    """Return how long after one day another is, in words."""
    days = (later - earlier).days
    if days == 0:
        return "the same day"
    if days < 60:
        return f"{days} day{'s' * (days != 1)}"
    if days < 730:
        return f"{round(days / _DAYS_IN_A_MONTH)} months"
    return f"{days // 365} years"


def _moment(one: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(one["received_at"])


def _what(category: str | None) -> str:
    if category is None:
        return NOT_TOLD
    return CATEGORIES.get(category, category.replace("_", " "))


def _ended(closed_as: str | None) -> str:
    return NOT_TOLD if closed_as is None else ENDED.get(closed_as, closed_as.replace("_", " "))
