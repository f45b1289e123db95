"""Many new calls at once: keys first and sorted, then the calls, each in short transactions.

Keys are random numbers: written with their calls, each would change a page of its own, and a million calls would
write the key table many times over. Sorted, neighbours share a page. A key whose mention is not there yet finds
nobody and hides nobody (`everycall.store.history`), so that an import may stop between the two; what it leaves is
taken away by the next one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.store import copied
from everycall.store.calls import MENTION_COLUMNS, VERSION_COLUMNS, hold, hold_asked
from everycall.store.copied import numbered, text_cell, whole_rows
from everycall.store.prepared import Prepared, with_place
from everycall.store.reading import Question, read, server_side, text_array
from everycall.store.writing import by_table, insert, insert_many, new_ids, numbers_asked, writing

_COMING = "keys_coming"
"""The setting that names the numbers of mentions whose keys may be there before them."""

_SLICES = 256
"""Parts in which the key table is gone through, so that no live call waits for all of it."""

Numbers = copied.Numbers
Ids = dict[str, list[int]]
"""Numbers for new rows of each table."""


def reserve(connection: BaseDatabaseWrapper, many: int) -> Numbers:
    """Return numbers for ``many`` mentions that nobody else will use, and note that their keys may come first."""
    with writing(connection):
        numbers = np.array(new_ids(connection, {"mention": many})["mention"], dtype=np.int64)
        if connection.vendor == "sqlite":
            _move_on(connection, int(numbers[-1]))
        value = json.dumps([int(numbers[0]), int(numbers[-1])])
        insert(connection, "setting", ("name", "value"), [(_COMING, value)])
    return numbers


def _move_on(connection: BaseDatabaseWrapper, last: int) -> None:
    read(connection, "DELETE FROM sqlite_sequence WHERE name = 'mention'")
    insert(connection, "sqlite_sequence", ("name", "seq"), [("mention", last)])


def settle(connection: BaseDatabaseWrapper) -> None:
    """Note that every mention whose keys came first is there now."""
    with writing(connection):
        execute(connection, "DELETE FROM setting WHERE name = %s", [_COMING])


def clear_what_a_broken_import_left(connection: BaseDatabaseWrapper) -> None:
    """Take away keys whose mentions never came; only for who is `alone`."""
    rows = read(connection, "SELECT value FROM setting WHERE name = %s", [_COMING])
    if not rows:
        return
    first, last = json.loads(rows[0][0])
    statement = (
        "DELETE FROM mention_key WHERE hash >= %s AND hash <= %s AND mention_id >= %s AND mention_id <= %s "
        "AND NOT EXISTS (SELECT 1 FROM mention WHERE mention.id = mention_id)"
    )
    width = 2**64 // _SLICES
    for low in range(-(2**63), 2**63, width):
        with writing(connection):
            execute(connection, statement, [low, low + width - 1, first, last])
    settle(connection)


def add_keys(connection: BaseDatabaseWrapper, hashes: Numbers, mentions: Numbers) -> None:
    """Add sorted keys, inside the caller's transaction."""
    if connection.vendor == "postgresql":
        _copy(connection, "mention_key", ("hash", "mention_id"), numbered(2, [hashes, mentions]).tobytes())
    else:
        rows = list(zip(hashes.tolist(), mentions.tolist(), strict=True))
        insert_many(connection, "mention_key", ("hash", "mention_id"), rows)


def drop_keys(connection: BaseDatabaseWrapper, keys: Sequence[tuple[int, int]]) -> None:
    """Take away single keys, inside the caller's transaction."""
    for key in keys:
        execute(connection, "DELETE FROM mention_key WHERE hash = %s AND mention_id = %s", key)


def known_facts(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> dict[str, str]:
    """Return for each of ``refs`` that the store has the hash of the facts it holds now."""
    return dict(read(connection, *_known_asked(connection, refs)))


def _known_asked(connection: BaseDatabaseWrapper, refs: Sequence[str]) -> Question:
    query = (
        "SELECT c.ref, v.facts_sha256 FROM call c JOIN call_version v ON v.call_id = c.id "
        "WHERE v.known_until IS NULL AND c.ref "
    )
    if connection.vendor == "postgresql":
        return query + "= ANY(%s::text[])", [text_array(refs)]
    return query + "IN (SELECT value FROM json_each(%s))", [json.dumps(list(refs))]


def held(
    connection: BaseDatabaseWrapper, refs: Sequence[str], supposed_new: int
) -> tuple[dict[str, str], Ids | None]:
    """Hold calls, inside the caller's transaction; return their `known_facts`, and numbers where they came along.

    Parameters
    ----------
    supposed_new
        For so many calls PostgreSQL gives numbers of calls and versions in the same go: it is asked once, not thrice.
    """
    if connection.vendor != "postgresql" or not supposed_new:
        hold(connection, refs)
        return known_facts(connection, refs), None
    # each is a question of its own: what is known is looked up when the calls are held, not before
    asked = (
        hold_asked(refs),
        _known_asked(connection, refs),
        numbers_asked({"call": supposed_new, "call_version": supposed_new}),
    )
    connection.ensure_connection()
    driver: Any = connection.connection
    with connection.wrap_database_errors, driver.pipeline():
        cursors = [server_side()(driver).execute(query, values) for query, values in asked]
    return dict(cursors[1].fetchall()), by_table(cursors[2].fetchall())


def add_calls(
    connection: BaseDatabaseWrapper,
    calls: Sequence[Prepared],
    known_from: int,
    mention_numbers: Sequence[int] | None = None,
    ids: Ids | None = None,
) -> None:
    """Add calls that the store does not have, inside the caller's transaction.

    Parameters
    ----------
    known_from
        Microseconds since 1970, UTC.
    mention_numbers
        Those under which the keys were added already; None: the keys are added here.
    ids
        Numbers for at least so many calls and versions, as `held` gives them; None: they are asked for here.
    """
    if not calls:
        return
    many = {"call": len(calls), "call_version": len(calls)}
    if mention_numbers is None:
        many["mention"] = sum(len(call.mentions) for call in calls)
    if ids is None or mention_numbers is None:
        ids = new_ids(connection, many)
    numbers = iter(ids["mention"] if mention_numbers is None else mention_numbers)
    refs, versions, mentions, keys = [], [], [], []
    of_calls, of_versions = ids["call"][: len(calls)], ids["call_version"][: len(calls)]
    for call_id, version_id, call in zip(of_calls, of_versions, calls, strict=True):
        refs.append((call_id, call.ref))
        versions.append((version_id, call_id, 1, *call.facts, known_from))
        for facts, of_one in zip(call.mentions, call.keys, strict=True):
            number = next(numbers)
            mentions.append((number, call_id, None, *facts, known_from))
            if mention_numbers is None:
                keys += [(key, number) for key in of_one]
    insert_many(connection, "call", ("id", "ref"), refs)
    insert_many(connection, "call_version", VERSION_COLUMNS, versions)
    insert_many(connection, "mention", MENTION_COLUMNS, mentions)
    insert_many(connection, "mention_key", ("hash", "mention_id"), sorted(keys))


def add_new(
    connection: BaseDatabaseWrapper,
    refs: Sequence[str],
    versions: Sequence[tuple[Any, ...]],
    mentions: Sequence[Sequence[tuple[Any, ...]]],
    mention_numbers: Numbers,
    known_from: int,
) -> None:
    """Add calls that an SQLite store does not have, inside the caller's transaction; their keys are there.

    Parameters
    ----------
    versions
        Each in the order of `everycall.store.prepared.VERSION_FACTS`, without its place.
    mentions
        Those of each call, each in the order of `everycall.store.prepared.MENTION_FACTS`.
    known_from
        Microseconds since 1970, UTC.
    """
    ids = new_ids(connection, {"call": len(refs), "call_version": len(refs)})
    calls, numbers = ids["call"], mention_numbers.tolist()
    insert_many(connection, "call", ("id", "ref"), list(zip(calls, refs, strict=True)))
    rows = [
        (version, call, 1, *with_place(facts, named), known_from)
        for version, call, facts, named in zip(ids["call_version"], calls, versions, mentions, strict=True)
    ]
    insert_many(connection, "call_version", VERSION_COLUMNS, rows)
    of_calls = [(call, facts) for call, named in zip(calls, mentions, strict=True) for facts in named]
    rows = [
        (number, call, None, *facts, known_from)
        for number, (call, facts) in zip(numbers, of_calls, strict=True)
    ]
    insert_many(connection, "mention", MENTION_COLUMNS, rows)


def copy_new(
    connection: BaseDatabaseWrapper,
    refs: Sequence[str],
    versions: Sequence[Sequence[bytes]],
    mentions: Sequence[bytes],
    of_call: Numbers,
    mention_numbers: Numbers,
    ids: Ids,
    known_from: int,
) -> None:
    """Add calls that the store does not have by ``COPY``, inside the caller's transaction; their keys are there.

    Parameters
    ----------
    versions
        The cells of all versions (`everycall.store.copied.version_cells`), and then their places.
    mentions
        The cells of all mentions.
    of_call
        For each mention the number of its call in ``refs``.
    known_from
        Microseconds since 1970, UTC.
    """
    calls = np.array(ids["call"][: len(refs)], dtype=np.int64)
    of_versions = np.array(ids["call_version"][: len(refs)], dtype=np.int64)
    known = np.full(max(len(refs), len(mentions)), known_from, dtype=np.int64)
    _copy(connection, "call", ("id", "ref"), whole_rows(2, [calls], list(map(text_cell, refs))))
    numbers = [of_versions, calls, known[: len(refs)]]
    rows = whole_rows(len(copied.VERSION_COLUMNS), numbers, *versions)
    _copy(connection, "call_version", copied.VERSION_COLUMNS, rows)
    if mentions:
        numbers = [mention_numbers, calls[of_call], known[: len(mentions)]]
        rows = whole_rows(len(copied.MENTION_COLUMNS), numbers, mentions)
        _copy(connection, "mention", copied.MENTION_COLUMNS, rows)


def _copy(connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: bytes) -> None:
    """Send rows in PostgreSQL's own binary form."""
    driver: Any = connection.connection
    with (
        connection.wrap_database_errors,
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.write(copied.BEGINNING + rows + copied.END)


def execute(connection: BaseDatabaseWrapper, statement: str, values: Sequence[Any]) -> None:
    """Run one statement, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
