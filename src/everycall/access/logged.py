"""The processing log read: what was done about a record, by an account, of a kind, at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.access.operations import OPERATIONS, bits_of, key_of
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read

_CLOCKS_DIFFER = timedelta(days=1)
"""How far behind or ahead a clock may have been when a link was written that is looked for by its time."""

_A_LINK = 10_000_000
"""An entry's number is that of its link, times this, and its place in it: what is later has a higher one."""

_AT_ONCE = 100

_GONE = "(no longer kept)"
"""In place of the record, where a link's own text is gone: who did something, when and for which call still stands."""


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
        One of `everycall.access.operations.OPERATIONS`.
    since, until
        Aware; what was done at ``until`` itself is left out.
    """
    records = None if about is None else {about} if isinstance(about, str) else set(about)
    found: list[Logged] = []
    for link in _links(connection, records, by, before, operation, since, until):
        found += [
            one
            for one in _told_by(link)
            if (records is None or one.about in records or one.about == _GONE)
            and (operation is None or one.operation == operation)
            and (before is None or one.number < before)
        ]
        if len(found) >= limit:
            break
    return found[:limit]


_Link = tuple[int, int, str | None, str, int, str | None]
"""Its number, its operations as bits, for which call, by whom, when, and its text while it is kept."""


def _links(
    connection: BaseDatabaseWrapper,
    records: Collection[str] | None,
    by: str | None,
    before: int | None,
    operation: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Iterator[_Link]:
    """Yield the links in which such entries may stand, newest first."""
    conditions: list[str] = []
    values: list[Any] = []
    for condition, value in (
        ('l."by" = %s', by),
        ("l.entry <= %s", None if before is None else before // _A_LINK),
        ("l.operations & %s <> 0", None if operation is None else bits_of([operation])),
        ("l.entry >= %s", None if since is None else _about(connection, since - _CLOCKS_DIFFER)),
        ("l.at >= %s", None if since is None else to_number(since)),
        ("l.entry < %s", None if until is None else _about(connection, until + _CLOCKS_DIFFER)),
        ("l.at < %s", None if until is None else to_number(until)),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if records is not None:
        keys = sorted({key_of(ref) for ref in records})
        if not keys:
            return
        marks = ", ".join(["%s"] * len(keys))
        conditions.append(f"l.entry IN (SELECT k.entry FROM processing_key k WHERE k.hash IN ({marks}))")
        values += keys
    after: list[int] = []
    while True:
        where = " AND ".join([*conditions, *(["l.entry < %s"] if after else [])]) or "1 = 1"
        rows = read(
            connection,
            'SELECT l.entry, l.operations, l.for_call, l."by", l.at, p.body FROM processing_link l '
            f"LEFT JOIN chain_payload p ON p.entry_id = l.entry WHERE {where} ORDER BY l.entry DESC LIMIT %s",
            [*values, *after, _AT_ONCE],
        )
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = [rows[-1][0]]


def _told_by(link: _Link) -> Iterator[Logged]:
    """Yield the entries that stand in a link, the one with the highest number first."""
    number, bits, call, by, at, body = link
    told = json.loads(body) if body else {"operations": {}, "justification": None}
    done = told["operations"] or {name: [_GONE] for name in OPERATIONS if bits & bits_of([name])}
    entries_of = [(name, ref) for name in OPERATIONS for ref in done.get(name, ())]
    for place in range(len(entries_of) - 1, -1, -1):
        name, ref = entries_of[place]
        yield Logged(number * _A_LINK + place, name, ref, call, by, from_number(at), told["justification"])


def _about(connection: BaseDatabaseWrapper, moment: datetime) -> int:
    """Return about which link was written at a moment: numbers rise with time, so no index by time is kept."""
    wanted = to_number(moment)
    ends = "SELECT coalesce(min(entry), 1), coalesce(max(entry), 0) + 1 FROM processing_link"
    ((low, high),) = read(connection, ends)
    while low < high:
        middle = (low + high) // 2
        rows = read(
            connection,
            "SELECT entry, at FROM processing_link WHERE entry >= %s ORDER BY entry LIMIT 1",
            [middle],
        )
        if not rows or rows[0][1] >= wanted:
            high = middle
        else:
            low = int(rows[0][0]) + 1
    return int(low)
