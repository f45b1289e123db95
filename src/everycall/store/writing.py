"""One writer at a time, and the numbers of new rows: where SQLite and PostgreSQL differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import chain
from struct import unpack
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.errors import StoreError
from everycall.store.at_once import is_sending, tell
from everycall.store.databases import WAIT_SECONDS, plain
from everycall.store.reading import Question, question_marks, read
from everycall.store.turns import begin
from everycall.store.waiting_behind import do_not_wait, may_wait_behind, wait_for_the_disk


@contextmanager
def writing(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Run a block in one transaction; what was acknowledged is kept, what failed leaves nothing.

    Raises
    ------
    StoreError
        When the store refuses: locked for too long, read-only, disk full, the record guarded.
    """
    if is_sending(connection):  # that is the transaction
        yield
        return
    try:
        block = transaction.Atomic(connection.alias, savepoint=True, durable=False)
        begin(connection, block, WAIT_SECONDS)
        with ExitStack() as stack:
            stack.push(block.__exit__)
            yield
    except DatabaseError as error:
        raise StoreError(f"the store could not be written: {plain(error)}") from error


def new_ids(connection: BaseDatabaseWrapper, many: Mapping[str, int]) -> dict[str, list[int]]:
    """Return numbers for so many new rows of each table; call it inside `writing`."""
    if connection.vendor == "postgresql":
        asked = {table: number for table, number in many.items() if number}
        return {table: [] for table in many} | _from_sequences(connection, asked)
    last = dict(read(connection, "SELECT name, seq FROM sqlite_sequence"))
    return {
        table: list(range(last.get(table, 0) + 1, last.get(table, 0) + number + 1))
        for table, number in many.items()
    }


def _from_sequences(connection: BaseDatabaseWrapper, many: Mapping[str, int]) -> dict[str, list[int]]:
    return by_table(read(connection, *numbers_asked(many))) if many else {}


def numbers_asked(many: Mapping[str, int]) -> Question:
    """Return what is asked of PostgreSQL for `new_ids`: all numbers of a table come as one value."""
    query = " UNION ALL ".join(
        f"SELECT '{table}', string_agg(int8send(nextval('{table}_id_seq')), '') FROM generate_series(1, %s)"
        for table in many
    )
    return query, list(many.values())


def by_table(rows: Sequence[tuple[str, bytes]]) -> dict[str, list[int]]:
    """Return the answer to `numbers_asked`, the numbers of each table."""
    return {table: list(unpack(f">{len(told) // 8}q", told)) for table, told in rows}


@lru_cache(maxsize=256)
def _statement(table: str, columns: tuple[str, ...], place: str) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([place] * len(columns))})"


def insert(
    connection: BaseDatabaseWrapper, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows by the driver itself, in one statement a row, prepared once.

    Raises
    ------
    django.db.DatabaseError
        When the database refuses.
    """
    if not rows:
        return
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        driver: Any = connection.connection
        with connection.wrap_database_errors:
            driver.executemany(_statement(table, columns, "?"), rows)
    else:
        put(connection, _statement(table, columns, "%s"), rows)


def put(connection: BaseDatabaseWrapper, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Have a statement done for each row, by the driver itself; ``%s`` stands for a value on either database.

    Raises
    ------
    django.db.DatabaseError
        When the database refuses.
    """
    if is_sending(connection):
        for row in rows:
            tell(connection, statement, row)
        return
    connection.ensure_connection()
    driver: Any = connection.connection
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            driver.executemany(question_marks(statement), rows)
            return
        with driver.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(statement, rows[0])
            else:
                cursor.executemany(statement, rows)


def insert_many(
    connection: BaseDatabaseWrapper, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert many rows: several to a statement; on PostgreSQL by ``COPY``, which cannot be `sent_together` with others.

    Raises
    ------
    django.db.DatabaseError
        When the database refuses.
    """
    if not rows:
        return
    connection.ensure_connection()
    driver: Any = connection.connection
    if connection.vendor == "sqlite":
        with connection.wrap_database_errors:
            _insert_several(driver, table, columns, rows)
        return
    with (
        connection.wrap_database_errors,
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


_AT_ONCE = 400
"""Values in one statement: more gain nothing, and older SQLites take no more than 999."""

_MOST_ROWS = 50


def _insert_several(driver: Any, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows many to a statement: to begin and end one takes SQLite up to half as long as the row itself."""
    together = min(_MOST_ROWS, _AT_ONCE // len(columns))
    whole = len(rows) // together * together
    values, each = list(chain.from_iterable(rows[:whole])), together * len(columns)
    one = _statement(table, columns, "?")
    place = one[one.rindex("(") :]
    several = f"{one}{f', {place}' * (together - 1)}"
    driver.executemany(several, [values[at : at + each] for at in range(0, len(values), each)])
    driver.executemany(one, rows[whole:])


@contextmanager
def written_together(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Run a block as `writing` and `sent_together` do; PostgreSQL lets its locks go before it waits for the disk.

    Raises
    ------
    StoreError
        When the store refuses, or it cannot be told that what was written is on the disk.
    """
    connection.ensure_connection()
    driver: Any = connection.connection
    behind = (
        connection.vendor == "postgresql" and not connection.in_atomic_block and may_wait_behind(connection)
    )
    with writing(connection), sent_together(connection):
        if behind:
            do_not_wait(driver)
        yield
    if behind:
        try:
            with connection.wrap_database_errors:
                wait_for_the_disk(driver)
        except DatabaseError as error:
            raise StoreError(f"the store could not be written: {plain(error)}") from error


@contextmanager
def sent_together(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Send the statements of a block to PostgreSQL without waiting for the answer to each.

    A statement that fails is told at the end of the block, or at the next one that has rows to read.
    """
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        driver: Any = connection.connection
        with connection.wrap_database_errors, driver.pipeline():
            yield
    else:
        yield
