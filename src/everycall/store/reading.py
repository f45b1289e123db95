"""Reading rows straight from the database's driver, past Django's wrappers, which cost more than the query.

Django's connection still opens, closes and retries; its errors are Django's own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@lru_cache(maxsize=1_024)
def _question_marks(query: str) -> str:
    return query.replace("%s", "?")


def read(connection: BaseDatabaseWrapper, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows of a query; ``%s`` stands for a value on either database.

    Raises
    ------
    django.db.DatabaseError
        When the database cannot answer.
    """
    connection.ensure_connection()
    driver: Any = connection.connection
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            rows: list[tuple[Any, ...]] = driver.execute(_question_marks(query), values).fetchall()
            return rows
        with _server_side()(driver) as cursor:
            cursor.execute(query, values or None)
            return list(cursor.fetchall())


@cache
def _server_side() -> Any:
    """Return the kind of cursor whose queries PostgreSQL plans once and keeps; Django's own plans each anew."""
    from psycopg import Cursor  # a force on SQLite need not load it

    return Cursor


_LISTS = {"sqlite": "json_each(%s) AS asked", "postgresql": "unnest(%s::bigint[]) AS asked(value)"}


@lru_cache(maxsize=256)
def _with_list(query: str, vendor: str) -> str:
    return query.replace("{list}", _LISTS[vendor])


def listed(connection: BaseDatabaseWrapper, query: str, numbers: Sequence[int]) -> tuple[str, Any]:
    """Return a query with ``{list}`` made a table ``asked`` of one column, and the value that stands for all of it.

    However many numbers there are, the text of the query is the same, so that the database plans it once.
    """
    value = json.dumps(numbers) if connection.vendor == "sqlite" else list(numbers)
    return _with_list(query, connection.vendor), value
