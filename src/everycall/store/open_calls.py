"""The open calls of a store, with the last assessment of and the last decision on each; all found by index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.moments import from_number, to_number
from everycall.store.reading import read

MOST_OPEN = 500
"""How many open calls are read at most; more than that is told, not shown."""

_UNTOLD_STATUS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that is open, as the store holds it now."""

    ref: str
    version: int
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """The last assessment of a call; ``text``, its JSON, is None when it was disposed of."""

    entry: int
    assessed_at: datetime
    yes_facts: frozenset[str]
    text: str | None

    def part(self, name: str) -> dict[str, Any] | None:
        """Return one part of the assessment, such as ``recommendation``; the rest, which is much, is not read."""
        if self.text is None:
            return None
        # a quotation mark inside a text is escaped, so that this stands before the part alone
        mark = f',"{name}":'
        at = self.text.find(mark)
        if at < 0:
            return None
        found: dict[str, Any] = _READER.raw_decode(self.text, at + len(mark))[0]
        return found


_READER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands beside the record."""

    entry: int
    ref: str
    decided_at: datetime
    by: str
    accepted: bool | None
    reason: str | None
    body: dict[str, Any] | None


_OPEN = (
    "SELECT c.ref, v.version, v.payload FROM call_version v JOIN call c ON c.id = v.call_id "
    "WHERE v.known_until IS NULL AND v.status = 'open' AND v.received_at <= %s "
    "ORDER BY v.received_at DESC LIMIT %s"
)
_NO_STATUS = (
    "SELECT c.ref, v.version, v.payload FROM call_version v JOIN call c ON c.id = v.call_id "
    "WHERE v.received_at > %s AND v.received_at <= %s AND v.known_until IS NULL AND v.status IS NULL "
    "AND v.closed_at IS NULL AND v.closed_as IS NULL ORDER BY v.received_at DESC LIMIT %s"
)


def open_calls(connection: BaseDatabaseWrapper, now: datetime, most: int = MOST_OPEN) -> list[OpenCall]:
    """Return the open calls, newest first: by their status, or without one not closed and under a day old."""
    until = to_number(now)
    rows = read(connection, _OPEN, [until, most])
    rows += read(connection, _NO_STATUS, [to_number(now - _UNTOLD_STATUS), until, most])
    found = [OpenCall(ref, version, json.loads(payload)) for ref, version, payload in rows]
    return sorted(found, key=lambda one: (one.payload["received_at"], one.ref), reverse=True)[:most]


def how_many_open(connection: BaseDatabaseWrapper) -> int:
    """Return how many calls are open by their status."""
    query = "SELECT count(*) FROM call_version WHERE known_until IS NULL AND status = 'open'"
    return int(read(connection, query)[0][0])


_ASKED = {"sqlite": "json_each(%s) AS asked", "postgresql": "unnest(%s::text[]) AS asked(value)"}


@lru_cache(maxsize=32)
def _last_of_each(vendor: str, table: str, columns: str) -> str:
    return (
        f"SELECT {columns}, p.body FROM {_ASKED[vendor]} JOIN {table} t ON t.entry = "
        f"(SELECT entry FROM {table} WHERE ref = asked.value ORDER BY entry DESC LIMIT 1) "
        "LEFT JOIN chain_payload p ON p.entry_id = t.entry"
    )


def _last(
    connection: BaseDatabaseWrapper, table: str, columns: str, refs: Sequence[str]
) -> list[tuple[Any, ...]]:
    if not refs:
        return []
    asked = json.dumps(list(refs)) if connection.vendor == "sqlite" else list(refs)
    return read(connection, _last_of_each(connection.vendor, table, columns), [asked])


def last_assessments(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> dict[str, Made]:
    """Return the last recorded assessment of each call that has one."""
    rows = _last(connection, "assessment_made", "t.ref, t.entry, t.assessed_at, t.yes_facts", refs)
    return {
        ref: Made(entry, from_number(at), frozenset(facts.split()), body)
        for ref, entry, at, facts, body in rows
    }


DECISION_COLUMNS = 't.entry, t.ref, t.decided_at, t."by", t.accepted, t.reason'


def last_decisions(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> dict[str, Decision]:
    """Return the last decision on each call that has one."""
    return {row[1]: decision_of(row) for row in _last(connection, "decision_made", DECISION_COLUMNS, refs)}


def decision_of(row: Sequence[Any]) -> Decision:
    """Return a row of `DECISION_COLUMNS` and the body as a decision."""
    entry, ref, at, by, accepted, reason, body = row
    told = None if accepted is None else bool(accepted)
    return Decision(entry, ref, from_number(at), by, told, reason, json.loads(body) if body else None)
