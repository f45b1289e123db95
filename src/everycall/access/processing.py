"""The processing log (DPA 2018 s.62): who did what to which record, when and why, as links of the record's chain.

It holds references of calls and names of accounts, nothing that was said, and so it stays when a call is disposed of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.access import logged_in_one_go
from everycall.access.viewer import Viewer
from everycall.record.chain import PROCESSING
from everycall.store.moments import from_number, to_number
from everycall.store.reading import read
from everycall.store.record import append, entry_of
from everycall.store.writing import insert, writing

COLLECTION, ALTERATION, CONSULTATION = "collection", "alteration", "consultation"
COMBINATION, DISCLOSURE, ERASURE = "combination", "disclosure", "erasure"

OPERATIONS = (COLLECTION, ALTERATION, CONSULTATION, COMBINATION, DISCLOSURE, ERASURE)

_CLOCKS_DIFFER = timedelta(minutes=1)

SUBJECT = "processing log"
"""What these links are about: no one call, so that no disposal of a call takes them away."""


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


def log(
    connection: BaseDatabaseWrapper,
    viewer: Viewer,
    operations: Mapping[str, Sequence[str]],
    for_call: str | None,
    justification: str | None,
    salts: Iterator[str],
    now: datetime,
) -> None:
    """Log what was done, in one link; what this viewer was already shown for this call is not told again.

    Parameters
    ----------
    operations
        For each operation the references of the records.
    for_call
        The call for which it was done.
    justification
        Why, in the viewer's words or the call's reference.

    Raises
    ------
    StoreError
        When it cannot be logged: then nothing may be shown.
    """
    with writing(connection):
        fresh = not_yet_told(connection, viewer, operations, for_call)
        write(connection, viewer, fresh, for_call, justification, salts, now)


def not_yet_told(
    connection: BaseDatabaseWrapper,
    viewer: Viewer,
    operations: Mapping[str, Sequence[str]],
    for_call: str | None,
) -> dict[str, list[str]]:
    """Return the operations without those looks that stand in the log already for this viewer and call."""
    wanted = {name: tuple(dict.fromkeys(refs)) for name, refs in operations.items() if refs}
    told = _told(connection, viewer.name, for_call, wanted)
    fresh = {name: [ref for ref in refs if (name, ref) not in told] for name, refs in wanted.items()}
    return {name: refs for name, refs in fresh.items() if refs}


def write(
    connection: BaseDatabaseWrapper,
    viewer: Viewer,
    operations: Mapping[str, Sequence[str]],
    for_call: str | None,
    justification: str | None,
    salts: Iterator[str],
    now: datetime,
) -> None:
    """Write operations into the log, in one link, inside the caller's transaction."""
    if not operations:
        return
    body = {
        "by": viewer.name,
        "role": viewer.role,
        "at": now.isoformat(),
        "for_call": for_call,
        "justification": justification,
        "operations": dict(operations),
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    salt, at = next(salts), to_number(now)
    if logged_in_one_go.offered(connection):
        entry = entry_of(PROCESSING, SUBJECT, text, salt, now)
        logged_in_one_go.append(connection, entry, operations, for_call, viewer.name, at)
        return
    number = append(connection, PROCESSING, SUBJECT, text, salt, now)
    insert(
        connection,
        "processing_logged",
        ("entry", "operation", "about", "for_call", "by", "at"),
        [(number, name, ref, for_call, viewer.name, at) for name, refs in operations.items() for ref in refs],
    )


def ready(
    connection: BaseDatabaseWrapper,
    viewer: Viewer,
    looked: Sequence[str],
    ref: str,
    justification: str | None,
    salts: Iterator[str],
    clock: Callable[[], datetime],
    seen: bool = True,
) -> Callable[[str], None]:
    """Make ready what is logged in the transaction that takes a call (`everycall.taking.Beside`).

    Parameters
    ----------
    looked
        The earlier calls that are shown for this one.
    ref
        The call that is taken.
    justification
        Why; the call itself when not given.
    seen
        Whether anybody is shown them; in shadow they are brought together, and nobody is.

    Returns
    -------
    Callable
        Logs the looks, and the call's own collection (new) or alteration (changed).
    """
    kinds = (COMBINATION, CONSULTATION) if seen else (COMBINATION,)
    wanted = dict.fromkeys(kinds, looked) if looked else {}
    logged_in_one_go.offered(connection)  # made ready before the transaction, in which nothing may be asked

    def recorded(change: str) -> None:
        # of a call that is new to the store nothing can have been shown before
        known = wanted if change == "new" else not_yet_told(connection, viewer, wanted, ref)
        operations = dict(known)
        if (
            change == "changed" and looked
        ):  # with other facts they are brought together anew: once for each version
            operations[COMBINATION] = looked
        if change != "same":
            operations[COLLECTION if change == "new" else ALTERATION] = [ref]
        write(connection, viewer, operations, ref, justification or f"call {ref}", salts, clock())

    return recorded


def _told(
    connection: BaseDatabaseWrapper, by: str, for_call: str | None, wanted: Mapping[str, Sequence[str]]
) -> set[tuple[str, str]]:
    """Return the looks that stand in the log already; changes and disclosures are logged each time."""
    if for_call is None or not {CONSULTATION, COMBINATION} & set(wanted):
        return set()
    rows = read(
        connection,
        'SELECT operation, about FROM processing_logged WHERE "by" = %s AND for_call = %s '
        "AND operation IN ('consultation', 'combination')",
        [by, for_call],
    )
    return {(row[0], row[1]) for row in rows}


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
        One of `OPERATIONS`.
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
