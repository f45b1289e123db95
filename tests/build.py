"""Builders for tests: calls of invented people, a force with salts of its own, and what a store holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from everycall.assessment import Assessment
from everycall.call import Call, CallRead, read_call
from everycall.force import Force
from everycall.store import calls, words
from everycall.store.store import Store
from everycall.store.writing import writing
from everycall.taking import take_call
from scenario_runner import policy

DAY = timedelta(days=1)
KNOWN = datetime(2026, 6, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 12, 20, 5, tzinfo=UTC)
MAUREEN = {
    "name": "Maureen Peck",
    "phone": "01632 960 114",
    "date_of_birth": "1951-03-02",
    "address": "14 Larch Road",
    "postcode": "PE13 9ZZ",
    "role": "victim",
}


def facts(ref: str = "NEW-1", received_at: str = "2026-06-12T21:04:00+01:00", **more: Any) -> dict[str, Any]:
    """Return a call by Maureen Peck as JSON would hold it; ``more`` adds or replaces facts."""
    return {
        "ref": ref,
        "received_at": received_at,
        "source": "101",
        "category": "asb_nuisance",
        "behaviours": ["rowdy"],
        "caller": MAUREEN,
        "location": {"address": "14 Larch Road", "postcode": "PE13 9ZZ"},
        "log": [{"text": "YOUTHS SHOUTING IN THE STREET"}],
    } | more


def read(ref: str = "NEW-1", **more: Any) -> CallRead:
    """Return that call as read."""
    return read_call(facts(ref, **more))


def call(ref: str = "NEW-1", **more: Any) -> Call:
    """Return that call."""
    return read(ref, **more).call


def salts() -> Iterator[str]:
    """Yield salts that are the same each time."""
    number = 0
    while True:
        number += 1
        yield sha256(str(number).encode()).hexdigest()


def force_at(where: str) -> Force:
    """Return a force on the store there."""
    return Force(Store(where), policy(), salts=salts())


def take(force: Force, *some: Call, at: datetime = KNOWN) -> list[calls.Taken]:
    """Take calls into the store as an import does, their logs read."""
    with writing(force.store.connection):
        taken = calls.take(force.store.connection, some, at)
        read_now = {one.ref: one for one in taken if one.change != "same"}
        readings = [(read_now[c.ref].version_id, force.policy.read(c)) for c in some if c.ref in read_now]
        words.keep(force.store.connection, readings, force.policy.lexicon.sha256, at)
    return taken


def assess(
    force: Force, ref: str = "NEW-1", at: datetime = NOW, dry_run: bool = False, **more: Any
) -> Assessment:
    """Take one live call."""
    return take_call(read(ref, **more), force, at, dry_run).assessment


def rows(force: Force, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what a query finds."""
    with closing(force.store.connection.cursor()) as cursor:
        cursor.execute(query, list(values) or None)
        return [tuple(row) for row in cursor.fetchall()]


def change(force: Force, statement: str, values: Sequence[Any] = ()) -> None:
    """Run one statement in a transaction of its own."""
    with writing(force.store.connection), closing(force.store.connection.cursor()) as cursor:
        cursor.execute(statement, list(values) or None)
