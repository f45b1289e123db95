"""Victims who were repeat victims at the time and whom nobody recognised: who, since when, how often, why missed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.identity.events import Contact, group
from everycall.identity.rules import RepeatRules
from everycall.localtime import local_date
from everycall.store.recognised import OnTheDay, on_the_day
from everycall.sweep.engine import Engine

NEVER_SEARCHED = "never_searched"
"""The same name with the same number, home or birth date stood in the record: a search would have shown it."""
OTHER_SPELLING = "other_spelling"
OTHER_PHONE = "other_phone"
"""The same name, and neither number, home nor birth date in common with what was known."""
HOUSEHOLD = "household"
"""Only others of the household had called before."""


_AT_ONCE = 20_000
"""Victims that are in Python's memory at one time."""
_ASKED = pa.schema([("household", pa.int64())])
_OF_HOUSEHOLD = pa.schema([("id", pa.int64()), ("person", pa.int64()), ("household", pa.int64())])


@dataclass(frozen=True, slots=True)
class Missed:
    """One victim: the calls at which they were a repeat victim and nobody said so, oldest first, and why each."""

    person: int
    household: int
    since: str
    incidents: int
    calls: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "person_id": f"P{self.person}",
            "household_id": f"H{self.household}",
            "since": self.since,
            "incidents": self.incidents,
            "missed": [{"ref": ref, "why": why} for ref, why in self.calls],
            "why": dict(sorted(Counter(why for _, why in self.calls).items())),
        }


_TOLD = ("household", "ref", "person", "forename", "surname", "phone", "born", "dwelling")


@dataclass(frozen=True, slots=True)
class _Victim:
    ref: str
    person: int
    names: tuple[str | None, str | None]
    evidence: tuple[str | None, str | None, str | None]
    """Number, birth date and home."""

    def shares(self, other: _Victim) -> bool:
        """Say whether they have a number, birth date or home in common."""
        return any(mine and mine == its for mine, its in zip(self.evidence, other.evidence, strict=True))


def unrecognised(
    engine: Engine,
    connection: BaseDatabaseWrapper,
    rules: RepeatRules,
    person_of: Mapping[int, int],
    household_of: Mapping[int, int],
    only: Collection[int] | None = None,
) -> Iterator[Missed]:
    """Yield the victims nobody recognised, by number of person.

    Somebody was a repeat victim at a call when they, or others of the household, had suffered as many earlier
    incidents within the days as the deciding rule says. Calls about one event are one incident.

    Parameters
    ----------
    engine
        With ``mention``.
    person_of, household_of
        The person of each mention, the household of each person.
    only
        Tell of these persons alone; the others still count for their households.
    """
    asked = None if only is None else {household_of[person] for person in only}
    found: list[Missed] = []
    for victims in _households(engine, person_of, household_of, asked):
        refs = {v.ref for of_it in victims.values() for v in of_it}
        calls = on_the_day(connection, refs, rules.categories.count)
        told = {ref: _Told(call) for ref, call in calls.items() if call.asb}
        for household, of_it in victims.items():
            counted = [v for v in of_it if v.ref in told]
            found += _of_household(household, counted, told, rules, only)
    yield from sorted(found, key=lambda one: one.person)


def _households(
    engine: Engine,
    person_of: Mapping[int, int],
    household_of: Mapping[int, int],
    asked: Collection[int] | None,
) -> Iterator[dict[int, list[_Victim]]]:
    """Yield the victims by household, so many at a time, of the households (asked for) of more than one call."""
    ids, persons = list(person_of), list(person_of.values())
    households = [household_of[person] for person in persons]
    engine.put(
        "of_household", pa.table({"id": ids, "person": persons, "household": households}, _OF_HOUSEHOLD)
    )
    engine.put("asked", pa.table({"household": sorted(set(households) if asked is None else asked)}, _ASKED))
    engine.make(
        "victim",
        "SELECT m.n, m.ref, m.forename, m.surname, m.phone, m.born, m.dwelling, h.person, h.household FROM mention m "
        "JOIN of_household h ON h.id = m.id JOIN asked a ON a.household = h.household WHERE m.role = 'victim'",
    )
    table = engine.get(
        "SELECT v.* FROM victim v JOIN (SELECT household FROM victim GROUP BY household "
        "HAVING count(DISTINCT ref) > 1) AS more ON more.household = v.household ORDER BY v.household, v.n"
    )
    household = table.column("household").to_numpy()
    start = 0
    while start < len(household):
        last = min(start + _AT_ONCE, len(household)) - 1
        end = int(household.searchsorted(household[last], side="right"))
        some: dict[int, list[_Victim]] = defaultdict(list)
        part = table.slice(start, end - start)
        columns = [part.column(name).to_pylist() for name in _TOLD]
        for of, ref, person, forename, surname, *evidence in zip(*columns, strict=True):
            some[of].append(_Victim(ref, person, (forename, surname), tuple(evidence)))
        yield some
        start = end


class _Told:
    """One call, with what is asked of it many times worked out once: its local day, and the call as events see it."""

    __slots__ = ("call", "contact", "day")

    def __init__(self, call: OnTheDay) -> None:
        self.call = call
        self.day = local_date(call.received_at)
        self.contact = Contact(call.ref, call.received_at.astimezone(UTC), call.place, call.behaviours, True)


def _of_household(
    household: int,
    of_it: Sequence[_Victim],
    calls: Mapping[str, _Told],
    rules: RepeatRules,
    only: Collection[int] | None,
) -> Iterator[Missed]:
    if len({v.ref for v in of_it}) < 2 or (only is not None and not any(v.person in only for v in of_it)):
        return
    rule = rules.rules[rules.deciding]
    everyone = _incidents({v.ref for v in of_it}, calls, rules)
    persons = {v.person for v in of_it}
    for person in sorted(persons if only is None else persons.intersection(only)):
        mine = [v for v in of_it if v.person == person]
        own = everyone if len(persons) == 1 else _incidents({v.ref for v in mine}, calls, rules)
        missed = []
        for victim in mine:
            told = calls[victim.ref]
            if told.call.recognised or not _earlier(everyone, told, rule.days, rule.earlier):
                continue
            by_self = _earlier(own, told, rule.days, rule.earlier)
            before = [v for v in mine if calls[v.ref].call.received_at < told.call.received_at]
            missed.append((told, _why(victim, before) if by_self else HOUSEHOLD))
        if missed:
            missed.sort(key=lambda one: (one[0].call.received_at, one[0].call.ref))
            since = missed[0][0].day.isoformat()
            yield Missed(
                person, household, since, len(everyone), tuple((told.call.ref, why) for told, why in missed)
            )


_Incidents = list[tuple[date, datetime, list[str]]]


def _incidents(refs: Collection[str], calls: Mapping[str, _Told], rules: RepeatRules) -> _Incidents:
    """Return incidents in order of time: first local day, first moment, and the calls about it."""
    return [
        (calls[event[0].ref].day, event[0].at, [contact.ref for contact in event])
        for event in group([calls[ref].contact for ref in refs], rules.event)
    ]


def _earlier(incidents: _Incidents, told: _Told, days: int, enough: int) -> bool:
    """Say whether enough incidents lie in the days before a call, its own event left out."""
    start = bisect_left(incidents, told.day - timedelta(days=days), key=lambda incident: incident[0])
    many = 0
    for _, at, refs in incidents[start:]:
        if at >= told.contact.at:
            break
        many += told.contact.ref not in refs
        if many >= enough:
            return True
    return False


def _why(victim: _Victim, before: Sequence[_Victim]) -> str:
    shared = [v for v in before if v.shares(victim)]
    if any(v.names == victim.names for v in shared):
        return NEVER_SEARCHED
    return OTHER_SPELLING if shared else OTHER_PHONE
