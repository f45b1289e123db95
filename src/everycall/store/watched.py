"""What supervisors watch beside open calls: what waits for them, how decisions were made, bursts looked at.

Every query follows an index, so that it costs what it finds and not what the store holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.moments import from_number, to_number
from everycall.store.open_calls import DECISION_COLUMNS, Decision, decision_of
from everycall.store.reading import read
from everycall.store.writing import insert, writing

_CLOCKS_APART = timedelta(minutes=5)
"""How far the clocks of two processes may be apart that write into one record."""


def waiting(connection: BaseDatabaseWrapper) -> list[Decision]:
    """Return the decisions that wait for a supervisor, the oldest first; of closed calls too."""
    rows = read(
        connection,
        f"SELECT {DECISION_COLUMNS}, p.body FROM decision_made t JOIN chain_payload p ON p.entry_id = t.entry "
        "WHERE t.awaits ORDER BY t.entry",
    )
    return [decision_of(row) for row in rows]


def overrides(connection: BaseDatabaseWrapper, since: datetime, most: int) -> list[Decision]:
    """Return decisions that were not what was recommended, newest first."""
    rows = read(
        connection,
        f"SELECT {DECISION_COLUMNS}, p.body FROM decision_made t JOIN chain_payload p ON p.entry_id = t.entry "
        "WHERE t.entry >= %s AND t.decided_at >= %s AND t.accepted = %s ORDER BY t.entry DESC LIMIT %s",
        [first_since(connection, since), to_number(since), False, most],
    )
    return [decision_of(row) for row in rows]


def accepted_by(
    connection: BaseDatabaseWrapper, since: datetime, until: datetime, quick_ms: int
) -> list[tuple[str, int, int, int]]:
    """Return of everybody who decided: their name, and how many decisions, accepted ones, and quickly accepted ones.

    Parameters
    ----------
    quick_ms
        Accepted before the recommendation had stood for so many milliseconds. Where it is not known for how long,
        it was not quick.
    """
    rows = read(
        connection,
        'SELECT "by", count(accepted), sum(CASE WHEN accepted = %s THEN 1 ELSE 0 END), '
        "sum(CASE WHEN accepted = %s AND recommended_ms < %s THEN 1 ELSE 0 END) FROM decision_made "
        "WHERE entry >= %s AND decided_at >= %s AND decided_at < %s AND accepted IS NOT NULL "
        'GROUP BY "by" ORDER BY "by"',
        [True, True, quick_ms, first_since(connection, since), to_number(since), to_number(until)],
    )
    return [(by, int(many), int(accepted), int(quick)) for by, many, accepted, quick in rows]


def with_fact(
    connection: BaseDatabaseWrapper, fact: str, since: datetime, most: int
) -> list[tuple[str, datetime]]:
    """Return the calls that an assessment since then found a fact of, with when it first did, newest first."""
    rows = read(
        connection,
        "SELECT ref, min(assessed_at) FROM assessment_made WHERE entry >= %s AND assessed_at >= %s "
        "AND (' ' || yes_facts || ' ') LIKE %s GROUP BY ref ORDER BY min(entry) DESC LIMIT %s",
        [first_since(connection, since), to_number(since), f"% {fact} %", most],
    )
    return [(ref, from_number(at)) for ref, at in rows]


def first_since(connection: BaseDatabaseWrapper, since: datetime) -> int:
    """Return the number of a link of the record before which nothing was recorded since a moment.

    Links are numbered without gaps in the order they were recorded, so it is found by halving: no index by time
    is needed, and none is kept up with every call.
    """
    wanted = to_number(since - _CLOCKS_APART)
    rows = read(connection, "SELECT max(number) FROM chain_entry")
    low, high = 1, (rows[0][0] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        ((at,),) = read(connection, "SELECT recorded_at FROM chain_entry WHERE number = %s", [middle])
        low, high = (middle + 1, high) if at < wanted else (low, middle)
    return low


def bursts_reviewed(
    connection: BaseDatabaseWrapper, days: Sequence[date]
) -> list[tuple[str, str, str, datetime]]:
    """Return which bursts of these days were looked at: call, day, by whom and when."""
    rows = read(
        connection,
        f'SELECT ref, on_day, "by", at FROM burst_reviewed WHERE on_day IN ({", ".join(["%s"] * len(days))}) '
        "ORDER BY id",
        [day.isoformat() for day in days],
    )
    return [(ref, str(day), by, from_number(at)) for ref, day, by, at in rows]


def review_burst(connection: BaseDatabaseWrapper, ref: str, day: date, by: str, now: datetime) -> None:
    """Keep that a supervisor looked at a burst."""
    with writing(connection):
        insert(
            connection,
            "burst_reviewed",
            ("ref", "on_day", "by", "at"),
            [(ref, day.isoformat(), by, to_number(now))],
        )
