"""What changed since a link of the record: that links come in the order they are committed makes it exact.

A link's number is taken under a lock that holds until the transaction ends, so that nobody who has seen link 100
later finds a 99.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.reading import listed, read


def last_link(connection: BaseDatabaseWrapper) -> int:
    """Return the number of the newest link; 0 while the record is empty."""
    return int(read(connection, "SELECT coalesce(max(number), 0) FROM chain_entry")[0][0])


def kinds_since(connection: BaseDatabaseWrapper, after: int, until: int) -> frozenset[str]:
    """Return what kinds of links came after ``after``, up to ``until``."""
    rows = read(
        connection,
        "SELECT DISTINCT kind FROM chain_entry WHERE number > %s AND number <= %s",
        [after, until],
    )
    return frozenset(row[0] for row in rows)


def version_of(connection: BaseDatabaseWrapper, ref: str) -> int:
    """Return the version of a call that the store holds now; 0 when it holds none."""
    rows = read(
        connection,
        "SELECT v.version FROM call c JOIN call_version v ON v.call_id = c.id "
        "WHERE c.ref = %s AND v.known_until IS NULL",
        [ref],
    )
    return int(rows[0][0]) if rows else 0


def decisions_of(connection: BaseDatabaseWrapper, ref: str, after: int, until: int) -> list[dict[str, Any]]:
    """Return the decisions on a call since then, oldest first."""
    rows = read(
        connection,
        "SELECT p.body FROM decision_made d JOIN chain_payload p ON p.entry_id = d.entry "
        "WHERE d.ref = %s AND d.entry > %s AND d.entry <= %s ORDER BY d.entry",
        [ref, after, until],
    )
    return [json.loads(body) for (body,) in rows]


_LATELY = (
    "SELECT m.id FROM assessment_made a JOIN call c ON c.ref = a.ref "
    "JOIN mention m ON m.call_id = c.id AND m.known_until IS NULL "
    "WHERE a.entry > %s AND a.entry <= %s AND a.ref <> %s"
)


def shares_a_key(
    connection: BaseDatabaseWrapper, keys: Sequence[int], ref: str, after: int, until: int
) -> bool:
    """Say whether another call that was assessed since then names somebody or somewhere with one of these keys."""
    mentions = [row[0] for row in read(connection, _LATELY, [after, until, ref])]
    if not mentions or not keys:
        return False
    query, wanted = listed(
        connection,
        "SELECT 1 FROM {list} JOIN mention_key k ON k.mention_id = asked.value "
        f"AND k.hash IN ({', '.join(str(int(key)) for key in keys)}) LIMIT 1",
        mentions,
    )
    return bool(read(connection, query, [wanted]))
