"""The processing log (DPA 2018 s.62), written: who did what to which record, when and why, as links of the chain.

It holds references of calls and names of accounts, nothing that was said, and so it stays when a call is disposed of.
A link's own text says it all; beside it stands by what it is looked for: one row with who, when and for which call, and
for each record one short number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.access import logged_in_one_go
from everycall.access.operations import (
    ALTERATION,
    COLLECTION,
    COMBINATION,
    CONSULTATION,
    bits_of,
    keys_of,
)
from everycall.access.viewer import Viewer
from everycall.record.chain import PROCESSING
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.store.record import append, entry_of
from everycall.store.writing import insert, writing

SUBJECT = "processing log"
"""What these links are about: no one call, so that no disposal of a call takes them away."""


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
    salt, bits, keys = next(salts), bits_of(operations), keys_of(operations)
    if logged_in_one_go.offered(connection):
        entry = entry_of(PROCESSING, SUBJECT, text, salt, now)
        logged_in_one_go.append(connection, entry, bits, keys, for_call, viewer.name)
        return
    number = append(connection, PROCESSING, SUBJECT, text, salt, now)
    insert(
        connection,
        "processing_link",
        ("entry", "operations", "for_call", "by", "at"),
        [(number, bits, for_call, viewer.name, to_number(now))],
    )
    insert(connection, "processing_key", ("hash", "entry"), [(key, number) for key in keys])


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
    bodies = read(
        connection,
        "SELECT p.body FROM processing_link l JOIN chain_payload p ON p.entry_id = l.entry "
        'WHERE l."by" = %s AND l.for_call = %s',
        [by, for_call],
    )
    told = (json.loads(body)["operations"] for (body,) in bodies)
    return {(name, ref) for one in told for name in (CONSULTATION, COMBINATION) for ref in one.get(name, ())}
