"""The processing log read: what was done about a record, by an account, of a kind, at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store.moments import from_number, to_number
from everycall.store.reading import read

_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry of the log: one record, and what was done to it."""

    number: int
    operation: str
    about: str
    for_call: str | None
    by: str
    at: datetime
    justification: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "entry": self.number,
            "operation": self.operation,
            "about": self.about,
            "for_call": self.for_call,
            "by": self.by,
            "at": self.at.isoformat(),
            "justification": self.justification,
        }


def entries(
    connection: BaseDatabaseWrapper,
    about: str | Sequence[str] | None = None,
    by: str | None = None,
    before: int | None = None,
    limit: int = 100,
    operation: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Logged]:
    """Return the log, newest first: about one record or some, by one account, of one kind, at some time, or all of it.

    Parameters
    ----------
    before
        Only entries with a lower number, for the next page.
    operation
        One of `everycall.access.processing.OPERATIONS`.
    since, until
        Aware; what was done at ``until`` itself is left out.
    """
    conditions: list[str] = ["1 = 1"]
    values: list[Any] = []
    if about is not None:
        records = [about] if isinstance(about, str) else list(about)
        if not records:
            return []
        conditions.append(f"l.about IN ({', '.join(['%s'] * len(records))})")
        values += records
    for condition, value in (
        ('l."by" = %s', by),
        ("l.id < %s", before),
        ("l.operation = %s", operation),
        ("l.id >= %s", None if since is None else _about(connection, since - _CLOCKS_DIFFER)),
        ("l.at >= %s", None if since is None else to_number(since)),
        ("l.id < %s", None if until is None else _about(connection, until + _CLOCKS_DIFFER)),
        ("l.at < %s", None if until is None else to_number(until)),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    rows = read(
        connection,
        'SELECT l.id, l.operation, l.about, l.for_call, l."by", l.at, p.body FROM processing_logged l '
        f"LEFT JOIN chain_payload p ON p.entry_id = l.entry WHERE {' AND '.join(conditions)} "
        "ORDER BY l.id DESC LIMIT %s",
        [*values, limit],
    )
    return [
        Logged(
            number,
            operation,
            record,
            call,
            name,
            from_number(at),
            json.loads(body)["justification"] if body else None,
        )
        for number, operation, record, call, name, at, body in rows
    ]


def _about(connection: BaseDatabaseWrapper, moment: datetime) -> int:
    """Return about which number was written at a moment: numbers rise with time, so no index by time is kept."""
    wanted = to_number(moment)
    ends = "SELECT coalesce(min(id), 1), coalesce(max(id), 0) + 1 FROM processing_logged"
    ((low, high),) = read(connection, ends)
    while low < high:
        middle = (low + high) // 2
        rows = read(
            connection, "SELECT id, at FROM processing_logged WHERE id >= %s ORDER BY id LIMIT 1", [middle]
        )
        if not rows or rows[0][1] >= wanted:
            high = middle
        else:
            low = int(rows[0][0]) + 1
    return int(low)
