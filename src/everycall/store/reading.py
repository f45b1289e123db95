"""Reading rows straight from the database's driver, past Django's wrappers, which cost more than the query.

Django's connection still opens, closes and retries; its errors are Django's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.asked_ahead import answered
from everycall.store.at_once import is_sending
from everycall.store.driver import driver_of
from everycall.store.straight import Sent, may_go_straight

Question = tuple[str, Sequence[Any]]
"""A query and its values."""


@lru_cache(maxsize=1_024)
def question_marks(query: str) -> str:
    """Return a statement as SQLite wants it."""
    return query.replace("%s", "?")


def read(connection: BaseDatabaseWrapper, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows of a query; ``%s`` stands for a value on either database.

    Raises
    ------
    django.db.DatabaseError
        When the database cannot answer.
    """
    if is_sending(connection):
        raise StoreError("nothing can be read while a transaction is being sent")
    known = answered(connection, query, values)
    if known is not None:
        return known
    driver = driver_of(connection)
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            rows: list[tuple[Any, ...]] = driver.execute(question_marks(query), values).fetchall()
            return rows
        with server_side()(driver) as cursor:
            cursor.execute(query, values or None)
            return list(cursor.fetchall())


def read_straight(
    connection: BaseDatabaseWrapper, query: str, values: Sequence[str | int | None]
) -> list[tuple[Any, ...]]:
    """Return the same as `read` for what is asked in every call, past the driver's cursors where that can be.

    Raises
    ------
    django.db.DatabaseError
        When the database cannot answer.
    """
    if not may_go_straight(connection):
        return read(connection, query, values)
    if is_sending(connection):
        raise StoreError("nothing can be read while a transaction is being sent")
    with connection.wrap_database_errors:
        (answer,) = Sent(driver_of(connection), [(query, values)]).answers()
        if not isinstance(answer, list):
            raise answer or StoreError("the database did not answer")
        return answer


@cache
def server_side() -> Any:
    """Return the kind of cursor whose queries PostgreSQL plans once and keeps; Django's own plans each anew."""
    from psycopg import Cursor  # a force on SQLite need not load it

    return Cursor


_LISTS = {"sqlite": "json_each(%s) AS asked", "postgresql": "unnest(%s::bigint[]) AS asked(value)"}

_LOOK_UPS = {
    ("sqlite", "one"): "CROSS JOIN {table} {name} ON {where}",
    ("sqlite", "maybe"): "LEFT JOIN {table} {name} ON {where}",
    ("postgresql", "one"): "CROSS JOIN LATERAL (SELECT * FROM {table} {name} WHERE {where} LIMIT 1) {name}",
    ("postgresql", "maybe"): (
        "LEFT JOIN LATERAL (SELECT * FROM {table} {name} WHERE {where} LIMIT 1) {name} ON TRUE"
    ),
}
"""Joins that are looked up row by row whatever the planner believes: a plan made while the store was still empty
would read whole tables once it is not."""

_LOOK_UP = re.compile(r"\{(one|maybe) (\w+) (\w+): ([^}]+)\}")


@lru_cache(maxsize=256)
def _written_for(vendor: str, query: str) -> str:
    def look_up(found: re.Match[str]) -> str:
        kind, table, name, where = found.groups()
        return _LOOK_UPS[vendor, kind].format(table=table, name=name, where=where)

    return _LOOK_UP.sub(look_up, query).replace("{list}", _LISTS[vendor])


def listed(connection: BaseDatabaseWrapper, query: str, numbers: Sequence[int]) -> tuple[str, Any]:
    """Return a query about many numbers as this database understands it, and the one value that stands for all.

    However many numbers there are, the text of the query is the same, so that the database plans it once.

    Parameters
    ----------
    query
        ``{list}`` in it is made a table ``asked`` with the numbers in its column ``value``. ``{one table name:
        condition}`` joins the one row for which the condition holds, and ``{maybe ...}`` that row or nothing.
    """
    value = json.dumps(numbers) if connection.vendor == "sqlite" else array(numbers)
    return _written_for(connection.vendor, query), value


def array(numbers: Iterable[int]) -> str:
    """Return whole numbers as PostgreSQL reads an array; the driver would look at each to find out what it is."""
    return f"{{{','.join(map(str, numbers))}}}"


def text_array(texts: Iterable[str]) -> str:
    """Return texts as PostgreSQL reads an array of them; as with `array`, the driver need not look at each."""
    quoted = ['"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts]
    return f"{{{','.join(quoted)}}}"
