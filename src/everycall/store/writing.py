"""One writer at a time, and the numbers of new rows: where SQLite and PostgreSQL differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.databases import plain
from everycall.store.reading import read


@contextmanager
def writing(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Run a block in one transaction; what was acknowledged is kept, what failed leaves nothing.

    Raises
    ------
    StoreError
        When the store refuses: locked for too long, read-only, disk full, the record guarded.
    """
    try:
        with transaction.atomic(using=connection.alias):
            yield
    except DatabaseError as error:
        raise StoreError(f"the store could not be written: {plain(error)}") from error


def new_ids(connection: BaseDatabaseWrapper, table: str, many: int) -> list[int]:
    """Return numbers for ``many`` new rows of ``table``; call it inside `writing`."""
    if connection.vendor == "postgresql":
        query = f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, %s)"
        return [row[0] for row in read(connection, query, [many])]
    rows = read(connection, "SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = rows[0][0] if rows else 0
    return list(range(last + 1, last + many + 1))


def insert(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows by cursor, in one statement a row, prepared once."""
    if not rows:
        return
    places = ", ".join(["%s"] * len(columns))
    with closing(connection.cursor()) as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
