"""Decisions of named people in the store: the last one of a call, and recording another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.record.chain import DECISION
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.record import append
from everycall.store.writing import insert


@dataclass(frozen=True, slots=True)
class Recorded:
    """A link of the record with what it says."""

    link: int
    body: dict[str, Any]


def hold(connection: BaseDatabaseWrapper, ref: str) -> None:
    """Let nobody else decide on, or take, this call until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        read(connection, "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [ref])


def last_decision(
    connection: BaseDatabaseWrapper, ref: str, known_at: datetime | None = None
) -> Recorded | None:
    """Return the last decision on a call; ``known_at``: as it was then."""
    until = ("", []) if known_at is None else (" AND t.decided_at <= %s", [to_number(known_at)])
    return _last(connection, "decision_made", ref, *until)


def last_assessment(connection: BaseDatabaseWrapper, ref: str) -> Recorded | None:
    """Return the last recorded assessment of a call."""
    return _last(connection, "assessment_made", ref)


def _last(
    connection: BaseDatabaseWrapper, table: str, ref: str, more: str = "", values: Sequence[int] = ()
) -> Recorded | None:
    rows = read(
        connection,
        f"SELECT t.entry, p.body FROM {table} t JOIN chain_payload p ON p.entry_id = t.entry "
        f"WHERE t.ref = %s{more} ORDER BY t.entry DESC LIMIT 1",
        [ref, *values],
    )
    return Recorded(rows[0][0], json.loads(rows[0][1])) if rows else None


def ever_yes(connection: BaseDatabaseWrapper, ref: str) -> frozenset[str]:
    """Return the facts that were yes in any recorded assessment of a call: what was found once counts on."""
    rows = read(connection, "SELECT yes_facts FROM assessment_made WHERE ref = %s", [ref])
    return frozenset(name for row in rows for name in row[0].split())


def record(
    connection: BaseDatabaseWrapper, ref: str, body: dict[str, Any], by: str, salt: str, now: datetime
) -> int:
    """Record a decision inside the caller's transaction; return the link's number."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    number = append(connection, DECISION, ref, text, salt, now)
    _no_longer_awaited(connection, ref)
    at = to_number(now)
    since = _recommended_since(connection, ref, body)
    insert(
        connection,
        "decision_made",
        ("entry", "ref", "decided_at", "by", "accepted", "reason", "recommended_ms", "awaits"),
        [
            (
                number,
                ref,
                at,
                by,
                None if body["approves"] else body["accepted"],
                body["reason"],
                None if since is None else (at - since) // 1000,
                bool(body["awaits_supervisor"]),
            )
        ],
    )
    return number


def _no_longer_awaited(connection: BaseDatabaseWrapper, ref: str) -> None:
    """Note that the last decision on a call is not the last any more, so that nobody is asked to approve it."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("UPDATE decision_made SET awaits = %s WHERE ref = %s AND awaits", [False, ref])


def _recommended_since(connection: BaseDatabaseWrapper, ref: str, body: dict[str, Any]) -> int | None:
    """Return since when the grade and attendance that were recommended have stood, without a break."""
    rows = read(
        connection,
        "SELECT grade, attendance, assessed_at FROM assessment_made WHERE ref = %s AND entry <= %s "
        "ORDER BY entry DESC",
        [ref, body["assessment"]],
    )
    wanted = (body["recommended"]["grade"], body["recommended"]["attendance"])
    since = None
    for grade, attendance, assessed_at in rows:
        if (grade, attendance) != wanted:
            break
        since = assessed_at
    return since
