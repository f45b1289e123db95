"""Persons as the store keeps them: who is who, what changed, what is to be reviewed, how far the sweep has come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.writing import insert, insert_many

_SWEPT = "swept"
_MANY = 500


def persons_of(
    connection: BaseDatabaseWrapper, mentions: Sequence[int] | None = None
) -> dict[int, tuple[int, int]]:
    """Return person and component of each mention that has one; of all, or of those asked for."""
    query = "SELECT mention_id, person_id, component_id FROM person_of"
    if mentions is None:
        return {row[0]: (row[1], row[2]) for row in read(connection, query)}
    found: dict[int, tuple[int, int]] = {}
    for some in _chunks(mentions):
        found |= {r[0]: (r[1], r[2]) for r in read(connection, f"{query} WHERE mention_id IN ({some})")}
    return found


def hanging_together(connection: BaseDatabaseWrapper, components: Sequence[int]) -> list[int]:
    """Return every mention of these components."""
    found: list[int] = []
    for some in _chunks(components):
        found += [
            r[0] for r in read(connection, f"SELECT mention_id FROM person_of WHERE component_id IN ({some})")
        ]
    return found


def no_longer_known(connection: BaseDatabaseWrapper, after: int | None = None) -> list[int]:
    """Return mentions that have a person and were replaced, or disposed of, since.

    Parameters
    ----------
    after
        Only of calls with a version numbered above this: whoever replaces a mention makes a new version of its call.
    """
    if after is None:
        rows = read(
            connection,
            "SELECT p.mention_id FROM person_of p LEFT JOIN mention m ON m.id = p.mention_id "
            "WHERE m.id IS NULL OR m.known_until IS NOT NULL",
        )
    else:
        rows = read(
            connection,
            "SELECT p.mention_id FROM (SELECT DISTINCT call_id FROM call_version WHERE id > %s) AS v "
            "JOIN mention m ON m.call_id = v.call_id JOIN person_of p ON p.mention_id = m.id "
            "WHERE m.known_until IS NOT NULL ORDER BY p.mention_id",
            [after],
        )
    return [row[0] for row in rows]


def last_version(connection: BaseDatabaseWrapper) -> int:
    """Return the number of the newest version of a call; 0 for an empty history."""
    return int(read(connection, "SELECT coalesce(max(id), 0) FROM call_version")[0][0])


def keep(
    connection: BaseDatabaseWrapper,
    placed: Iterable[Sequence[Sequence[int]]],
    gone: Iterable[int],
    changes: Iterable[tuple[str, int, int, Sequence[int]]],
    now: datetime,
) -> None:
    """Keep who is who (mention, person, component) and log what changed, inside the caller's transaction.

    Parameters
    ----------
    placed
        In parts, only mentions whose person or component is new or another.
    gone
        Mentions that have no longer the person they had: none, or another.
    changes
        Kind, from which person, to which, and the mentions that passed.
    """
    with closing(connection.cursor()) as cursor:
        for some in _chunks(gone):
            cursor.execute(f"DELETE FROM person_of WHERE mention_id IN ({some})")
    for rows in placed:
        insert_many(connection, "person_of", ("mention_id", "person_id", "component_id"), rows)
    moment = to_number(now)
    insert(
        connection,
        "person_change",
        ("at", "kind", "from_person", "to_person", "mentions"),
        [(moment, kind, one, other, json.dumps(list(mentions))) for kind, one, other, mentions in changes],
    )


def keep_reviews(
    connection: BaseDatabaseWrapper, reviews: Iterable[tuple[str, Sequence[int]]], now: datetime, anew: bool
) -> None:
    """Keep what is to be reviewed; ``anew`` forgets what an earlier sweep of the whole found."""
    if anew:
        with closing(connection.cursor()) as cursor:
            cursor.execute("DELETE FROM person_review")
    rows = [(to_number(now), why, json.dumps(list(mentions))) for why, mentions in reviews]
    insert(connection, "person_review", ("at", "why", "mentions"), rows)


def last_person(connection: BaseDatabaseWrapper) -> int:
    """Return the highest number a person ever had: numbers are never given twice."""
    rows = read(
        connection,
        "SELECT max(person_id) FROM person_of UNION ALL SELECT max(from_person) FROM person_change "
        "UNION ALL SELECT max(to_person) FROM person_change",
    )
    return max((row[0] or 0 for row in rows), default=0)


def words(connection: BaseDatabaseWrapper) -> list[tuple[str, str, bool]]:
    """Return what people said of two calls (ref, ref, same), oldest first."""
    rows = read(connection, "SELECT ref_a, ref_b, same FROM same_person ORDER BY known_from, id")
    return [(a, b, bool(same)) for a, b, same in rows]


def changes(connection: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
    """Return the log: number, moment, kind, from, to, mentions; oldest first."""
    rows = read(
        connection, "SELECT id, at, kind, from_person, to_person, mentions FROM person_change ORDER BY id"
    )
    return [(*row[:5], json.loads(row[5])) for row in rows]


def reviews(connection: BaseDatabaseWrapper) -> list[tuple[str, list[int]]]:
    """Return what is to be reviewed: why, and the mentions in question."""
    rows = read(connection, "SELECT why, mentions FROM person_review ORDER BY id")
    return [(why, json.loads(mentions)) for why, mentions in rows]


def swept(connection: BaseDatabaseWrapper) -> dict[str, Any] | None:
    """Return how far the last sweep came, and with which model; None when there was none."""
    rows = read(connection, "SELECT value FROM setting WHERE name = %s", [_SWEPT])
    return dict(json.loads(rows[0][0])) if rows else None


def keep_swept(connection: BaseDatabaseWrapper, state: Mapping[str, Any]) -> None:
    """Keep how far the sweep came, inside the caller's transaction: a killed sweep is as if it had not begun."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("DELETE FROM setting WHERE name = %s", [_SWEPT])
        cursor.execute("INSERT INTO setting (name, value) VALUES (%s, %s)", [_SWEPT, json.dumps(state)])


def _chunks(numbers: Iterable[int]) -> Iterable[str]:
    every = sorted({int(number) for number in numbers})
    for start in range(0, len(every), _MANY):
        yield ",".join(map(str, every[start : start + _MANY]))
