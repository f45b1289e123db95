"""What Everycall would have shown: calls, alerts, agreement with the grades given, and time taken, day by day."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.assessment import Assessment
from everycall.brief.lines import dangers
from everycall.localtime import local_date, start_of_day
from everycall.policy.grades import Grades
from everycall.share import interval
from everycall.store.calls import current
from everycall.store.moments import to_number
from everycall.store.reading import read

ALERTS = ("danger", "repeat", "vulnerable", "local_priority", "high_harm", "burst")
"""What a screen would have drawn the eye to."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Share:
    """A share, with the interval in which it lies with 95 in 100."""

    many: int
    of: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the interval's ends, from 0 to 1; None of nothing."""
        return interval(self.many, self.of)

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        low, high = self.interval or (None, None)
        return {
            "many": self.many,
            "of": self.of,
            "low": low and round(low, 4),
            "high": high and round(high, 4),
        }


@dataclass
class Day:
    """One local day, or all of them together.

    Parameters
    ----------
    alerts
        How many calls had each kind of alert.
    grades
        How many calls were given a grade (as the force wrote it) and recommended one (by code).
    """

    calls: int = 0
    with_alert: int = 0
    alerts: Counter[str] = field(default_factory=Counter)
    grades: Counter[tuple[str, str]] = field(default_factory=Counter)
    could_not_look: int = 0
    took_ms: list[float] = field(default_factory=list)

    def add(self, body: Mapping[str, Any], given: str | None, took_ms: Sequence[float]) -> None:
        """Count one call by its last assessment."""
        found = alerts_of(body)
        self.calls += 1
        self.with_alert += bool(found)
        self.alerts.update(found)
        self.could_not_look += any(body[part]["status"] == "could_not_look" for part in _PARTS)
        self.took_ms += took_ms
        if given:
            self.grades[given, body["recommendation"]["grade"]] += 1

    def as_dict(self, grades: Grades) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "calls": self.calls,
            "with_alert": Share(self.with_alert, self.calls).as_dict(),
            "alerts": {kind: Share(self.alerts[kind], self.calls).as_dict() for kind in ALERTS},
            "alerts_in_100_calls": round(100 * sum(self.alerts.values()) / self.calls, 1)
            if self.calls
            else None,
            "could_not_look": Share(self.could_not_look, self.calls).as_dict(),
            "grades": [
                {"given": given, "recommended": recommended, "calls": many}
                for (given, recommended), many in sorted(self.grades.items())
            ],
            **{name: share.as_dict() for name, share in agreement(self.grades, grades).items()},
            "took_ms": percentiles(self.took_ms),
        }


_PARTS = ("repeat", "vulnerability", "priorities", "harm")


def report(connection: BaseDatabaseWrapper, first: date, last: date) -> tuple[dict[date, Day], Day]:
    """Return what each day's calls were found to be, and all of them together.

    Parameters
    ----------
    first, last
        Local days on which calls came in, both included.
    """
    days: dict[date, Day] = {}
    whole = Day()
    for bodies in _by_call(_recorded(connection, first)):
        known = current(connection, list(bodies))
        for ref, told in bodies.items():
            if ref not in known:
                continue  # disposed of
            call = json.loads(known[ref].payload)
            day = local_date(datetime.fromisoformat(call["received_at"]))
            if first <= day <= last:
                took = [one["took_ms"] for one in told]
                for counted in (days.setdefault(day, Day()), whole):
                    counted.add(told[-1], call.get("grade_given"), took)
    return dict(sorted(days.items())), whole


def _recorded(connection: BaseDatabaseWrapper, first: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the assessments recorded since a day, by call."""
    refs = read(
        connection,
        "SELECT DISTINCT ref FROM assessment_made WHERE assessed_at >= %s ORDER BY ref",
        [to_number(start_of_day(first))],
    )
    for begin in range(0, len(refs), _AT_ONCE):
        some = [ref for (ref,) in refs[begin : begin + _AT_ONCE]]
        marks = ", ".join(["%s"] * len(some))
        for ref, body in read(
            connection,
            "SELECT a.ref, p.body FROM assessment_made a JOIN chain_payload p ON p.entry_id = a.entry "
            f"WHERE a.ref IN ({marks}) ORDER BY a.ref, a.entry",
            some,
        ):
            yield ref, json.loads(body)


def _by_call(recorded: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Yield some calls at a time with all their assessments, oldest first."""
    some: dict[str, list[dict[str, Any]]] = {}
    for ref, body in recorded:
        if len(some) == _AT_ONCE and ref not in some:
            yield some
            some = {}
        some.setdefault(ref, []).append(body)
    if some:
        yield some


def alerts_of(body: Mapping[str, Any]) -> list[str]:
    """Return what an assessment would have drawn the eye to."""
    made = body["recommendation"]
    return [
        kind
        for kind, is_so in zip(
            ALERTS,
            (
                bool(dangers(Assessment.model_validate(body))),
                body["repeat"]["is_repeat"] == "yes",
                body["vulnerability"]["is_vulnerable"] == "yes",
                body["priorities"]["status"] == "found",
                body["harm"]["band"] == "high",
                any(one["code"] == "supervisor_alert" for one in made["actions"]),
            ),
            strict=True,
        )
        if is_so
    ]


def agreement(given: Mapping[tuple[str, str], int], grades: Grades) -> dict[str, Share]:
    """Return how often what was recommended is the grade given, higher, or lower.

    A grade is known by its code or its name, however it is written; what is neither is not compared.
    """
    codes = {_plain(word): one.code for one in grades.grades for word in (one.code, one.name)}
    same = higher = lower = 0
    for (word, recommended), many in given.items():
        code = codes.get(_plain(word))
        if code is None or recommended not in codes.values():
            continue
        difference = grades.rank(recommended) - grades.rank(code)
        same += many * (difference == 0)
        higher += many * (difference > 0)
        lower += many * (difference < 0)
    of = same + higher + lower
    return {
        "agrees": Share(same, of),
        "recommended_higher": Share(higher, of),
        "recommended_lower": Share(lower, of),
    }


def _plain(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def percentiles(took: Iterable[float]) -> dict[str, float | None]:
    """Return the middle, the 95th, the 99th of a hundred and the longest, in milliseconds (nearest rank)."""
    ordered = sorted(took)
    names = {"median": 0.5, "p95": 0.95, "p99": 0.99, "longest": 1.0}
    if not ordered:
        return dict.fromkeys(names)
    return {name: ordered[max(math.ceil(share * len(ordered)), 1) - 1] for name, share in names.items()}
